"""Realistic protocols of any number of criteria, the same at every run.

The mix is that of CARE-SSc: measurements with ranges and windows, yes-or-no findings, choices,
judgements, nested branches, attributions, exceptions, quotes from a registered text, decisions,
activities that collect what is asked, a typical participant, and tests. Only the number of tests
is always the same: each of them asks every criterion, so tests as many as criteria are a square.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trialc.source import SourceText

REGISTERED = "source/scaled.txt"
TESTS = 10
PER_ACTIVITY, PER_DECISION = 10, 5
"""How many criteria share an activity, and of how many one has a decision."""

ORGANS = ("Hepatic", "Renal", "Cardiac", "Pulmonary", "Thyroid", "Pancreatic", "Splenic", "Dermal")
FINDINGS = ("fibrosis", "oedema", "infiltration", "ischaemia", "stenosis", "effusion", "ulceration")

HEAD = '''# A protocol made by bench/generator.py.

language 1

protocol scaled {
  title: "A trial with very many criteria"
  acronym: "SCALED"
  version: "1.0.0"
  registry: nct "NCT00000000"
  text: "source/scaled.txt"
  status: enrolling
  phase: phase_2
  study_type: interventional
  purpose: treatment
  condition: "Sclerosis, Systemic"
  enrolment: 1
  sites: 1
  sex: all
  healthy_volunteers: no
}

role subject "Patient"
role investigator "Investigator"
cause ssc "systemic sclerosis"
window fresh_blood "Blood and urine" = 28 days
window fresh_imaging "Imaging" = 90 days

visit SCREEN "Screening" before M0 { source """
  After screening
""" }
visit M0 "Month 0: infusion" anchor { source """
  infusion at month 0
""" }

activity verdict "Decision on eligibility" at M0 { does: eligibility }
'''


STUDY = "After screening, participants receive one infusion at month 0."


class Generated(NamedTuple):
    """A protocol's text and the registered text that it quotes."""

    text: SourceText
    registered: SourceText

    def read(self, name: str) -> SourceText | None:
        """What the compiler asks for beside the protocol."""
        return self.registered if name == REGISTERED else None

    @property
    def megabytes(self) -> float:
        """Of the protocol alone."""
        return len(self.text.text.encode("utf-8")) / 1e6


class Criterion(NamedTuple):
    """What one criterion adds to the protocol."""

    declarations: str
    rule: str
    quotes: tuple[str, ...]
    typical: tuple[str, ...]
    """Assignments of the typical participant, who passes."""
    otherwise: str = ""
    """How else the rule can be read."""


def protocol(count: int) -> Generated:
    """A protocol with that many criteria, and its registered text."""
    made = [SHAPES[i % len(SHAPES)](i) for i in range(count)]
    parts = [HEAD]
    for i, each in enumerate(made):
        parts += [each.declarations, _rule(i, each)]
        if i % PER_DECISION == 0:
            parts.append(_decision(i, each))
    parts += [_activity(i, made[i : i + PER_ACTIVITY]) for i in range(0, count, PER_ACTIVITY)]
    assignments = "\n".join(f"  {line}" for each in made for line in each.typical)
    parts.append(f'patient typical "Typical" {{\n  as_of: 2027-01-04\n{assignments}\n}}\n')
    parts += [_test(i, made[i * count // TESTS]) for i in range(TESTS)]
    registered = "\n".join([STUDY, *(quote for each in made for quote in each.quotes)])
    return Generated(
        SourceText("scaled.proto.txt", "\n".join(parts)), SourceText(REGISTERED, registered)
    )


def _rule(i: int, each: Criterion) -> str:
    head = "inclusion" if _required(i) else "exclusion"
    verb = "require" if _required(i) else "exclude when"
    quotes = "\n".join(f"    {quote}" for quote in each.quotes)
    decided = f"  decided reading_{i}\n" if i % PER_DECISION == 0 else ""
    title = f"{_finding(i)}, criterion {i + 1}"
    source = f'  source """\n{quotes}\n  """\n'
    return f'{head} rule_{i} [{i + 1}] "{title}" {{\n{source}{decided}  {verb} {each.rule}\n}}\n'


def _required(i: int) -> bool:
    """One shape of four states inclusions: the typical participant fulfils its rule."""
    return i % len(SHAPES) == 0


def _finding(i: int) -> str:
    return f"{ORGANS[i % len(ORGANS)]} {FINDINGS[i % len(FINDINGS)]}"


def _decision(i: int, each: Criterion) -> str:
    replacing = f"\n    replacing rule_{i} by {each.otherwise}" if each.otherwise else ""
    return f"""decision reading_{i} "Reading of criterion {i + 1}" {{
  quote: "{each.quotes[0]}"
  reading: "As printed; a value at the limit belongs to neither side of it."
  alternative "The limit itself is meant, too."{replacing}
  because: "The registered words do not say to which side the limit belongs."
  status: assumed
}}
"""


def _activity(i: int, made: list[Criterion]) -> str:
    names = [line.partition(":")[0] for each in made for line in each.typical]
    collects = "\n".join(f"  collects: {name}" for name in names if " " not in name)
    return f'activity examination_{i} "Examination {i}" at SCREEN {{\n{collects}\n}}\n'


def _test(i: int, each: Criterion) -> str:
    """One answer is pending: the element is needed, or it does not matter."""
    name = each.typical[0].partition(":")[0]
    return f"""test t{i} "Nothing is known of {name}" {{
  given typical but {{ {name}: pending }}
  expect undetermined needing {name}
}}
"""


def _severe(i: int) -> Criterion:
    """Nested branches and attributions, as in severe disease."""
    low, high = 8 + i % 7, 20 + i % 90
    return Criterion(
        f"""data lab.hemoglobin_{i} "Haemoglobin, method {i}" : quantity [g/dL] {{
  range: 2 .. 25 g/dL
  resolution: 0.1 g/dL
  typical: 12.5 g/dL
  valid: fresh_blood
  code: loinc "718-7"
}}

data lab.esr_{i} "Sedimentation rate, method {i}" : quantity [mm/h] {{
  range: 0 .. 150 mm/h
  resolution: 1 mm/h
  typical: 120 mm/h
  valid: fresh_blood
}}

data imaging.xray_{i} "{_finding(i)} on X-ray {i}" : boolean {{ valid: fresh_imaging }}
data imaging.ct_{i} "{_finding(i)} on computed tomography {i}" : boolean {{ valid: fresh_imaging }}
""",
        f"""all of {{
    disease [i]: any of {{
      esr: lab.esr_{i} > {high} mm/h attributed to ssc
      anaemia: lab.hemoglobin_{i} < {low} g/dL attributed to ssc
    }}
    organ [ii]: any of {{
      xray: imaging.xray_{i}
      ct: imaging.ct_{i}
    }}
  }}""",
        (
            f"{_finding(i)} of type {i} in severe disease, defined as",
            f"ESR of type {i} > {high} mm and/or hemoglobin < {low} g/dL,",
            f"not explained by other causes than SSc in type {i},",
            f"with evidence of type {i} (chest X-ray and/or computed tomography)",
        ),
        (
            f"lab.esr_{i}: 120 mm/h",
            f"cause of rule_{i}.disease.esr: ssc",
            f"lab.hemoglobin_{i}: 16 g/dL",
            f"imaging.xray_{i}: yes",
            f"imaging.ct_{i}: no",
        ),
    )


def _single(i: int) -> Criterion:
    """One threshold, as age or body mass index."""
    limit = 10 + i % 30
    return Criterion(
        f"""data lung.fvc_{i} "Forced vital capacity, posture {i}" : quantity [%pred] {{
  range: 5 .. 160 %pred
  resolution: 1 %pred
  typical: 92 %pred
  valid: fresh_imaging
}}
""",
        f"lung.fvc_{i} < {limit} %pred",
        (f"Life-threatening {_finding(i)}: FVC of posture {i} < {limit}%",),
        (f"lung.fvc_{i}: 92 %pred",),
        f"lung.fvc_{i} <= {limit} %pred",
    )


def _exception(i: int) -> Criterion:
    """Transaminases unless related to the disease: an exception that a person judges."""
    limit = 2 + i % 4
    return Criterion(
        f"""data lab.asat_{i} "ASAT, method {i}" : quantity [xULN] {{
  range: 0.1 .. 200 xULN
  resolution: 0.1 xULN
  typical: 0.8 xULN
  valid: fresh_blood
}}

data lab.alat_{i} "ALAT, method {i}" : quantity [xULN] {{
  range: 0.1 .. 200 xULN
  resolution: 0.1 xULN
  typical: 0.7 xULN
  valid: fresh_blood
}}

judgement liver.activity_{i} "Abnormal values of method {i} are related to SSc" by investigator
""",
        f"""any of {{
    asat: lab.asat_{i} > {limit} xULN
    alat: lab.alat_{i} > {limit} xULN
  }} unless liver.activity_{i}""",
        (
            f"Abnormal transaminase level of method {i} (ASAT, ALAT > {limit} normal)",
            f"unless related to activity {i} of the disease",
        ),
        (f"lab.asat_{i}: 0.8 xULN", f"lab.alat_{i}: 0.7 xULN", f"liver.activity_{i}: no"),
    )


def _several(i: int) -> Criterion:
    """A choice, a finding and a definition, as in infections and history."""
    return Criterion(
        f"""data infection.virus_{i} "Virus {i}" : choice {{negative, controlled, uncontrolled}} {{
  typical: negative
  valid: fresh_blood
}}

data hist.neoplasm_{i} "Neoplasm of type {i}" : boolean
data heart.block_{i} "Conduction, lead {i}" : choice {{absent, first_degree, second_degree}}

judgement infection.risk_{i} "High risk of infection {i}" by investigator

define infected_{i} "Infection {i} that is not under control" =
  infection.virus_{i} = uncontrolled or infection.risk_{i}
""",
        f"""any of {{
    infection: infected_{i}
    neoplasm: hist.neoplasm_{i}
    conduction: heart.block_{i} in {{first_degree, second_degree}}
  }}""",
        (
            f"Uncontrolled infection {i}, or high risk of it,",
            f"neoplasm of type {i},",
            f"conduction abnormalities in lead {i}",
        ),
        (
            f"infection.virus_{i}: negative",
            f"infection.risk_{i}: no",
            f"hist.neoplasm_{i}: no",
            f"heart.block_{i}: absent",
        ),
    )


SHAPES: tuple[Callable[[int], Criterion], ...] = (_severe, _single, _exception, _several)
