"""When visits take place, in words and in the order of time (ICH M11 section 1.3, USDM Timing)."""

from __future__ import annotations

from trialc.model.protocol import Duration, Moment, Protocol, Visit, Window
from trialc.model.visit_order import in_time_order as _in_time_order

NOT_STATED = "not stated"
NOT_APPLICABLE = "not applicable"
NO_LIMIT = "no limit"
ON_THE_DAY = "on the day of "


def duration_words(amount: int, unit: str) -> str:
    """ "3 months", "1 day"."""
    return f"{amount} {unit}" if abs(amount) == 1 else f"{amount} {unit}s"


def timing_words(visit: Visit) -> str:
    """ "3 months after M0", "before M0 (time not stated)", "day 0", "unscheduled"; "from 28 days
    before D1 to 1 day before D1"; "7 days after each C"; "21 days after D1,
    then every 21 days until progression"; "30 days after the last dose, or on the day of new
    therapy, whichever is earlier".
    """
    if visit.every is not None:
        every = duration_words(visit.every.amount, visit.every.unit).removeprefix("1 ")
        chain = " from the actual day of the one before" if visit.chained else ""
        return f"{_moment_words(visit)}, then every {every}{chain} {until_words(visit)}"
    if visit.last is not None and visit.offset is not None:
        base = _base(visit)
        first, last = (
            _numbered(visit, day) if day else _away(end, base)
            for day, end in ((visit.day, visit.offset), (visit.last_day, visit.last))
        )
        return f"from {first} to {last}"
    return _moment_words(visit)


def until_words(visit: Visit) -> str:
    """ "until progression", "at most 34 times until progression"."""
    return f"{f'at most {_times(visit.most)} ' if visit.most else ''}until {visit.until}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _moment_words(visit: Visit) -> str:
    if visit.timing == "anchor":
        return f"day {visit.day or '0'}"
    if visit.timing == "unscheduled":
        return "unscheduled"
    if visit.timing == "after":
        return f"a day {visit.day or '0'} of its own, after {visit.base}"
    if visit.day:
        return _numbered(visit, visit.day)
    if visit.moments:
        each = (
            _away(
                item.offset,
                moment_words(item, visit.each),
                "on " if item.kind == "actual" else ON_THE_DAY,
            )
            for item in visit.moments
        )
        which = f", whichever is {visit.whichever}" if visit.whichever else ""
        return ", or ".join(each) + which
    if visit.timing == "before" or visit.offset is None:
        return f"before {visit.base} (how long: {NOT_STATED})"
    return _away(visit.offset, _base(visit), ON_THE_DAY)


def _numbered(visit: Visit, day: str) -> str:
    """ "day 15", "day −1"; "day 9 of each CYCLE" where it is counted from another visit."""
    of = f" of {_base(visit)}" if visit.day_from_base else ""
    return f"day {day.replace('-', '−')}{of}"


def _base(visit: Visit) -> str:
    return f"each {visit.base}" if visit.each else visit.base


def moment_words(moment: Moment, each: str = "") -> str:
    """ "M0", "the actual day of M0", "the last dose of UCMSC", "new therapy"; of a cycle, "the
    actual day of each C".
    """
    if moment.kind == "actual":
        return f"the actual day of {'each ' if each else ''}{moment.name}"
    if moment.kind == "last_dose":
        return f"the last dose of {moment.text}" if moment.text else "the last dose"
    return moment.text


def _away(offset: Duration, base: str, same: str = "") -> str:
    """ "3 months after M0", "M0"; `same` stands before what is on the same day."""
    if not offset.amount:
        return same + base
    side = "after" if offset.amount > 0 else "before"
    return f"{duration_words(abs(offset.amount), offset.unit)} {side} {base}"


def window_words(visit: Visit) -> str:
    """ "−7 to +7 days"; where the source states no window, that is said; none is invented."""
    if visit.timing == "span":
        return "any day of these"
    return span_words(visit.window) if visit.window else without_date(visit)


def without_date(visit: Visit, date: str = "") -> str:
    """What is said of a window that a visit does not have; or of a `target`, `earliest` or `latest`
    that is no date: what is stated in hours, or counted from it, is said as it stands.
    """
    if date == "target" and visit.timing in ("offset", "span", "counted", "after"):
        return timing_words(visit)
    if date in ("earliest", "latest") and visit.window is not None:
        limit = visit.window.early if date == "earliest" else visit.window.late
        return NO_LIMIT if limit is None else span_words(visit.window)
    return NOT_STATED if visit.timing in ("offset", "counted", "before") else NOT_APPLICABLE


def span_words(window: Window) -> str:
    """ "−7 to +7 days", "−7 days or later", "up to +7 days"."""
    if window.late is None:
        return f"{_signed(window.early or 0)} {window.unit}s or later"
    if window.early is None:
        return f"up to {_signed(window.late)} {window.unit}s"
    return f"{_signed(window.early)} to {_signed(window.late)} {window.unit}s"


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def age_words(window: Duration | None) -> str:
    """How old a value may be on the day of the verdict: "28 days"."""
    return duration_words(window.amount, window.unit) if window else NOT_STATED


def in_time_order(protocol: Protocol) -> tuple[Visit, ...]:
    """The scheduled visits from first to last, unscheduled ones at the end."""
    return _in_time_order(protocol.visits, protocol.arms, protocol.activities)


def occasion_words(occasion: str, protocol: Protocol) -> str:
    """ "infusion 1": an occasion is named by its id, a period by its title."""
    titles = {period.id: period.title for period in protocol.periods}
    return titles.get(occasion) or occasion.replace("_", " ")
