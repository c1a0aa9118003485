"""The truth of conditions and the value of numbers over one record.

Semantics sections 2, 4 and 5, word for word: one method for each construct of the language.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from trialc.interpreter.functions import of_function
from trialc.model import expression as e
from trialc.model.cells import Cells
from trialc.model.contract import stated_units
from trialc.model.expression import Condition, Number
from trialc.model.protocol import Criterion, Protocol
from trialc_runtime.calendar import add, elapsed, parse_date
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of
from trialc_runtime.values import Unknown

Truth = bool | None
Known = bool | float | str
Bounds = tuple[float, float]
"""Lowest and highest value that a number can still have; equal for a known number."""


class Model:
    """A protocol with its definitions at hand; made once, used for many records."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.numbers = {item.id: item.number for item in protocol.numbers}
        self.units = stated_units(protocol)
        self.conditions = protocol.named_conditions
        self.cells = Cells(protocol)

    def shared(self, criteria: Iterable[Criterion]) -> tuple[str, ...]:
        """Inputs and derived numbers that feed several atoms of some criteria taken together."""
        uses: Counter[str] = Counter()
        for criterion in criteria:
            uses.update(self._uses[criterion.id])
        return self.cells.several(uses)

    @cached_property
    def _uses(self) -> dict[str, Counter[str]]:
        return {item.id: self.cells.uses(item.condition) for item in self.protocol.criteria}


class Evaluation:
    """One record: `values` maps inputs to what is known of them, in canonical units.

    Dates are ISO texts in `values`, and days since year 1 when they are compared.
    """

    def __init__(self, model: Model, values: Mapping[str, Known | Unknown], as_of: str) -> None:
        self.model = model
        self.values = values
        self.as_of = as_of
        self.completed: Mapping[str, Known | Unknown] = {}
        self._plain: Evaluation | None = None
        self._decided: dict[int, tuple[Condition, Truth]] = {}

    def completing(self, completed: Mapping[str, Known | Unknown]) -> Evaluation:
        """The same record, with values for unknown inputs and derived numbers (section 5)."""
        case = Evaluation(self.model, self.values, self.as_of)
        case.completed = completed
        case._plain = self
        return case

    @property
    def plain(self) -> Evaluation:
        """The same record without completions."""
        return self._plain or self

    def input(self, name: str) -> Known | Unknown:
        """What is known of an input."""
        if name in self.completed:
            return self.completed[name]
        return self.values.get(name, Unknown("missing"))

    # ---- conditions

    def truth(self, condition: Condition) -> Truth:
        """True, false, or None for unknown. Every condition is decided once."""
        found = self._decided.get(id(condition))
        if found is None:
            # Kleene's logic is monotone: what is known stays known when something is completed.
            truth = None if self._plain is None else self._plain.truth(condition)
            if truth is None:
                truth = self._decide(condition)
            # Kept with its truth: as long as it lives, no other condition has its id.
            found = condition, truth
            self._decided[id(condition)] = found
        return found[1]

    def _decide(self, condition: Condition) -> Truth:
        decide = self.CONDITIONS.get(type(condition))
        if decide is None:
            raise TypeError(f"{condition.kind} is no condition of a participant's record")
        return decide(self, condition)

    def _junction(self, junction: e.Junction) -> Truth:
        return combined(junction, [self.truth(branch.condition) for branch in junction.branches])

    def _not(self, condition: e.Not) -> Truth:
        return negate(self.truth(condition.operand))

    def _attributed(self, attributed: e.Attributed) -> Truth:
        return all_of((self.truth(attributed.operand), self.cause(attributed)))

    def cause(self, attributed: e.Attributed) -> Truth:
        """Whether the attested cause is the one that the attribution asks for."""
        cause = self.input(attributed.path)
        if isinstance(cause, Unknown):
            return None
        is_named = cause == attributed.cause
        return not is_named if attributed.other else is_named

    def _unless(self, unless: e.Unless) -> Truth:
        return all_of((self.truth(unless.operand), negate(self.truth(unless.exception))))

    def _applies(self, applies: e.Applies) -> Truth:
        exists, operand = self.truth(applies.condition), self.truth(applies.operand)
        if applies.neutral:
            return any_of((negate(exists), operand))
        return all_of((exists, operand))

    def _refer(self, refer: e.Refer) -> Truth:
        return self.truth(self.model.conditions[refer.name])

    # ---- atoms

    def _holds(self, atom: e.Holds) -> Truth:
        held = self.input(atom.path)
        return None if isinstance(held, Unknown) else held is True

    def _one_of(self, atom: e.OneOf) -> Truth:
        code = self.input(atom.path)
        return None if isinstance(code, Unknown) else code in atom.codes

    def _done(self, atom: e.Done) -> Truth:
        """What the record says was not done stays so, whatever value a completion tries."""
        if self.values.get(atom.path) == Unknown("not_done"):
            return False
        value = self.input(atom.path)
        if isinstance(value, Unknown):
            return False if value.reason == "not_done" else None
        return True

    def _compare(self, atom: e.Compare) -> Truth:
        return related(self.bounds(atom.left), atom.relation, self.bounds(atom.right))

    def _within(self, atom: e.Within) -> Truth:
        value = self.bounds(atom.value)
        return all_of(
            (
                related(value, ">=", self.bounds(atom.low)),
                related(value, "<=", self.bounds(atom.high)),
            )
        )

    # ---- numbers

    def bounds(self, number: Number) -> Bounds | None:
        """What a number can be; None where nothing is known."""
        return self.NUMBERS[type(number)](self, number)

    def exact(self, number: Number) -> float | None:
        """The number itself; None where it is not known, or may still be one of several."""
        bounds = self.bounds(number)
        return bounds[0] if bounds is not None and bounds[0] == bounds[1] else None

    def _literal(self, number: e.Literal) -> Bounds | None:
        return number.value, number.value

    def _date(self, number: e.Date) -> Bounds | None:
        return _exactly(parse_date(number.value))

    def _value(self, number: e.Value) -> Bounds | None:
        value = self.input(number.path)
        if isinstance(value, Unknown):
            return None
        return _exactly(parse_date(value) if isinstance(value, str) else value)

    def _number_of(self, number: e.NumberOf) -> Bounds | None:
        completed = self.completed.get(number.name)
        if completed is not None:
            assert not isinstance(completed, Unknown | str)
            return _exactly(completed)
        definition = self.model.numbers[number.name]
        if isinstance(definition, e.Score):
            return self._score(definition)
        return self.plain.bounds(definition)

    def _elapsed(self, number: e.Elapsed) -> Bounds | None:
        start, end = self._moment(number.start), self._moment(number.end)
        if start is None or end is None:
            return None
        return _exactly(elapsed(number.unit, start, end))

    def _day(self, number: e.Day) -> Bounds | None:
        start = self._moment(number.start)
        return None if start is None else _exactly(add(start, number.amount, number.step))

    def _moment(self, name: str) -> int | None:
        date = self.as_of if name == "as_of" else self.input(name)
        return parse_date(date) if isinstance(date, str) else None

    def _arithmetic(self, number: e.Arithmetic) -> Bounds | None:
        # A completion stands for a whole cell: good for comparing, not for calculating.
        left, right = self.plain.exact(number.left), self.plain.exact(number.right)
        if left is None or right is None:
            return None
        result = calculated(number, left, right)
        return _exactly(result) if math.isfinite(result) else None

    def _function(self, number: e.Function) -> Bounds | None:
        known = [self.plain.exact(argument) for argument in number.arguments]
        found = [argument for argument in known if argument is not None]
        if len(found) < len(known):
            return None
        result = of_function(number.name, found, number.exponent)
        return _exactly(result) if math.isfinite(result) else None

    def _choose(self, table: e.Choose) -> Bounds | None:
        case = self.case(table)
        return None if case is None else _exactly(self.plain.exact(case.value))

    def case(self, table: e.Choose) -> e.Case | None:
        """The case that a table comes to; None while that is open."""
        truths = [
            True if case.when is None else self.plain.truth(case.when) for case in table.cases
        ]
        if table.unique:  # no two cases hold together: one that does is the one
            for case, truth in zip(table.cases, truths, strict=True):
                if truth is True and case.when is not None:
                    return case
        for case, truth in zip(table.cases, truths, strict=True):
            if truth is not False:
                return case if truth is True else None
        return None

    def _score(self, score: e.Score) -> Bounds:
        low = high = 0.0
        for item in score.items:
            least, most = self._item(item)
            if score.combine == "sum":
                low, high = low + least, high + most
            else:
                low, high = max(low, least), max(high, most)
        return low, high

    def _item(self, item: e.ScoreItem) -> Bounds:
        if item.score is not None:
            return self._score(item.score)
        assert item.when is not None
        truth, points = self.truth(item.when), float(item.points)
        return (points if truth is True else 0.0), (0.0 if truth is False else points)

    # ---- which method decides what

    CONDITIONS: ClassVar[dict[type, Callable[[Evaluation, Any], Truth]]] = {
        e.Junction: _junction,
        e.Not: _not,
        e.Attributed: _attributed,
        e.Unless: _unless,
        e.Applies: _applies,
        e.Refer: _refer,
        e.Holds: _holds,
        e.OneOf: _one_of,
        e.Done: _done,
        e.Compare: _compare,
        e.Within: _within,
    }

    NUMBERS: ClassVar[dict[type, Callable[[Evaluation, Any], Bounds | None]]] = {
        e.Literal: _literal,
        e.Date: _date,
        e.Value: _value,
        e.NumberOf: _number_of,
        e.Elapsed: _elapsed,
        e.Day: _day,
        e.Arithmetic: _arithmetic,
        e.Function: _function,
        e.Choose: _choose,
        e.Score: _score,
    }


def combined(junction: e.Junction, truths: Sequence[Truth]) -> Truth:
    """The truth of a group from those of its branches."""
    if junction.quantifier == "all":
        return all_of(truths)
    if junction.quantifier == "any":
        return any_of(truths)
    if junction.quantifier == "none":
        return none_of(truths)
    return at_least(junction.count, truths)


RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def related(first: Bounds | None, relation: str, second: Bounds | None) -> Truth:
    """Whether a relation holds, whatever the two numbers turn out to be within their bounds."""
    if first is None or second is None:
        return None
    both_exact = first[0] == first[1] and second[0] == second[1]
    if relation in ("=", "!=") and not both_exact:
        can_meet = first[0] <= second[1] and second[0] <= first[1]
        return None if can_meet else relation == "!="
    # An order between two intervals holds throughout if it holds between all their ends.
    ends = {RELATIONS[relation](a, b) for a in first for b in second}
    return ends.pop() if len(ends) == 1 else None


def calculated(number: e.Arithmetic, left: float, right: float) -> float:
    """`left operator right` by section 2: exact, then rounded once; NaN where there is none."""
    first, second = Fraction(repr(left)), Fraction(repr(right))
    ratio = Fraction(number.numerator, number.denominator)
    try:
        match number.operator:
            case "+":
                exact = first + second
            case "-":
                exact = first - second
            case "*":
                exact = first * second * ratio
            case "/":
                exact = first * ratio / second
        return float(exact) + 0.0  # one zero: what is rounded up to nothing would be another one
    except (ZeroDivisionError, OverflowError):
        return math.nan


def _exactly(value: float | None) -> Bounds | None:
    return None if value is None else (float(value), float(value))
