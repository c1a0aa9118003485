"""Reading one field of a record; a fault is raised as a FieldError and collected by `records`."""

from __future__ import annotations

from trialc_runtime.calendar import date_fault, iso, parse_date
from trialc_runtime.decimals import SAME_UNIT, convert
from trialc_runtime.refusals import did_you_mean, kind_of, listed, shown
from trialc_runtime.values import REASONS, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.decimals import Factor
    from trialc_runtime.inputs import Input

ATTESTED = ("judgement", "cause")
"""Kinds of input that somebody must attest."""

_LARGEST = 1.7976931348623157e308
_STATED_REASONS = tuple(reason for reason in REASONS if reason != "stale")


class FieldError(Exception):
    """A fault of one field; `where` is the part of the field ("" for the whole)."""

    def __init__(self, message: str, where: str = "") -> None:
        self.message = message
        self.where = where


def is_object(raw: object) -> bool:
    """Whether something handed in has named parts."""
    return isinstance(raw, dict)


def as_list(raw: Any) -> list[Any]:
    """The items of a list; anything else by itself."""
    return list(raw) if is_list(raw) else [raw]


def is_list(raw: object) -> bool:
    """Whether something handed in is a list."""
    return isinstance(raw, (list, tuple))


def how_to_attest(wanted: Input) -> str:
    """The way out where nobody attested a judgement or a cause."""
    roles = " and ".join(wanted.roles) or "the role"
    return f"write an object with `value`, `by` ({roles}) and `at` (the date)"


def possible_parts(wanted: Input, parts: dict[Any, Any]) -> tuple[str, ...]:
    """The parts that an object may have, by whether it gives a reason or a value."""
    said = "unknown" if "unknown" in parts and "value" not in parts else "value"
    if wanted.kind in ATTESTED:
        return (said, "by", "at", "why")
    if wanted.kind == "quantity" and said == "value":
        return (said, "unit", "on")
    return (said, "on")


def faults_of_parts(parts: dict[Any, Any], possible: tuple[str, ...]) -> list[str]:
    """Parts that an object has too many or too few; their values are not looked at."""
    found: list[str] = []
    if "value" in parts and "unknown" in parts:
        found.append("has both a value and the reason why there is none: remove one of them")
    elif possible[0] not in parts:
        found.append("has neither `value` nor `unknown`: add one of them")
    for key in parts:
        if key not in (*possible, "unknown"):
            found.append(f"has {shown(key)}, which is not among {listed(possible)}: remove it")
    return found


def stated_unknown(reason: object) -> Unknown:
    """The reason that a record gives for having no value."""
    if isinstance(reason, str) and reason in _STATED_REASONS:
        return Unknown(reason)
    if reason == "stale":
        raise FieldError(
            "give the value with its date `on`: whether it is stale follows from it", ".unknown"
        )
    what = shown(reason)
    raise FieldError(f"{what} is no reason: use {listed(_STATED_REASONS)}", ".unknown")


def read_day(text: object, where: str = "") -> int:
    """The day number of an ISO date; `where` is the part of the field that holds it."""
    if not isinstance(text, str):
        raise FieldError(f"must be a date written YYYY-MM-DD, not {kind_of(text)}", where)
    day = parse_date(text)
    if day is None:
        raise FieldError(f"{shown(text)} is no date: {date_fault(text)}", where)
    return day


def read_time(text: object, where: str = "") -> int | None:
    """The minute of the day of a time written HH:MM; None where none is given."""
    if text is None:
        return None
    if not isinstance(text, str):
        raise FieldError(f"must be a time written HH:MM, not {kind_of(text)}", where)
    digits = text[:2] + text[3:]
    plain = len(text) == 5 and text[2] == ":" and digits.isascii() and digits.isdigit()
    if not plain or int(text[:2]) > 23 or int(text[3:]) > 59:
        raise FieldError(f"{shown(text)} is no time: write it as HH:MM, from 00:00 to 23:59", where)
    return 60 * int(text[:2]) + int(text[3:])


def read_unit(wanted: Input, unit: object) -> Factor:
    """The conversion of a value that is reported in this unit; None is the element's own unit."""
    if unit is None:
        return SAME_UNIT
    if isinstance(unit, str) and unit in wanted.units:
        return wanted.units[unit]
    if isinstance(unit, str):
        what = f"{shown(unit)} is not a unit of this element"
    else:
        what = f"must be a text, not {kind_of(unit)}"
    raise FieldError(f"{what}: it is measured in {listed(_units(wanted))}", ".unit")


def _units(wanted: Input) -> list[str]:
    """Its own unit, and one spelling of each other one, at most four. No guess: a wrong unit that
    looks alike is a wrong value.
    """
    spellings: dict[Factor, str] = {SAME_UNIT: wanted.unit_words or wanted.unit or "1"}
    for spelling, factor in wanted.units.items():
        spellings.setdefault(factor, spelling)
    return list(spellings.values())[:5]


def read_value(wanted: Input, value: object, factor: Factor) -> float | bool | str:
    """The canonical value of something that is measured."""
    if wanted.kind == "boolean":
        return read_truth(value)
    if wanted.kind == "choice":
        return read_code(wanted, value)
    if wanted.kind == "date":
        return iso(read_day(value))
    return _number(wanted, value, factor)


def read_truth(value: object) -> bool:
    """True or false, and nothing that merely resembles them."""
    if isinstance(value, bool):
        return value
    raise FieldError(f"must be `true` or `false`, not {shown(value)}")


def read_code(wanted: Input, value: object) -> str:
    """One of the codes of an input, spelled exactly."""
    if not isinstance(value, str):
        raise FieldError(f"must be one of {listed(wanted.options)}, not {kind_of(value)}")
    if value not in wanted.options:
        guess = did_you_mean(value, wanted.options)
        raise FieldError(f"{shown(value)} is not one of {listed(wanted.options)}{guess}")
    return value


def _number(wanted: Input, value: object, factor: Factor) -> float:
    """The number in the element's unit, within its range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise FieldError(f"must be a number, not {kind_of(value)}")
    if isinstance(value, float) and not -_LARGEST <= value <= _LARGEST:
        raise FieldError("must be a finite number")
    try:
        number = convert(value, factor)
    except OverflowError:
        raise FieldError("is far too large: check the number and its unit") from None
    if wanted.kind == "score" and not number.is_integer():
        raise FieldError(f"must be a whole number, not {shown(value)}")
    low, high = wanted.low, wanted.high
    if (low is not None and number < low) or (high is not None and number > high):
        stated = "" if factor == SAME_UNIT else f" ({number:.6g} {wanted.unit_words})"
        raise FieldError(
            f"{shown(value)}{stated} is outside {_range(wanted)}: check the number and its unit"
        )
    return number + 0.0


def _range(wanted: Input) -> str:
    unit = f" {wanted.unit_words}" if wanted.unit_words else ""
    if wanted.low is None:
        return f"what is possible, {wanted.high:g}{unit} at most"
    if wanted.high is None:
        return f"what is possible, {wanted.low:g}{unit} at least"
    return f"what is possible, {wanted.low:g} to {wanted.high:g}{unit}"
