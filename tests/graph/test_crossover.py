"""Periods, washouts and sequences of a crossover."""

from __future__ import annotations

import pytest

from trialc.graph.invariants.crossover import half_lives
from trialc.model.protocol import Intervention
from trialc.pipeline import compile_protocol
from trialc.source import SourceText

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" allocation: randomised }
intervention a "A" { type: drug route: oral form: tablet }
intervention b "B" { type: drug route: oral form: tablet }
visit D1 "Day 1" anchor
visit D7 "Day 7" at D1 + 6 days
visit D15 "Day 15" at D1 + 14 days
visit D21 "Day 21" at D1 + 20 days
period p1 "Period 1" from D1 to D7
period p2 "Period 2" from D15 to D21 { washout: 7 days }
sequence ab "A, then B" experimental { give a in p1  give b in p2 }
sequence ba "B, then A" experimental { give b in p1  give a in p2 }
randomisation groups "Groups" { ratio: ab 1, ba 1  at: D1 }
"""


def test_a_crossover_without_fault(check) -> None:
    assert check(text=TRIAL) == []


def test_periods_in_the_order_of_time(check) -> None:
    swapped = ("from D1 to D7", "from D15 to D21 ", "from D15 to D21 {", "from D1 to D7 {")
    assert ("E0544", "p2") in check(*swapped, text=TRIAL)
    assert ("E0544", "p1") in check("from D1 to D7", "from D7 to D1", text=TRIAL)
    assert check("from D1 to D7", "from D1 to D15", "washout: 7 days", "", text=TRIAL) == []
    assert check("from D1 to D7", "from D1 to D21", "washout: 7 days", "", text=TRIAL) == [
        ("E0544", "p2")
    ]


@pytest.mark.parametrize(
    ("washout", "differs"),
    [
        ("6 days", True),
        ("7 days", False),
        ("8 days", False),
        ("9 days", True),
        ("1 week", False),
        ("2 weeks", True),
        ("3 .. 14 days", False),
        ("3 .. 6 days", True),
        ("9 .. 14 days", True),
        ("none", True),
        ("not stated", False),
        ("168 h", False),
    ],
)
def test_a_washout_is_the_time_between_the_visits(check, washout: str, differs: bool) -> None:
    found = check("washout: 7 days", f"washout: {washout}", text=TRIAL)
    assert found == ([("W0545", washout)] if differs else [])


def test_no_washout_on_the_next_day(check) -> None:
    next_day = ("D1 + 14 days", "D1 + 7 days", "washout: 7 days", "washout: none")
    assert check(*next_day, text=TRIAL) == []


def test_nothing_is_washed_out_before_the_first_period(check) -> None:
    text = TRIAL.replace("to D7\n", "to D7 { washout: 7 days }\n")
    assert check(text=text) == [("W0545", "7 days")]


@pytest.mark.parametrize(
    ("half_life", "short"),
    [("33 h", False), ("33.6 h", False), ("33.7 h", True), ("2 days", True), ("90 min", False)],
)
def test_five_half_lives(check, half_life: str, short: bool) -> None:
    """Seven days are five times 33.6 hours."""
    text = TRIAL.replace('"A" { type: drug', f'"A" {{ type: drug half_life: {half_life}')
    assert check(text=text) == ([("W0543", "7 days")] if short else [])


def test_what_goes_on_in_the_next_period_is_not_washed_out(check) -> None:
    text = TRIAL.replace('"A" { type: drug', '"A" { type: drug half_life: 3 days')
    text = text.replace("give b in p2", "give a, b in p2").replace(
        "give a in p2", "give a, b in p2"
    )
    assert [code for code, _ in check(text=text)] == ["I0542"]


def test_half_lives_are_exact() -> None:
    item = Intervention(id="a", type="drug", route="", half_life="0.1 h")
    hours = half_lives(item)
    assert hours is not None
    assert hours * 2 == 1
    assert half_lives(Intervention(id="a", type="drug", route="")) is None


def test_what_a_sequence_leaves_out(check) -> None:
    assert ("W0541", "ab") in check("give b in p2", "give a in p2", text=TRIAL)


THREE = """\
language 1
protocol small { title: "Small" version: "1" allocation: randomised }
intervention a "A" { type: drug route: oral form: tablet }
intervention b "B" { type: drug route: oral form: tablet }
intervention c "C" { type: drug route: oral form: tablet }
visit D1 "Day 1" anchor
visit D2 "Day 2" at D1 + 1 day
visit D3 "Day 3" at D1 + 2 days
period p1 "Period 1" at D1
period p2 "Period 2" at D2
period p3 "Period 3" at D3
sequence abc "ABC" experimental { give a in p1  give b in p2  give c in p3 }
sequence bca "BCA" experimental { give b in p1  give c in p2  give a in p3 }
sequence cab "CAB" experimental { give c in p1  give a in p2  give b in p3 }
randomisation groups "Groups" { ratio: abc 1, bca 1, cab 1  at: D1 }
"""
OTHERS = """\
sequence acb "ACB" experimental { give a in p1  give c in p2  give b in p3 }
sequence bac "BAC" experimental { give b in p1  give a in p2  give c in p3 }
sequence cba "CBA" experimental { give c in p1  give b in p2  give a in p3 }
"""


def test_a_latin_square_may_favour_an_order(check, messages) -> None:
    assert check(text=THREE) == [("I0542", "abc")]
    assert messages(text=THREE) == [
        "the sequences are not balanced: `b` follows `a` twice, `c` never follows `a`"
    ]


def test_all_six_orders_are_balanced(check) -> None:
    text = THREE.replace("cab 1 ", "cab 1, acb 1, bac 1, cba 1 ") + OTHERS
    assert check(text=text) == []
    assert check("cab 1 ", "cab 2 ", text=THREE) == [("I0542", "abc")]


def test_masked_roles_see_the_periods(check) -> None:
    masked = TRIAL + 'role nurse "Nurse"\nmasking m "M" { masked: nurse }\n'
    assert check(text=masked) == []
    spray = masked.replace('"B" { type: drug route: oral', '"B" { type: drug route: nasal')
    assert [code for code, _ in check(text=spray)] == ["E0517", "E0517"]


def test_a_period_that_no_sequence_has(check) -> None:
    text = "\n".join(line for line in TRIAL.splitlines() if "sequence" not in line)
    text = text.replace('randomisation groups "Groups" { ratio: ab 1, ba 1  at: D1 }', "")
    assert [code for code, _ in check(text=text)] == ["W0519"] * 4


GATED = """
role board "Board"
event sae "SAE" { reports grade "Grade" {mild, severe} counts when event.grade = severe }
activity dosing "Dosing" at D1, D15 { gives: p1, p2 reviews: sae }
gate second_period "Second period" per participant {
  guards give p2
  opens when no sae after p1
  otherwise withhold, notify board
}
trial test quiet "Nothing happened" {
  given block 1 of 2 participants with p1 from 2027-01-04 every 1 days
  when no sae in block through 2027-01-18
  expect second_period open on 2027-01-18 for participant 1
}
trial test loud "One was harmed" {
  given block 1 of 2 participants with p1 from 2027-01-04 every 1 days
  when sae in participant 2 on 2027-01-07 { grade: severe }
  when no sae in participant 1 through 2027-01-18
  expect second_period open on 2027-01-18 for participant 1
  expect second_period held on 2027-01-18 for participant 2
}
"""


def test_a_gate_stands_before_a_period() -> None:
    text = TRIAL.replace("ratio: ab 1, ba 1", "blocks: 4 of 2  ratio: ab 1, ba 1") + GATED
    made = compile_protocol(SourceText("t", text), lambda _: None, lambda: 0.0)
    assert [found.message for found in made.diagnostics if found.is_error] == []
    wrong = compile_protocol(
        SourceText("t", text.replace("second_period held", "second_period open")),
        lambda _: None,
        lambda: 0.0,
    )
    assert [found.kind.code for found in wrong.diagnostics if found.is_error] == ["E0703"]
