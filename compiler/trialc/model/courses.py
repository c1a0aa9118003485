"""What the elements of several courses are called, and what their titles are.

`data therapy.line "Prior lines" : up to 6 { kind "Kind" : ... }` is `therapy.line`, how many there
are, and `therapy.line.1.kind`, `therapy.line.2.kind` and so on.
"""

from __future__ import annotations

NUMBER = ", number"
"""How the title of the first element ends; it has the name of the whole."""


def course(name: str, number: int) -> str:
    """The name of one course: its attributes follow behind a dot."""
    return f"{name}.{number}"


def lead(title: str, number: int) -> str:
    """What the titles of the attributes of one course begin with: "Prior lines, no. 2: "."""
    return f"{title}, no. {number}: "
