"""When visits take place, in words and in the order of time (ICH M11 section 1.3, USDM Timing)."""

from __future__ import annotations

from trialc.model.protocol import Duration, Protocol, Visit, Window

NOT_STATED = "not stated"
NOT_APPLICABLE = "not applicable"

_ROUGH_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}


def duration_words(amount: int, unit: str) -> str:
    """ "3 months", "1 day"."""
    return f"{amount} {unit}" if abs(amount) == 1 else f"{amount} {unit}s"


def timing_words(visit: Visit) -> str:
    """ "3 months after M0", "before M0 (time not stated)", "day 0", "unscheduled"; "from 28 days
    before D1 to 1 day before D1"; "21 days after D1, then every 21 days until progression".
    """
    if visit.every is not None:
        every = duration_words(visit.every.amount, visit.every.unit).removeprefix("1 ")
        return f"{_moment_words(visit)}, then every {every} until {visit.until}"
    if visit.last is not None and visit.offset is not None:
        first, last = (_away(end, visit.base) for end in (visit.offset, visit.last))
        return f"from {first} to {last}"
    return _moment_words(visit)


def _moment_words(visit: Visit) -> str:
    if visit.timing == "anchor":
        return "day 0"
    if visit.timing == "unscheduled":
        return "unscheduled"
    if visit.timing == "before" or visit.offset is None:
        return f"before {visit.base} (how long: {NOT_STATED})"
    if visit.offset.amount == 0:
        return f"on the day of {visit.base}"
    return _away(visit.offset, visit.base)


def _away(offset: Duration, base: str) -> str:
    """ "3 months after M0", "M0"."""
    if not offset.amount:
        return base
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
    if date == "target" and visit.timing in ("offset", "span"):
        return timing_words(visit)
    if date in ("earliest", "latest") and visit.window is not None:
        return span_words(visit.window)
    return NOT_STATED if visit.timing in ("offset", "before") else NOT_APPLICABLE


def span_words(window: Window) -> str:
    """ "−7 to +7 days"."""
    return f"{_signed(window.early)} to {_signed(window.late)} {window.unit}s"


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def age_words(window: Duration | None) -> str:
    """How old a value may be on the day of the verdict: "28 days"."""
    return duration_words(window.amount, window.unit) if window else NOT_STATED


def in_time_order(protocol: Protocol) -> tuple[Visit, ...]:
    """The scheduled visits from first to last, unscheduled ones at the end.

    Units are not converted into one another anywhere else; here rough lengths only decide who
    stands to the left of whom, and equal ones keep the order of the text.
    """
    placed = {visit.id: visit for visit in protocol.visits}

    def rough(visit: Visit, above: frozenset[str]) -> float:
        if visit.timing == "unscheduled":
            return float("inf")
        base = placed.get(visit.base)
        start = rough(base, above | {visit.id}) if base and base.id not in above else 0.0
        if visit.timing == "before":
            return start - 1_000_000.0
        if visit.offset is None:
            return start
        return start + visit.offset.amount * _ROUGH_DAYS[visit.offset.unit]

    return tuple(sorted(protocol.visits, key=lambda visit: rough(visit, frozenset({visit.id}))))


def occasion_words(occasion: str, protocol: Protocol) -> str:
    """ "infusion 1": an occasion is named by its id, a period by its title."""
    titles = {period.id: period.title for period in protocol.periods}
    return titles.get(occasion) or occasion.replace("_", " ")
