"""Dates as people write them elsewhere: 04.01.2027, 01/06/2015, 4 January 2027."""

from __future__ import annotations

import re

from trialc.source import SourceText, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<first>[0-9]{1,2})(?P<sign>[./-]) ?(?P<second>[0-9]{1,2})(?P=sign) ?(?P<last>[0-9]{4})"
    r"|(?P<year>[0-9]{4})(?P<other>[./-])(?P<month>[0-9]{1,2})(?P=other)(?P<day>[0-9]{1,2})"
    r"|(?P<d>[0-9]{1,2})\.?[ -]?(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?[ -](?P<y>[0-9]{4})"
    r")(?![\w/])",
    re.IGNORECASE,
)
_REACH = 20
"""Characters on either side of a mistake in which its date begins or ends."""


def date_around(source: SourceText, offset: int) -> tuple[Span, str] | None:
    """The place of a date that a place lies in, and how it is written here."""
    start = max(0, offset - _REACH)
    for found in _DATE.finditer(source.text, start, offset + _REACH):
        if found.start() <= offset < found.end():
            shown = " or ".join(f"`{date}`" for date in _readings(found))
            place = Span(source.name, found.start(), found.end())
            return place, f"write {shown or '`2027-01-04`'}: year-month-day"
    return None


def _readings(found: re.Match[str]) -> list[str]:
    """What a date may mean: 01/06/2015 is in June in Europe and in January in America."""
    if found["last"]:
        first, second = int(found["first"]), int(found["second"])
        pairs = [(second, first)] if found["sign"] == "." else [(second, first), (first, second)]
        dates = [(found["last"], month, day) for month, day in pairs]
    elif found["year"]:
        dates = [(found["year"], int(found["month"]), int(found["day"]))]
    else:
        month = _MONTHS.index(found["name"].lower()) + 1
        dates = [(found["y"], month, int(found["d"]))]
    shown = [
        f"{year}-{month:02}-{day:02}" for year, month, day in dates if month <= 12 and day <= 31
    ]
    return list(dict.fromkeys(shown))
