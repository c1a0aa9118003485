"""Tables: a number for each case, with no gaps, and, where none is wanted, no overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import formulas as kinds
from trialc.diagnostics.catalog.types import SCORE_COMPARISON
from trialc.model.expression import Branch, Case, Choose, Condition, Junction, Not, Number
from trialc.model.from_syntax.applicability import both
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import literal
from trialc.model.from_syntax.telling_apart import NotEnumerableError, TellingApart
from trialc.model.inputs import names_of_number
from trialc.syntax import tree

LAST = "add a last case: `rest: ... otherwise`"


def table(expression: tree.Table, wanted: str, name: str, conditions: Conditions) -> Choose | None:
    """A table in the unit `wanted`, of the definition `name`; or None and diagnostics."""
    cases = [_case(case, wanted, name, conditions) for case in expression.cases]
    whole = tuple(case for case in cases if case is not None)
    if len(whole) < len(cases) or not _ends_well(expression, conditions.context):
        return None
    made = Choose(unique=expression.unique, cases=whole, unit=wanted, where=expression.where)
    return made if _is_proved(made, conditions.context) else None


def _case(case: tree.Case, wanted: str, name: str, conditions: Conditions) -> Case | None:
    path = conditions.labels.path(name, case.label)
    value = _value(case.value, wanted, name, conditions)
    when = conditions.whole(case.when, path, neutral=False) if case.when is not None else None
    if value is None or (when is None and case.when is not None):
        return None
    return Case(label=case.label.text, path=path, when=when, value=value, where=case.where)


def _value(value: tree.Expression, wanted: str, name: str, conditions: Conditions) -> Number | None:
    numbers = conditions.numbers
    if isinstance(value, tree.Quantity):
        return literal(value, wanted, name, numbers.found)
    found = numbers.number(value)
    if found is None:
        return None
    if numbers.is_score(found):
        numbers.found.append(SCORE_COMPARISON.at(value.where))
        return None
    return numbers.into(found, wanted, name)


def _ends_well(expression: tree.Table, context: Context) -> bool:
    """Whether `otherwise`, if it is there, is the last case and not the only one."""
    for case in expression.cases[:-1]:
        if case.when is None:
            found = kinds.OTHERWISE_LAST.at(
                case.where, place="not the last case", help="move it to the end"
            )
            context.found.append(found)
            return False
    if len(expression.cases) == 1 and expression.cases[0].when is None:
        where, advice = expression.where, "write the number itself"
        context.found.append(kinds.OTHERWISE_LAST.at(where, place="the only case", help=advice))
        return False
    return True


# ---- gaps and overlaps


def _is_proved(made: Choose, context: Context) -> bool:
    """Whether a table has no gap and no overlap that it must not have; else a diagnostic."""
    rules = [case.when for case in made.cases if case.when is not None]
    needs_all = len(rules) == len(made.cases)
    if not (needs_all or made.unique):
        return True
    try:
        apart = TellingApart(rules, context)
    except NotEnumerableError as reason:
        if str(reason):
            _not_proved(made, str(reason), needs_all, context)
        return False
    for values, truths in apart.cases():
        case = apart.words(values)
        if needs_all and not any(truths):
            advice = f"{LAST}, or change a limit"
            context.found.append(kinds.TABLE_GAP.at(made.where, case=case, help=advice))
            return False
        if made.unique and sum(truths) > 1:
            _overlap(made, truths, case, context)
            return False
    return True


def _overlap(made: Choose, truths: Sequence[bool], shown: str, context: Context) -> None:
    held = (case for case, truth in zip(made.cases, truths, strict=False) if truth)
    first, second = next(combinations(held, 2))
    context.found.append(
        kinds.TABLE_OVERLAP.at(
            second.where,
            first=first.label,
            second=second.label,
            case=shown,
            related=[Related(first.where, "the other case")],
            help="change a limit, or write `first of` if the order decides",
        )
    )


def _not_proved(made: Choose, reason: str, needs_all: bool, context: Context) -> None:
    question = "some case always holds" if needs_all else "two cases can hold together"
    advice = LAST if not made.unique else "write `first of`"
    if made.unique and needs_all:
        advice += ", and add a last case: `rest: ... otherwise`"
    found = kinds.TABLE_NOT_PROVED.at(made.where, question=question, reason=reason, help=advice)
    context.found.append(found)


# ---- for whom a table exists


def exists(made: Choose, context: Context) -> Condition | None:
    """The condition under which a table exists: where a case is chosen, its number must."""
    return both(_reasons(made, context))


def _reasons(made: Choose, context: Context) -> Iterator[Condition]:
    for position, case in enumerate(made.cases):
        names = names_of_number(case.value)
        number = both(context.applicable.get(name) for name in names)
        if number is not None:
            not_chosen = Not(operand=_chosen(made, position))
            yield _group("any", (not_chosen, number))


def _chosen(made: Choose, position: int) -> Condition:
    """That a case holds and none before it."""
    before = [case.when for case in made.cases[:position] if case.when is not None]
    chosen: list[Condition] = [Not(operand=rule) for rule in before]
    own = made.cases[position].when
    if own is not None:
        chosen = [own] if made.unique else [*chosen, own]
    return chosen[0] if len(chosen) == 1 else _group("all", chosen)


def _group(quantifier: str, conditions: Sequence[Condition]) -> Condition:
    branches = tuple(Branch(condition=condition) for condition in conditions)
    return Junction.model_validate({"quantifier": quantifier, "branches": branches})
