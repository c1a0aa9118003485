"""protocol.html and protocol.md: the protocol as people sign it.

Sections carry the numbers of the ICH M11 template (CeSHarP, Step 4, 2025) where the protocol says
something for them; what the source is silent about is named as such, section by section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trialc.emitters import document_appendix as appendix
from trialc.emitters import document_design as design
from trialc.emitters import document_front as front
from trialc.emitters import document_words
from trialc.emitters.artefact import Artefact
from trialc.emitters.document_escaping import html_pages, markdown_pages, without_gaps
from trialc.emitters.near_literate import in_words
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

SECTIONS = {
    1: "Protocol summary",
    2: "Introduction",
    3: "Trial objectives and associated estimands",
    4: "Trial design",
    5: "Trial population",
    6: "Trial intervention and concomitant therapy",
    7: "Participant discontinuation of trial intervention and withdrawal from trial",
    8: "Trial assessments and procedures",
    9: "Adverse events and special safety situations",
    10: "Statistical considerations",
    11: "Trial oversight and other general considerations",
    12: "Appendix: supporting details",
    13: "Appendix: glossary of terms",
    14: "Appendix: references",
}
"""Headings of the first level of ICH M11, which no protocol may leave out."""

SILENT = {
    2: ("2.2 Assessment of risks and benefits",),
    3: ("estimands: treatment, population-level summary, intercurrent events",),
    4: (
        "4.2 Rationale for trial design",
        "4.4 Start of trial and end of trial",
        "4.5 Access to trial intervention after end of trial",
    ),
    5: ("5.5 Lifestyle restrictions", "5.6 Screen failure and rescreening"),
    6: (
        "6.2 Rationale for dose and regimen",
        "6.4 Dose modification",
        "6.5 Management of overdose",
        "6.6 Preparation, storage, handling and accountability",
        "6.7.4 Emergency unblinding at the site",
        "6.8 Adherence",
        "6.10 Concomitant therapy",
    ),
    7: (
        "7.1 Discontinuation of trial intervention for individual participants",
        "7.2 Discontinuation or withdrawal from the trial",
        "7.3 Management of loss to follow-up",
    ),
    9: ("9.2 Timing and procedures for collection and reporting", "9.4 Special safety situations"),
    10: (
        "10.2 Analysis sets",
        "10.4 Analyses associated with the primary objective",
        "10.9 Interim analyses",
        "10.11 Sample size determination",
    ),
    11: (
        "11.1 Regulatory and ethical considerations",
        "11.5 Insurance and indemnity",
        "11.6 Risk-based quality management",
        "11.8 Data protection",
    ),
}
"""Sections of the second level for which the language has no construct."""


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

    protocol = study.protocol
    return {
        "sections": SECTIONS,
        "words": document_words,
        "silent": SILENT,
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
        "sides": (
            ("5.2", "Inclusion criteria", "inclusion", design.criteria(protocol, "inclusion")),
            ("5.3", "Exclusion criteria", "exclusion", design.criteria(protocol, "exclusion")),
        ),
        "interventions": design.interventions(protocol),
        "arms": design.arms(protocol),
        "randomisations": design.randomisations(protocol),
        "blinding": design.blinding(protocol),
        "gates": design.gates(protocol),
        "events": design.events(protocol),
        "visits": _visits(protocol),
        "activities": _activities(protocol),
        "roles": tuple((role.id, role.title or front.words(role.id)) for role in protocol.roles),
        "dictionary": appendix.dictionary(protocol),
        "definitions": appendix.definitions(protocol),
        "decisions": appendix.register(protocol),
        "traces": traces(study),
        "coverage": study.evidence.get("coverage"),
        "asides": protocol.metadata.asides,
        "libraries": protocol.libraries,
    }


def _objectives(protocol: Protocol) -> tuple[tuple[Any, tuple[Any, ...]], ...]:
    """Every objective with the endpoints that measure it (ICH M11 section 3)."""
    return tuple(
        (item, tuple(end for end in protocol.endpoints if end.objective == item.id))
        for item in protocol.objectives
    )


def _endpoints(protocol: Protocol) -> tuple[tuple[Any, tuple[front.DecisionNote, ...]], ...]:
    return tuple((e, front.decision_notes(protocol, e.decided)) for e in protocol.endpoints)


def _visits(protocol: Protocol) -> tuple[tuple[Any, str, str, Any], ...]:
    return tuple(
        (v, timing_words(v), window_words(v), front.decision_notes(protocol, v.decided))
        for v in in_time_order(protocol)
    )


def _activities(protocol: Protocol) -> tuple[tuple[Any, tuple[str, ...], str], ...]:
    """Every activity with what is done and its condition in words (section 8)."""
    return tuple(
        (
            activity,
            tuple(_done(protocol, activity)),
            in_words(activity.when, protocol) if activity.when else "",
        )
        for activity in protocol.activities
    )


def _done(protocol: Protocol, activity: Activity) -> Iterator[str]:
    """What an activity does, gives, reviews and collects; occasions, never what an arm is given."""
    titles = {
        item.id: item.title for item in (*protocol.data, *protocol.judgements, *protocol.events)
    }
    yield from activity.does
    for occasion in activity.gives:
        yield f"gives {occasion_words(occasion)}"
    for event in activity.reviews:
        yield f"review of: {titles.get(event) or event}"
    yield from _collected(activity.collects, titles)


def _collected(paths: Sequence[str], titles: Mapping[str, str]) -> Iterator[str]:
    """What is collected, by its title; a history, of which three things are asked, once."""
    known = set(paths)
    histories = {p for p in paths if known >= {f"{p}.{ONGOING}", f"{p}.{LAST}"}}
    for path in paths:
        whole, _, part = path.rpartition(".")
        title = titles.get(path) or path
        if path in histories:
            yield title.removesuffix(EVER)
        elif not (part in (ONGOING, LAST) and whole in histories):
            yield title
