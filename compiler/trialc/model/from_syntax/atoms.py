"""Conditions without conditions inside: comparisons, choices, names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog.values import NEAR_NO_LIMIT
from trialc.model import expression as model
from trialc.model.expression import Condition, Number
from trialc.model.from_syntax.about_trials import ABOUT_TRIALS
from trialc.model.from_syntax.applicability import Resolved, both
from trialc.model.from_syntax.changes import changed
from trialc.model.from_syntax.choices import Choices
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.days import DATE, Days
from trialc.model.from_syntax.facts import Facts
from trialc.model.from_syntax.names import THINGS, Module, Symbol
from trialc.model.from_syntax.near_limits import near_the_limit
from trialc.model.from_syntax.normal_ranges import NormalRanges, is_multiple, joined
from trialc.model.from_syntax.numbers import Numbers, is_date
from trialc.model.from_syntax.quantities import (
    literal,
    mismatch,
    not_a_number,
    range_reversed,
    shown_unit,
    written,
)
from trialc.model.from_syntax.slips import foreign_date, plainly
from trialc.model.inputs import names_of_number, walk
from trialc.model.inputs import numbers as numbers_of
from trialc.model.units import unit
from trialc.source import Span
from trialc.syntax import tree

Maybe = Resolved | None
SIMPLE = (model.Literal, model.Date, model.Day)
"""Ends of a range that an atom can have."""
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Atoms:
    """Resolves the atoms of one text; with `attributes`, those of an event's `counts when`."""

    def __init__(
        self,
        context: Context,
        module: Module,
        attributes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.context = context
        self.module = module
        self.attributes = attributes
        self.found = context.found
        self.numbers = Numbers(context, module, of_event=attributes is not None)
        self.days = Days(context, module)
        self.facts = Facts(self.days)
        self.normal = NormalRanges(context)
        self.choices = Choices(context, module, attributes)
        self.handlers: dict[type[tree.Syntax], Callable[[Any], Maybe]] = {
            tree.Name: self._name,
            tree.Itself: self._name,
            tree.Comparison: self._comparison,
            tree.Member: self._member,
            tree.Between: self._between,
            tree.Within: self._within,
            tree.Ongoing: self.facts.ongoing,
            tree.Suspected: self.facts.suspected,
            tree.Planned: self.facts.planned,
            tree.Except: self.facts.ever,
            tree.Normal: self._normal,
            tree.Changed: self._changed,
        }

    def resolve(self, expression: tree.Expression) -> Maybe:
        """An atom, or None and a diagnostic for anything that is not true or false."""
        handler = self.handlers.get(type(expression))
        if handler is not None:
            return handler(expression)
        if isinstance(expression, tuple(ABOUT_TRIALS)):
            place = "of one participant's data"
            text = ABOUT_TRIALS[type(expression)]
            self.found.append(
                kinds.MISPLACED_CONDITION.at(expression.where, text=text, place=place)
            )
        else:
            text = written(expression) if isinstance(expression, tree.Quantity) else "this"
            found = "a date" if isinstance(expression, tree.DateText) else "a number"
            self._no_condition(expression.where, text, found)
        return None

    def _no_condition(self, where: Span, text: str, found: str) -> None:
        self.found.append(
            kinds.NOT_A_CONDITION.at(where, text=text, found=found, help="compare it")
        )

    def _atom(self, condition: Condition, names: Sequence[str]) -> Resolved:
        return Resolved(condition, both(self.context.applicable.get(name) for name in names))

    # ---- names

    def _name(self, name: tree.Name) -> Maybe:
        if self.choices.codes(name) is not None:
            self._no_condition(name.where, name.text, "a choice")
            return None
        if self.attributes is not None:
            self.not_of_event(name)
            return None
        if self.facts.histories(name):
            return self.facts.ever(name)
        wanted = ("data", "judgement", "define", "derive")
        symbol = self.context.names.find(name, self.module, wanted)
        if symbol is None or symbol.id in self.context.unresolved:
            return None
        if symbol.kind == "define":
            return self._atom(model.Refer(name=symbol.id, where=name.where), [symbol.id])
        if symbol.kind == "judgement" or self._is_boolean(symbol):
            return self._atom(model.Holds(path=symbol.id, where=name.where), [symbol.id])
        element = self.context.data.get(symbol.id)
        if symbol.kind == "derive" or element is not None:
            date = element is not None and element.type == "date"
            self._no_condition(name.where, name.text, "a date" if date else "a number")
        return None

    def _is_boolean(self, symbol: Symbol) -> bool:
        element = self.context.data.get(symbol.id)
        return element is not None and element.type == "boolean"

    def _yes_or_no(self, name: tree.Name) -> str:
        """What a name is that says yes or no by itself, "" for others."""
        symbol = self.context.names.look_up(name.text, self.module)
        if symbol is None:
            return ""
        if self._is_boolean(symbol):
            return "a yes-or-no element"
        return THINGS[symbol.kind] if symbol.kind in ("judgement", "define") else ""

    def not_of_event(self, name: tree.Name) -> None:
        """Report a name that is no fact of the event that is described."""
        guess = self.context.names.guess(name.text, self.attributes or ())
        if name.text.startswith("event."):
            advice = f"did you mean `{guess}`?" if guess else "declare it with `reports`"
            self.found.append(name_kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice))
            return
        place = "of what is reported of an event"
        advice = f"did you mean `{guess}`?" if guess else ""
        self.found.append(
            kinds.MISPLACED_CONDITION.at(name.where, text=name.text, place=place, help=advice)
        )

    # ---- comparisons

    def _comparison(self, comparison: tree.Comparison) -> Maybe:
        left, right, relation = comparison.left, comparison.right, comparison.relation
        if isinstance(left, tree.Name) and (codes := self.choices.codes(left)) is not None:
            return self.choices.compared(left, codes, right, comparison)
        if isinstance(left, tree.Name) and self.attributes is not None:
            self.not_of_event(left)
            return None
        if isinstance(left, tree.Name) and (thing := self._yes_or_no(left)):
            self.found.append(
                not_a_number(left.where, left.text, thing, help=self._plainly(comparison))
            )
            return None
        if _is_constant(left) and not _is_constant(right):
            left, right, relation = right, left, FLIPPED[relation]
        if isinstance(left, tree.Name) and (near := self._near(left)) is not None:
            return self._near_the_limit(left, relation, right, comparison, near)
        first = self.numbers.number(left)
        second = self._other_side(first, left, right) if first is not None else None
        if first is None or second is None:
            return None
        if _is_constant(left):
            self._no_condition(comparison.where, "this", "the same for every participant")
            return None
        fields = {"relation": relation, "left": first, "right": second, "where": comparison.where}
        names = [*names_of_number(first), *names_of_number(second)]
        return self._atom(model.Compare.model_validate(fields), names)

    def _plainly(self, comparison: tree.Comparison) -> str:
        symbol = self.context.names.look_up(getattr(comparison.left, "text", ""), self.module)
        return plainly(comparison, symbol is not None and symbol.id in self.context.histories)

    def _near(self, left: tree.Name) -> Fraction | None:
        """How near to the limit an element must be to be repeated; None: it need not be."""
        symbol = self.context.names.look_up(left.text, self.module)
        retest = self.context.retests.get(symbol.id) if symbol else None
        return None if retest is None or isinstance(left, tree.FirstOf) else retest.near

    def _near_the_limit(
        self,
        left: tree.Name,
        relation: str,
        right: tree.Expression,
        comparison: tree.Comparison,
        near: Fraction,
    ) -> Maybe:
        """Near the limit the latest one counts, elsewhere the first."""
        first = self.numbers.value(tree.FirstOf(left.text, where=left.where))
        limit = self._other_side(first, left, right) if isinstance(first, model.Value) else None
        if not isinstance(first, model.Value) or limit is None:
            return None
        if not isinstance(limit, model.Literal):
            advice = "compare it with a fixed number"
            self.found.append(NEAR_NO_LIMIT.at(right.where, name=left.text, help=advice))
            return None
        latest = self.numbers.latest(first.path, left.where)
        made = near_the_limit(first, latest, relation, limit, near, comparison.where)
        return self._atom(made, [first.path, latest.name])

    def _other_side(
        self, first: Number, left: tree.Expression, right: tree.Expression
    ) -> Number | None:
        """What a number is compared with, in its unit."""
        name = left.text if isinstance(left, tree.Name) else "the left side"
        if isinstance(right, tree.Quantity):
            if unit_of(first) == DATE:
                self.found.append(not_a_number(right.where, written(right), "a number", "a date"))
                return None
            element = self.numbers.element(first)
            if is_multiple(right, first):
                return self.normal.multiple(right, element, name)
            return literal(right, unit_of(first), name, self.found, element)
        if self.numbers.is_score(first):
            self.found.append(kinds.SCORE_COMPARISON.at(right.where))
            return None
        second = self.numbers.number(right)
        if second is None:
            return None
        wrong_date = isinstance(right, tree.Arithmetic) and not is_date(second)
        if unit_of(first) == DATE and wrong_date:  # 01/06/2015
            self.found.append(foreign_date(right))
            return None
        if self.numbers.is_score(second):
            self.found.append(kinds.SCORE_COMPARISON.at(right.where))
            return None
        if unit_of(first) != unit_of(second):
            units = shown_unit(unit_of(first)), shown_unit(unit_of(second))
            other = _words(right, "the right side")
            self.found.append(mismatch(right.where, name, units[0], other, units[1]))
            return None
        return second

    def _between(self, between: tree.Between) -> Maybe:
        if (
            isinstance(between.left, tree.Name)
            and (codes := self.choices.codes(between.left)) is not None
        ):
            name = between.left.text
            if self.choices.is_ordered(between.left):
                return self.choices.from_to(between.left, codes, between)
            self.found.append(not_a_number(between.left.where, name, "a choice"))
            return None
        value = self.numbers.number(between.left)
        if value is None:
            return None
        low = self._limit(value, between, between.low)
        high = self._limit(value, between, between.high) if low is not None else None
        if low is None or high is None:
            return None
        if _is_constant(between.left):
            self._no_condition(between.where, "this", "the same for every participant")
            return None
        if not isinstance(low, SIMPLE) or not isinstance(high, SIMPLE):
            return self._both_ends(value, low, high, between)
        if type(low) is type(high) and _sortable(low) > _sortable(high):
            text = f"{_limit_text(between.low)} .. {_limit_text(between.high)}"
            self.found.append(range_reversed(between.where, text))
            return None
        within = model.Within(value=value, low=low, high=high, where=between.where)
        return self._atom(within, list(names_of_number(value)))

    def _both_ends(self, value: Number, low: Number, high: Number, whole: tree.Between) -> Maybe:
        """A range whose ends are calculated."""
        ends = ((">=", low), ("<=", high))
        made = [
            model.Compare.model_validate(
                {"relation": relation, "left": value, "right": end, "where": whole.where}
            )
            for relation, end in ends
        ]
        found = joined(made, "all")
        return self._atom(found, names_within(found))

    def _within(self, within: tree.Within) -> Maybe:
        """Within some time of a day: a date, or a history."""
        if isinstance(within.value, tree.Except) or self.facts.histories(within.value):
            return self.facts.lately(within)
        value = self.numbers.number(within.value)
        anchor = self.numbers.value(within.anchor) if value is not None else None
        if value is None or anchor is None:
            return None
        return self.days.within(value, anchor, within)

    def _changed(self, change: tree.Changed) -> Maybe:
        """A change against an earlier value."""
        found = changed(change, self.numbers)
        return None if found is None else self._atom(found, names_within(found))

    def _normal(self, normal: tree.Normal) -> Maybe:
        """In the range that a laboratory calls normal, or on one of its sides."""
        value = self.numbers.number(normal.value)
        if value is None:
            return None
        element = self.numbers.element(value)
        name = _words(normal.value, "this")
        found = self.normal.conditions(value, normal.place, element, name, normal.where)
        if found is None:
            return None
        return self._atom(found, names_within(found))

    def _limit(self, value: Number, between: tree.Between, limit: tree.Limit) -> Number | None:
        if not isinstance(limit, tree.Quantity):
            found = self.numbers.number(limit)
            if isinstance(found, model.Value) and found.unit == DATE:
                found = model.Day(start=found.path, where=limit.where)
            if isinstance(found, model.Date | model.Day) and unit_of(value) == DATE:
                return found
            if found is not None:
                text = _limit_text(limit)
                self.found.append(not_a_number(limit.where, text, "a date", "a number"))
            return None
        high = between.high
        if not limit.unit and isinstance(high, tree.Quantity) and high.unit:
            limit = tree.Quantity(limit.number, high.unit, where=limit.where)  # "30 .. 89 mL/min"
        found = self._other_side(value, between.left, limit)
        return found

    # ---- choices

    def _member(self, member: tree.Member) -> Maybe:
        if isinstance(member.left, tree.Name):
            codes = self.choices.codes(member.left)
            if codes is not None:
                return self.choices.one_of(member.left, codes, member.options, member.where)
            if self.attributes is not None:
                self.not_of_event(member.left)
                return None
            wanted = ("data", "derive", "judgement", "define")
            symbol = self.context.names.find(member.left, self.module, wanted)
            if symbol is None or symbol.id in self.context.unresolved:
                return None
        text = _words(member.left, "this")
        self.found.append(
            kinds.NOT_A_CONDITION.at(member.left.where, text=text, found="not a choice")
        )
        return None


def names_within(condition: Condition) -> list[str]:
    """The elements and derived numbers that a comparison, or several, name."""
    each = (number for part in walk(condition) for number in numbers_of(part))
    return [name for number in each for name in names_of_number(number)]


def unit_of(number: Number) -> str:
    """The code of a number's unit; DATE for dates."""
    if isinstance(number, model.Date):
        return DATE
    known = unit(number.unit)
    return known.code if known is not None else number.unit


def _is_constant(expression: tree.Expression) -> bool:
    """Whether it is the same for every participant."""
    if isinstance(expression, tree.Arithmetic):
        return all(map(_is_constant, (expression.first, *(part for _, part in expression.rest))))
    return isinstance(expression, tree.Quantity | tree.DateText)


def _sortable(limit: model.Limit) -> tuple[float, str]:
    if isinstance(limit, model.Date):
        return 0.0, limit.value
    return (0.0, "") if isinstance(limit, model.Day) else (limit.value, "")


def _limit_text(limit: tree.Limit) -> str:
    if isinstance(limit, tree.Quantity):
        return written(limit)
    return "this" if isinstance(limit, tree.Arithmetic) else limit.text


def _words(expression: tree.Expression, otherwise: str) -> str:
    return expression.text if isinstance(expression, tree.Name) else otherwise
