"""What word processors make of plain signs: accepted wherever the sign is, and put right by fmt."""

from __future__ import annotations

_PLAIN_SIGNS = {"−": "-", "–": "-", "×": "*", "≤": "<=", "≥": ">=", "≠": "!="}


def plain_sign(text: str) -> str:
    """A relation or an arithmetic sign as the language writes it."""
    return _PLAIN_SIGNS.get(text, text)


def plain_unit(text: str) -> str:
    """A unit with single blanks, and with the letter x for the sign: "x ULN", "x 10^9/L"."""
    return " ".join(text.split()).replace("×", "x")
