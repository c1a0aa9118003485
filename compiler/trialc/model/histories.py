"""What the three elements of a history are called: `mi`, `mi.ongoing`, `mi.last`."""

from __future__ import annotations

EVER = ", ever"
"""How the title of the first element ends; it has the name of the history."""
ONGOING, LAST = "ongoing", "last"
"""What the names of the other two end with."""
