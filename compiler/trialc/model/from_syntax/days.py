"""Days counted from others, and what happened within some time of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog.recorded import NO_DAY
from trialc.model import expression as model
from trialc.model.declared import Duration
from trialc.model.expression import Condition, Date, Day, Number, Value
from trialc.model.from_syntax.applicability import Resolved, both
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import THINGS, Module, Symbol
from trialc.model.from_syntax.quantities import duration, not_a_number
from trialc.model.from_syntax.washouts import HalfLives, Length, Washouts
from trialc.model.histories import LAST, ONGOING, SINCE, UNCHANGED
from trialc.model.inputs import names_of_number
from trialc.model.measurements import DAY
from trialc.source import Span
from trialc.syntax import tree
from trialc_runtime.calendar import add, iso, parse_date
from trialc_runtime.inputs import DAY_OF

DATE = "date"
"""What stands in the place of a unit for dates."""
AS_OF = "as_of"
"""The day of the verdict, among the dates of a record."""


def moved(
    day: Number, operator: str, length: tree.Expression, context: Context
) -> Date | Day | None:
    """A date so many calendar units before or after another; None and a diagnostic where that is
    no time, or the date was counted from another one already.
    """
    if not isinstance(length, tree.Quantity):
        context.found.append(not_a_number(length.where, "this", "a number", "a length of time"))
        return None
    time = duration(length, context.found, operator)
    if time is None:
        return None
    if isinstance(day, Date):
        start = parse_date(day.value)
        text = day.value if start is None else iso(add(start, time.amount, time.unit))
        return Date(value=text, where=day.where)
    if isinstance(day, Day) and day.amount:
        advice = "count each day once: `as_of - 3 months`"
        found = "a day counted from another one"
        context.found.append(not_a_number(length.where, "this", found, "a date", advice))
        return None
    start_ = day.start if isinstance(day, Day) else day.path if isinstance(day, Value) else ""
    return _counted(start_, Length(time), length.where)


def _counted(start: str, length: Length | None, where: Span, times: int = 1) -> Day:
    """So long after a day; `times` is -1 for before it, 0 for the day itself."""
    if length is None:
        return Day(start=start, where=where)
    time, text = length.time, length.text if times else ""
    assert time.unit != "hour", "lengths are read in days and longer"
    return Day(start=start, amount=times * time.amount, step=time.unit, text=text, where=where)


class Days:
    """Resolves `within ... before`, `ongoing` in the conditions of one text."""

    def __init__(self, context: Context, module: Module) -> None:
        self.context = context
        self.module = module
        self.found = context.found
        self.washouts = Washouts(context)

    # ---- histories

    def history(self, expression: tree.Expression) -> str | None:
        """The id of the history that an expression names; None for everything else."""
        if not isinstance(expression, tree.Name):
            return None
        symbol = self.context.names.look_up(expression.text, self.module)
        return symbol.id if symbol is not None and symbol.id in self.context.histories else None

    def goes_on(self, path: str, asked: tree.Syntax) -> Condition:
        """It happened, and it goes on; step by step, as it is asked."""
        ever = model.Holds(path=path, where=asked.where)
        goes_on = model.Holds(path=f"{path}.{ONGOING}", where=asked.where)
        return model.Applies(condition=ever, operand=goes_on, neutral=False, where=asked.where)

    def ongoing(self, path: str, expression: tree.Ongoing) -> Resolved | None:
        """It goes on, for so long."""
        if expression.length is None:
            return Resolved(self.goes_on(path, expression), self.context.applicable.get(path))
        goes_on = model.Holds(path=f"{path}.{ONGOING}", where=expression.where)
        time = duration(expression.length, self.found, "-", least=1)
        if time is None:
            return None
        first = f"{path}.{UNCHANGED if expression.unchanged else SINCE}"
        since = model.Compare(
            left=Value(path=first, unit=DATE, where=expression.where),
            relation="<=",
            right=_counted(AS_OF, Length(time), expression.length.where),
            where=expression.where,
        )
        long = model.Applies(
            condition=goes_on, operand=since, neutral=False, where=expression.where
        )
        return self._happened(path, long, expression)

    def lately(self, path: str, within: tree.Within) -> Resolved | None:
        """It goes on, or its last day is no longer ago than so long before the anchor."""
        anchor = self.anchor(within.anchor)
        read = self.washouts.lengths(within.length, path)
        if anchor is None or read is None:
            return None
        longer, lengths = read
        made = [self._recently(path, anchor, length, within) for length in lengths]
        return Resolved(_joined([each.condition for each in made], longer), made[0].applies)

    def _recently(
        self, path: str, anchor: str, length: Length | HalfLives, within: tree.Within
    ) -> Resolved:
        last, where = f"{path}.{LAST}", within.where
        parts: list[Condition] = []
        if path not in self.context.occurrences:
            parts.append(model.Holds(path=f"{path}.{ONGOING}", where=where))
        # Open at the other end: a last day to come is no longer ago either.
        counted = length if isinstance(length, Length) else None
        first = _counted(anchor, counted, within.length.where, -1)
        day = Value(path=last, unit=DATE, where=where)
        parts.append(model.Compare(relation=">=", left=day, right=first, where=where))
        if isinstance(length, HalfLives):
            parts.append(_no_longer(last, anchor, length))
        return self._happened(path, _joined(parts, True), within, first)

    def anchor(self, name: tree.Name) -> str | None:
        """The date that a time is counted from: the path of an element, or another moment."""
        if name.text == AS_OF:
            return AS_OF
        if is_day_of_value(name, self.context, self.module):
            return day_of_value(name, self.context, self.module)
        symbol = self.context.names.find(name, self.module, ("data",))
        element = self.context.data.get(symbol.id) if symbol is not None else None
        if symbol is None or (element is not None and element.type != DATE):
            if element is not None:
                self.found.append(
                    not_a_number(name.where, name.text, f"a {element.type}", "a date")
                )
            return None
        return symbol.id

    def _happened(
        self, path: str, then: model.Condition, whole: tree.Syntax, *days: model.Day
    ) -> Resolved:
        ever = model.Holds(path=path, where=whole.where)
        condition = model.Applies(condition=ever, operand=then, neutral=False, where=whole.where)
        names = [path, *(name for day in days for name in names_of_number(day))]
        return Resolved(condition, self.applicable(names))

    def applicable(self, names: Iterable[str]) -> Condition | None:
        """When all of some elements exist."""
        return both(self.context.applicable.get(name) for name in names)

    def counted(self, anchor: str, time: Duration, where: Span) -> Day:
        """The day so long after another one."""
        return _counted(anchor, Length(time), where)

    def no_history(self, name: tree.Name, word: str) -> None:
        advice = f'declare it so: `data {name.text} "..." : history`'
        if word == "except":
            advice = "write `unless`: of a history alone some members may be excepted"
        self.found.append(kinds.NO_HISTORY.at(name.where, name=name.text, word=word, help=advice))

    # ---- dates

    def within(self, value: Number, anchor: Number, within: tree.Within) -> Resolved | None:
        """A date no further away than so long, both ends included, counted from the anchor."""
        for number, place in ((value, within.value), (anchor, within.anchor)):
            if not isinstance(number, Value | Day) or number.unit != DATE:
                text = place.text if isinstance(place, tree.Name) else "this"
                if isinstance(place, tree.Name) and place is within.value:
                    self.no_history(place, "within")
                else:
                    self.found.append(not_a_number(place.where, text, "a number", "a date"))
                return None
        path = value.path if isinstance(value, Value) else ""
        read = self.washouts.lengths(within.length, path)
        if read is None:
            return None
        longer, lengths = read
        start = anchor.start if isinstance(anchor, Day) else getattr(anchor, "path", "")
        sides = {"before": (-1, 0), "after": (0, 1), "of": (-1, 1)}[within.side]
        each: list[Condition] = []
        for length in lengths:
            if isinstance(length, HalfLives):
                each.append(_held(path, start, within, length))
                continue
            low, high = (_counted(start, length, within.length.where, side) for side in sides)
            each.append(model.Within(value=value, low=low, high=high, where=within.where))
        names = [*names_of_number(value), *names_of_number(Day(start=start))]
        return Resolved(_joined(each, longer), self.applicable(names))


def _joined(each: Sequence[Condition], longer: bool) -> Condition:
    """Within the longest time: within any of them; within the shortest: within all."""
    if len(each) == 1:
        return each[0]
    branches = tuple(model.Branch(condition=one, where=one.where) for one in each)
    quantifier = "any" if longer else "all"
    return model.Junction(quantifier=quantifier, branches=branches, where=each[0].where)


# ---- the day of a value


def is_day_of_value(name: tree.Name, context: Context, module: Module) -> bool:
    """Whether a name is none by itself, but that of something known with `.day` behind it."""
    whole, _, part = name.text.rpartition(".")
    names = context.names
    if part != DAY or names.look_up(name.text, module) is not None:
        return False
    return bool(names.look_up(whole, module) or names.measured(whole, module))


def day_of_value(name: tree.Name, context: Context, module: Module) -> str | None:
    """The moment on which a value was measured or attested; None and a diagnostic where a value
    has no day of its own.
    """
    whole = name.text.removesuffix(f".{DAY}")
    symbol = context.names.look_up(whole, module)
    fault = _without_a_day(whole, symbol, context)
    if symbol is not None and fault is None:
        return DAY_OF + symbol.id
    why, advice = fault or ("", "")
    context.found.append(NO_DAY.at(name.where, name=whole, why=why, help=advice))
    return None


def _without_a_day(name: str, symbol: Symbol | None, context: Context) -> tuple[str, str] | None:
    """Why what a name stands for has no day, and the way out; None where it has one."""
    if symbol is None:
        return "it is measured several times", f"ask for one of them: `{name}.1.{DAY}`"
    if symbol.kind not in ("data", "judgement"):
        advice = f"ask for the day of an element: `lab.hb.{DAY}`"
        return f"it is {THINGS[symbol.kind]}", advice
    if symbol.id in context.histories:
        why = "it is a question about the past"
        if symbol.id in context.classes:
            return why, f"ask each member for its last day, or `{name} within 4 weeks before as_of`"
        return why, f"ask for the last day: `{name}.{LAST}`"
    if symbol.id in context.retests:
        return "it may be repeated", "give the repeats days: `retest: once within 14 days`"
    element = context.data.get(symbol.id)
    is_date = element is not None and element.type == DATE
    return ("it is a date itself", f"write `{name}`") if is_date else None


# ---- lengths that a number of the participant holds


def _no_longer(start: str, end: str, length: HalfLives) -> Condition:
    """From one day to another it is no longer than so many half-lives, rounded up to whole days: a
    whole number is at most what is rounded up if one less is below it.
    """
    where = length.days.where
    passed = model.Elapsed(unit="day", start=start, end=end, where=where)
    one = model.Literal(value=1.0, unit="d", text="1 d")  # nobody wrote it: it has no place
    less = model.Arithmetic(operator="-", left=passed, right=one, unit="d", where=where)
    return model.Compare(relation="<", left=less, right=length.days, where=where)


def _held(path: str, anchor: str, within: tree.Within, length: HalfLives) -> Condition:
    """A date no further away from another than so many half-lives, on the sides that are meant."""
    sides: list[Condition] = []
    for side, relation, ends in (
        ("before", "<=", (path, anchor)),
        ("after", ">=", (anchor, path)),
    ):
        if within.side in (side, "of"):
            fields = {"relation": relation, "where": within.where}
            fields |= {"left": Value(path=path, unit=DATE), "right": Day(start=anchor)}
            sides.append(
                _joined([model.Compare.model_validate(fields), _no_longer(*ends, length)], False)
            )
    return _joined(sides, True)
