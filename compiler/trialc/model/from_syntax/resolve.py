"""The order in which a protocol is resolved: names first, then data, definitions, rules, design, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as kinds
from trialc.model.from_syntax import (
    decisions,
    design,
    eligibility,
    examples,
    gates,
    metadata,
    timeline,
    vocabulary,
)
from trialc.model.from_syntax.body import Body, text_term
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import THINGS, Module, Names, Symbol
from trialc.model.from_syntax.quantities import find_unit
from trialc.model.patching import asked
from trialc.model.protocol import (
    Arm,
    Criterion,
    Data,
    Event,
    Gate,
    Library,
    Metadata,
    Protocol,
    ValidityWindow,
)
from trialc.syntax import imports, tree

T = TypeVar("T")

IN_LIBRARIES = {
    "language",
    "library",
    "use",
    "data",
    "judgement",
    "derive",
    "define",
    "role",
    "cause",
    "window",
    "retired",
}
NAMELESS = {"language", "use", "protocol", "library", "retired"}


def resolve(
    main: tree.Tree, libraries: Sequence[imports.Library]
) -> tuple[Protocol | None, tuple[Diagnostic, ...]]:
    """The protocol that a text and its libraries describe; None where it has no usable `protocol` declaration."""
    found: list[Diagnostic] = []
    context = Context(Names(found), found)
    modules = [_library_module(library) for library in libraries] + [Module(main)]
    for module in modules:
        _declare(module, context)
    _check_bindings(libraries, context)
    resolver = _Resolver(context, modules, libraries)
    return resolver.run(main), tuple(found)


def _library_module(library: imports.Library) -> Module:
    return Module(
        library.tree,
        library.prefix,
        {theirs: ours for theirs, (ours, _) in library.bindings.items()},
    )


def _declare(module: Module, context: Context) -> None:
    """Enter the names of one text."""
    for declaration in module.tree.declarations:
        if declaration.keyword == "retired" and isinstance(declaration.head, tree.NamesHead):
            context.names.retired.update(
                (module.prefix + n.text, n.where) for n in declaration.head.names
            )
        for statement in declaration.body:
            if isinstance(statement, tree.Names) and statement.verb == "renamed":
                context.names.renamed.update(
                    (module.prefix + n.text, n.where) for n in statement.names
                )
    for declaration in module.tree.declarations:
        keyword, name = declaration.keyword, declaration.name
        if module.prefix and keyword not in IN_LIBRARIES:
            place = name.where if name else declaration.where
            context.found.append(kinds.LIBRARY_CONTENT.at(place, thing=THINGS[keyword]))
        elif keyword not in NAMELESS and name is not None and name.text not in module.bindings:
            context.names.declare(keyword, name, declaration, module)


def _check_bindings(libraries: Sequence[imports.Library], context: Context) -> None:
    """An element that stands for a library's must exist there, and be declared here."""
    for library in libraries:
        own = {d.name.text for d in library.tree.declarations if d.name and d.keyword == "data"}
        for theirs, (ours, where) in library.bindings.items():
            if theirs not in own:
                why = f"the library has no data element `{theirs}`"
                context.found.append(
                    kinds.BINDING_MISMATCH.at(where.where, name=where.text, wanted=theirs, why=why)
                )
            elif ours not in context.names.symbols:
                why = "it is not declared"
                context.found.append(
                    kinds.BINDING_MISMATCH.at(where.where, name=where.text, wanted=theirs, why=why)
                )


class _Resolver:
    def __init__(
        self, context: Context, modules: Sequence[Module], libraries: Sequence[imports.Library]
    ) -> None:
        self.context = context
        self.modules = modules
        self.libraries = libraries
        self.definitions: dict[str, Any] = {}

    def each(self, make: Callable[[Symbol], T | None], *keywords: str) -> tuple[T, ...]:
        """What `make` makes of every symbol of some kinds, in the order of the text."""
        made: list[T] = []
        for symbol in self.context.names.of_kind(*keywords):
            item = make(symbol)
            if item is None:
                self.context.unresolved.add(symbol.id)
            else:
                made.append(item)
        return tuple(made)

    def with_context(
        self, make: Callable[[Symbol, Context], T | None], *keywords: str
    ) -> tuple[T, ...]:
        return self.each(lambda symbol: make(symbol, self.context), *keywords)

    def run(self, main: tree.Tree) -> Protocol | None:
        context = self.context
        about = self.metadata(main)
        fields: dict[str, Any] = {
            "roles": self.with_context(vocabulary.plain, "role"),
            "causes": self.with_context(vocabulary.plain, "cause"),
            "objectives": self.with_context(vocabulary.objective, "objective"),
            "endpoints": self.with_context(vocabulary.endpoint, "endpoint"),
            "windows": self.with_context(vocabulary.window, "window"),
        }
        fields["data"] = self.data(fields["windows"])
        fields["judgements"] = self.with_context(vocabulary.judgement, "judgement")
        fields |= self.define()
        criteria = self.with_context(eligibility.criterion, "inclusion", "exclusion")
        eligibility.unique_numbers(list(criteria), context)
        fields["criteria"] = criteria
        fields |= self.design()
        fields |= self.decide([*criteria, *fields["events"], *fields["gates"]], fields["arms"])
        fields["participants"] = self.with_context(examples.participant, "patient")
        fields["tests"] = self.with_context(examples.test, "test")
        fields["retired"] = tuple(sorted(context.names.retired))
        if about is None:
            return None
        where = {"language": 1, "file": main.source.name, "sha256": main.source.sha256}
        protocol = Protocol(metadata=about, libraries=self.used(), **where, **fields)
        known = {path: eligibility.cause_input(path) for path in context.cause_branches}
        return protocol.model_copy(update={"cause_inputs": asked(protocol, known)})

    def metadata(self, main: tree.Tree) -> Metadata | None:
        found = [d for d in main.declarations if d.keyword == "protocol"]
        if len(found) != 1:
            place = (
                found[1].where
                if found
                else (main.declarations[0].where if main.declarations else None)
            )
            if place is not None:
                self.context.found.append(
                    kinds.PROTOCOL_COUNT.at(place, count=len(found) or "none")
                )
            return None
        return metadata.metadata(found[0], self.modules[-1], self.context)

    def used(self) -> tuple[Library, ...]:
        return tuple(self._library(library) for library in self.libraries)

    def _library(self, library: imports.Library) -> Library:
        own = next(d for d in library.tree.declarations if d.keyword == "library")
        assert (
            own.name is not None
            and isinstance(own.head, tree.WordHead)
            and isinstance(own.head.word, tree.Text)
        )
        body = Body(own, self.context.found, ("title", "citation"), everywhere=())
        return Library(
            name=own.name.text,
            alias=library.prefix.rstrip("."),
            version=own.head.word.value,
            title=body.one("title", "text in quotation marks", text_term) or "",
            citation=body.one("citation", "text in quotation marks", text_term) or "",
            file=library.tree.source.name,
            sha256=library.tree.source.sha256,
            where=own.where,
        )

    # ---- data and definitions

    def data(self, windows: Iterable[ValidityWindow]) -> tuple[Data, ...]:
        """Elements first without, then with, the condition under which they exist."""
        context = self.context
        by_name = {window.id: window for window in windows}
        for symbol in context.names.of_kind("data"):
            element = vocabulary.data(symbol, context, by_name)
            if element is not None:
                context.data[symbol.id] = element
        for symbol in context.names.of_kind("data"):
            context.applicable[symbol.id] = vocabulary.applies(symbol, context)
        return tuple(
            element.model_copy(update={"applies": context.applicable[name]})
            for name, element in context.data.items()
        )

    def define(self) -> dict[str, Any]:
        """Derived numbers and named conditions, each before what uses it."""
        context = self.context
        for symbol in context.names.of_kind("derive"):
            assert isinstance(symbol.declaration.head, tree.FormulaHead)
            known = find_unit(
                symbol.declaration.head.unit, symbol.declaration.head.where, context.found
            )
            if known is not None:
                context.number_units[symbol.id] = known.code
        makers = {"derive": vocabulary.number_definition, "define": vocabulary.condition_definition}
        for symbol in context.names.of_kind("derive", "define"):
            context.pending[symbol.id] = partial(self._define, symbol, makers[symbol.kind])
        for name in list(context.pending):
            context.settle(name)
        made = [self.definitions.get(symbol.id) for symbol in context.names.of_kind("derive")]
        named = [self.definitions.get(symbol.id) for symbol in context.names.of_kind("define")]
        return {"numbers": _present(made), "conditions": _present(named)}

    def _define(self, symbol: Symbol, make: Callable[[Symbol, Context], object]) -> None:
        self.definitions[symbol.id] = make(symbol, self.context)

    # ---- design, decisions

    def design(self) -> dict[str, Any]:
        context = self.context
        arms = self.with_context(design.arm, "arm")
        occasions = _occasions(arms)
        return {
            "interventions": self.with_context(design.intervention, "intervention"),
            "arms": arms,
            "masking": _only(self.with_context(design.masking, "masking")),
            "randomisation": _only(self.with_context(design.randomisation, "randomisation")),
            "events": self.with_context(gates.event, "event"),
            "gates": self.each(lambda symbol: gates.gate(symbol, context, occasions), "gate"),
            "visits": self.with_context(timeline.visit, "visit"),
            "activities": self.each(
                lambda symbol: timeline.activity(symbol, context, occasions), "activity"
            ),
            "trial_tests": self.each(
                lambda symbol: examples.trial_test(symbol, context, occasions), "trial test"
            ),
        }

    def decide(
        self, owners: Sequence[Criterion | Event | Gate], arms: Sequence[Arm]
    ) -> dict[str, Any]:
        rules = decisions.rules(owners, _occasions(arms))
        made = self.each(lambda symbol: decisions.decision(symbol, self.context, rules), "decision")
        return {"decisions": made}


def _occasions(arms: Sequence[Arm]) -> list[str]:
    return [administration.occasion for arm in arms for administration in arm.gives]


def _present(items: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(item for item in items if item is not None)


def _only(items: Sequence[T]) -> T | None:
    return items[0] if items else None
