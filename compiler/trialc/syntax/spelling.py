"""The nearest known word, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to this one, the last part of a path counted too; None if none is."""
    from difflib import get_close_matches  # slow to import, needed only where something is wrong

    candidates = sorted(known)
    if close := get_close_matches(word, candidates, 1, 0.6):
        return close[0]
    last = word.rsplit(".", 1)[-1]
    same = [name for name in candidates if name.rsplit(".", 1)[-1] == last]
    return same[0] if same else None
