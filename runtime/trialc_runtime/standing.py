"""What a result says of a criterion beside its outcome: for whom it is, what its failure means.

docs/semantics.md section 6.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso, parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Whom = Mapping[str, tuple[str, ...]]
    """The populations that a criterion is for, by the input that says which one it is."""
    Recheck = tuple[int, str] | str


class Standing:
    """For whom a criterion is; what it means that somebody does not pass it, and when to ask
    again: after a time from the day of the verdict, or when some words say.
    """

    __slots__ = ("failure", "recheck", "whom")

    def __init__(self, whom: Whom, failure: str = "", recheck: Recheck = "") -> None:
        self.whom = whom
        self.failure = failure
        self.recheck = recheck

    def beside(
        self, fails: bool, as_of: str, chosen: Callable[[str], str | None]
    ) -> dict[str, Any]:
        """The keys of a criterion in a result: those that have nothing to say are left out.

        `chosen` gives the population that a record says by an input, None where it says none.
        """
        found: dict[str, Any] = {}
        if self.whom:
            found["for"] = [code for codes in self.whom.values() for code in codes]
            found["asked"] = self._is_asked(chosen)
        if fails and self.failure:
            found["failure"] = self.failure
            if self.recheck:
                found["recheck"] = self._again(as_of)
        return found

    def _is_asked(self, chosen: Callable[[str], str | None]) -> bool | None:
        """Whether it is asked of the participant; None while that is not known."""
        said = [(chosen(choice), codes) for choice, codes in self.whom.items()]
        if any(code is not None and code not in codes for code, codes in said):
            return False
        return None if any(code is None for code, _ in said) else True

    def _again(self, as_of: str) -> str:
        """The day on which to ask again, or the words for it."""
        day = parse_date(as_of)
        if isinstance(self.recheck, str) or day is None:
            return str(self.recheck)
        return iso(add(day, *self.recheck))


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
    again = list(dict.fromkeys(item["recheck"] for item in behind if "recheck" in item))
    days = [text for text in again if parse_date(text) is not None]
    found: dict[str, Any] = {"for_now": True}
    if days:
        found["recheck_on"] = max(days)
    if len(days) < len(again):
        found["recheck_when"] = [text for text in again if text not in days]
    return found
