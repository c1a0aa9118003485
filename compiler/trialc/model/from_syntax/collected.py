"""Activities that collect a derived number: they collect what it is calculated from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trialc.model.from_syntax.context import Context
from trialc.model.timeline import Activity, Calculated

COLLECTED = ("data", "judgement", "derive")
"""What an activity can collect."""


def with_inputs(activities: Sequence[Activity], context: Context) -> tuple[Activity, ...]:
    """The activities with derived numbers spelled out: each as the inputs that no other activity
    collects at all of its visits.
    """
    derived = context.number_units.keys()
    at: dict[str, set[str]] = {}
    for activity in activities:
        if activity.when is None and activity.is_certain:  # else of some participants only
            _note(at, activity.visits, (p for p in activity.collects if p not in derived))
    made: list[Activity] = []
    for activity in activities:
        paths: list[str] = []
        calculated: list[Calculated] = []
        for path in activity.collects:
            inputs = (path,)
            if path in derived:
                inputs = _missing(path, activity.visits, at, context)
                calculated.append(Calculated(number=path, inputs=inputs))
                _note(at, activity.visits, inputs)
            paths += inputs
        fields = {"collects": tuple(paths), "calculates": tuple(calculated)}
        made.append(activity.model_copy(update=fields) if calculated else activity)
    return tuple(made)


def _note(at: dict[str, set[str]], visits: Iterable[str], paths: Iterable[str]) -> None:
    for path in paths:
        at.setdefault(path, set()).update(visits)


def _missing(
    number: str, visits: Iterable[str], at: Mapping[str, set[str]], context: Context
) -> tuple[str, ...]:
    wanted = set(visits)
    return tuple(p for p in context.elements_of([number]) if not wanted <= at.get(p, set()))
