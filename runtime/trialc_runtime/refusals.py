"""Faults of what is handed in: each names its field and the way out; all are reported at once."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60


class RecordFault:
    """One fault: the field (a path, or a part of one such as `lab.esr.on`), and the way out."""

    __slots__ = ("field", "message")

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.message = message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordFault) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"RecordFault({self.field!r}, {self.message!r})"

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class RecordRefused(ValueError):  # noqa: N818  a record is refused, which is no error of the program
    """A record, or a trial log, that cannot be used; `faults` are all of them, in reading order."""

    def __init__(self, faults: Iterable[RecordFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """Something handed in, fit for one line of a message: never long, never a control character."""
    if isinstance(value, str):
        text = value[: _LONGEST + 1]
        if not text.isprintable():
            text = ascii(text)[1:-1]
        return "`" + (text if len(text) <= _LONGEST else text[:_LONGEST] + "...") + "`"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int):
        return f"`{int(value)}`" if value.bit_length() < 200 else "a number with very many digits"
    if isinstance(value, float):
        return f"`{float.__repr__(value)}`"
    return kind_of(value)


def kind_of(value: object) -> str:
    """What sort of thing was handed in, in the words of JSON."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "something that JSON does not know"


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """ "; did you mean `x`?" for the nearest known name, else ""."""
    if not isinstance(name, str) or len(name) > 4 * _LONGEST:
        return ""
    # Loading difflib takes longer than reading a record: only a mistake pays for it.
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1)
    return f"; did you mean `{near[0]}`?" if near else ""


def listed(names: Iterable[str]) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return ", ".join(quoted[:-1]) + " or " + quoted[-1]
