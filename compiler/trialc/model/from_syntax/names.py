"""The symbol table: what each name of a protocol and its libraries stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import names as kinds
from trialc.diagnostics.catalog.syntax import RESERVED_NAME
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.grammar import RESERVED
from trialc.syntax.spelling import nearest

THINGS: Mapping[str, str] = {
    "objective": "an objective", "endpoint": "an endpoint", "cause": "a cause", "role": "a role",
    "window": "a validity window", "data": "a data element", "judgement": "a judgement",
    "derive": "a derived number", "define": "a named condition", "inclusion": "a criterion",
    "exclusion": "a criterion", "intervention": "an intervention", "arm": "an arm",
    "masking": "a masking", "randomisation": "a randomisation", "event": "an event", "gate": "a gate",
    "visit": "a visit", "activity": "an activity", "decision": "a decision", "patient": "an example participant",
    "test": "a test", "trial test": "a trial test", "protocol": "the protocol", "library": "a library",
    "occasion": "an occasion", "use": "a library", "language": "the language version", "retired": "a retired id",
}  # fmt: skip
"""Keywords in words, for messages."""


SHARED = {"role", "cause"}
"""Kinds that a library may take from the protocol that uses it, under the same name."""


@dataclass(frozen=True)
class Module:
    """One text of a compilation: the protocol (prefix "") or a library under its alias ("acr.")."""

    tree: tree.Tree
    prefix: str = ""
    bindings: Mapping[str, str] = field(default_factory=dict)
    """Library element -> the protocol's element that stands for it."""


@dataclass(frozen=True)
class Symbol:
    """`id` is the full path; `unit` the text that declared it."""

    kind: str
    id: str
    where: Span
    declaration: tree.Declaration
    unit: Module


class Names:
    """All declared names; one name means one thing."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        self.symbols: dict[str, Symbol] = {}
        self.retired: dict[str, Span] = {}
        self.renamed: dict[str, Span] = {}

    def declare(
        self, kind: str, name: tree.Name, declaration: tree.Declaration, unit: Module
    ) -> bool:
        """Enter a name; False (and a diagnostic) if it cannot be used."""
        full = unit.prefix + name.text
        words = set(name.text.split("."))
        if words & RESERVED:
            bad = sorted(words & RESERVED)[0]
            self.found.append(
                RESERVED_NAME.at(
                    name.where, name=bad, help=f"choose another name, such as `{bad}_1`"
                )
            )
            return False
        if full in self.symbols:
            first = Related(self.symbols[full].where, "first declared here")
            self.found.append(kinds.DUPLICATE_ID.at(name.where, name=full, related=[first]))
            return False
        if not self._is_new(full, name):
            return False
        self.symbols[full] = Symbol(kind, full, name.where, declaration, unit)
        return True

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
        """The symbol that a name means in a text, if it is of a wanted kind; else None and a diagnostic."""
        wanted = tuple(wanted)
        symbol = self.look_up(name.text, unit)
        if symbol is None and set(wanted) <= SHARED:
            symbol = self.symbols.get(name.text)
        if symbol is None:
            candidates = [
                full.removeprefix(unit.prefix)
                for full, s in self.symbols.items()
                if s.kind in wanted
            ]
            guess = nearest(name.text, candidates)
            advice = f"did you mean `{guess}`?" if guess else f"declare it as {_or(wanted)}"
            self.found.append(kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice))
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
