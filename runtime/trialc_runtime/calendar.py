"""Civil dates as day numbers: parsing, calendar arithmetic, windows, elapsed time.

A day number counts days in the proleptic Gregorian calendar, 0001-01-01 being day 1: what
`datetime.date.toordinal` gives. docs/semantics.md sections 2 and 3. Hours are no part of it: hour
windows need instants.
"""

from __future__ import annotations

FIRST_YEAR = 1900
LAST_YEAR = 2200
_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether February has 29 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month]


def day_number(year: int, month: int, day: int) -> int:
    """The day number of a date that exists."""
    past = year - 1
    leap_day = month > 2 and is_leap(year)
    return (
        365 * past + past // 4 - past // 100 + past // 400 + _BEFORE_MONTH[month] + leap_day + day
    )


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    # Eras of 400 years that start on 1 March, so that the leap day is the last day of a year
    # (H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
    era, day_of_era = divmod(number + 305, 146097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year + era * 400 + (month <= 2), month, day


def parse_date(text: str) -> int | None:
    """The day number of a date written YYYY-MM-DD; None for any other text and for other years."""
    return None if date_fault(text) else _unchecked(text)


def date_fault(text: str) -> str:
    """What is wrong with the text of a date, as a way out; "" if nothing is."""
    digits = text[:4] + text[5:7] + text[8:]
    plain = len(text) == 10 and text[4] == text[7] == "-" and digits.isascii() and digits.isdigit()
    if not plain:
        return "write a date as YYYY-MM-DD"
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"the year must be from {FIRST_YEAR} to {LAST_YEAR}"
    if not 1 <= month <= 12:
        return "the month must be from 01 to 12"
    if not 1 <= day <= days_in_month(year, month):
        return f"that month has the days 01 to {days_in_month(year, month)}"
    return ""


def _unchecked(text: str) -> int:
    return day_number(int(text[:4]), int(text[5:7]), int(text[8:]))


def iso(number: int) -> str:
    """A day number written YYYY-MM-DD."""
    year, month, day = civil(number)
    return f"{year:04d}-{month:02d}-{day:02d}"


def add(number: int, amount: int, unit: str) -> int:
    """The date so many days, weeks, months or years later; earlier where the amount is negative.

    Months and years keep the day of the month, or take the last day of a shorter month. Count from
    the anchor every time: adding one month twice is not adding two months. ValueError for hours.
    """
    if unit == "day":
        return number + amount
    if unit == "week":
        return number + 7 * amount
    if unit not in ("month", "year"):
        raise ValueError(f"{unit}s are not counted on a calendar of days")
    year, month, day = civil(number)
    months = 12 * year + month - 1 + (amount if unit == "month" else 12 * amount)
    year, month = months // 12, months % 12 + 1
    return day_number(year, month, min(day, days_in_month(year, month)))


def elapsed(unit: str, start: int, end: int) -> float | None:
    """Calendar time from one date to another; None where the end is before the start.

    For months and years: the completed ones, and the days since the last of them divided by the
    days from it to the next; a whole number on every anniversary. For weeks: days / 7.
    """
    days = end - start
    if days < 0:
        return None
    if unit == "day":
        return float(days)
    if unit == "week":
        return days / 7
    first, last = civil(start), civil(end)
    whole = last[0] - first[0]
    if unit == "month":
        whole = 12 * whole + last[1] - first[1]
    completed = add(start, whole, unit)
    if completed > end:
        whole -= 1
        completed = add(start, whole, unit)
    return whole + (end - completed) / (add(start, whole + 1, unit) - completed)
