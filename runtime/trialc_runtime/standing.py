"""What a result says of a criterion beside its outcome: for whom it is, what its failure means.

docs/semantics.md section 6.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso, parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    Whom = Mapping[str, tuple[str, ...]]
    """The populations that a criterion is for, by the input that says which one it is."""
    Recheck = tuple[int, str] | str


class Standing:
    """For whom a criterion is; what it means that somebody does not pass it, and when to ask
    again: after a time from the day of the verdict, or when some words say.

    `branches`: the temporary ones by path, with when to ask again; `lasting` the condition without
    them, None where nobody can fail it.
    """

    __slots__ = ("branches", "failure", "lasting", "recheck", "whom")

    def __init__(
        self,
        whom: Whom,
        failure: str = "",
        recheck: Recheck = "",
        branches: Mapping[str, Recheck] | None = None,
        lasting: Any = None,
    ) -> None:
        self.whom = whom
        self.failure = failure
        self.recheck = recheck
        self.branches = branches or {}
        self.lasting = lasting

    def beside(
        self,
        fails: bool,
        lasts: bool,
        because: Mapping[str, Any],
        as_of: str,
        chosen: Callable[[str], str | None],
    ) -> dict[str, Any]:
        """The keys of a criterion in a result: those that have nothing to say are left out.

        `fails`: it keeps out; `lasts`: without its temporary branches, too. `because` is its
        explanation. `chosen` gives the population that a record says by an input, None where it
        says none.
        """
        found: dict[str, Any] = {}
        if self.whom:
            found["for"] = [code for codes in self.whom.values() for code in codes]
            found["asked"] = self._is_asked(chosen)
        if fails and self.branches and not lasts:
            return {**found, **self._for_now(because, as_of)}
        if fails and self.failure:
            found["failure"] = self.failure
            if self.recheck:
                found["recheck"] = _again(self.recheck, as_of)
        return found

    def _for_now(self, because: Mapping[str, Any], as_of: str) -> dict[str, Any]:
        """What is said of a failure behind which are temporary branches only."""
        behind: list[dict[str, Any]] = []
        for path in _paths(because):
            if path in self.branches:
                again = self.branches[path]
                behind.append({"path": path})
                if again:
                    behind[-1]["recheck"] = _again(again, as_of)
        found: dict[str, Any] = {"failure": "temporary"}
        days, texts = _days_and_words([item["recheck"] for item in behind if "recheck" in item])
        if days or texts:
            found["recheck"] = max(days) if days else "; ".join(texts)
        return {**found, "temporary": behind}

    def _is_asked(self, chosen: Callable[[str], str | None]) -> bool | None:
        """Whether it is asked of the participant; None while that is not known."""
        said = [(chosen(choice), codes) for choice, codes in self.whom.items()]
        if any(code is not None and code not in codes for code, codes in said):
            return False
        return None if any(code is None for code, _ in said) else True


def _again(recheck: Recheck, as_of: str) -> str:
    """The day on which to ask again, or the words for it."""
    day = parse_date(as_of)
    if isinstance(recheck, str) or day is None:
        return str(recheck)
    return iso(add(day, *recheck))


def _paths(node: Mapping[str, Any]) -> Iterator[str]:
    """The paths of the nodes of an explanation, in their order."""
    yield node["path"]
    for child in node["because"]:
        yield from _paths(child)


def _days_and_words(again: Iterable[str]) -> tuple[list[str], list[str]]:
    """What of it are days, and what words, each once."""
    once = list(dict.fromkeys(again))
    days = [text for text in once if parse_date(text) is not None]
    return days, [text for text in once if text not in days]


def refuse_unasked(criteria: Iterable[Mapping[str, Any]], at: str) -> None:
    """ValueError where none of the criteria that are assessed at a visit is asked of somebody: to
    be eligible there would mean nothing.
    """
    found = list(criteria)
    if all(item.get("asked") is False for item in found):
        whom = ", ".join(dict.fromkeys(name for item in found for name in item["for"]))
        raise ValueError(
            f"nothing is assessed at {at} for this population: its criteria are for {whom}"
        )


def for_now(criteria: Iterable[Mapping[str, Any]], by: Iterable[str]) -> dict[str, Any]:
    """What a result says of an ineligible verdict that only temporary failures are behind: that it
    is so, the latest day on which to ask again, and what must have happened first.
    """
    names = set(by)
    behind = [item for item in criteria if item["id"] in names]
    if not behind or any(item.get("failure") != "temporary" for item in behind):
        return {}
    parts = [part for item in behind for part in item.get("temporary", [item])]
    days, texts = _days_and_words(part["recheck"] for part in parts if "recheck" in part)
    found: dict[str, Any] = {"for_now": True}
    if days:
        found["recheck_on"] = max(days)
    if texts:
        found["recheck_when"] = texts
    return found
