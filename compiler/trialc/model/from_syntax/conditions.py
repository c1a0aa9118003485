"""Conditions: names bound, types checked, operands that may drop out guarded.

Each resolves to a condition and the condition under which it exists at all (None: always). Where
operands of a group may drop out, `applies` is written around them (semantics section 4), so that later stages know
only Kleene's logic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.model import expression as model
from trialc.model.expression import Branch, Condition, Junction, Number
from trialc.model.from_syntax.context import Cause, Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.numbers import DATE, Numbers, Scores
from trialc.model.from_syntax.quantities import literal, written
from trialc.model.inputs import inputs_of
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.spelling import nearest


class Resolved(NamedTuple):
    """A condition, and when it exists (None: always)."""

    condition: Condition
    applies: Condition | None


Maybe = Resolved | None
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Conditions:
    """Resolves the conditions of one text."""

    def __init__(self, context: Context, module: Module) -> None:
        self.context = context
        self.module = module
        self.found = context.found
        self.numbers = Numbers(context, module)
        self.handlers: dict[type[tree.Syntax], Callable[..., Maybe]] = {
            tree.Name: self._name,
            tree.Operators: self._operators,
            tree.Group: self._group,
            tree.Not: self._not,
            tree.Unless: self._unless,
            tree.Attributed: self._attributed,
            tree.IfDone: self._if_done,
            tree.Comparison: self._comparison,
            tree.Member: self._member,
            tree.Between: self._between,
        }

    # ---- what others call

    def whole(self, expression: tree.Expression, path: str, neutral: bool) -> Condition | None:
        """A declaration's condition; where it drops out entirely it counts as `neutral`."""
        resolved = self.resolve(expression, path)
        return None if resolved is None else _guard(resolved, neutral)

    def resolve(self, expression: tree.Expression, path: str) -> Maybe:
        """A condition below `path` (the innermost labelled branch), or None and a diagnostic."""
        handler = self.handlers.get(type(expression))
        if handler is None:
            self._no_condition(expression)
            return None
        return handler(expression, path)

    def score(self, expression: tree.Score, path: str) -> model.Score:
        """A weighted score."""

        def item(when: tree.Expression, inner: str) -> Condition | None:
            return self.whole(when, inner, neutral=False)

        return Scores(self.numbers, item).score(expression, path)

    # ---- groups

    def _group(self, group: tree.Group, path: str) -> Maybe:
        labels: dict[str, Span] = {}
        parts: list[tuple[tree.Item, Maybe]] = []
        for item in group.items:
            label = item.label.text
            if label in labels:
                first = Related(labels[label], "first used here")
                self.found.append(
                    name_kinds.DUPLICATE_LABEL.at(item.label.where, name=label, related=[first])
                )
            labels[label] = item.label.where
            parts.append((item, self.resolve(item.body, f"{path}.{label}")))
        if group.quantifier == "at_least" and not 1 <= group.count <= len(group.items):
            consequence = "is always true" if group.count < 1 else "can never be true"
            self.found.append(
                kinds.AT_LEAST_COUNT.at(
                    group.where, count=group.count, size=len(group.items), consequence=consequence
                )
            )
        if any(resolved is None for _, resolved in parts):
            return None
        whole = [(item, resolved) for item, resolved in parts if resolved is not None]
        guarded, applies = _guard_all([r for _, r in whole], neutral=group.quantifier == "all")
        branches = tuple(
            Branch(
                label=item.label.text, number=item.number or None, path=f"{path}.{item.label.text}",
                condition=condition, where=item.where,
            )
            for (item, _), condition in zip(whole, guarded, strict=True)
        )  # fmt: skip
        fields = {
            "quantifier": group.quantifier,
            "count": group.count,
            "branches": branches,
            "where": group.where,
        }
        return Resolved(Junction.model_validate(fields), applies)

    def _operators(self, operators: tree.Operators, path: str) -> Maybe:
        parts = [self.resolve(operand, path) for operand in operators.operands]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        guarded, applies = _guard_all(whole, neutral=operators.operator == "and")
        branches = tuple(
            Branch(condition=condition, where=condition.where) for condition in guarded
        )
        quantifier = "all" if operators.operator == "and" else "any"
        return Resolved(
            Junction(quantifier=quantifier, branches=branches, where=operators.where), applies
        )

    # ---- operators

    def _not(self, expression: tree.Not, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        return operand and Resolved(
            model.Not(operand=operand.condition, where=expression.where), operand.applies
        )

    def _unless(self, expression: tree.Unless, path: str) -> Maybe:
        operand, exception = (
            self.resolve(expression.operand, path),
            self.resolve(expression.exception, path),
        )
        if operand is None or exception is None:
            return None
        unless = model.Unless(
            operand=operand.condition,
            exception=_guard(exception, neutral=False),
            where=expression.where,
        )
        return Resolved(unless, operand.applies)

    def _attributed(self, expression: tree.Attributed, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        cause = self.context.names.find(expression.cause, self.module, ("cause",))
        if operand is None or cause is None:
            return None
        cause_path = f"{path}.cause"
        if cause_path in self.context.cause_branches:
            self.found.append(
                name_kinds.DUPLICATE_ID.at(
                    expression.where,
                    name=cause_path,
                    help="give each attributed finding a label of its own",
                )
            )
        self.context.cause_branches[cause_path] = Cause(path)
        attributed = model.Attributed(
            operand=operand.condition,
            cause=cause.id,
            other=expression.other,
            path=cause_path,
            where=expression.where,
        )
        return Resolved(attributed, operand.applies)

    def _if_done(self, expression: tree.IfDone, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        if operand is None:
            return None
        done: list[Condition] = [
            model.Done(path=name, where=expression.where)
            for name in dict.fromkeys(inputs_of(operand.condition))
            if name in self.context.data
        ]
        return Resolved(
            operand.condition, _and([*([operand.applies] if operand.applies else []), *done])
        )

    # ---- atoms

    def _name(self, name: tree.Name, path: str) -> Maybe:
        if name.text.startswith("event.") and self.context.attributes:
            self.found.append(
                kinds.NOT_A_CONDITION.at(name.where, text=name.text, found="a choice")
            )
            return None
        symbol = self.context.names.find(
            name, self.module, ("data", "judgement", "define", "derive")
        )
        if symbol is None:
            return None
        if symbol.kind == "define":
            self.context.settle(symbol.id)
            return self._atom(model.Refer(name=symbol.id, where=name.where), [symbol.id])
        if symbol.kind == "judgement" or self._is_boolean(symbol):
            return self._atom(model.Holds(path=symbol.id, where=name.where), [symbol.id])
        element = self.context.data.get(symbol.id)
        if symbol.kind == "derive" or element is not None:
            what = element.type if element else "quantity"
            found = {"choice": "a choice", "date": "a date"}.get(what, "a number")
            self.found.append(
                kinds.NOT_A_CONDITION.at(name.where, text=name.text, found=found, help="compare it")
            )
        return None

    def _is_boolean(self, symbol: Symbol) -> bool:
        element = self.context.data.get(symbol.id)
        return element is not None and element.type == "boolean"

    def _no_condition(self, expression: tree.Expression) -> None:
        if isinstance(expression, tree.NoEvent | tree.Since | tree.CountGiven | tree.Every):
            found = kinds.MISPLACED_CONDITION.at(
                expression.where, text="this", place="of one participant's data"
            )
            self.found.append(found)
            return
        text = written(expression) if isinstance(expression, tree.Quantity) else "this"
        found = "a date" if isinstance(expression, tree.DateText) else "a number"
        self.found.append(
            kinds.NOT_A_CONDITION.at(expression.where, text=text, found=found, help="compare it")
        )

    def _atom(self, condition: Condition, names: Sequence[str]) -> Resolved:
        applies = [self.context.applicable.get(name) for name in names]
        return Resolved(condition, _and([c for c in dict.fromkeys(applies) if c is not None]))

    def _comparison(self, comparison: tree.Comparison, path: str) -> Maybe:
        left, right, relation = comparison.left, comparison.right, comparison.relation
        if (
            isinstance(left, tree.Name)
            and isinstance(right, tree.Name)
            and (codes := self._codes(left))
        ):
            if relation not in ("=", "!="):
                self.found.append(
                    kinds.NOT_A_NUMBER.at(left.where, text=left.text, found="a choice")
                )
                return None
            return self._one_of(
                left, codes, tree.Options((right,), where=right.where), comparison.where, relation
            )
        if isinstance(left, tree.Quantity | tree.DateText) and not isinstance(
            right, tree.Quantity | tree.DateText
        ):
            left, right, relation = right, left, FLIPPED[relation]
        first = self.numbers.number(left)
        if first is None:
            return None
        second = self._other_side(first, left, right)
        if second is None:
            return None
        fields = {"relation": relation, "left": first, "right": second, "where": comparison.where}
        return self._atom(model.Compare.model_validate(fields), inputs_of_numbers(first, second))

    def _other_side(
        self, first: Number, left: tree.Expression, right: tree.Expression
    ) -> Number | None:
        name = left.text if isinstance(left, tree.Name) else "the left side"
        if first.kind != "date" and first.unit == "{score}" and isinstance(first, model.NumberOf):
            if not isinstance(right, tree.Quantity):
                self.found.append(kinds.SCORE_COMPARISON.at(right.where))
                return None
            return literal(right, "{score}", name, self.found)
        if isinstance(right, tree.Quantity):
            if first.kind == "date" or first.unit == DATE:
                self.found.append(
                    kinds.NOT_A_NUMBER.at(right.where, text=written(right), found="not a date")
                )
                return None
            return literal(right, first.unit, name, self.found, self.numbers.element(first))
        second = self.numbers.number(right)
        if second is None:
            return None
        if _unit_code(first) != _unit_code(second):
            shown = {"left_unit": _unit_code(first), "right_unit": _unit_code(second)}
            self.found.append(
                kinds.UNIT_MISMATCH.at(right.where, left=name, right="the right side", **shown)
            )
            return None
        return second

    def _between(self, between: tree.Between, path: str) -> Maybe:
        value = self.numbers.number(between.left)
        if value is None:
            return None
        low, high = (
            self._limit(value, between, between.low),
            self._limit(value, between, between.high),
        )
        if low is None or high is None:
            return None
        if low.value > high.value:  # type: ignore[operator]
            text = (
                f"{between.low} .. {between.high}"
                if isinstance(low, model.Date)
                else _range_text(low, high)
            )
            self.found.append(kinds.RANGE_REVERSED.at(between.where, range=text))
            return None
        return self._atom(
            model.Within(value=value, low=low, high=high, where=between.where),
            inputs_of_numbers(value),
        )

    def _limit(
        self, value: Number, between: tree.Between, limit: tree.Quantity | tree.DateText
    ) -> model.Literal | model.Date | None:
        if isinstance(limit, tree.DateText) or isinstance(value, model.Date):
            found = self.numbers.number(limit)
            return found if isinstance(found, model.Date) else None
        high = between.high
        if not limit.unit and isinstance(high, tree.Quantity) and high.unit:
            limit = tree.Quantity(limit.number, high.unit, where=limit.where)  # "30 .. 89 mL/min"
        name = between.left.text if isinstance(between.left, tree.Name) else "the value"
        return literal(limit, value.unit, name, self.found, self.numbers.element(value))

    # ---- choices

    def _member(self, member: tree.Member, path: str) -> Maybe:
        if not isinstance(member.left, tree.Name):
            self.found.append(
                kinds.NOT_A_CONDITION.at(member.left.where, text="this", found="not a choice")
            )
            return None
        codes = self._codes(member.left)
        if codes is None:
            symbol = self.context.names.find(member.left, self.module, ("data",))
            if symbol is not None:
                text = member.left.text
                self.found.append(
                    kinds.NOT_A_CONDITION.at(member.left.where, text=text, found="not a choice")
                )
            return None
        return self._one_of(member.left, codes, member.options, member.where, "=")

    def _codes(self, name: tree.Name) -> tuple[str, ...] | None:
        """The codes of a choice element or of an event's attribute; None if it is neither."""
        if name.text in self.context.attributes:
            return self.context.attributes[name.text]
        symbol = self.context.names.look_up(name.text, self.module)
        element = self.context.data.get(symbol.id) if symbol else None
        return element.options if element and element.type == "choice" else None

    def _one_of(
        self,
        name: tree.Name,
        codes: tuple[str, ...],
        options: tree.Options,
        where: Span,
        relation: str,
    ) -> Maybe:
        for option in options.names:
            if option.text not in codes:
                guess = nearest(option.text, codes)
                advice = (
                    f"did you mean `{guess}`?" if guess else f"its values are {', '.join(codes)}"
                )
                self.found.append(
                    kinds.UNKNOWN_CODE.at(
                        option.where, code=option.text, name=name.text, help=advice
                    )
                )
                return None
        symbol = self.context.names.look_up(name.text, self.module)
        path = symbol.id if symbol else name.text
        chosen: Condition = model.OneOf(
            path=path, codes=tuple(option.text for option in options.names), where=where
        )
        return self._atom(
            chosen if relation == "=" else model.Not(operand=chosen, where=where), [path]
        )


def inputs_of_numbers(*numbers: Number) -> list[str]:
    """Names of the elements and definitions that numbers read directly."""
    from trialc.model.inputs import names_of_number

    return [name for number in numbers for name in names_of_number(number)]


def _unit_code(number: Number) -> str:
    return DATE if isinstance(number, model.Date) else number.unit


def _range_text(low: model.Literal | model.Date, high: model.Literal | model.Date) -> str:
    texts = [side.text if isinstance(side, model.Literal) else side.value for side in (low, high)]
    return " .. ".join(texts)


# ---- applicability


def _guard(resolved: Resolved, neutral: bool) -> Condition:
    """The condition as a whole: where it drops out it counts as `neutral`."""
    if resolved.applies is None:
        return resolved.condition
    where = resolved.condition.where
    return model.Applies(
        condition=resolved.applies, operand=resolved.condition, neutral=neutral, where=where
    )


def _guard_all(
    parts: Sequence[Resolved], neutral: bool
) -> tuple[list[Condition], Condition | None]:
    """The operands of a group, guarded, and when the group itself exists."""
    reasons = list(dict.fromkeys(part.applies for part in parts))
    if len(reasons) == 1:
        return [part.condition for part in parts], reasons[
            0
        ]  # all or none: one guard outside is enough
    guarded = [_guard(part, neutral) for part in parts]
    if None in reasons:
        return guarded, None
    branches = tuple(Branch(condition=reason) for reason in reasons if reason is not None)
    return guarded, Junction(quantifier="any", branches=branches)


def _and(conditions: Sequence[Condition]) -> Condition | None:
    distinct = list(dict.fromkeys(conditions))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    return Junction(
        quantifier="all", branches=tuple(Branch(condition=condition) for condition in distinct)
    )
