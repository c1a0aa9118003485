"""What resolving one protocol shares: names, element types, definitions, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from trialc.diagnostics import Diagnostic
from trialc.model.data import Data
from trialc.model.design import Administration, Period
from trialc.model.expression import Condition, Number
from trialc.model.from_syntax.extents import Extent
from trialc.model.from_syntax.names import Module, Names
from trialc.model.from_syntax.texts import Retest, Retests
from trialc.model.intervals import Intervals
from trialc.model.populations import Population
from trialc.model.timeline import Visit
from trialc.syntax import tree
from trialc.syntax.building import DEEPEST


@dataclass
class Context:
    """Filled while a protocol is resolved, and forgotten afterwards."""

    names: Names
    found: list[Diagnostic]
    data: dict[str, Data] = field(default_factory=dict[str, Data])
    number_units: dict[str, str] = field(default_factory=dict[str, str])
    scores: set[str] = field(default_factory=set[str])
    """Derived numbers that are spans of points while their items are unknown."""
    exact_limits: dict[tuple[str, str], Fraction] = field(
        default_factory=dict[tuple[str, str], Fraction]
    )
    """Fixed limits of normal ("low", "high") of elements, before they were rounded."""
    lost_limits: set[str] = field(default_factory=set[str])
    """Elements whose limits of normal have an error that was reported."""
    applicable: dict[str, Condition | None] = field(default_factory=dict[str, Condition | None])
    """For elements and definitions the condition under which they exist; None: always
    (semantics section 4)."""
    elements: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """For definitions the data elements behind them, through other definitions, too."""
    numbers: dict[str, Number] = field(default_factory=dict[str, Number])
    """Derived numbers, those without points."""
    conditions: dict[str, Condition] = field(default_factory=dict[str, Condition])
    """Named conditions."""
    extents: dict[str, Extent] = field(default_factory=dict[str, Extent])
    """For definitions how much is within them, others opened."""
    causes: dict[str, None] = field(default_factory=dict[str, None])
    """Paths of the attestations that rules ask for, in the order of the text."""
    visits: tuple[Visit, ...] = ()
    periods: dict[str, Period] = field(default_factory=dict[str, Period])
    """Periods of sequences, in the order of the text."""
    everyone: tuple[Administration, ...] = ()
    """What is given to everybody."""
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of each population the choice whose code it is."""
    populations: dict[str, Population] = field(default_factory=dict[str, Population])
    """Whom criteria can be for."""
    occasions: dict[str, None] = field(default_factory=dict[str, None])
    """What arms give, in the order of the text."""
    histories: frozenset[str] = frozenset()
    """Elements of which `within` and `ongoing` can be asked."""
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The members of histories that are classes."""
    occurrences: frozenset[str] = frozenset()
    """Those of them that happen on a day and never go on."""
    retests: Retests = field(default_factory=dict[str, Retest])
    """Elements that may be repeated: rules read the latest one."""
    courses: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many there can be of what there can be several of."""
    lost_occasions: set[str] = field(default_factory=set[str])
    """Those whose `give` has an error that was reported."""
    lost_entries: set[str] = field(default_factory=set[str])
    """Arms of which it was reported that nobody can tell how participants enter them."""
    has_lost_arms: bool = False
    """Whether an arm could not be read, so that what it gives is not known."""
    unresolved: set[str] = field(default_factory=set[str])
    """Declarations with an error that was reported where they are declared."""

    @cached_property
    def intervals(self) -> Intervals:
        """The bounds of numbers that follow from the ranges of their elements."""
        return Intervals(self.data, self.numbers, self.conditions)

    def elements_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The data elements among names and behind definitions, each once, in order."""
        found: dict[str, None] = {}
        for name in names:
            if name in self.data:
                found[name] = None
            else:
                found.update(dict.fromkeys(self.elements.get(name, ())))
        return tuple(found)

    def room(self, name: tree.Name, module: Module) -> int:
        """How many there can be of what a name stands for; 0 where that is no several courses."""
        symbol = self.names.look_up(name.text, module)
        return self.courses.get(symbol.id, 0) if symbol is not None else 0

    def is_unresolved(self, path: str) -> bool:
        """Whether a path belongs to a declaration with an error that was already reported."""
        parts = path.split(".")[:DEEPEST]
        names = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
        return any(name in self.unresolved or name in self.names.broken for name in names)
