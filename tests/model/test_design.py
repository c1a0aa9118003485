"""Title page, design, events, gates, schedule: what they say, and what they cannot say."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model.expression import Junction
from trialc.model.protocol import Protocol

DESIGN = """
role investigator "Investigator"
data demo.weight "Weight" : quantity [kg] { range: 25 .. 250 kg }
data demo.bsa "Surface" : quantity [m2] { range: 0.5 .. 3 m2 }
data demo.sex "Sex" : choice {female, male}
intervention drug "Drug" { type: drug }
arm one "One" experimental { give drug as dose_1 at M0  give drug as dose_2 at M3 }
visit M0 "Month 0" anchor
visit M3 "Month 3" at M0 + 3 months
event sae "SAE" {
  reports severity "Severity" {mild, severe}
  counts when event.severity = severe
}
"""


# ---- title page


def test_the_title_page(whole: Any) -> None:
    made: Protocol = whole(
        'language 1\nprotocol p {\n title: "T" acronym: "A" version: "1.0" '
        'registry: nct "NCT1", eudract "2"\n registry: org "3" phase: phase_1, phase_2 '
        'condition: "C" condition: "D" enrolment: 18 estimated sites: 1 ages: from 18 years '
        "to 70 years healthy_volunteers: no sex: all sponsor: unnamed }\n"
    ).protocol
    about = made.metadata
    assert [(item.registry, item.value) for item in about.identifiers] == [
        ("nct", "NCT1"),
        ("eudract", "2"),
        ("org", "3"),
    ]
    assert (about.phases, about.conditions) == (("phase_1", "phase_2"), ("C", "D"))
    assert (about.enrolment, about.enrolment_type, about.sites) == (18, "estimated", 1)
    assert (about.minimum_age, about.maximum_age) == ("18 years", "70 years")
    assert (about.healthy_volunteers, about.sponsor) == (False, "unnamed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18", (18, "")),
        ("18 actual", (18, "actual")),
        ("18\n    estimated", (18, "estimated")),
    ],
)
def test_enrolment_is_a_plan_or_a_count(whole: Any, text: str, expected: object) -> None:
    made = whole(f'language 1\nprotocol p {{ title: "T" version: "1" enrolment: {text} }}\n')
    assert (made.protocol.metadata.enrolment, made.protocol.metadata.enrolment_type) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("enrolment: many", "E0307"),
        ("enrolment: 18 hoped", "E0307"),
        ("enrolment: 18 estimated actual", "E0307"),
        ("enrolment: 18.5", "E0416"),
        ("enrolment: -3", "E0416"),
        ("enrolment: 1e12", "E0416"),
        ("sites: one", "E0307"),
        ("ages: 18 years", "E0307"),
        ("ages: from 18", "E0307"),
        ("ages: from 18 kg", "E0307"),
        ("ages: from 18 years from 20 years", "E0307"),
        ("healthy_volunteers: perhaps", "E0307"),
        ("registry: nct", "E0307"),
        ('registry: "nct" "1"', "E0307"),
        ('title: "Another"', "E0305"),
        ("titel: x", "E0304"),
        ("require a", "E0316"),
    ],
)
def test_the_title_page_has_forms(whole: Any, text: str, code: str) -> None:
    made = whole(f'language 1\nprotocol p {{ title: "T" version: "1" {text} }}\n')
    assert made.codes == [code]


def test_a_title_and_a_version_are_needed(whole: Any) -> None:
    assert whole("language 1\nprotocol p { }\n").codes == ["E0306", "E0306"]


def test_asides_and_sources_keep_their_clauses(whole: Any) -> None:
    made: Protocol = whole(
        'language 1\nprotocol p { title: "T" version: "1"\n source """\n One  two\n\n Three\n """'
        '\n aside "menu" """\n Home\n """ }\n'
    ).protocol
    assert made.metadata.sources[0].clauses == ("One two", "Three")
    assert made.metadata.asides[0].reason == "menu"
    assert made.metadata.asides[0].quote.clauses == ("Home",)


# ---- interventions, arms, randomisation, masking


@pytest.mark.parametrize(
    ("dose", "code"),
    [
        ("50 mg", None),
        ("5 mg/kg of demo.weight", None),
        ("1e6 cell/kg of demo.weight at M0", None),
        ("5 mg/m2 of demo.bsa at M0", None),
        ("5 mg/kg of demo.bsa", "E0402"),
        ("5 mg/kg of demo.sex", "E0402"),
        ("50", "E0307"),
        ("-5 mg", "E0307"),
        ("5 foo", "E0401"),
        ("5 mg of", "E0307"),
        ("5 mg/kg of demo.weight at", "E0307"),
        ("5 mg/kg at M0 of demo.weight", "E0307"),
        ("5 mg/kg of nothing", "E0302"),
        ("5 mg/kg of demo.weight at M9", "E0302"),
    ],
)
def test_doses(small: Any, dose: str, code: str | None) -> None:
    made = small(f'{DESIGN}intervention x "X" {{ type: drug dose: {dose} volume: 50 mL }}\n')
    assert made.codes == ([code] if code else [])


@pytest.mark.parametrize(
    ("frequency", "known"),
    [
        ("twice daily", "twice daily"),
        ("every other day", "every other day"),
        ("every 8 h", "every 8 h"),
        ("every 3 weeks", "every 3 weeks"),
        ('"with meals"', "with meals"),
        ("hourly", None),
        ("every 3 kg", None),
        ("every 0 days", None),
    ],
)
def test_how_often(small: Any, frequency: str, known: str | None) -> None:
    made = small(f'intervention x "X" {{ type: drug frequency: {frequency} }}\n')
    assert made.made is not None
    assert made.made.interventions[0].frequency == (known or "")
    assert bool(made.codes) is (known is None)


def test_how_long_and_how_much_at_an_occasion(small: Any) -> None:
    gives = 'give drug 30 mg as a at M0 for 7 days  give drug as b at M0 until "the end"'
    text = f'arm z "Z" experimental {{ {gives} }}'
    drug = 'intervention drug "Drug" { type: drug dose: 15 mg }\nvisit M0 "M0" anchor\n'
    first, second = small(f"{drug}{text}\n").protocol.arms[0].gives
    assert (first.dose.text, first.length.amount, first.length.unit) == ("30 mg", 7, "day")
    assert (second.dose, second.length, second.until) == (None, None, "the end")


def test_a_randomisation_without_blocks(small: Any) -> None:
    text = """
data sex "Sex" : choice {female, male}
intervention drug "Drug" { type: drug }
visit M0 "M0" anchor
arm a "A" experimental { give drug as a1 at M0 }
arm b "B" experimental { give drug as a1 at M0 }
randomisation r "R" { ratio: a 2, b 1 strata: sex, "site" cap: 90 at: M0 }
"""
    protocol = small(text).protocol
    (found,) = protocol.randomisations
    assert (found.blocks, found.block_size, found.cap) == (0, 0, 90)
    assert [(one.name, one.text) for one in found.strata] == [("sex", ""), ("", "site")]
    assert protocol.blocked is None


def test_a_volume_is_a_volume(small: Any) -> None:
    assert small('intervention x "X" { type: drug volume: 5 kg }\n').codes == ["E0402"]
    assert small('intervention x "X" { type: drug volume: 5 }\n').codes == ["E0307"]


def test_a_ratio_may_be_unstated_as_a_whole(small: Any) -> None:
    def made(ratio: str) -> Any:
        return small(f'{DESIGN}randomisation r "R" {{ ratio: {ratio} }}\n')

    assert made("not stated").protocol.randomisations[0].ratio == ()
    assert made("one 1, not stated").codes == ["E0307"]
    assert made("one not stated").codes == ["E0307"]


COLLECTING = """visit V "V" anchor
visit W "W" at V + 1 week
data kg "KG" : quantity [kg] { range: 1 .. 300 kg }
data cm "CM" : quantity [cm] { range: 1 .. 250 cm }
derive bmi "BMI" [kg/m2] = kg / (cm * cm)
"""


@pytest.mark.parametrize(
    ("others", "collected"),
    [
        ("", ("kg", "cm")),
        ('activity x "X" at V, W { collects: cm }\n', ("kg",)),
        ('activity x "X" at V { collects: cm }\n', ("kg", "cm")),
        ('activity x "X" at V { collects: cm }\nactivity y "Y" at W { collects: cm, kg }\n',
         ("kg",)),
        ('activity x "X" at V, W { collects: cm when kg > 2 kg }\n', ("kg", "cm")),
        ('activity x "X" at V, W { collects: cm, kg }\n', ()),
        ('activity x "X" at V, W { collects: bmi }\n', ()),
    ],
)  # fmt: skip
def test_a_derived_number_is_collected_as_what_it_is_made_of(
    small: Any, others: str, collected: tuple[str, ...]
) -> None:
    text = COLLECTING + others + 'activity a "A" at V, W { collects: bmi }\n'
    made = small(text).protocol.activities[-1]
    assert made.collects == collected
    assert [(one.number, one.inputs) for one in made.calculates] == [("bmi", collected)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('randomisation r "R" { blocks: 3 of 6 }', "E0306"),
        ('randomisation r "R" { ratio: one 1 strata: M0 }', "E0303"),
        ('randomisation r "R" { ratio: one 1 strata: demo.weight }', "E0404"),
        ('randomisation r "R" { ratio: one 1 strata: 3 }', "E0307"),
        ('randomisation r "R" { ratio: one 1 cap: 2.5 }', "E0416"),
        ('randomisation r "R" { ratio: one 6 blocks: 3 }', "E0307"),
        ('randomisation r "R" { ratio: one 6 blocks: 3 of 6.5 }', "E0416"),
        ('randomisation r "R" { ratio: one 6 blocks: 3 of 6 kg }', "E0416"),
        ('randomisation r "R" { ratio: one 6 blocks: 0 of 6 }', "E0307"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: one 2 kg }', "E0416"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: one 6 at: M0 M3 }', "E0307"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: one }', "E0307"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: none_such 6 }', "E0302"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: one 6 order: random }', "E0307"),
        ('randomisation r "R" { blocks: 3 of 6 ratio: one 6 at: M9 }', "E0302"),
        ('arm a "A" experimental { }', "E0321"),
        ('arm a "A" experimental { give drug as d at M9 }', "E0302"),
        ('arm a "A" experimental { give one as d at M0 }', "E0303"),
        ('masking m "M" { masked: nobody }', "E0302"),
        ('masking m "M" { masked: investigator }\nmasking n "N" { }', "E0325"),
        ('visit V "V" at M0 + 3 kg', "E0417"),
        ('visit V "V" at M0 + 1.5 months', "E0416"),
        ('visit V "V" at M0 + 3 days window -3 days .. +1 week', "E0402"),
        ('visit V "V" at M0 + 3 days window +3 days .. -3 days', "E0408"),
        ('visit V "V" at M0 + 3 days window -3 years .. +1 year', "E0417"),
        ('activity v "V" at M0 { does: dancing }', "E0307"),
        ('activity v "V" at M0 { collects: sae }', "E0303"),
        ('activity v "V" at M0 { when demo.weight }', "E0403"),
    ],
)
def test_designs_that_cannot_be(small: Any, text: str, code: str) -> None:
    assert small(f"{DESIGN}{text}\n").codes == [code]


def test_visits_keep_what_the_text_states(small: Any) -> None:
    made: Protocol = small(
        DESIGN + 'visit S "S" before M0\nvisit U "U" unscheduled\n'
        'visit W "W" at M0 - 2 weeks window -3 days .. +7 days\n'
        'visit H "H" at M0 + 6 hours window 0 hours .. +1 hour\n'
        'visit N "N" at M0 window not stated\n'
    ).protocol
    visits = {visit.id: visit for visit in made.visits}
    assert (visits["S"].timing, visits["U"].timing) == ("before", "unscheduled")
    offset, window = visits["W"].offset, visits["W"].window
    assert offset is not None
    assert window is not None
    assert (offset.amount, offset.unit) == (-2, "week")
    assert (window.early, window.late, window.unit) == (-3, 7, "day")
    assert visits["H"].offset is not None
    assert visits["H"].offset.unit == "hour"
    assert (visits["N"].offset, visits["N"].window) == (None, None)


# ---- events


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("event.severity in {mild, severe}", None),
        ("not event.severity = mild", None),
        ("any of { a: event.severity != mild } unless event.severity = severe", None),
        ("event.severity", "E0403"),
        ("event.severity = grave", "E0405"),
        ("event.severe = severe", "E0302"),
        ("event.severity > mild", "E0404"),
        ("demo.sex = female", "E0413"),
        ("demo.weight > 30 kg", "E0413"),
        ("30 kg < demo.weight", "E0413"),
        ("demo.sex in {female}", "E0413"),
        ("demo.weight in 30 .. 40 kg", "E0413"),
        ("years from ssc.onset to as_of > 2 years", "E0413"),
        ("event.severity = severe attributed to ssc", "E0413"),
        ("event.severity = severe if done", "E0413"),
        ("no sae after dose_1", "E0413"),
    ],
)
def test_an_event_looks_at_its_own_report(small: Any, rule: str, code: str | None) -> None:
    text = DESIGN.replace("event.severity = severe", rule) + 'cause ssc "SSc"\n'
    assert small(text).codes == ([code] if code else [])


def test_an_event_says_when_it_counts(small: Any) -> None:
    every = small('event e "E" { reports s "S" {a} }\n').protocol.events[0]
    assert every.condition == Junction(quantifier="all", branches=())
    assert small(
        'event e "E" { reports s "S" {a} reports s "T" {b} counts when event.s = a }\n'
    ).codes == ["E0308", "E0405"]


# ---- gates


@pytest.mark.parametrize(
    ("per", "rule", "code"),
    [
        ("participant", "no sae after dose_1", None),
        ("patient", "not no sae within 1 month after dose_1", None),
        ("participant", "elapsed since dose_1 >= 0 days and no sae after dose_2", None),
        ("participant", "every participant in this block satisfies no sae after dose_1", None),
        ("block", "count of participants in previous block given dose_1 = 6", None),
        ("block", "any of { a: every participant in block 1 satisfies any of { b: no sae after "
         "dose_1 } c: count of participants in this block given dose_2 = 1 }", None),
        ("trial", "count of participants in block 1 given dose_1 = 6", None),
        ("arm", "no sae after dose_1", "E0307"),
        ("participant", "demo.sex = female", "E0413"),
        ("participant", "no one after dose_1", "E0303"),
        ("participant", "no sae after dose_3", "E0302"),
        ("participant", "no sae within 0 days after dose_1", "E0417"),
        ("participant", "no sae within 3 hours after dose_1", "E0550"),
        ("participant", "elapsed since dose_1 > 3 days", "E0413"),
        ("participant", "elapsed since dose_1 >= 3 hours", None),
        ("block", "count of participants in block 1 given dose_1 >= 6", None),
        ("block", "count of participants in block 1 given dose_1 = 6.5", "E0416"),
        ("block", "no sae after dose_1", "E0413"),
        ("trial", "elapsed since dose_1 >= 3 days", "E0413"),
        ("trial", "count of participants in previous block given dose_1 = 6", "E0413"),
        ("block", "every participant in block 1 satisfies every participant in block 1 satisfies "
         "no sae after dose_1", "E0413"),
        ("block", "every participant in block 1 satisfies (count of participants in block 1 given "
         "dose_1 = 1)", "E0413"),
        ("block", "at least 3 of { a: count of participants in block 1 given dose_1 = 1 }",
         "E0412"),
        ("participant", "any of { a: no sae after dose_1 a: no sae after dose_2 }", "E0308"),
    ],
)  # fmt: skip
def test_a_gate_looks_at_dated_events(small: Any, per: str, rule: str, code: str | None) -> None:
    made = small(f'{DESIGN}gate g "G" per {per} {{ guards give dose_2 opens when {rule} }}\n')
    assert made.codes == ([code] if code else [])


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("guards give dose_2", ["E0321"]),
        ("opens when no sae after dose_1", ["E0321"]),
        ("guards give dose_9 opens when no sae after dose_1", ["E0302"]),
        ("guards randomise in block 3 .. 2 opens when no sae after dose_1", ["E0408"]),
        ("guards give dose_2 opens when no sae after dose_1 opens when no sae after dose_2",
         ["E0305"]),
    ],
)  # fmt: skip
def test_a_gate_stands_before_something(small: Any, body: str, codes: list[str]) -> None:
    assert small(f'{DESIGN}gate g "G" per participant {{ {body} }}\n').codes == codes


# ---- criteria


def test_criteria_have_one_rule_and_a_number_of_their_own(small: Any) -> None:
    data = 'data a "A" : boolean\n'
    for text, codes in [
        ('inclusion x [1] "X" { }', ["E0321"]),
        ('inclusion x [1] "X" { exclude when a }', ["E0316"]),
        ('inclusion x [1] "X" { require a require a }', ["E0305"]),
        ('inclusion x [1] "X" { require a }\nexclusion y [1] "Y" { exclude when a }', []),
        ('inclusion x [1] "X" { require a }\ninclusion y [1] "Y" { require a }', ["E0318"]),
    ]:
        assert small(f"{data}{text}\n").codes == codes


def test_an_event_says_who_attests_its_absence(small: Any) -> None:
    text = (
        'role nurse "Nurse"\nrole doctor "Doctor"\n'
        'event e "E" {{ {} reports s "S" {{a, b}} counts when event.s = a }}\n'
    )
    assert small(text.format("")).protocol.events[0].by == ()
    assert small(text.format("attested by doctor, nurse")).protocol.events[0].by == (
        "doctor",
        "nurse",
    )
    assert small(text.format("attested by docter")).faults == [("E0302", "docter")]
    assert small(text.format("attested by e")).codes == ["E0303"]


def test_only_an_event_is_attested_by_somebody(small: Any) -> None:
    found = small('role nurse "Nurse"\nrole doctor "Doctor" { attested by nurse }\n')
    assert [fault.message for fault in found.found] == ["`attested by` does not belong into a role"]
