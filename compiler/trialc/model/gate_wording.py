"""The conditions of gates in near-literate words: sets of participants, counts, times."""

from __future__ import annotations

from collections.abc import Callable

from trialc.model import expression as e
from trialc.model.expression import Condition, Scope

Titles = Callable[[str], str]
"""The printed title of what a name stands for."""

SCOPES = {
    "previous": "the previous block",
    "this": "this block",
    "trial": "the trial",
    "cohort": "this cohort",
    "level": "the same dose level",
}
DAYS = {"<": "before {}", "<=": "{} or earlier", ">": "after {}", ">=": "{} or later"}
HOW_MANY = {"=": "", ">=": "at least ", "<=": "at most "}


def gate_atom(condition: Condition, title: Titles) -> str:
    """The words of a condition that only gates have, but for `every`."""
    match condition:
        case e.CountGiven():
            number, is_one = _counted(condition, condition.equals)
            whom = f"{number} {among(condition.scope, title)}"
            verb = "has" if is_one else "have"
            return f"{whom} {verb} had {occasion_words(condition.occasion)}"
        case e.Since():
            length = length_words(condition.amount, condition.unit)
            return f"at least {length} since {occasion_words(condition.occasion)}"
        case e.NoEvent():
            return f"no {_event(condition, title)}"
        case e.CountEvents():
            number, _ = _counted(
                condition, condition.count, HOW_MANY[condition.relation] or "exactly "
            )
            whom = f"{number} {among(condition.scope, title)}"
            reported = "a reported " if condition.reported else ""
            return f"{whom} with {reported}{_event(condition.absence, title)}"
        case e.Gap():
            length = length_words(condition.amount, condition.unit)
            where = among(condition.scope, title)
            return f"at least {length} after {occasion_words(condition.occasion)} of others {where}"
        case e.OnDay():
            return f"it is {DAYS[condition.relation].format(condition.day)}"
        case e.DecidedBy():
            since = ", on the day on which the conditions beside it were met, or later"
            opened = f"{title(condition.role)} decided to open it"
            return opened if condition.follows is None else opened + since
        case e.MtdDeclared():
            plan = f"the escalation “{title(condition.escalation)}”"
            return f"{plan} has declared a maximum tolerated dose"
        case _:
            raise TypeError(f"{condition.kind} is no condition of gates")


def toxicity_words(absence: e.NoEvent, title: Titles) -> str:
    """What an escalation counts: "participants with DLT within 28 days after first dose"."""
    return f"participants with {_event(absence, title)}"


def _event(absence: e.NoEvent, title: Titles) -> str:
    length = length_words(absence.amount, absence.unit)
    within = f"within {length} " if absence.amount else ""
    return f"{title(absence.event)} {within}after {occasion_words(absence.occasion)}"


def _counted(
    condition: e.CountGiven | e.CountEvents, count: int, lead: str = ""
) -> tuple[str, bool]:
    """ "at least 3 participants", and whether that is one participant. Of a number that the text
    states with `<` or `>` the words say that number: "fewer than 10 participants".
    """
    if condition.relation == "<=" and count == 0:
        return "no participant", True
    if condition.written:
        side = "fewer than " if condition.relation == "<=" else "more than "
        return f"{side}{condition.written} participants", False
    return f"{lead or HOW_MANY[condition.relation]}{_participants(count)}", count == 1


def _participants(count: int) -> str:
    return "1 participant" if count == 1 else f"{count} participants"


def among(scope: Scope, title: Titles) -> str:
    """ "in the previous block", "at dose level 200 mg", "among the first 2 given infusion 1"."""
    if isinstance(scope, e.GivenIn):
        whom = f"the first {scope.first}" if scope.first else "those"
        inside = among(scope.scope, title)
        return f"among {whom} given {occasion_words(scope.occasion)} {inside}"
    kind, _, name = scope.partition(":")
    if kind == "level":
        return f"at dose level {title(name)}" if name else "at the same dose level"
    if kind == "cohort" and name:
        return f"in cohort {occasion_words(name)}"
    return f"in {SCOPES.get(scope, f'block {scope}')}"


def occasion_words(name: str) -> str:
    """A name as words: "infusion 1"."""
    return name.replace("_", " ")


def length_words(amount: int, unit: str) -> str:
    """ "1 month", "28 days"."""
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"
