"""Histories and occurrences in words: "Infarction, ongoing or within 6 months before surgery"."""

from __future__ import annotations

from collections.abc import Callable

from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.gate_wording import length_words
from trialc.model.histories import EVER, LAST, ONGOING, SINCE, UNCHANGED

Titles = Callable[[str], str]
Days = Callable[[e.Day], str]
"""The words of a day: "3 months before the day of the verdict"."""


def history_words(condition: Condition, title: Titles, day: Days) -> str:
    """The words of `mi ongoing`, `mi within 6 months before as_of`, and of for whom `mi.last`
    exists; "" for all else.
    """
    match condition:
        case e.Applies(condition=e.Holds(path=path), operand=asked, neutral=False):
            found = _asked(path, asked, day, title)
            return found and f"{title(path).removesuffix(EVER)}{found}"
        case _:
            return ""


def _asked(path: str, asked: Condition, day: Days, title: Titles) -> str:
    """What is said of it behind its title."""
    goes_on = f"{path}.{ONGOING}"
    match asked:
        case e.Holds(path=part):
            return ", ongoing" if part == goes_on else ""
        case e.Not(operand=e.Holds(path=part)):
            return " has ended" if part == goes_on else ""
        case e.Applies(condition=e.Holds(path=part), operand=lasting, neutral=False):
            return _lasting(path, lasting) if part == goes_on else ""
        case e.Compare():
            recent = _recently(path, (asked,), day, title)
            return recent and f" within {recent}"
        case e.Junction(quantifier="any", branches=branches):
            parts = tuple(branch.condition for branch in branches if branch.label is None)
            if len(parts) < len(branches):
                return ""
            is_ongoing = isinstance(parts[0], e.Holds) and parts[0].path == goes_on
            recent = _recently(path, parts[is_ongoing:], day, title)
            how = ", ongoing or within" if is_ongoing else " within"
            return recent and f"{how} {recent}"
        case _:
            return ""


def _lasting(path: str, asked: Condition) -> str:
    """For how long it has gone on, or gone on unchanged."""
    match asked:
        case e.Compare(
            left=e.Value(path=since),
            relation="<=",
            right=e.Day(start="as_of", amount=amount, step=step),
        ) if amount < 0:
            length = f"for at least {length_words(-amount, step)}"
            how = {f"{path}.{SINCE}": "ongoing", f"{path}.{UNCHANGED}": "ongoing, unchanged"}
            return f", {how[since]} {length}" if since in how else ""
        case _:
            return ""


def _recently(path: str, parts: tuple[Condition, ...], day: Days, title: Titles) -> str:
    """Within which time the last day is."""
    match parts:
        case (
            e.Compare(left=e.Value(path=last), relation=">=", right=e.Day(amount=amount) as first),
        ) if last == f"{path}.{LAST}" and amount < 0:
            return day(first)
        case (
            e.Compare(left=e.Value(path=last), relation=">=", right=e.Day(amount=0) as anchor),
            e.Compare(
                left=e.Arithmetic(operator="-", left=e.Elapsed(start=start)),
                relation="<",
                right=e.Arithmetic(operator="*", left=e.Literal(text=count), right=held),
            ),
        ) if last == start == f"{path}.{LAST}":
            name = held.name if isinstance(held, e.NumberOf) else getattr(held, "path", "")
            return f"{half_lives(count)} (of {title(name)}) before {day(anchor)}"
        case _:
            return ""


def half_lives(count: str) -> str:
    """ "5 half-lives", "1 half-life"."""
    return f"{count} half-{'life' if count == '1' else 'lives'}"
