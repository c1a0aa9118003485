"""The symbol table: what each name of a protocol and its libraries stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trialc.diagnostics import Diagnostic, Kind, Related
from trialc.diagnostics.catalog import names as kinds
from trialc.diagnostics.catalog.syntax import RESERVED_NAME
from trialc.diagnostics.catalog.values import SEVERAL_MEASUREMENTS
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.grammar import RESERVED, UNITS_OF_TIME
from trialc.syntax.spelling import listed, nearest, nearest_first

THINGS: Mapping[str, str] = {
    "objective": "an objective", "endpoint": "an endpoint", "cause": "a cause", "role": "a role",
    "window": "a validity window", "data": "a data element", "judgement": "a judgement",
    "derive": "a derived number", "define": "a named condition",
    "population": "a population", "quota": "a quota", "inclusion": "an inclusion",
    "exclusion": "an exclusion", "varies": "a variant of a criterion",
    "intervention": "an intervention", "arm": "an arm",
    "masking": "a masking", "randomisation": "a randomisation", "event": "an event",
    "gate": "a gate", "visit": "a visit", "epoch": "an epoch", "period": "a period",
    "sequence": "a sequence", "everyone": "what everyone is given",
    "modification": "a dose modification", "estimand": "an estimand",
    "interim": "an interim analysis", "stopping": "a stopping rule", "activity": "an activity",
    "narrative": "a narrative", "decision": "a decision",
    "level": "a dose level", "escalation": "a dose escalation",
    "patient": "an example participant", "test": "a test", "trial test": "a trial test",
    "protocol": "the protocol", "library": "a library", "use": "a library",
    "language": "the language version", "retired": "a retired id",
}  # fmt: skip
"""Keywords in words, for messages."""

CAUSE = "cause"
"""Never a part of a name: `<path>.cause` is where records keep what was attested of a finding."""
SHARED = {"role", CAUSE}
"""Kinds that a library may take from the protocol that uses it, under the same name."""


@dataclass(frozen=True)
class Module:
    """One text of a compilation: the protocol (prefix "") or a library under its alias ("acr.")."""

    tree: tree.Tree
    prefix: str = ""
    bindings: dict[str, str] = field(default_factory=dict[str, str])
    """Library element -> the protocol's element that stands for it."""
    bound: dict[str, Span] = field(default_factory=dict[str, Span])
    """The elements that stand for one of a library, and where that is written."""


@dataclass(frozen=True)
class Symbol:
    """`id` is the full path; `unit` the text that declared it."""

    kind: str
    id: str
    where: Span
    declaration: tree.Declaration
    unit: Module


_NEAR = 3
"""Findings back that another name of the same declaration may have made."""

RECORD_KEYS = {"as_of", "measured"}
"""What a record says beside its inputs."""
DAYS_OF_THE_VERDICT = {"as_of", "today", "now"}
"""Names that are tried for it; none of them can be declared, or should be."""
MOST_GUESSES = 50
"""Near names that are sought in one protocol: with more mistakes, another thing is wrong."""


class Names:
    """All declared names; one name means one thing."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        self.symbols: dict[str, Symbol] = {}
        self.retired: dict[str, Span] = {}
        self.renamed: dict[str, Span] = {}
        self.broken: set[str] = set()
        """Names whose declaration could not be read: what uses them is no news."""
        self.lost: set[str] = set()
        """Prefixes of the names of libraries that could not be read."""
        self.counts: dict[str, int] = {}
        """How often something is measured that is measured several times, by its full name."""
        self.guesses = MOST_GUESSES

    def declare(
        self, kind: str, name: tree.Name, declaration: tree.Declaration, unit: Module
    ) -> bool:
        """Enter a name; False (and a diagnostic) if it cannot be used."""
        full = unit.prefix + name.text
        if not (self.is_free(name, full) and self._is_new(full, name)):
            self.broken.add(full)
            return False
        if full in self.symbols:
            if self._is_told(kinds.DUPLICATE_ID, name):
                return False
            first = Related(self.symbols[full].where, "first declared here")
            self.found.append(kinds.DUPLICATE_ID.at(name.where, name=full, related=[first]))
            return False
        self.symbols[full] = Symbol(kind, full, name.where, declaration, unit)
        return True

    def is_free(self, name: tree.Name, full: str = "") -> bool:
        """Whether a name does not begin like a word of the language, and is no key of a record.

        Behind a dot nothing is a word of the language: `demo.years` reads as one name. Only
        `cause` stays one: records keep what was attested of a finding there.
        """
        words = name.text.split(".")
        bad = [word for word in words if word == CAUSE or (word is words[0] and word in RESERVED)]
        bad = bad or [full] * (full in RECORD_KEYS)
        if not bad and words[0] == "event":
            bad = ["event"]
        if bad:
            other = ".".join(f"{word}_1" if word == bad[0] else word for word in words)
            advice = f"choose another name, such as `{other}`"
            if name.text in UNITS_OF_TIME:
                advice = f"time is counted as `{name.text} from A to B`"
            if not self._is_told(RESERVED_NAME, name):
                self.found.append(RESERVED_NAME.at(name.where, name=bad[0], help=advice))
        return not bad

    def _is_told(self, kind: Kind, name: tree.Name) -> bool:
        """Whether it was said of this place: a history stands for three names."""
        return any(one.kind is kind and one.where == name.where for one in self.found[-_NEAR:])

    def _is_new(self, full: str, name: tree.Name) -> bool:
        """Whether no older thing had this name."""
        for before, label in ((self.retired, "retired here"), (self.renamed, "renamed here")):
            if full in before:
                self.found.append(
                    kinds.RETIRED_ID.at(
                        name.where,
                        name=full,
                        related=[Related(before[full], label)],
                        help="choose a new id",
                    )
                )
                return False
        return True

    def find(self, name: tree.Name, unit: Module, wanted: Iterable[str]) -> Symbol | None:
        """What a name means in a text, if it is of a wanted kind; else None and a diagnostic.

        Nothing is said about a name whose own declaration could not be read.
        """
        wanted = tuple(wanted)
        symbol = self.look_up(name.text, unit)
        if symbol is None and set(wanted) <= SHARED:
            symbol = self.symbols.get(name.text)
        if symbol is None:
            if not self.is_broken(name.text, unit):
                self._unknown(name, unit, wanted)
            return None
        if symbol.kind not in wanted:
            declared = [Related(symbol.where, "declared here")] if symbol.where else []
            found = kinds.WRONG_KIND_OF_NAME.at(
                name.where,
                name=name.text,
                found=THINGS[symbol.kind],
                wanted=_or(wanted),
                related=declared,
            )
            self.found.append(found)
            return None
        return symbol

    def _unknown(self, name: tree.Name, unit: Module, wanted: tuple[str, ...]) -> None:
        if name.text in RESERVED:
            self.is_free(name)
            return
        if count := self.measured(name.text, unit):
            advice = f"write `mean of {name.text}`, `any of {name.text} > ...`, or `{name.text}.1`"
            several = SEVERAL_MEASUREMENTS.at(name.where, name=name.text, count=count, help=advice)
            self.found.append(several)
            return
        known = (
            full.removeprefix(unit.prefix) for full, s in self.symbols.items() if s.kind in wanted
        )
        guess = self.guess(name.text, known)
        advice = f"did you mean `{guess}`?" if guess else f"declare it as {_or(wanted)}"
        if not guess and (choice := self._choice_of(name.text, unit)):
            advice = f"it is a value of `{choice}`: write `{choice} = {name.text}`"
        advice = self._of_library(name.text, unit, wanted) or advice
        if name.text in DAYS_OF_THE_VERDICT:
            advice = "the day of the verdict is `as_of`: count time as `years from A to as_of`"
        self.found.append(kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice))

    def _choice_of(self, code: str, unit: Module) -> str:
        """The choice of a text that has a code, "" where none has."""
        for symbol in self.symbols.values():
            head = symbol.declaration.head if symbol.unit is unit else None
            options = head.options if isinstance(head, tree.TypeHead) else None
            if options is not None and code in (name.text for name in options.names):
                return symbol.id.removeprefix(unit.prefix)
        return ""

    def _of_library(self, name: str, unit: Module, wanted: tuple[str, ...]) -> str:
        """What to write for what would be a library's; "" where no library has its prefix."""
        full = unit.prefix + name
        texts = {s.unit.prefix: s.unit for s in self.symbols.values() if s.unit.prefix}
        prefixes = [p for p in texts if full.startswith(p) and len(p) > len(unit.prefix)]
        if not prefixes or self.guesses < 0:
            return ""
        library = texts[max(prefixes, key=len)]
        alias = library.prefix.removeprefix(unit.prefix).rstrip(".")
        part = full.removeprefix(library.prefix)
        if part in library.bindings:
            ours = library.bindings[part].removeprefix(unit.prefix)
            return f"write `{ours}`, which stands for it in the library `{alias}`"
        has = [
            symbol.id.removeprefix(unit.prefix)
            for symbol in self.symbols.values()
            if symbol.unit is library and symbol.kind in wanted
        ]
        near = nearest_first(name, has)
        return f"the library `{alias}` has {listed([f'`{one}`' for one in near])}" if near else ""

    def measured(self, name: str, unit: Module) -> int:
        """How often something is measured, 0 for what is not measured several times."""
        return self.counts.get(unit.bindings.get(name, unit.prefix + name), 0)

    def guess(self, word: str, known: Iterable[str]) -> str | None:
        """The known word that was probably meant; None after very many mistakes."""
        self.guesses -= 1
        return nearest(word, known) if self.guesses >= 0 else None

    def is_broken(self, name: str, unit: Module) -> bool:
        """Whether a name's own declaration, or the library it is from, could not be read."""
        full = unit.bindings.get(name, unit.prefix + name)
        if full in self.broken or name in self.broken:
            return True
        return any(full.startswith(prefix) for prefix in self.lost)

    def look_up(self, name: str, unit: Module) -> Symbol | None:
        """What a name means in a text, or None."""
        full = unit.bindings.get(name, unit.prefix + name)
        return self.symbols.get(full)

    def of_kind(self, *kinds_: str) -> list[Symbol]:
        """Symbols of some kinds, in order of declaration."""
        return [symbol for symbol in self.symbols.values() if symbol.kind in kinds_]


def _or(wanted: Iterable[str]) -> str:
    things = list(dict.fromkeys(THINGS[kind] for kind in wanted))
    return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " or " + things[-1]
