"""A small trial with every kind of declaration, built from model classes; its hostile twin."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model import protocol as p

HOSTILE = (
    "=1+1|<script>alert('x')</script> [click](javascript:alert(1)) `code` # head **b** {{ 7*7 }} "
    '{% raw %} <img src=x onerror="alert(1)"> https://evil.example/ </style> &lt; ]]> --> _em_'
)


def quoted(*clauses: str) -> tuple[p.Quote, ...]:
    return (p.Quote(clauses=clauses),)


def above(path: str, value: float, text: str, unit: str, relation: Any = ">") -> e.Compare:
    right = e.Literal(value=value, unit=unit, text=text)
    return e.Compare(relation=relation, left=e.Value(path=path, unit=unit), right=right)


def any_of(*branches: e.Branch) -> e.Junction:
    return e.Junction(quantifier="any", branches=branches)


def all_of(*branches: e.Branch) -> e.Junction:
    return e.Junction(quantifier="all", branches=branches)


def branch(path: str, condition: Any, number: str | None = None) -> e.Branch:
    return e.Branch(label=path.rsplit(".", 1)[-1], number=number, path=path, condition=condition)


def severe_disease() -> p.Criterion:
    esr = e.Attributed(
        operand=above("lab.esr", 25, "25 mm/h", "mm/h"),
        cause="ssc",
        other=False,
        path="severe_disease.early.inflammation.esr.cause",
    )
    early = all_of(
        branch("severe_disease.early.skin", above("skin.mrss", 20, "20", "{score}")),
        branch(
            "severe_disease.early.inflammation",
            any_of(
                branch("severe_disease.early.inflammation.esr", esr),
                branch(
                    "severe_disease.early.inflammation.anaemia",
                    above("lab.hemoglobin", 11, "11 g/dL", "g/dL", "<"),
                ),
            ),
        ),
    )
    late = e.Attributed(
        operand=any_of(
            branch("severe_disease.late.renal", e.Holds(path="renal.crisis"), "a"),
            branch(
                "severe_disease.late.rhythm", e.OneOf(path="heart.rhythm", codes=("other",)), "b"
            ),
        ),
        cause="ssc",
        other=False,
        path="severe_disease.late.cause",
    )
    return p.Criterion(
        id="severe_disease",
        title="Severe disease",
        type="inclusion",
        number="2",
        sources=quoted(
            "Severe disease defined as:",
            "i) mRss of > 20 and (ESR > 25 mm",
            "or ii) past renal crisis",
        ),
        decided=("esr_unit",),
        condition=any_of(
            branch("severe_disease.early", early, "i"), branch("severe_disease.late", late, "ii")
        ),
    )


def liver_failure() -> p.Criterion:
    return p.Criterion(
        id="liver_failure",
        title="Liver failure",
        type="exclusion",
        number="4",
        sources=quoted("ASAT, ALAT > 3 normal", "unless related to activity of the disease"),
        condition=e.Unless(
            operand=any_of(
                branch("liver_failure.asat", above("lab.asat", 3, "3 xULN", "{ULN}")),
                branch("liver_failure.pregnant", e.Refer(name="with_child")),
            ),
            exception=e.Holds(path="liver.activity"),
        ),
    )


def design() -> dict[str, Any]:
    def gives(first: str, second: str) -> tuple[p.Administration, ...]:
        return (
            p.Administration(intervention=first, occasion="infusion_1", visit="M0"),
            p.Administration(intervention=second, occasion="infusion_2", visit="M3"),
        )

    dose = p.Dose(
        amount=1e6, text="1e6 cell/kg", unit="{cell}/kg", element="demo.weight", measured_at="M0"
    )
    observed = e.Every(
        scope="previous", condition=e.Since(occasion="infusion_1", amount=1, unit="month")
    )
    safe = e.Every(
        scope="previous",
        condition=e.NoEvent(event="trsae", occasion="infusion_1", amount=1, unit="month"),
    )
    given = e.CountGiven(scope="previous", occasion="infusion_1", equals=6)
    return {
        "interventions": (
            p.Intervention(
                id="ucmsc",
                title="UCMSC",
                type="biological",
                route="intravenous",
                dose=dose,
                vehicle="PlasmaLyte A",
                volume="50 mL",
                sources=quoted("1 million UCMSC/kg"),
            ),
            p.Intervention(id="placebo", title="Placebo", type="other", route="intravenous"),
        ),
        "arms": (
            p.Arm(
                id="two", title="Two infusions", type="experimental", gives=gives("ucmsc", "ucmsc")
            ),
            p.Arm(
                id="none",
                title="Placebo infusions",
                type="placebo_comparator",
                gives=gives("placebo", "placebo"),
            ),
        ),
        "masking": p.Masking(
            id="blind",
            masked=("patient",),
            unmasked=("pharmacist",),
            sources=quoted("Quadruple Blind"),
        ),
        "randomisation": p.Randomisation(
            id="blocks",
            title="Randomisation in blocks",
            blocks=3,
            block_size=6,
            order="successive",
            at="M0",
            ratio=(p.Allocation(arm="two", count=3), p.Allocation(arm="none", count=3)),
        ),
        "events": (
            p.Event(
                id="trsae",
                title="Treatment-related severe adverse event",
                decided=("one_month",),
                attributes=(
                    p.Attribute(name="severity", title="Severity", options=("grade_2", "grade_3")),
                ),
                condition=e.OneOf(path="event.severity", codes=("grade_3",)),
            ),
        ),
        "gates": (
            p.Gate(
                id="next_block",
                title="Opening of the next block",
                per="block",
                decided=("one_month",),
                guards=(p.Guard(action="randomise", first=2, last=3),),
                condition=all_of(
                    branch("next_block.given", given),
                    branch("next_block.observed", observed),
                    branch("next_block.safe", safe),
                ),
                otherwise=(p.Action(verb="hold"), p.Action(verb="notify", object="board")),
                sources=quoted("only in the absence of TRSAE"),
            ),
            p.Gate(
                id="second",
                title="Second infusion",
                per="participant",
                guards=(p.Guard(action="give", occasion="infusion_2"),),
                condition=e.NoEvent(event="trsae", occasion="infusion_1"),
                otherwise=(
                    p.Action(verb="withhold"),
                    p.Action(verb="continue", object="follow_up"),
                ),
            ),
        ),
    }


def data() -> tuple[p.Data, ...]:
    weeks = p.Duration(amount=28, unit="day")
    return (
        p.Data(id="demo.sex", title="Sex at birth", type="choice", options=("female", "male")),
        p.Data(
            id="demo.weight",
            title="Body weight",
            type="quantity",
            unit="kg",
            low=25,
            high=250,
            resolution="0.1",
        ),
        p.Data(
            id="lab.esr",
            title="Erythrocyte sedimentation rate",
            type="quantity",
            unit="mm/h",
            low=0,
            high=150,
            resolution="1",
            window=weeks,
            codes=(p.Code(system="loinc", code="30341-2"),),
            decided=("validity",),
        ),
        p.Data(
            id="lab.hemoglobin",
            title="Haemoglobin",
            type="quantity",
            unit="g/dL",
            low=2,
            high=25,
            window=weeks,
        ),
        p.Data(id="lab.asat", title="ASAT", type="quantity", unit="{ULN}"),
        p.Data(
            id="skin.mrss",
            title="Modified Rodnan skin score",
            type="score",
            unit="{score}",
            low=0,
            high=51,
        ),
        p.Data(id="renal.crisis", title="Past renal crisis", type="boolean", by=("investigator",)),
        p.Data(id="heart.rhythm", title="Rhythm", type="choice", options=("none", "other")),
        p.Data(
            id="preg.pregnant",
            title="Pregnant",
            type="boolean",
            applies=e.OneOf(path="demo.sex", codes=("female",)),
        ),
        p.Data(id="ssc.onset", title="First symptom", type="date"),
    )


def score() -> e.Score:
    fingers = e.Score(
        combine="highest",
        items=(
            e.ScoreItem(
                label="puffy",
                path="points.fingers.puffy",
                points=2,
                when=e.Holds(path="renal.crisis"),
            ),
            e.ScoreItem(
                label="hard",
                path="points.fingers.hard",
                points=4,
                when=e.Holds(path="preg.pregnant"),
            ),
        ),
    )
    return e.Score(
        combine="sum",
        items=(
            e.ScoreItem(
                label="crisis", path="points.crisis", points=9, when=e.Holds(path="renal.crisis")
            ),
            e.ScoreItem(label="fingers", path="points.fingers", score=fingers),
        ),
    )


def decisions() -> tuple[p.Decision, ...]:
    return (
        p.Decision(
            id="esr_unit",
            title="Unit of the ESR threshold",
            quotes=("ESR > 25 mm",),
            reading="25 mm/h",
            because="ESR is reported per hour.",
            status="assumed",
        ),
        p.Decision(
            id="one_month",
            title="Length of one month",
            quotes=("one month after the first infusion",),
            reading="One calendar month.",
            status="open",
            alternatives=(p.Alternative(text="30 days."), p.Alternative(text="Four weeks.")),
        ),
        p.Decision(
            id="validity",
            title="Age of a measurement",
            reading="28 days.",
            because="The source gives none.",
            status="open",
        ),
        p.Decision(
            id="year",
            title="Year of the criteria",
            quotes=("2103",),
            reading="2013",
            status="confirmed",
            by="M. Hudson",
            on="2027-01-01",
        ),
    )


def schedule() -> dict[str, Any]:
    month = p.Duration(amount=1, unit="month")
    week = p.Window(early=-7, late=7, unit="day")
    return {
        "visits": (
            p.Visit(id="SCREEN", title="Screening", timing="before", base="M0"),
            p.Visit(id="M0", title="Month 0, first infusion", timing="anchor"),
            p.Visit(
                id="M1",
                title="Month 1, safety check",
                timing="offset",
                base="M0",
                offset=month,
                decided=("one_month",),
            ),
            p.Visit(
                id="M3",
                title="Month 3, second infusion",
                timing="offset",
                base="M0",
                offset=p.Duration(amount=3, unit="month"),
                window=week,
            ),
            p.Visit(id="ET", title="Early termination", timing="unscheduled"),
        ),
        "activities": (
            p.Activity(
                id="consent",
                title="Written informed consent",
                visits=("SCREEN",),
                does=("consent",),
            ),
            p.Activity(
                id="laboratory",
                title="Laboratory",
                visits=("SCREEN",),
                collects=("lab.esr", "lab.hemoglobin"),
            ),
            p.Activity(
                id="pregnancy_test",
                title="Pregnancy test",
                visits=("SCREEN", "M0", "M3"),
                when=e.OneOf(path="demo.sex", codes=("female",)),
                collects=("preg.pregnant",),
            ),
            p.Activity(
                id="infusion",
                title="Study infusion",
                visits=("M0", "M3"),
                gives=("infusion_1", "infusion_2"),
            ),
            p.Activity(
                id="review",
                title="TRSAE review",
                visits=("M1", "M3", "ET"),
                reviews=("trsae",),
                decided=("one_month",),
            ),
        ),
    }


def protocol(**changes: Any) -> p.Protocol:
    value = p.Protocol(
        language=1,
        file="protocol/care.proto.txt",
        sha256="ab" * 32,
        metadata=p.Metadata(
            id="care",
            title="Treatment with stromal cells in systemic sclerosis",
            acronym="CARE-SSc",
            version="1.0.0",
            identifiers=(p.Identifier(registry="nct", value="NCT04356287"),),
            phases=("phase_1", "phase_2"),
            enrolment=18,
            sites=1,
            sex="all",
            minimum_age="18 years",
            allocation="randomised",
            intervention_model="parallel",
            conditions=("Sclerosis, Systemic",),
            healthy_volunteers=False,
            contact="Marie Hudson, MD",
        ),
        libraries=(
            p.Library(
                name="lib.acr",
                alias="acr",
                version="1.0.0",
                title="ACR/EULAR 2013",
                citation="van den Hoogen F, et al. 2013.",
                file="lib/acr.proto.txt",
                sha256="cd" * 32,
            ),
        ),
        objectives=(
            p.Objective(
                id="safety",
                title="Safety and efficacy of UCMSC",
                level="primary",
                sources=quoted("The purpose of this study is to test the safety"),
            ),
        ),
        endpoints=(
            p.Endpoint(
                id="primary_endpoint", title="Absence of TRSAE", level="primary", objective="safety"
            ),
        ),
        causes=(p.Cause(id="ssc", title="systemic sclerosis"),),
        roles=(
            p.Role(id="investigator", title="Investigator"),
            p.Role(id="patient", title="Patient"),
            p.Role(id="pharmacist", title="Unblinded pharmacist"),
            p.Role(id="board", title="Data safety board"),
        ),
        data=data(),
        judgements=(
            p.Judgement(
                id="liver.activity",
                title="Elevation is related to activity of SSc",
                by=("investigator",),
            ),
        ),
        cause_inputs=(
            p.CauseInput(
                id="severe_disease.late.cause",
                title="Cause of late disease",
                branch="severe_disease.late",
            ),
        ),
        numbers=(
            p.NumberDefinition(
                id="points", title="ACR/EULAR score", unit="{score}", number=score()
            ),
        ),
        conditions=(
            p.ConditionDefinition(
                id="with_child", title="With child", condition=e.Holds(path="preg.pregnant")
            ),
        ),
        criteria=(severe_disease(), liver_failure()),
        decisions=decisions(),
        participants=(
            p.Participant(id="typical", title="Typical", as_of="2027-01-04", assignments=()),
        ),
        tests=(
            p.Test(
                id="esr_25",
                title="ESR of exactly 25",
                given="typical",
                verdict="ineligible",
                by=("severe_disease",),
            ),
        ),
        **design(),
        **schedule(),
    )
    return value.model_copy(update=changes)


def study_of(value: p.Protocol, **evidence: Any) -> Study:
    """The study with a graph such as drawings meet; the real one is made by trialc.graph."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind, items in (
        ("data", value.data),
        ("criterion", value.criteria),
        ("arm", value.arms),
        ("intervention", value.interventions),
        ("visit", value.visits),
        ("gate", value.gates),
        ("activity", value.activities),
        ("decision", value.decisions),
        ("test", value.tests),
    ):
        for item in items:
            graph.add_node(f"{kind}:{item.id}", kind=kind, title=item.title)
    for item in value.data:
        graph.add_edge("criterion:severe_disease", f"data:{item.id}", key="uses", kind="uses")
    graph.add_edge("arm:two", "intervention:ucmsc", key="gives", kind="gives")
    graph.add_edge("visit:M0", "visit:M1", key="precedes", kind="precedes")
    graph.add_edge("test:esr_25", "criterion:severe_disease", key="exercises", kind="exercises")
    graph.add_edge("decision:esr_unit", "criterion:severe_disease", key="decides", kind="decides")
    return Study(protocol=value, graph=graph, evidence=evidence)


def hostile(value: Any) -> Any:
    """The same model with every free text of it replaced by hostile text; identities stay."""
    texts = {
        "title",
        "acronym",
        "text",
        "reading",
        "because",
        "citation",
        "measure",
        "contact",
        "vehicle",
        "volume",
        "reason",
        "sponsor",
        "by_whom",
        "value",
    }
    if isinstance(value, tuple):
        return tuple(hostile(item) for item in value)
    if isinstance(value, p.Quote):
        return p.Quote(clauses=(HOSTILE,))
    if isinstance(value, p.Node):
        return value.model_copy(
            update={
                name: HOSTILE if name in texts and isinstance(inner, str) else hostile(inner)
                for name, inner in value.__dict__.items()
                if name != "where"
            }
        )
    return value


@pytest.fixture
def study() -> Study:
    return study_of(protocol())


@pytest.fixture
def hostile_study() -> Study:
    return study_of(hostile(protocol()))
