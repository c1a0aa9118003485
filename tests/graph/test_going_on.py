"""What is given for some time, and what the schedule shows of it."""

from __future__ import annotations

import pytest

from trialc.graph.from_model import link
from trialc.graph.invariants.going_on import what_goes_on_is_shown
from trialc.graph.invariants.schedule import places_agree
from trialc.graph.study import Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

TEXT = """\
language 1
protocol small { title: "Small" version: "1" }
intervention drug "Drug" { type: drug }
arm a "A" experimental { give drug as treatment at D1 %s }
visit D1 "Day 1" anchor
visit D7 "Day 7" at D1 + 6 days
visit D28 "Day 28" at D1 + 27 days window -1 day .. +1 day
visit D29 "Day 29" at D1 + 28 days
visit D30 "Day 30" at D1 + 29 days
visit D31 "Day 31" at D1 + 31 days window -3 days .. +3 days
visit C "Cycle" at D1 + 60 days every 21 days until "progression"
visit ET "Early end" unscheduled
activity dosing "Dosing" %s { gives: treatment }
"""


def linked(text: str) -> Study:
    tree, faults = parse(SourceText("t", text))
    protocol, more = resolve(tree, ())
    assert [one.message for one in (*faults, *more)] == []
    assert protocol is not None
    return link(protocol)


def codes(goes_on: str, at: str) -> list[str]:
    return [one.kind.code for one in what_goes_on_is_shown(linked(TEXT % (goes_on, at)))[1]]


@pytest.mark.parametrize(
    ("goes_on", "at", "found"),
    [
        ('until "progression"', "at D1", ["I0581"]),
        ('until "progression"', "at D1, C", []),
        ('until "progression"', "at D1, D7", []),
        ('until "progression"', "from D1 to D31", []),
        ('for 28 days until "progression"', "from D1 to D7", []),
        ("", "at D1", []),
        ("for 6 days", "at D1", []),
        ("for 7 days", "at D1", ["I0581"]),
        ("for 28 days", "at D1, D7", []),
        ("for 28 days", "from D1 to D7", ["W0582"]),
        ("for 7 days", "from D1 to D7", []),
        ("for 8 days", "from D1 to D7", ["W0582"]),
        ("for 28 days", "from D1 to D28", []),
        ("for 29 days", "from D1 to D28", []),
        ("for 31 days", "from D1 to D28", ["W0582"]),
        ("for 4 weeks", "from D1 to D29", []),
        ("for 28 days", "at D1, D30", ["W0582"]),
        ("for 29 days", "at D1, D30", ["W0582"]),
        ("for 30 days", "at D1, D30", []),
        ("for 27 days", "at D1, D29", ["W0582"]),
        ("for 28 days", "at D1, D29", ["W0582"]),  # the first day on which it is not given
        ("for 29 days", "at D1, D29", []),
        ("for 28 days", "at D1, D31", ["W0582"]),
        ("for 29 days", "at D1, D31", []),
        ("for 70 days", "at D1, C", ["W0582"]),  # the cycles go on
        ("for 28 days", "at D1, ET", []),
    ],
)
def test_the_schedule_goes_on_as_the_arm_says(goes_on: str, at: str, found: list[str]) -> None:
    assert codes(goes_on, at) == found


@pytest.mark.parametrize(
    ("days", "found"), [(59, ["W0582"]), (60, ["W0582"]), (81, ["W0582"]), (82, [])]
)
def test_the_last_of_so_many_cycles_counts(days: int, found: list[str]) -> None:
    text = TEXT.replace("every 21 days until", "every 21 days at most 2 times until")
    study = linked(text % (f"for {days} days", "at D1, C"))  # the second cycle is 81 days later
    assert [one.kind.code for one in what_goes_on_is_shown(study)[1]] == found


def test_the_way_out_names_the_visits() -> None:
    def way_out(goes_on: str) -> str:
        return what_goes_on_is_shown(linked(TEXT % (goes_on, "at D1")))[1][0].help

    assert "`activity dosing ... at D1, C { gives: treatment }`" in way_out('until "progression"')
    assert "`activity dosing ... at D1, D7 { gives: treatment }`" in way_out("for 20 days")


def test_one_drug_twice_on_one_occasion_may_go_on() -> None:
    twice = "give drug as treatment at D7"
    found = places_agree(linked(TEXT % (twice, "at D1")))[1]
    assert found[0].kind.code == "E0511"
    assert "`activity ... at D1, D7 { gives: treatment }`" in found[0].help


@pytest.mark.parametrize(
    ("goes_on", "begins", "found"),
    [
        ('until "progression"', True, []),
        ("for 28 days", True, []),
        ("", True, ["E0511"]),
        ('until "progression"', False, ["E0511"]),
    ],
)
def test_what_goes_on_is_handed_out_later(goes_on: str, begins: bool, found: list[str]) -> None:
    text = TEXT % (goes_on, "at D7, D28")
    if begins:
        text += 'activity first "First" at D1 { gives: treatment }\n'
    said = places_agree(linked(text))[1]
    assert [one.kind.code for one in said] == found
    assert all("begins in an activity of its own" in one.help for one in said)
