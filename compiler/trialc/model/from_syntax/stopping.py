"""Stopping rules and sentinel groups, written out as what opens a gate."""

from __future__ import annotations

from collections.abc import Iterator

from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import walk
from trialc.syntax import tree

OPPOSITE = {"all": "any", "any": "all"}
OTHER_SIDE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def going_on(stop: Condition) -> Condition:
    """What is so as long as a stopping rule is not met. A count that has not reached its number is
    below it: the trial goes on; `not (count >= n)` would only wait for it.
    """
    if isinstance(stop, e.Not):
        return stop.operand
    if isinstance(stop, e.Junction):
        return _group_going_on(stop)
    if isinstance(stop, e.CountGiven) and stop.relation != "<=" and stop.equals:
        written = stop.written or str(stop.equals)
        return stop.model_copy(
            update={"relation": "<=", "equals": stop.equals - 1, "written": written}
        )
    if isinstance(stop, e.CountEvents) and stop.relation == ">=":
        written = stop.written or str(stop.count)
        return stop.model_copy(
            update={"relation": "<=", "count": stop.count - 1, "written": written}
        )
    if isinstance(stop, e.OnDay):
        return stop.model_copy(update={"relation": OTHER_SIDE[stop.relation]})
    return e.Not(operand=stop, where=stop.where)


def _group_going_on(stop: e.Junction) -> Condition:
    """At least k of n are so, unless at least n - k + 1 are not."""
    if stop.quantifier == "none":
        return stop.model_copy(update={"quantifier": "any"})
    branches = tuple(
        branch.model_copy(update={"condition": going_on(branch.condition)})
        for branch in stop.branches
    )
    changed: dict[str, object] = {"branches": branches}
    if stop.quantifier == "at_least":
        changed["count"] = len(branches) - stop.count + 1
    else:
        changed["quantifier"] = OPPOSITE[stop.quantifier]
    return stop.model_copy(update=changed)


def waiting(stop: Condition) -> Iterator[e.CountEvents]:
    """Counts of a stopping rule that wait for attested absences."""
    for atom in walk(stop):
        if isinstance(atom, e.CountEvents) and not atom.reported:
            yield atom


def sentinel(stated: tree.Sentinel, occasion: tree.Name) -> tree.Expression:
    """Fewer than n were given it, or the first n were watched and those before this one are long
    enough ago.
    """
    where = stated.where
    scope = stated.scope or tree.Scope("cohort", where=where)
    few = tree.CountGiven(scope, occasion, "<", stated.first, where=where)
    watched: tree.Expression = tree.Since(occasion, ">=", stated.observed, where=where)
    if stated.without is not None:
        free = tree.NoEvent(stated.without, stated.observed, occasion, where=where)
        watched = tree.Operators("and", (watched, free), where=where)
    first = tree.Scope("first", first=stated.first, given=occasion, inside=scope, where=where)
    after: tree.Expression = tree.Every(first, watched, where=where)
    if stated.apart is not None:
        gap = tree.Gap(occasion, scope, ">=", stated.apart, where=where)
        after = tree.Operators("and", (after, gap), where=where)
    return tree.Operators("or", (few, after), where=where)
