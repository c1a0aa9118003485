"""Title page, synopsis, purpose and libraries of a protocol (ICH M11 sections 0, 1 and 3)."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared, Duration, Quote
from trialc.model.node import Node
from trialc.model.planned_analyses import Replacement


class Identifier(Node):
    """A number under which a registry or an authority knows the trial."""

    registry: str
    value: str


class Aside(Node):
    """Registered text that is no part of the protocol, and why: page furniture, a notice."""

    reason: str
    quote: Quote


class Metadata(Node):
    """Title page and synopsis (ICH M11 sections 0 and 1)."""

    id: str
    title: str
    acronym: str = ""
    version: str
    identifiers: tuple[Identifier, ...] = ()
    registered_text: str = ""
    """Path of the registered text, relative to the protocol."""
    status: str = ""
    phases: tuple[str, ...] = ()
    study_type: str = ""
    purpose: str = ""
    allocation: str = ""
    intervention_model: str = ""
    conditions: tuple[str, ...] = ()
    enrolment: int | None = None
    enrolment_type: Only["", "estimated", "actual"] = ""
    """Whether `enrolment` is a plan or a count; "" where the source does not say."""
    sites: int | None = None
    rescreenings: int | None = None
    """How often somebody who was not eligible may be screened again; None: not stated."""
    rescreening_after: Duration | None = None
    """The least time before that."""
    rescreening_open: bool = False
    """The author says that the source does not state it."""
    sex: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    healthy_volunteers: bool | None = None
    replacement: Replacement | None = None
    """Who is replaced; None: not stated."""
    sponsor: str = ""
    funder: str = ""
    contact: str = ""
    sources: tuple[Quote, ...] = ()
    asides: tuple[Aside, ...] = ()
    decided: tuple[str, ...] = ()
    """Ids of the decisions that interpret the title page."""
    renamed_from: tuple[str, ...] = ()


class Library(Node):
    """A shared text that the protocol uses, at an exact version."""

    name: str
    alias: str
    version: str
    title: str
    citation: str
    file: str
    sha256: str


class Narrative(Declared):
    """What a section of the document says in words (ICH M11; USDM NarrativeContent)."""

    section: str
    """Its number in ICH M11: "5.6"."""
    text: str = ""
    """The author's own words; the registered ones are the sources."""


class Objective(Declared):
    level: Only["primary", "secondary", "exploratory"]


class Endpoint(Declared):
    level: Only["primary", "secondary", "exploratory"]
    objective: str = ""
    measure: str = ""
    """Empty where the source states none."""
