"""Several measurements in rules: their mean, how many of them, whether one confirms another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from trialc.diagnostics.catalog import types as type_kinds
from trialc.diagnostics.catalog import values as kinds
from trialc.diagnostics.catalog.several_courses import WHERE_IS_MISSING
from trialc.model.expression import Branch, Case, Choose, Condition, Done, Number
from trialc.model.from_syntax.applicability import Resolved, both, guard_all
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.normal_ranges import joined
from trialc.model.from_syntax.numbers import Numbers
from trialc.model.from_syntax.quantities import duration
from trialc.model.measurements import DAY, numbered
from trialc.source import Span
from trialc.syntax import tree

Resolve = Callable[[tree.Expression, str], Resolved | None]
MOST_DONE = 5
"""Measurements of which those that were done are told apart: every combination is a case."""


def parts(name: tree.Name, context: Context, module: Module) -> tuple[tree.Name, ...] | None:
    """The names of all measurements; None and a diagnostic for what is measured once."""
    count = context.names.measured(name.text, module)
    if count:
        return tuple(tree.Name(own, where=name.where) for own in numbered(name.text, count))
    if context.room(name, module):
        advice = f"write `any of {name.text} where ...`"
        context.found.append(WHERE_IS_MISSING.at(name.where, name=name.text, help=advice))
    elif context.names.find(name, module, ("data", "derive")) is not None:
        advice = "say how often it is measured: `measurements: 3`"
        context.found.append(kinds.ONE_MEASUREMENT.at(name.where, name=name.text, help=advice))
    return None


# ---- numbers


def summary(expression: tree.Summary, numbers: Numbers) -> Number | None:
    """`mean of x`: unknown while one of the measurements is."""
    names = parts(expression.name, numbers.context, numbers.module)
    if names is None:
        return None
    if expression.done:
        advice = "give it a name with `derive`"
        numbers.found.append(kinds.DONE_PLACE.at(expression.where, help=advice))
        return None
    return numbers.number(_summed(expression.which, names, expression.where))


def _summed(which: str, names: Sequence[tree.Name], where: Span) -> tree.Expression:
    first, *rest = names
    if which == "latest" or not rest:
        return names[-1]
    if which in ("highest", "lowest"):
        return tree.Function("max" if which == "highest" else "min", tuple(names), where=where)
    total = tree.Arithmetic(first, tuple(("+", name) for name in rest), where=where)
    if which == "sum":
        return total
    count = tree.Quantity(str(len(names)), where=where)
    return tree.Arithmetic(total, (("/", count),), where=where)


def of_those_done(
    expression: tree.Summary, wanted: str, name: str, numbers: Numbers
) -> Choose | None:
    """`mean of x of those done`, as a table: a case for each combination that can be done."""
    names = parts(expression.name, numbers.context, numbers.module)
    if names is None:
        return None
    if len(names) > MOST_DONE and expression.which != "latest":
        kind = kinds.TOO_MANY_DONE
        numbers.found.append(kind.at(expression.where, count=len(names), most=MOST_DONE))
        return None
    cases: list[Case] = []
    for label, kept, when in _combinations(expression, names, numbers):
        number = numbers.number(_summed(expression.which, kept, expression.where))
        value = numbers.into(number, wanted, name) if number is not None else None
        if value is None:
            return None
        fields = {"label": label, "path": f"{name}.{label}", "when": when, "value": value}
        cases.append(Case.model_validate({**fields, "where": expression.where}))
    return Choose(unique=False, cases=tuple(cases), unit=wanted, where=expression.where)


def _combinations(
    expression: tree.Summary, names: Sequence[tree.Name], numbers: Numbers
) -> Iterator[tuple[str, Sequence[tree.Name], Condition | None]]:
    """What was done, its label and its condition: the most first, at last nothing."""
    every = range(len(names))
    if expression.which == "latest":
        for last in reversed(every):
            done = _done(names[last], numbers)
            yield f"m{last + 1}", (names[last],), done
    else:
        for size in reversed(range(1, len(names) + 1)):
            for chosen in combinations(every, size):
                conditions = [_done(names[k], numbers) for k in chosen]
                label = "_".join(f"m{k + 1}" for k in chosen)
                when = conditions[0] if size == 1 else joined(conditions, "all")
                yield label, [names[k] for k in chosen], when
    yield "none_done", names, None


def _done(name: tree.Name, numbers: Numbers) -> Condition:
    symbol = numbers.context.names.look_up(name.text, numbers.module)
    return Done(path=symbol.id if symbol is not None else name.text, where=name.where)


# ---- conditions


class Several:
    """Conditions on several measurements, in the conditions of one text."""

    def __init__(self, numbers: Numbers, resolve: Resolve) -> None:
        self.context = numbers.context
        self.numbers = numbers
        self.resolve = resolve
        self.found = numbers.found

    def each(
        self, each: tree.Each, path: str
    ) -> tuple[tree.Group, list[Branch], Condition | None] | None:
        """The group that `at least 2 of x > 470 ms` stands for, its branches, when it exists."""
        names = parts(each.name, self.context, self.numbers.module)
        if names is None:
            return None
        if not self._is_asked(each, names[0]):
            return None
        tests = [_of(each.test, name) for name in names]
        made = [self.resolve(test, path) for test in tests]
        whole = [one for one in made if one is not None]
        if len(whole) < len(made):
            return None
        if each.done:
            whole = [
                Resolved(one.condition, both([one.applies, _done(name, self.numbers)]))
                for one, name in zip(whole, names, strict=True)
            ]
        guarded, applies = guard_all(whole, each.quantifier == "all", self.context.data)
        items = tuple(tree.Item(name, "", test) for name, test in zip(names, tests, strict=True))
        group = tree.Group(each.quantifier, each.count, items, where=each.where)
        branches = [Branch(condition=one, where=each.where) for one in guarded]
        return group, branches, applies

    def _is_asked(self, each: tree.Each, first: tree.Name) -> bool:
        """Whether something is asked of each; of a yes or no, nothing more need be."""
        symbol = self.context.names.look_up(first.text, self.numbers.module)
        element = self.context.data.get(symbol.id) if symbol is not None else None
        if not isinstance(each.test, tree.Name) or element is None or element.type == "boolean":
            return True
        name, kind = each.name.text, element.type
        example = f"= {element.options[0]}" if kind == "choice" else "<= ..."
        advice = f"say what is asked of each: `any of {name} {example}`"
        thing = {"choice": "a choice", "date": "a date"}.get(kind, "a number")
        found = type_kinds.NOT_A_CONDITION
        self.found.append(found.at(each.name.where, text=name, found=thing, help=advice))
        return False

    def confirmed(self, confirmed: tree.Confirmed, path: str) -> Resolved | None:
        """Two measurements, both of which fulfil it, the second so long after the first."""
        test = confirmed.operand
        name = test.left if isinstance(test, tree.Comparison | tree.Between) else None
        name = test.value if isinstance(test, tree.Normal) else name
        if not isinstance(name, tree.Name):
            self.found.append(kinds.CONFIRMED_FORM.at(confirmed.where))
            return None
        names = parts(name, self.context, self.numbers.module)
        time = duration(confirmed.length, self.found, least=1)
        if names is None or time is None:
            return None
        if len(names) != 2:
            self.found.append(kinds.CONFIRMED_FORM.at(confirmed.where))
            return None
        both_of_them = [self.resolve(_of(test, each), path) for each in names]
        days = [tree.Name(f"{each.text}.{DAY}", where=confirmed.where) for each in names]
        first = tree.Arithmetic(days[0], (("+", confirmed.length),), where=confirmed.where)
        later = tree.Comparison(days[1], ">=", first, where=confirmed.where)
        made = [*both_of_them, self.resolve(later, path)]
        whole = [one for one in made if one is not None]
        if len(whole) < len(made):
            return None
        guarded, applies = guard_all(whole, True, self.context.data)
        return Resolved(joined(guarded, "all"), applies)


def _of(test: tree.Expression, name: tree.Name) -> tree.Expression:
    """What is asked of a measurement by its name; of a yes or no, nothing more."""
    if isinstance(test, tree.Name):
        return name
    if isinstance(test, tree.Normal):
        return replace(test, value=name)
    assert isinstance(test, tree.Comparison | tree.Between | tree.Member)
    return replace(test, left=name)
