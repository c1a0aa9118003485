"""The texts of a compilation while their phrases are spelled out, and what is learnt of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from trialc.syntax import imports, tree

Members = Mapping[str, Sequence[tree.Name]]
"""The populations of each choice between them, by the name of this."""
Counts = Mapping[str, int]
"""How often something is measured, by name."""


@dataclass(frozen=True)
class Retest:
    """How often something may be repeated, within what part of the limit, within what time."""

    times: int
    near: Fraction | None = None
    length: tree.Quantity | None = None


Retests = Mapping[str, Retest]
"""What may be repeated, by name."""


@dataclass(frozen=True)
class Courses:
    """How many there can be of one kind, and the attributes of each, by name."""

    most: int
    attributes: Mapping[str, tree.Attribute]


@dataclass(frozen=True)
class Texts:
    """The protocol's own text and its libraries. Names of what was learnt are full names."""

    main: tree.Tree
    libraries: tuple[imports.Library, ...]
    members: Members = field(default_factory=dict[str, Sequence[tree.Name]])
    counts: Counts = field(default_factory=dict[str, int])
    retests: Retests = field(default_factory=dict[str, Retest])
    histories: frozenset[str] = frozenset()
    """Of which `within` can be asked; the occurrences among them have no `ongoing`."""
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The members of histories that are classes."""
    occurrences: frozenset[str] = frozenset()
    courses: Mapping[str, Courses] = field(default_factory=dict[str, Courses])
