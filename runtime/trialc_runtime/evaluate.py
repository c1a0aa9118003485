"""The truth of conditions and the value of numbers for one participant (semantics 2 and 4)."""

from __future__ import annotations

from trialc_runtime.calendar import add, elapsed
from trialc_runtime.decimals import calculate
from trialc_runtime.functions import apply
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.program import Case, Condition, Number, Program, Truth, Values

    Bounds = tuple[float, float]


class Evaluation:
    """One participant: `values` are canonical (`records.canonical`).

    `completed` gives values for inputs and derived numbers that are unknown (None: not done); case
    splitting tries them, and `plain` is then the same participant without them. Every condition is
    decided once.
    """

    __slots__ = ("_plain", "_truths", "completed", "program", "values")

    def __init__(
        self,
        program: Program,
        values: Values,
        completed: Values | None = None,
        plain: Evaluation | None = None,
    ) -> None:
        self.program = program
        self.values = values
        self.completed = completed or {}
        self._plain = plain
        self._truths: dict[int, Truth] = {}

    @property
    def plain(self) -> Evaluation:
        """Without completions. Each of them stands for a whole cell: good for comparing with a
        constant, not for calculating.
        """
        return self._plain or self

    def known(self, name: str) -> Any:
        """The value of an input; None where it is unknown."""
        if name in self.completed:
            return self.completed[name]
        return self.values.get(name)

    def whole(self, condition: Condition) -> Condition:
        """The condition itself, where a part stands for it."""
        while condition[0] == "part":
            condition = self.program.parts[condition[1]]
        return condition

    # ---- conditions

    def truth(self, condition: Condition) -> Truth:
        """True, false, or None for unknown."""
        # The tables live as long as the program, so the identity of a tuple names it.
        key = id(condition)
        if key not in self._truths:
            # Kleene's logic is monotone: what is known stays known when something is completed.
            known = None if self._plain is None else self._plain.truth(condition)
            self._truths[key] = self._decide(condition) if known is None else known
        return self._truths[key]

    def cause(self, condition: Condition) -> Truth:
        """Whether the attested cause is the one that an attribution asks for."""
        _, _, name, cause, other, _, _ = condition
        found = self.known(name)
        return None if found is None else (found == cause) != other

    def _decide(self, condition: Condition) -> Truth:
        operator = condition[0]
        if operator == "junction":
            return self._junction(condition)
        if operator == "not":
            return negate(self.truth(condition[1]))
        if operator == "attributed":
            return all_of((self.truth(condition[1]), self.cause(condition)))
        if operator == "unless":
            return all_of((self.truth(condition[1]), negate(self.truth(condition[2]))))
        if operator == "applies":
            exists, operand = self.truth(condition[1]), self.truth(condition[2])
            if condition[3]:
                return any_of((negate(exists), operand))
            return all_of((exists, operand))
        if operator == "refer":
            return self.truth(self.program.conditions[condition[1]])
        if operator == "part":
            return self.truth(self.whole(condition))
        return self._atom(condition)

    def _junction(self, condition: Condition) -> Truth:
        _, quantifier, count, branches, _ = condition
        truths = [self.truth(branch) for _, branch in branches]
        if quantifier == "all":
            return all_of(truths)
        if quantifier == "any":
            return any_of(truths)
        return none_of(truths) if quantifier == "none" else at_least(count, truths)

    def _atom(self, condition: Condition) -> Truth:
        operator, name = condition[0], condition[1]
        if operator == "compare":
            return self._compare(self.bounds(name), condition[2], self.bounds(condition[3]))
        if operator == "within":
            bounds = self.bounds(name)
            low, high = self.bounds(condition[2]), self.bounds(condition[3])
            return all_of((self._compare(bounds, ">=", low), self._compare(bounds, "<=", high)))
        found = self.known(name)
        if operator == "done":
            if self.values.get("not_done:" + name) is True:
                return False
            return True if found is not None else False if name in self.completed else None
        if found is None:
            return None
        return found in condition[2] if operator == "one_of" else found is True

    def _compare(self, first: Bounds | None, relation: str, second: Bounds | None) -> Truth:
        """A relation between numbers of which only the bounds may be known."""
        if first is None or second is None:
            return None
        if relation in (">", ">="):
            first, second, relation = second, first, "<" if relation == ">" else "<="
        if relation == "<":
            return True if first[1] < second[0] else False if first[0] >= second[1] else None
        if relation == "<=":
            return True if first[1] <= second[0] else False if first[0] > second[1] else None
        equal: Truth = None
        if first[1] < second[0] or second[1] < first[0]:
            equal = False
        elif first[0] == first[1] == second[0] == second[1]:
            equal = True
        return equal if relation == "=" else negate(equal)

    # ---- numbers

    def bounds(self, number: Number) -> Bounds | None:
        """The lowest and the highest that a number can be; None where nothing is known of it."""
        operator = number[0]
        if operator == "literal":
            return number[1], number[1]
        if operator == "score":
            return self._score(number)
        if operator == "number_of":
            completed = self.completed.get(number[1])
            if completed is not None:
                return completed, completed
            inner = self.program.numbers[number[1]]
            return self.bounds(inner) if inner[0] == "score" else self.plain.bounds(inner)
        if operator == "value":
            found = self.known(number[1])
        elif operator == "elapsed":
            found = self._elapsed(number)
        elif operator == "day":
            found = self._day(number)
        elif operator == "function":
            found = self._function(number)
        elif operator == "choose":
            found = self._chosen(number)
        else:
            found = self._arithmetic(number)
        return None if found is None else (found, found)

    def _elapsed(self, number: Number) -> float | None:
        _, unit, start, end = number
        first, last = self.known(start), self.known(end)
        return None if first is None or last is None else elapsed(unit, first, last)

    def _day(self, number: Number) -> float | None:
        _, start, amount, unit = number
        first = self.known(start)
        return None if first is None else float(add(first, amount, unit))

    def _arithmetic(self, number: Number) -> float | None:
        _, operator, left, right, numerator, denominator = number
        first, second = self._exact(left), self._exact(right)
        if first is None or second is None:
            return None
        return calculate(operator, first, second, numerator, denominator)

    def _function(self, number: Number) -> float | None:
        _, name, arguments, exponent = number
        known = tuple(self._exact(argument) for argument in arguments)
        found = tuple(argument for argument in known if argument is not None)
        return apply(name, found, exponent) if len(found) == len(known) else None

    def _chosen(self, number: Number) -> float | None:
        case = self.case(number)
        return None if case is None else self._exact(case[1])

    def case(self, number: Number) -> Case | None:
        """The case of a table that decides; None while that is open."""
        _, unique, cases = number
        is_open = False
        for case in cases:
            truth = True if case[2] is None else self.plain.truth(case[2])
            if truth is True and not (is_open and (case[2] is None or not unique)):
                return case
            is_open = is_open or truth is not False
        return None

    def _exact(self, number: Number) -> float | None:
        """A number of the record alone, if it is exactly known."""
        bounds = self.plain.bounds(number)
        return bounds[0] if bounds is not None and bounds[0] == bounds[1] else None

    def _score(self, number: Number) -> Bounds:
        low = high = 0.0
        for points, inner in number[2]:
            if points is None:
                least, most = self._score(inner)
            else:
                truth = self.truth(inner)
                least = float(points) if truth is True else 0.0
                most = 0.0 if truth is False else float(points)
            if number[1] == "sum":
                low, high = low + least, high + most
            else:
                low, high = max(low, least), max(high, most)
        return low, high
