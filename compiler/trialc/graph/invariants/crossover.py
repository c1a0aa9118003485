"""Periods and sequences of a crossover: in order, complete, balanced, far enough apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model.design import Period, Washout
from trialc.model.protocol import Arm, Intervention
from trialc.model.visit_days import ANCHORS

HALF_LIVES = 5
HOURS = {"min": Fraction(1, 60), "hour": 1, "day": 24, "week": 168, "month": 28 * 24}
"""Hours of each unit; a month has 28 days at least."""

Treatment = frozenset[str]
"""What is given together in one period."""


def periods_are_in_order(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No period runs backwards, none begins before the one above it has ended."""
    times, periods = timing(study), study.protocol.periods
    found: list[Diagnostic] = []
    for one in periods:
        if times.is_after(one.first, one.last):
            what = f"period `{one.id}` ends at `{one.last}`, before it begins at `{one.first}`"
            help_ = f"swap its visits: `from {one.last} to {one.first}`"
            found.append(kinds.PERIOD_ORDER.at(one.where, what=what, help=help_))
    for before, after in pairwise(periods):
        if times.is_after(before.last, after.first):
            what = f"period `{after.id}` begins before period `{before.id}` has ended"
            related = [Related(before.where, f"it ends at `{before.last}`")]
            help_ = f"begin it at `{before.last}` or later, or declare the periods in their order"
            found.append(kinds.PERIOD_ORDER.at(after.where, what=what, help=help_, related=related))
    return study, tuple(found)


# ---- washout


def washouts_are_kept(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Stated washouts are those of the visits, and long enough for what was given before."""
    periods = study.protocol.periods
    found: list[Diagnostic] = []
    for place, period in enumerate(periods):
        before = periods[place - 1] if place else None
        if period.washout is not None:
            found += _differs(timing(study), before, period, period.washout)
            if before is not None:
                found += _short(study, before, period, period.washout)
    return study, tuple(found)


def _differs(
    times: Timing, before: Period | None, period: Period, washout: Washout
) -> Iterator[Diagnostic]:
    where, shown = washout.where or period.where, washout_words(washout)
    if before is None:
        why = "no period comes before it"
        help_ = "leave it out; what must be over before the trial is an exclusion"
        yield kinds.WASHOUT_DIFFERS.at(where, period=period.id, washout=shown, why=why, help=help_)
        return
    apart = _apart(times, before, period)
    if apart is None or washout.unit not in ("day", "week"):
        return
    days = 7 if washout.unit == "week" else 1
    # From the last to the first day, or the days between the two: people count both ways.
    if washout.least * days <= apart and washout.most * days >= max(0, apart - 1):
        return
    yield kinds.WASHOUT_DIFFERS.at(
        where,
        period=period.id,
        washout=shown,
        why=f"from `{before.last}` to `{period.first}` it is {_count(apart, 'day')}",
        help="mend the washout, or the visits",
        related=[Related(before.where, "the period before it")],
    )


def _apart(times: Timing, before: Period, period: Period) -> int | None:
    """Days from the last of one period to the first of the next, if they are always the same."""
    if not times.comparable(before.last, period.first):
        return None
    apart = {times.day(period.first, a) - times.day(before.last, a) for a in ANCHORS}
    days = apart.pop()
    return None if apart or days != int(days) or days < 0 else int(days)


def _short(study: Study, before: Period, period: Period, washout: Washout) -> Iterator[Diagnostic]:
    hours = washout.least * HOURS[washout.unit]
    items = {item.id: item for item in study.protocol.interventions}
    left = dict.fromkeys(
        name
        for arm in study.protocol.sequences
        for name in sorted(_given(arm, before) - _given(arm, period))
    )
    for item in (items[name] for name in left):
        needed = half_lives(item)
        if needed is not None and hours < needed:
            yield kinds.WASHOUT_SHORT.at(
                washout.where or period.where,
                period=period.id,
                washout=washout_words(washout),
                intervention=item.id,
                needed=_hours_words(needed),
                help="make the washout longer, or expect what was given before to act on",
                related=[Related(item.where, f"half-life of {item.half_life}")],
            )


def half_lives(item: Intervention) -> Fraction | None:
    """Hours until about 3 % of it are left; None where its half-life is not stated."""
    if not item.half_life:
        return None
    number, _, unit = item.half_life.partition(" ")
    return HALF_LIVES * Fraction(number) * HOURS[_UNITS.get(unit, unit.removesuffix("s"))]


_UNITS = {"h": "hour", "min": "min"}


def _hours_words(hours: Fraction) -> str:
    if hours >= 48:
        days = hours / 24
        return _count(int(days), "day") if days == int(days) else f"{float(days):.4g} days"
    return _count(int(hours), "hour") if hours == int(hours) else f"{float(hours):.4g} hours"


def washout_words(washout: Washout) -> str:
    """ "7 days", "3 to 14 days", "none"."""
    if not washout.most:
        return "none"
    most = _count(washout.most, washout.unit)
    return most if washout.least == washout.most else f"{washout.least} to {most}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


# ---- sequences


def sequences_are_complete(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every sequence gives what others give."""
    given = {arm.id: {one.intervention for one in arm.gives} for arm in study.protocol.sequences}
    found: list[Diagnostic] = []
    for arm in study.protocol.sequences:
        for other in study.protocol.sequences:
            left_out = sorted(given[other.id] - given[arm.id])
            related = [Related(other.where, "this one does")]
            found += [
                kinds.TREATMENT_LEFT_OUT.at(
                    arm.where,
                    sequence=arm.id,
                    intervention=name,
                    help=f"write `give {name} in ...`",
                    related=related,
                )
                for name in left_out
            ]
            given[arm.id] |= given[other.id]  # told once
    return study, tuple(found)


def sequences_are_balanced(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Each treatment equally often in each period, and after each other one."""
    sequences, periods = study.protocol.sequences, study.protocol.periods
    if len(sequences) < 2 or len(periods) < 2:
        return study, ()
    rows = [[_given(arm, period) for period in periods] for arm in sequences]
    shares = [_share(study, arm) for arm in sequences]
    why = _in_periods(rows, shares, periods) or _after_one_another(rows, shares)
    if not why:
        return study, ()
    where = min((arm.where for arm in sequences), key=lambda where: where.start)
    help_ = "add sequences in the other orders, or leave it so if the design means it"
    return study, (kinds.UNBALANCED.at(where, why=why, help=help_),)


def _given(arm: Arm, period: Period) -> Treatment:
    return frozenset(one.intervention for one in arm.gives if one.occasion == period.id)


def _share(study: Study, arm: Arm) -> int:
    shares = (share for item in study.protocol.randomisations for share in item.ratio)
    return next((share.count for share in shares if share.arm == arm.id), 1)


def _in_periods(rows: list[list[Treatment]], shares: list[int], periods: tuple[Period, ...]) -> str:
    counts: dict[Treatment, Counter[int]] = {}
    for row, share in zip(rows, shares, strict=True):
        for place, treatment in enumerate(row):
            counts.setdefault(treatment, Counter())[place] += share
    for treatment, by_place in counts.items():
        numbers = [by_place[place] for place in range(len(periods))]
        if len(set(numbers)) > 1:
            most, least = numbers.index(max(numbers)), numbers.index(min(numbers))
            return (
                f"{_named(treatment)} is given to {numbers[most]} of every {sum(shares)} in "
                f"`{periods[most].id}`, and to {numbers[least]} in `{periods[least].id}`"
            )
    return ""


def _after_one_another(rows: list[list[Treatment]], shares: list[int]) -> str:
    counts: Counter[tuple[Treatment, Treatment]] = Counter()
    for row, share in zip(rows, shares, strict=True):
        for pair in pairwise(row):
            counts[pair] += share
    treatments = dict.fromkeys(treatment for row in rows for treatment in row)
    pairs = [(one, two) for one in treatments for two in treatments if one != two]
    most = max(pairs, key=lambda pair: counts[pair], default=None)
    least = min(pairs, key=lambda pair: counts[pair], default=None)
    if most is None or least is None or counts[most] == counts[least]:
        return ""
    return f"{_follows(most, counts[most])}, {_follows(least, counts[least])}"


def _follows(pair: tuple[Treatment, Treatment], number: int) -> str:
    before, after = (_named(treatment) for treatment in pair)
    if not number:
        return f"{after} never follows {before}"
    times = {1: "once", 2: "twice"}.get(number, f"{number} times")
    return f"{after} follows {before} {times}"


def _named(treatment: Treatment) -> str:
    return " with ".join(f"`{name}`" for name in sorted(treatment))
