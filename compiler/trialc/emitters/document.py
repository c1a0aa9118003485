"""protocol.html and protocol.md: the protocol as people sign it.

Sections carry the numbers of the ICH M11 template (CeSHarP, Step 4, 2025) where the protocol says
something for them; what the source is silent about is named as such, section by section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trialc.emitters import document_analyses as planned
from trialc.emitters import document_appendix as appendix
from trialc.emitters import document_design as design
from trialc.emitters import document_dosing as dosing
from trialc.emitters import document_front as front
from trialc.emitters import document_population as population
from trialc.emitters import document_transitions as transitions
from trialc.emitters import document_words
from trialc.emitters.activity_words import activity_notes
from trialc.emitters.artefact import Artefact
from trialc.emitters.document_escaping import html_pages, markdown_pages, without_gaps
from trialc.emitters.document_narrative import rest
from trialc.emitters.document_sequences import sequences
from trialc.emitters.endpoint_words import frame_words, measure_words
from trialc.emitters.library_parts import with_used_parts
from trialc.emitters.schedule_matrix import schedule_matrix
from trialc.emitters.schedule_words import (
    in_time_order,
    occasion_words,
    timing_words,
    window_words,
)
from trialc.emitters.traceability import traces
from trialc.emitters.trial_schema import schema_words, trial_schema
from trialc.graph.study import Study
from trialc.model.histories import EVER, LAST, ONGOING
from trialc.model.protocol import Activity, Protocol
from trialc.model.sections import SECTIONS


def emit(study: Study) -> tuple[Artefact, ...]:
    """Both renderings of one view; they hold the same words."""
    page = view(study)
    markdown = markdown_pages().get_template("protocol.md.j2").render(page)
    return (
        Artefact("protocol.html", html_pages().get_template("protocol.html.j2").render(page)),
        Artefact("protocol.md", without_gaps(markdown)),
    )


def view(study: Study) -> dict[str, Any]:
    """What the templates print. Only the drawing is markup; all else is escaped where it stands."""
    from markupsafe import Markup

    protocol, used = study.protocol, with_used_parts(study)
    return {
        "sections": SECTIONS,
        "words": document_words,
        "rest": rest(protocol),
        "rescreening": front.rescreening_words(protocol.metadata),
        "about": protocol.metadata,
        "seal": front.seal(protocol),
        "status": front.status_words(protocol),
        "is_open": bool(front.open_decisions(protocol)),
        "title_rows": front.title_rows(protocol),
        "synopsis_rows": front.synopsis_rows(protocol),
        "schema_svg": Markup(trial_schema(protocol)),
        "schema_words": schema_words(protocol),
        "matrix": schedule_matrix(protocol),
        "purpose": tuple(quote.clauses for o in protocol.objectives for quote in o.sources),
        "objectives": _objectives(protocol),
        "endpoints": _endpoints(protocol),
        "populations": population.populations(protocol),
        "quotas": population.quotas(protocol),
        "sides": (
            ("5.2", "Inclusion criteria", "inclusion", population.criteria(protocol, "inclusion")),
            ("5.3", "Exclusion criteria", "exclusion", population.criteria(protocol, "exclusion")),
        ),
        "interventions": design.interventions(protocol),
        "arms": design.arms(protocol),
        "sequences": sequences(protocol),
        "estimands": planned.estimands(protocol),
        "interims": planned.interims(protocol),
        "stopping_rules": planned.stopping_rules(protocol),
        "replacement": planned.replacement_words(protocol),
        "everyone": dosing.everyone(protocol),
        "modifications": dosing.modifications(protocol),
        "randomisations": design.randomisations(protocol),
        "blinding": design.blinding(protocol),
        "rules_heading": transitions.heading(protocol),
        "gates": transitions.gates(protocol),
        "escalations": transitions.escalations(protocol),
        "events": design.events(protocol),
        "visits": _visits(protocol),
        "activities": _activities(protocol),
        "roles": tuple((role.id, role.title or front.words(role.id)) for role in protocol.roles),
        "dictionary": appendix.dictionary(used),
        "definitions": appendix.definitions(used),
        "decisions": appendix.register(protocol),
        "traces": traces(study),
        "coverage": study.evidence.get("coverage"),
        "asides": protocol.metadata.asides,
        "libraries": protocol.libraries,
    }


def _objectives(protocol: Protocol) -> tuple[tuple[Any, tuple[Any, ...]], ...]:
    """Every objective with the endpoints that measure it (ICH M11 section 3)."""
    return tuple(
        (item, tuple(end for end in protocol.endpoints if item.id in end.objectives))
        for item in protocol.objectives
    )


def _endpoints(protocol: Protocol) -> tuple[tuple[Any, str, tuple[front.DecisionNote, ...]], ...]:
    """Every endpoint with what is measured when, and with its decisions."""
    return tuple(
        (
            item,
            "; time frame: ".join(filter(None, (measure_words(protocol, item), frame_words(item)))),
            front.decision_notes(protocol, item.decided),
        )
        for item in protocol.endpoints
    )


def _visits(protocol: Protocol) -> tuple[tuple[Any, str, str, Any], ...]:
    return tuple(
        (v, timing_words(v), window_words(v), front.decision_notes(protocol, v.decided))
        for v in in_time_order(protocol)
    )


def _activities(protocol: Protocol) -> tuple[tuple[Any, tuple[str, ...], tuple[str, ...]], ...]:
    """Every activity with what is done, and when and for whom in sentences (section 8)."""
    return tuple(
        (activity, tuple(_done(protocol, activity)), tuple(activity_notes(activity, protocol)))
        for activity in protocol.activities
    )


def _done(protocol: Protocol, activity: Activity) -> Iterator[str]:
    """What an activity does, gives, reviews and collects; occasions, never what an arm is given."""
    titles = {
        item.id: item.title for item in (*protocol.data, *protocol.judgements, *protocol.events)
    }
    yield from activity.does
    for occasion in activity.gives:
        yield f"gives {occasion_words(occasion, protocol)}"
    for event in activity.reviews:
        yield f"review of: {titles.get(event) or event}"
    inputs = {path for one in activity.calculates for path in one.inputs}
    numbers = {item.id: item.title or item.id for item in protocol.numbers}
    yield from _collected([path for path in activity.collects if path not in inputs], titles)
    yield from (numbers[one.number] for one in activity.calculates)


def _collected(paths: Sequence[str], titles: Mapping[str, str]) -> Iterator[str]:
    """What is collected, by its title; a history, of which several things are asked, once."""
    known = set(paths)
    histories = {p for p in paths if f"{p}.{LAST}" in known and titles.get(p, "").endswith(EVER)}
    for path in paths:
        whole, _, part = path.rpartition(".")
        title = titles.get(path) or path
        if path in histories:
            yield title.removesuffix(EVER)
        elif not (part in (ONGOING, LAST) and whole in histories):
            yield title
