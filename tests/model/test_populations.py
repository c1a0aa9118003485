"""Populations: the choice that they are, and of whom the criteria for them are asked."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.interpreter import screen

KINDS = """
population uganda "Uganda" { kind: country }
population zimbabwe "Zimbabwe" { kind: country }
population escalation "Escalation" { kind: part cap: 10 % }
population expansion "Expansion" { kind: part cap: 63 enrolment: 40 }
data lab.hb "Haemoglobin" : quantity [g/dL]
data pregnant "Pregnant" : boolean
"""
ENTRIES = """
population initial "First" { kind: entry }
population later "Later" { kind: entry }
data lab.hb "Haemoglobin" : quantity [g/dL]
"""
AS_OF = {"as_of": "2027-01-04"}


def verdict(made: Any, **record: Any) -> str:
    values = {key.replace("__", "."): value for key, value in record.items()}
    return screen(made.protocol, {**AS_OF, **values})["verdict"]


def test_one_kind_is_one_choice(small: Any) -> None:
    protocol = small(ENTRIES).protocol
    assert [item.id for item in protocol.data] == ["population", "lab.hb"]
    assert protocol.data[0].options == ("initial", "later")
    assert protocol.population_choices == {"population": ("initial", "later")}


def test_several_kinds_are_several_choices(small: Any) -> None:
    protocol = small(KINDS).protocol
    assert protocol.population_choices == {
        "population.country": ("uganda", "zimbabwe"),
        "population.part": ("escalation", "expansion"),
    }
    _, _, escalation, expansion = protocol.populations
    assert (escalation.cap.percent, expansion.cap.participants, expansion.enrolment) == (
        "10",
        63,
        40,
    )


HB = 'inclusion hb [1] "Hb" for later { require lab.hb >= 8.5 g/dL }\n'


@pytest.mark.parametrize(
    ("population", "hb", "expected"),
    [
        ("later", 8.4, "ineligible"),
        ("later", 8.5, "eligible"),
        ("later", 8.6, "eligible"),
        ("initial", 8.4, "eligible"),
        ("initial", None, "eligible"),
        ("later", None, "undetermined"),
        (None, 8.5, "eligible"),  # whoever it is, the criterion is met
        (None, 8.4, "undetermined"),
    ],
)
def test_a_criterion_is_asked_of_its_population(
    small: Any, population: str | None, hb: float | None, expected: str
) -> None:
    assert verdict(small(ENTRIES + HB), population=population, lab__hb=hb) == expected


def test_where_every_population_is_closed_nobody_needs_to_say_which(small: Any) -> None:
    text = (
        ENTRIES + HB + 'exclusion hb_first [1] "Hb" for initial { exclude when lab.hb < 9 g/dL }\n'
    )
    assert verdict(small(text), lab__hb=8.4) == "ineligible"
    assert verdict(small(text), lab__hb=8.5) == "undetermined"


def test_only_the_needed_population_is_asked_for(small: Any) -> None:
    result = screen(small(ENTRIES + HB).protocol, {**AS_OF, "lab.hb": 8.4})
    assert [need["input"] for need in result["needs"]] == ["population"]


def test_kinds_are_asked_together(small: Any) -> None:
    text = KINDS + 'exclusion hb [1] "Hb" for uganda, expansion { exclude when lab.hb < 9 g/dL }\n'
    made = small(text)
    both = {"population__country": "uganda", "population__part": "expansion"}
    assert verdict(made, lab__hb=8, **both) == "ineligible"
    assert verdict(made, lab__hb=8, **{**both, "population__part": "escalation"}) == "eligible"
    assert verdict(made, lab__hb=8, **{**both, "population__country": "zimbabwe"}) == "eligible"


def test_a_criterion_for_all_of_a_kind_asks_nobody_which(small: Any) -> None:
    text = KINDS + 'exclusion hb [1] "Hb" for uganda, zimbabwe { exclude when lab.hb < 9 g/dL }\n'
    assert small(text).protocol.criteria[0].condition.kind == "compare"


def test_beside_applies_when(small: Any) -> None:
    text = (
        ENTRIES + 'data preg "Pregnant" : boolean\n'
        'exclusion hb [1] "Hb" for later { applies when preg exclude when lab.hb < 9 g/dL }\n'
    )
    assert verdict(small(text), population="later", preg=True, lab__hb=8) == "ineligible"
    assert verdict(small(text), population="later", preg=False, lab__hb=8) == "eligible"
    assert verdict(small(text), population="initial", preg=True, lab__hb=8) == "eligible"


def test_the_result_says_who_is_asked(small: Any) -> None:
    protocol = small(ENTRIES + HB).protocol
    asked = [
        screen(protocol, {**AS_OF, "population": code})["criteria"][0]
        for code in ("later", "initial", None)
    ]
    assert [item["asked"] for item in asked] == [True, False, None]
    assert asked[0]["for"] == ["later"]


# ---- numbers


def test_a_number_is_used_once_for_every_population(small: Any) -> None:
    first = 'inclusion a [1] "A" for initial { require lab.hb > 9 g/dL }\n'
    assert small(ENTRIES + HB + first).codes == []
    everybody = 'inclusion b [1] "B" { require lab.hb > 9 g/dL }\n'
    assert small(ENTRIES + HB + everybody).codes == ["E0318"]
    again = 'inclusion c [1] "C" for later, initial { require lab.hb > 9 g/dL }\n'
    assert small(ENTRIES + HB + again).codes == ["E0318"]


def test_numbers_of_two_kinds_meet(small: Any) -> None:
    text = (
        'inclusion a [1] "A" for uganda { require lab.hb > 9 g/dL }\n'
        'inclusion b [1] "B" for expansion { require lab.hb > 8 g/dL }\n'
        'inclusion c [1] "C" for zimbabwe, escalation { require lab.hb > 7 g/dL }\n'
    )
    assert small(KINDS + text).codes == ["E0318"]  # b meets a in Uganda; c meets neither


# ---- where they are looked at


def test_criteria_are_assessed_where_their_population_is(small: Any) -> None:
    text = (
        'visit D0 "Day 0" anchor\nvisit D7 "Day 7" at D0 + 7 days\n'
        'population initial "First" { kind: entry assessed: D0 }\n'
        'population later "Later" { kind: entry assessed: D7 }\n'
        'data well "Well" : boolean\n'
        'inclusion a [1] "A" for later { require well }\n'
        'inclusion b [2] "B" for later, initial { require well }\n'
        'inclusion c [3] "C" for later { assessed: D0, D7 require well }\n'
        'inclusion d [4] "D" { require well }\n'
    )
    places = [item.assessed for item in small(text).protocol.criteria]
    assert places == [("D7",), ("D7", "D0"), ("D0", "D7"), ()]


# ---- tests and names


def test_a_test_for_a_population(small: Any) -> None:
    text = ENTRIES + HB + 'patient typical "T" { as_of: 2027-01-04 }\n'
    made = small(text + 'test t "T" for later { given typical expect undetermined }\n').protocol
    assert [(c.path, c.value) for c in made.tests[0].changes] == [("population", "later")]
    wrong = 'test t "T" for latr { given typical expect undetermined }\n'
    assert small(text + wrong).faults == [("E0302", "latr")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('inclusion a [1] "A" for latr { require lab.hb > 9 g/dL }\n', ("E0302", "latr")),
        ('inclusion a [1] "A" for lab.hb { require lab.hb > 9 g/dL }\n', ("E0303", "lab.hb")),
        ('population c "C" { kind: town }\n', ("E0405", "town")),
        ('population c "C" { kind: entry cap: 0 % }\n', ("E0330", "0 %")),
        ('population c "C" { kind: entry cap: 5 kg }\n', ("E0307", "cap")),
        ('population later "Again" { kind: entry }\n', ("E0301", "later")),
    ],
)
def test_mistakes(small: Any, text: str, fault: tuple[str, str]) -> None:
    assert small(ENTRIES + text).faults == [fault]


def test_the_word_is_free_where_there_are_no_populations(small: Any) -> None:
    text = (
        'data population "Population" : choice {a, b}\n'
        'exclusion x [1] "X" { exclude when population = a }\n'
    )
    assert small(text).codes == []


def test_other_choices_of_such_names_are_left_alone(small: Any) -> None:
    text = (
        'data population.part "Part" : choice {adult, other}\n'
        'data ill "Ill" : boolean\n'
        'population adult "Adults" { kind: cohort }\n'
        'population child "Children" { kind: cohort }\n'
        'exclusion x [1] "X" for adult { exclude when ill }\n'
    )
    made = small(text)
    assert made.protocol.populations[0].element == "population"
    assert verdict(made, population="adult", population__part="other", ill=True) == "ineligible"


def test_a_choice_that_is_declared_wrongly_as_well(small: Any) -> None:
    text = (
        'data population "P" : quantity [nix]\npopulation adult "Adults"\n'
        'data ill "Ill" : boolean\nexclusion x [1] "X" for adult { exclude when ill }\n'
    )
    assert set(small(text).codes) == {"E0326", "E0401"}
