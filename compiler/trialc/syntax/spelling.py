"""Words for "did you mean": the nearest known one, and lists of what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable

MOST_COMPARED = 2000
"""Names that a wrong one is compared with: comparing all with all would take for ever."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word closest to this one, the last part of a path counted too; None if none is.

    `likeness`: how much of both must agree, from 0 to 1.
    """
    from difflib import get_close_matches  # slow to import, needed only where something is wrong

    if len(word) > 200:
        return None
    candidates = sorted(known)[:MOST_COMPARED]
    if close := get_close_matches(word, candidates, 1, likeness):
        return close[0]
    last = word.rsplit(".", 1)[-1]
    same = [name for name in candidates if name.rsplit(".", 1)[-1] == last]
    return same[0] if same else None


def nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """All known words, the most like this one first; those that are as like as in their order."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word[:200])

    def unlike(candidate: str) -> float:
        matcher.set_seq1(candidate)
        return -matcher.ratio()

    return sorted([*known][:MOST_COMPARED], key=unlike)


def listed(names: Collection[str], most: int = 8) -> str:
    """Some names for a message: "a, b, c", at the most so many; "none" where there are none."""
    shown = [*names][:most]
    return ", ".join(shown + ["..."] * (len(names) > most)) or "none"
