"""What the elements of a history are called: `mi`, `mi.ongoing`, `mi.last`, and, where a rule asks
for them, `mi.since` and `mi.unchanged_since`.
"""

from __future__ import annotations

KINDS = ("history", "occurrence")
"""What may go on, and what happens on a day: an infarction, a transfusion. The second has no
`ongoing`, and no first day.
"""
EVER = ", ever"
"""How the title of the first element ends; it has the name of the history."""
ONGOING, LAST = "ongoing", "last"
"""What the names of the other two end with."""
SINCE, UNCHANGED = "since", "unchanged_since"
"""The first day of what goes on, and the day of its last change."""
