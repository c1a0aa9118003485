"""What the elements of a history are called: `mi`, `mi.ongoing`, `mi.last`, and, where a rule asks
for them, `mi.since`, `mi.unchanged_since`, `mi.suspected`, `mi.planned` and `mi.planned_for`; and
what the members of a class of histories are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

KINDS = ("history", "occurrence")
"""What may go on, and what happens on a day: an infarction, a transfusion. The second has no
`ongoing`, and no first day.
"""
EVER = ", ever"
"""How the title of the first element ends; it has the name of the history."""
ANY_OTHER = ", any other"
"""How the title of a class goes on where it asks for what is none of its members."""
ONGOING, LAST = "ongoing", "last"
"""What the names of the other two end with."""
SINCE, UNCHANGED = "since", "unchanged_since"
"""The first day of what goes on, and the day of its last change."""
SUSPECTED = "suspected"
"""Whether what does not go on, as far as is known, is suspected to."""
PLANNED, PLANNED_FOR = "planned", "planned_for"
"""Whether it is planned, and for which day."""
ASKED_FOR = (SINCE, UNCHANGED, SUSPECTED, PLANNED, PLANNED_FOR)
"""Elements that exist only where some rule asks for them."""


def all_of(name: str, classes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A history itself, then its members and theirs, each once; of what is no class, itself."""
    found: dict[str, None] = {}
    stack = [name]
    while stack:
        one = stack.pop()
        if one not in found:
            found[one] = None
            stack += reversed(classes.get(one, ()))
    return tuple(found)


def all_except(
    name: str, excepted: Collection[str], classes: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """A class and its members without some of these, and without their members."""
    out = {each for one in excepted for each in all_of(one, classes)}
    return tuple(each for each in all_of(name, classes) if each not in out)
