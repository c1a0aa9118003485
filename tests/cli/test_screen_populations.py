"""`protoc screen` for a population, at a visit, and of who is ineligible for now."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Protoc = Callable[..., Result]

TEXT = """language 1
protocol small { title: "Small" version: "1" }
population initial "First" { kind: entry assessed: SCREEN }
population later "Later" { kind: entry assessed: W36 }
data lab.hb "Haemoglobin" : quantity [g/dL]
data ill "Ill" : boolean
exclusion anaemia [1] "Anaemia" for initial {
  failure: temporary recheck: after 28 days exclude when lab.hb < 8.5 g/dL
}
exclusion anaemia_later [1] "Anaemia" for later { exclude when lab.hb < 7 g/dL }
exclusion illness [2] "Illness" { exclude when ill }
visit SCREEN "Screening" before W0
visit W0 "Week 0" anchor
visit W36 "Week 36" at W0 + 36 weeks
activity ask "Questions" at SCREEN, W36 { collects: lab.hb, ill }
activity review "Review" at SCREEN, W36 { does: eligibility }
"""


@pytest.fixture
def asked(protoc: Protoc, home: Path) -> Callable[..., Result]:
    """Screens a record of the small protocol."""
    (home / "small.proto.txt").write_text(TEXT, encoding="utf-8")

    def ask(*options: str, **record: Any) -> Result:
        values = {key.replace("__", "."): value for key, value in record.items()}
        text = json.dumps({"as_of": "2027-01-04", **values})
        (home / "p.json").write_text(text, encoding="utf-8")
        return protoc("screen", "small.proto.txt", "p.json", *options)

    return ask


def test_for_a_population(asked: Callable[..., Result]) -> None:
    found = asked("--for", "later", lab__hb=8.4, ill=False)
    assert found.exit_code == 0
    assert "exclusion [1] Anaemia: not asked, it is for initial" in found.stdout


def test_ineligible_for_now(asked: Callable[..., Result]) -> None:
    found = asked("--for", "initial", lab__hb=8.4, ill=False)
    assert found.exit_code == 3
    assert "ineligible for now (as of 2027-01-04): recheck on 2027-02-01" in found.stdout
    assert "applies (temporary, recheck 2027-02-01)" in found.stdout


def test_a_record_that_says_another_population(asked: Callable[..., Result]) -> None:
    found = asked("--for", "later", lab__hb=8.4, ill=False, population="initial")
    assert found.exit_code == 2
    assert "`population` is 'initial' in the record, `--for` says 'later'" in found.stderr
    same = asked("--for", "initial", lab__hb=9, ill=False, population={"value": "initial"})
    assert same.exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--for", "nobody"),
        ("--for", "initial", "--for", "later"),
        ("--at", "W0"),
        ("--at", "X"),
        ("--at", ""),
    ],
)
def test_bad_use(asked: Callable[..., Result], options: tuple[str, ...]) -> None:
    assert asked(*options, ill=False).exit_code == 2


def test_at_a_visit(asked: Callable[..., Result]) -> None:
    found = asked("--at", "W36", "--for", "later", lab__hb=8.4, ill=False)
    assert found.exit_code == 0
    assert "eligible at W36 (as of 2027-01-04)" in found.stdout
    assert "not assessed at W36: anaemia" in found.stdout


def test_at_a_visit_at_which_nothing_is_asked_of_the_population(
    asked: Callable[..., Result], home: Path
) -> None:
    general = 'exclusion illness [2] "Illness" { exclude'
    there = TEXT.replace(general, 'exclusion illness [2] "Illness" { assessed: W36 exclude')
    (home / "small.proto.txt").write_text(there, encoding="utf-8")
    found = asked("--at", "SCREEN", "--for", "later", lab__hb=9, ill=False)
    assert found.exit_code == 2
    said = "nothing is assessed at SCREEN for this population: its criteria are for initial"
    assert said in found.stderr
    assert "eligible" not in found.stdout
    # a record that says no population is not known to be asked nothing
    assert asked("--at", "SCREEN", lab__hb=8, ill=False).exit_code == 4
    assert asked("--at", "W36", "--for", "initial", lab__hb=9, ill=False).exit_code == 0


def test_at_a_review_of_criteria_that_are_all_assessed_elsewhere(
    asked: Callable[..., Result], home: Path
) -> None:
    there = TEXT.replace("at SCREEN, W36 { does", "at SCREEN, W0, W36 { does")
    general = 'exclusion illness [2] "Illness" { exclude'
    there = there.replace(general, 'exclusion illness [2] "Illness" { assessed: W36 exclude')
    (home / "small.proto.txt").write_text(there, encoding="utf-8")
    found = asked("--at", "W0", lab__hb=9, ill=False)
    assert found.exit_code == 2
    assert "no criterion is assessed at W0; they are at SCREEN, W36" in found.stderr


def test_an_empty_name_of_a_visit_is_not_no_visit(asked: Callable[..., Result]) -> None:
    found = asked("--at", "", lab__hb=9, ill=False)
    assert found.exit_code == 2
    assert "no visit is named; they are at SCREEN, W36" in found.stderr


ENOUGH = 'inclusion enough [1] "Enough" for initial { require lab.hb >= 10 g/dL }\n'


def test_who_is_in_a_population_is_not_told_the_opposite(
    asked: Callable[..., Result], home: Path
) -> None:
    (home / "small.proto.txt").write_text(TEXT + ENOUGH, encoding="utf-8")
    found = asked("--for", "initial", lab__hb=9, ill=False).stdout
    assert "asked only if Population is First; answer: no" in found
    other = asked("--for", "later", "--full", lab__hb=8.4, ill=False).stdout
    assert "is First; not asked here, which counts as: yes" in other


def test_many_that_are_not_asked_are_one_line(home: Path, protoc: Protoc) -> None:
    more = 'exclusion two [3] "Two" for initial { exclude when ill }\n'
    (home / "small.proto.txt").write_text(TEXT + more, encoding="utf-8")
    (home / "p.json").write_text('{"as_of": "2027-01-04", "lab.hb": 8.4, "ill": true}')
    screen = ("screen", "small.proto.txt", "p.json", "--for", "later")
    found = protoc(*screen).stdout
    assert "not asked: 2 criteria for initial (--full lists them)" in found
    assert "it is for initial" not in found
    assert protoc(*screen, "--full").stdout.count("not asked, it is for initial") == 2
