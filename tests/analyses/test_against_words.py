"""Units, windows, regimens and allocations of rules against the words that they quote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from trialc.analyses import ANALYSES
from trialc.analyses.amounts_in_words import amounts
from trialc.graph.study import Study

Linked = Callable[..., Study]

DATA = """
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 0.1 .. 25 g/dL }
data lab.anc "Neutrophils" : quantity [x10^9/L] { range: 0 .. 2000 x10^9/L }
data lab.plt "Platelets" : quantity [x10^9/L] { range: 0 .. 2000 x10^9/L }
data lung.fvc "FVC" : quantity [%pred] { range: 0 .. 150 %pred }
data dose.steroid "Prednisone" : quantity [mg/d] { range: 0 .. 500 mg/d }
data radiation "Radiation" : quantity [Gy] { range: 0 .. 100 Gy }
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
data drug.steroid "Steroids" : history
data mi "Myocardial infarction" : history
data stroke "Stroke" : occurrence
data vaccine.day "Vaccination" : date
data surgery.day "Planned surgery" : date
data lab.ast "AST" : quantity [xULN] { range: 0 .. 100 xULN }
data lab.alt "ALT" : quantity [xULN] { range: 0 .. 100 xULN }
data hist.metastases "Metastases" : boolean
data nyha "NYHA class" : ordinal {I, II, III, IV}
visit M0 "Month 0" anchor
"""


def codes(linked: Linked, text: str, registered: str | None = None) -> set[str]:
    study = linked(DATA + text, registered)
    found = (one.kind.code for check in ANALYSES for one in check(study)[1])
    ours = {"W0606", "W0615", *(f"W063{digit}" for digit in range(10))}
    return ours & set(found)


def rule(words: str, condition: str, side: str = "inclusion", more: str = "") -> str:
    verb = "require" if side == "inclusion" else "exclude when"
    quoted = f'source """\n    {words}\n  """'
    return f'{side} only [1] "Only" {{\n  {quoted}\n  {more} {verb} {condition}\n}}\n'


# ---- amounts


@pytest.mark.parametrize(
    ("words", "condition", "found"),
    [
        ("Hemoglobin >=9 g/dL", "lab.hb >= 9 g/L", {"W0630"}),
        ("Hemoglobin >=9 g/dL", "lab.hb >= 9 g/dL", set()),
        ("Hemoglobin >=9 g/dL", "lab.hb >= 90 g/L", set()),
        ("Hemoglobin >=9 g/dL (90 g/L)", "lab.hb >= 90 g/L", set()),
        ("Hemoglobin >=9 g/dL (90 g/L)", "lab.hb >= 9 g/L", {"W0630"}),
        ("Hemoglobin >=9", "lab.hb >= 9 g/L", set()),
        ("Hemoglobin >=9 g/dL, or 9 in women", "lab.hb >= 9 g/L", set()),
        ("ANC >=1500/mcL", "lab.anc >= 1500 x10^9/L", {"W0630"}),
        ("ANC >=1500/mcL", "lab.anc >= 1500 /uL", set()),
        ("ANC >=1500/mcL", "lab.anc >= 1.5 x10^9/L", set()),
        ("ANC >=1,500/mm3", "lab.anc >= 1.5 x10^9/L", set()),
        ("ANC >=1500 cells per microliter", "lab.anc >= 1.5 x10^9/L", set()),
        ("ANC >=1500/mm3", "lab.anc > 1.5 x10^9/L", {"W0615"}),
        ("ANC >=1.5 x 10^9/L", "lab.anc >= 1500 /uL", set()),
        ("ANC >=1.5 x 109/L", "lab.anc >= 1500 /uL", set()),
        ("ANC >=1.5 x 10(9)/L", "lab.anc >= 15000 /uL", {"W0606"}),
        ("Platelets >=100,000/mcL", "lab.plt >= 100 x10^9/L", set()),
        ("Platelets >=100,000/mcL", "lab.plt >= 100000 /uL", set()),
        ("Platelets >=100 000/mcL", "lab.plt >= 100000 /uL", set()),
        ("Platelets >=100\u202f000/mcL", "lab.plt >= 100000 /uL", set()),
        ("Platelets >=100,000/mcL", "lab.plt >= 10 x10^9/L", {"W0606"}),
        ("Platelets >=100 x 10^9/L", "lab.plt >= 10 x10^9/L", {"W0606"}),
        ("Platelets >=100 × 10⁹/L", "lab.plt >= 10 x10^9/L", {"W0606"}),
        ("Platelets >=100 × 10⁹/L", "lab.plt >= 100 x10^9/L", set()),
        ("radiation >30 Gray", "radiation > 30 cGy", {"W0630"}),
        ("radiation >30 Gray", "radiation > 30 Gy", set()),
        ("FVC < 50 percent of predicted", "lung.fvc < 50 %pred", set()),
        ("more than 10 mg daily", "dose.steroid > 10 mg/d", set()),
        ("more than 10 mg per day", "dose.steroid > 10 mg/d", set()),
        ("more than 10 mg", "dose.steroid > 10 mg/d", set()),
        ("more than 10 g daily", "dose.steroid > 10 mg/d", {"W0630"}),
        ("less than 10 mg daily", "dose.steroid > 10 mg/d", {"W0615"}),
        ("older than 18 months", "demo.age > 18 years", {"W0630"}),
        ("past 2 years", "mi within 2 months before as_of", {"W0630"}),
        ("past 2 years", "mi within 24 months before as_of", set()),
        ("within 30 days", "mi within 30 weeks before as_of", {"W0630"}),
        ("within 6 months", "mi within 6 days before as_of", {"W0630"}),
        ("within 2 to 6 months", "mi within 2 months before as_of", set()),
        ("within 2 to 6 months", "mi within 2 days before as_of", {"W0630"}),
        ("within the last year", "mi within 1 year before as_of", set()),
        ("within the last year", "mi within 1 month before as_of", {"W0606"}),
        ("within 1 year prior to Day 1", "mi within 1 month before as_of", {"W0630"}),
        ("within 1 year prior to Day 1", "mi within 1 year before as_of", set()),
        ("for a month", "mi within 1 month before as_of", set()),
        ("within two weeks", "mi within 14 days before as_of", set()),
        ("a 6-week washout", "not (mi within 6 weeks before as_of)", set()),
        ("a 6-week washout", "not (mi within 6 months before as_of)", {"W0630"}),
    ],
)  # fmt: skip
def test_an_amount_is_that_of_the_words(
    linked: Linked, words: str, condition: str, found: set[str]
) -> None:
    assert codes(linked, rule(words, condition)) == found


def test_a_reading_that_states_the_number_excuses_its_unit(linked: Linked) -> None:
    decision = 'decision d "?" { reading: "9 g/L is meant" status: open }\n'
    text = rule("Hb >= 9 g/dL", "lab.hb >= 9 g/L", more="decided d")
    assert codes(linked, decision + text) == set()
    assert codes(linked, decision.replace("9 g/L", "9") + text) == set()
    assert codes(linked, decision.replace("9 g/L", "9 g/dL") + text) == {"W0630"}
    assert codes(linked, decision.replace("9 g/L", "It") + text) == {"W0630"}


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("200 mg", "dose: 200 mg", set()),
        ("200 mg", "dose: 200 ug", {"W0630"}),
        ("0.2 g", "dose: 200 mg", set()),
        ("200 mg/kg", "dose: 200 mg", set()),
        ("half-life of 9 h", "half_life: 9 days", {"W0630"}),
        ("in 50 mL of saline", "volume: 50 L", {"W0630"}),
    ],
)
def test_doses_have_the_unit_of_the_words(
    linked: Linked, words: str, text: str, found: set[str]
) -> None:
    drug = f'intervention i "I" {{\n source """\n {words}\n """\n type: drug {text}\n}}\n'
    assert codes(linked, drug) == found


def test_a_word_in_a_word_is_no_number(linked: Linked) -> None:
    assert codes(linked, rule("often written", "lab.hb >= 10 g/dL")) == {"W0606"}


# ---- windows


@pytest.mark.parametrize(
    ("words", "condition", "found"),
    [
        ("without steroids for at least 3 days", "not (drug.steroid within 3 days before as_of)",
         {"W0632"}),
        ("without steroids for at least 3 days", "not (drug.steroid within 2 days before as_of)",
         set()),
        ("without steroids for at least 3 days", "not (drug.steroid within 1 day before as_of)",
         {"W0606"}),
        ("without steroids for more than 3 days", "not (drug.steroid within 3 days before as_of)",
         set()),
        ("without steroids for 3 days or longer", "not (drug.steroid within 3 days before as_of)",
         {"W0632"}),
        ("no steroids within 3 days", "not (drug.steroid within 3 days before as_of)", set()),
        ("no steroids over 3 days", "not (drug.steroid within 3 days before as_of)", set()),
        ("at least 2 weeks since vaccination", "not (vaccine.day within 13 days before as_of)",
         set()),
        ("at least 2 weeks since vaccination", "vaccine.day <= as_of - 2 weeks", set()),
        ("at least 2 weeks since vaccination", "vaccine.day < as_of - 2 weeks", {"W0632"}),
        ("at least 2 weeks since vaccination", "not (vaccine.day > as_of - 2 weeks)", set()),
        ("at least 2 weeks since vaccination", "as_of - 2 weeks >= vaccine.day", set()),
        ("more than 2 weeks since vaccination", "vaccine.day <= as_of - 2 weeks", {"W0632"}),
        ("2 weeks since vaccination", "vaccine.day < as_of - 2 weeks", set()),
        ("vaccination < 3 weeks before surgery", "vaccine.day within 3 weeks before surgery.day",
         {"W0632"}),
        ("vaccination < 3 weeks before surgery", "vaccine.day within 20 days before surgery.day",
         set()),
        ("vaccination at most 3 weeks before surgery",
         "vaccine.day within 3 weeks before surgery.day", set()),
        ("vaccination more than 3 weeks before surgery",
         "vaccine.day within 3 weeks before surgery.day", {"W0632"}),
        ("vaccination less than 6 months before surgery",
         "(vaccine.day > surgery.day - 6 months and vaccine.day <= surgery.day)", set()),
        ("infarction less than 6 months before screening", "mi within 6 months before as_of",
         {"W0632"}),
        ("infarction less than 6 months before screening",
         "(mi ongoing or mi.last > as_of - 6 months)", set()),
    ],
)  # fmt: skip
def test_the_last_day_belongs_where_the_words_put_it(
    linked: Linked, words: str, condition: str, found: set[str]
) -> None:
    assert codes(linked, rule(words, condition)) == found


def test_what_an_exclusion_demands_is_read_the_other_way_round(linked: Linked) -> None:
    condition = "drug.steroid within 4 weeks before as_of"
    for words, found in (
        ("steroids more than 4 weeks ago", {"W0632"}),
        ("steroids must have been stopped more than 4 weeks ago", set()),
        ("steroids must have been stopped at least 4 weeks ago", {"W0632"}),
    ):
        assert codes(linked, rule(words, condition, "exclusion")) == found


@pytest.mark.parametrize(
    ("written", "words", "way_out"),
    [
        ("not (drug.steroid within 3 days before as_of)", "at least 3 days",
         "drug.steroid within 2 days before as_of"),
        ("none of { a: drug.steroid within 2 weeks before as_of }", "at least 2 weeks",
         "drug.steroid within 13 days before as_of"),
        ("(vaccine.day within 3 weeks after surgery.day)", "less than 3 weeks",
         "vaccine.day within 20 days after surgery.day"),
        ("not (mi within 1 year before as_of)", "at least 1 year",
         "(mi ongoing or mi.last > as_of - 1 year)"),
        ("(vaccine.day within 2 months before surgery.day)", "less than 2 months",
         "(vaccine.day > surgery.day - 2 months and vaccine.day <= surgery.day)"),
        ("(vaccine.day within 2 months after surgery.day)", "less than 2 months",
         "(vaccine.day < surgery.day + 2 months and vaccine.day >= surgery.day)"),
        ("(vaccine.day within 1 day before surgery.day)", "less than 1 day",
         "(vaccine.day > surgery.day - 1 day and vaccine.day <= surgery.day)"),
        ("(vaccine.day within 3 weeks of surgery.day)", "less than 3 weeks",
         "(vaccine.day > surgery.day - 3 weeks and vaccine.day < surgery.day + 3 weeks)"),
        ("not (stroke within 1 week before as_of)", "at least 1 week",
         "stroke within 6 days before as_of"),
        ("not (stroke within 1 year before as_of)", "at least 1 year",
         "stroke.last > as_of - 1 year"),
        ("(mi ongoing for at least 6 weeks)", "more than 6 weeks",
         "mi.since < as_of - 6 weeks"),
        ("(vaccine.day <= surgery.day - 2 weeks)", "more than 2 weeks",
         "vaccine.day < surgery.day - 2 weeks"),
        ("not (vaccine.day >= surgery.day - 2 weeks)", "at least 2 weeks",
         "vaccine.day > surgery.day - 2 weeks"),
        ("(vaccine.day <= surgery.day + 2 weeks)", "less than 2 weeks",
         "vaccine.day < surgery.day + 2 weeks"),
    ],
)  # fmt: skip
def test_the_way_out_stands_in_the_same_place(
    linked: Linked, written: str, words: str, way_out: str
) -> None:
    study = linked(DATA + rule(words, written))
    (found,) = (one for check in ANALYSES for one in check(study)[1] if one.kind.code == "W0632")
    assert found.help.split("`")[1] == way_out
    text, place = study.texts[0].text, found.where
    mended = linked((text[: place.start] + way_out + text[place.end :]).split("\n\n", 2)[2])
    rest = {one.kind.code for check in ANALYSES for one in check(mended)[1]}
    assert not rest & {"W0606", "W0615", "W0630", "W0631", "W0632"}


@pytest.mark.parametrize(
    ("words", "condition", "found"),
    [
        ("vaccination within 30 days prior to surgery",
         "vaccine.day within 30 days after surgery.day", {"W0631"}),
        ("vaccination within 30 days prior to surgery",
         "vaccine.day within 30 days before surgery.day", set()),
        ("vaccination within the 30 days preceding surgery",
         "vaccine.day within 30 days after surgery.day", {"W0631"}),
        ("vaccination in the last 30 days", "vaccine.day within 30 days after surgery.day",
         {"W0631"}),
        ("surgery within 30 days prior to vaccination",
         "vaccine.day within 30 days after surgery.day", set()),
        ("surgery in the previous 30 days", "vaccine.day within 30 days after surgery.day", set()),
        ("vaccination within 30 days after surgery",
         "vaccine.day within 30 days before surgery.day", {"W0631"}),
        ("surgery within 30 days prior to vaccination",
         "vaccine.day within 30 days before surgery.day", {"W0631"}),
        ("any vaccine within 30 days before the first vaccination",
         "vaccine.day within 30 days before as_of", set()),
        ("30 days after vaccination", "vaccine.day within 30 days before surgery.day", set()),
        ("30 days after completion of chemotherapy", "mi within 30 days before as_of", set()),
        ("within 30 days of surgery", "vaccine.day within 30 days after surgery.day", set()),
        ("within 30 days before or 30 days after surgery",
         "vaccine.day within 30 days after surgery.day", set()),
    ],
)  # fmt: skip
def test_a_window_lies_on_the_side_of_the_words(
    linked: Linked, words: str, condition: str, found: set[str]
) -> None:
    assert codes(linked, rule(words, condition)) == found


def test_a_decision_excuses_a_window(linked: Linked) -> None:
    decision = 'decision d "?" { reading: "3 days" status: open }\n'
    condition = "not (drug.steroid within 3 days before as_of)"
    assert codes(linked, decision + rule("at least 3 days", condition, more="decided d")) == set()


# ---- branches that another one implies


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("lab.ast <= 2.5 xULN or lab.ast <= 5 xULN", 1),
        ("lab.ast <= 5 xULN or lab.ast <= 2.5 xULN", 1),
        ("lab.ast <= 2.5 xULN or lab.ast <= 2.5 xULN", 1),
        ("lab.ast < 2.5 xULN or lab.ast <= 2.5 xULN", 1),
        ("lab.ast <= 5 xULN and lab.ast <= 2.5 xULN", 1),
        ("lab.ast >= 2 xULN and lab.ast <= 5 xULN", 0),
        ("lab.ast < 2 xULN or lab.ast > 5 xULN", 0),
        ("lab.ast <= 2 xULN or lab.ast >= 2 xULN", 0),
        ("lab.ast in 2 .. 3 xULN or lab.ast <= 3 xULN", 1),
        ("lab.ast in 2 .. 4 xULN or lab.ast <= 3 xULN", 0),
        ("lab.ast <= 2.5 xULN or lab.alt <= 5 xULN", 0),
        ("lab.ast <= 2.5 xULN or (hist.metastases and lab.ast <= 5 xULN)", 0),
        ("none of { a: lab.ast > 5 xULN b: lab.ast > 2 xULN }", 1),
        ("at least 2 of { a: lab.ast > 5 xULN b: lab.ast > 2 xULN c: lab.alt > 2 xULN }", 0),
        ("nyha >= II or nyha >= III", 1),
        ("nyha = II or nyha = III", 0),
        ("lab.hb >= 100 g/L and lab.hb >= 9 g/dL", 1),
        ("mi within 6 months before as_of or mi within 1 year before as_of", 0),
    ],
)
def test_a_branch_that_changes_nothing(linked: Linked, condition: str, count: int) -> None:
    study = linked(DATA + f'inclusion only [1] "Only" {{ require {condition} }}\n')
    found = [one for check in ANALYSES for one in check(study)[1] if one.kind.code == "W0639"]
    assert len(found) == count
    assert all(one.related for one in found)


# ---- what words state


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("Weeks 2, 4 and 8", 8, "wk"),
        ("Day 8", 8, None),
        ("SpO2 < 92 percent", 92, "%"),
        ("2-4 weeks", 2, "wk"),
        ("10 mg twice daily", 10, "mg"),
        ("1500 cells/mm3", 1500, "/mm3"),
    ],
)
def test_numbers_have_units(words: str, value: int, unit: str | None) -> None:
    (found,) = (each for each in amounts(words) if Decimal(value) in each.values)
    assert (found.unit.code if found.unit else None) == unit
