"""The order in which a protocol is resolved: names, data, definitions, rules, design, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as kinds
from trialc.model.data import Criterion, Data, ValidityWindow
from trialc.model.from_syntax import (
    activities,
    allocation,
    decisions,
    definitions,
    design,
    elements,
    eligibility,
    endpoints,
    entering,
    escalations,
    examples,
    gates,
    metadata,
    modules,
    narratives,
    normal_ranges,
    periods,
    planned_analyses,
    populations,
    quotas,
    spelling_out,
    timeline,
    titration,
    trial_tests,
    vocabulary,
    washouts,
)
from trialc.model.from_syntax.collected import with_inputs
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.dropping import widening
from trialc.model.from_syntax.last_days import passed_over
from trialc.model.from_syntax.names import Module, Names, Symbol
from trialc.model.from_syntax.populations_of_formulas import outside_populations
from trialc.model.from_syntax.quantities import find_unit
from trialc.model.from_syntax.texts import Texts
from trialc.model.metadata import Metadata
from trialc.model.patching import asked
from trialc.model.protocol import Protocol
from trialc.syntax import imports, tree

T = TypeVar("T")


def resolve(
    main: tree.Tree, libraries: Sequence[imports.Library]
) -> tuple[Protocol | None, tuple[Diagnostic, ...]]:
    """The protocol that a text and its libraries describe; None without a usable `protocol`."""
    found: list[Diagnostic] = []
    texts = spelling_out.in_full(Texts(main, tuple(libraries)), found)
    context = Context(
        Names(found),
        found,
        choices=populations.by_name(texts.members),
        histories=texts.histories,
        classes=texts.classes,
        occurrences=texts.occurrences,
        retests=texts.retests,
        courses={name: each.most for name, each in texts.courses.items()},
    )
    context.names.counts.update(texts.counts)
    declared = modules.declare(texts.main, texts.libraries, context)
    return _Resolver(context, declared, texts.libraries).run(texts.main), tuple(found)


class _Resolver:
    def __init__(
        self, context: Context, texts: Sequence[Module], libraries: Sequence[imports.Library]
    ) -> None:
        self.context = context
        self.texts = texts
        self.main = texts[-1]
        self.libraries = libraries
        self.definitions: dict[str, Any] = {}

    def each(self, make: Callable[[Symbol, Context], T | None], *keywords: str) -> tuple[T, ...]:
        """What `make` makes of every symbol of some kinds, in the order of the text."""
        made: list[T] = []
        for symbol in self.context.names.of_kind(*keywords):
            item = make(symbol, self.context)
            if item is None:
                self.context.unresolved.add(symbol.id)
            else:
                made.append(item)
        return tuple(made)

    def run(self, main: tree.Tree) -> Protocol | None:
        context = self.context
        about = self.metadata(main)
        fields: dict[str, Any] = {
            "roles": self.each(vocabulary.plain, "role"),
            "causes": self.each(vocabulary.plain, "cause"),
            "objectives": self.each(vocabulary.objective, "objective"),
            "windows": self.each(vocabulary.window, "window"),
            "judgements": self.each(vocabulary.judgement, "judgement"),
        }
        fields |= self.define(fields["windows"])
        fields["endpoints"] = self.each(endpoints.endpoint, "endpoint")
        fields["populations"] = self.each(populations.population, "population")
        context.populations = {item.id: item for item in fields["populations"]}
        fields["criteria"] = self.criteria()
        eligibility.unique_numbers(fields["criteria"], context)
        fields["quotas"] = self.each(quotas.quota, "quota")
        fields |= self.design()
        owners = [*fields["criteria"], *fields["events"], *fields["gates"]]
        rules = decisions.rules(owners, context)
        fields["decisions"] = self.each(partial(decisions.decision, rules=rules), "decision")
        fields |= self.examples(
            {event.id: event for event in fields["events"]},
            {gate.id: gate for gate in fields["gates"]},
        )
        fields["retired"] = tuple(sorted(context.names.retired))
        if about is None:
            return None
        libraries = tuple(modules.library(library, context) for library in self.libraries)
        source = {"language": 1, "file": main.source.name, "sha256": main.source.sha256}
        protocol = Protocol(metadata=about, libraries=libraries, **source, **fields)
        known = {path: eligibility.cause_input(path) for path in context.causes}
        context.found += widening(protocol)
        context.found += outside_populations(protocol, context)
        context.found += passed_over(protocol, context.histories - context.occurrences)
        return protocol.model_copy(update={"cause_inputs": asked(protocol, known)})

    def metadata(self, main: tree.Tree) -> Metadata | None:
        found = [d for d in main.declarations if d.keyword == "protocol"]
        if len(found) == 1:
            return metadata.metadata(found[0], self.main, self.context)
        is_lost = any(keyword == "protocol" for keyword, _ in main.broken)
        place = found[1:2] or main.declarations[:1]
        if place and not is_lost:
            self.context.found.append(
                kinds.PROTOCOL_COUNT.at(place[0].where, count=len(found) or "none")
            )
        return None

    # ---- data and definitions

    def define(self, windows: Iterable[ValidityWindow]) -> dict[str, Any]:
        """Elements, derived numbers, named conditions, each with what it needs before it."""
        context = self.context
        by_name = {window.id: window for window in windows}
        for element in self.each(partial(elements.data, windows=by_name), "data"):
            context.data[element.id] = element
        modules.check_bindings(self.libraries, self.texts, context)
        for symbol in context.names.of_kind("derive"):
            head = symbol.declaration.head
            assert isinstance(head, tree.FormulaHead)
            known = find_unit(head.unit, head.where, context.found)
            if known is not None:
                context.number_units[symbol.id] = known.code
        for symbol in context.names.of_kind("data"):
            if (element := context.data.get(symbol.id)) is not None:
                limits = {"normal": normal_ranges.normal(symbol, element, context)}
                context.data[symbol.id] = element.model_copy(update=limits)
        context.data.update(normal_ranges.with_molar_masses(context))
        washouts.check_holders(context)
        makers: dict[str, Callable[[Symbol], None]] = {
            "data": self._applies,
            "derive": partial(self._define, definitions.number_definition),
            "define": partial(self._define, definitions.condition_definition),
        }
        symbols = context.names.of_kind(*makers)
        for name in definitions.in_order(symbols, context):
            symbol = context.names.symbols[name]
            makers[symbol.kind](symbol)
        for symbol in context.names.of_kind("derive"):
            if symbol.id in self.definitions:
                made_for = {"population": definitions.population(symbol, context)}
                self.definitions[symbol.id] = self.definitions[symbol.id].model_copy(
                    update=made_for
                )
        washouts.check_who_has_one(context)
        return {
            "data": tuple(map(self._applicable, context.data.values())),
            "numbers": self._defined("derive"),
            "conditions": self._defined("define"),
        }

    def _applies(self, symbol: Symbol) -> None:
        self.context.applicable[symbol.id] = elements.applies(symbol, self.context)

    def _applicable(self, element: Data) -> Data:
        return element.model_copy(update={"applies": self.context.applicable[element.id]})

    def _define(self, make: Callable[[Symbol, Context], object], symbol: Symbol) -> None:
        made = make(symbol, self.context)
        if made is None:
            self.context.unresolved.add(symbol.id)
        else:
            self.definitions[symbol.id] = made

    def _defined(self, keyword: str) -> tuple[Any, ...]:
        symbols = self.context.names.of_kind(keyword)
        return tuple(self.definitions[s.id] for s in symbols if s.id in self.definitions)

    def criteria(self) -> tuple[Criterion, ...]:
        """In the order of the text, resolved each after those whose outcome it asks for."""
        symbols = self.context.names.of_kind("inclusion", "exclusion")
        made: dict[str, Criterion] = {}
        for symbol in eligibility.in_order(symbols):
            item = eligibility.criterion(symbol, self.context)
            if item is None:
                self.context.unresolved.add(symbol.id)
            else:
                made[symbol.id] = item
        return tuple(made[symbol.id] for symbol in symbols if symbol.id in made)

    # ---- design and examples

    def design(self) -> dict[str, Any]:
        context = self.context
        text = self.main.tree
        arm = ("arm", "sequence")
        written = sum(declaration.keyword in arm for declaration in text.declarations)
        is_broken = any(keyword in (*arm, "everyone") for keyword, _ in text.broken)
        context.has_lost_arms = is_broken or written > len(context.names.of_kind("arm"))
        # Visits are counted from last doses, and periods of arms from visits: names come first.
        context.occasions = dict.fromkeys(design.occasions_written(context))
        context.visits = self.each(timeline.visit, "visit")
        followers = periods.followed(context)
        for period in self.each(partial(periods.period, followers=followers), "period"):
            context.periods[period.id] = period
        everyone = self.each(design.everyone, "everyone")
        arms = self.each(design.arm, "arm")
        entering.entries_lead_from_randomised_arms(arms, context)
        given = (administration.occasion for arm in arms for administration in arm.gives)
        context.occasions = dict.fromkeys(given)
        done = self.each(activities.activity, "activity")
        events = self.each(gates.event, "event")
        by_name = {event.id: event for event in events}
        modified = partial(titration.modification, events=by_name)
        spread = activities.spread(done, context.visits, arms, context)
        return {
            "interventions": self.each(design.intervention, "intervention"),
            "periods": tuple(context.periods.values()),
            "everyone": everyone,
            "arms": arms,
            "masking": self.only(design.masking, "masking"),
            "randomisations": self.each(allocation.randomisation, "randomisation"),
            "events": events,
            "estimands": self.each(planned_analyses.estimand, "estimand"),
            "interims": self.each(planned_analyses.interim, "interim"),
            "stopping_rules": self.each(planned_analyses.stopping, "stopping"),
            "modifications": self.each(modified, "modification"),
            "levels": self.each(design.level, "level"),
            "escalations": self.each(escalations.escalation, "escalation"),
            "gates": self.each(gates.gate, "gate"),
            "epochs": self.each(timeline.epoch, "epoch"),
            "visits": context.visits,
            "activities": with_inputs(spread, context),
            "narratives": self.each(narratives.narrative, "narrative"),
        }

    def only(self, make: Callable[[Symbol, Context], T | None], keyword: str) -> T | None:
        """The one declaration of a kind that a protocol has once; a second one is reported."""
        for extra in self.context.names.of_kind(keyword)[1:]:
            self.context.found.append(kinds.ONLY_ONE.at(extra.where, thing=keyword))
        made = self.each(make, keyword)
        return made[0] if made else None

    def examples(self, events: dict[str, Any], gates: dict[str, Any]) -> dict[str, Any]:
        trial_test = partial(trial_tests.trial_test, events=events, gates=gates)
        return {
            "participants": self.each(examples.participant, "patient"),
            "tests": self.each(examples.test, "test"),
            "trial_tests": self.each(trial_test, "trial test"),
        }
