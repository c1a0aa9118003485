"""Ratios and caps of groups, methods, sizes of blocks."""

from __future__ import annotations

import pytest

from trialc.pipeline import compile_protocol, emit
from trialc.source import SourceText

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" }
role nurse "Nurse"
role pharmacist "Pharmacist"
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
data demo.sex "Sex" : choice {female, male}
data smoker "Smoker" : boolean
define older "Older than 50" = demo.age >= 50 years
define younger "Younger than 50" = demo.age < 50 years
define oldest "Older than 80" = demo.age >= 80 years
intervention drug "Drug" { type: drug route: oral form: tablet }
intervention placebo "Placebo" { type: placebo route: oral form: tablet }
visit D1 "Day 1" anchor
arm a "Active" experimental { give drug as tablets at D1 }
arm b "Placebo" placebo_comparator { give placebo as tablets at D1 }
randomisation r "R" { ratio: a 2, b 1  strata: younger, older, oldest, smoker, demo.sex  at: D1 }
activity all_of_it "All" at D1 { gives: tablets collects: demo.age, smoker, demo.sex }
masking m "M" { masked: nurse  unmasked: pharmacist }
"""
RATIO = "ratio: a 2, b 1"


def faults(text: str, more: str) -> list[str]:
    text = text.replace(RATIO, more)
    made = compile_protocol(SourceText("t", text), lambda _: None, lambda: 0.0)
    return [f.message for f in made.diagnostics if f.kind.code not in ("W0604", "W0612")]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (RATIO, ""),
        ("ratio: a 2 of older, b 1 of older, a 1, b 1", ""),
        ("ratio: a 2 of older, b 1 of older, a 1 of younger, b 1 of younger", ""),
        ("ratio: a 2 of smoker, b 1 of smoker, a 1, b 1", ""),
        ("ratio: a 2 of older, b 1 of older", "no ratio holds where `demo.age` is 0 years"),
        (
            "ratio: a 2 of older, b 1 of older, a 1 of oldest, b 1 of oldest, a 1, b 1",
            "`older` and `oldest` both hold where `demo.age` is 80 years",
        ),
        (
            "ratio: a 2 of younger, b 1 of younger, a 1 of oldest, b 1 of oldest",
            "no ratio holds where `demo.age` is 50 years",
        ),
        (
            "ratio: a 2 of older, b 1 of older, a 1 of older, a 1, b 1",
            "arm `a` stands twice in the ratio",
        ),
        (
            "blocks: 2 of 3 ratio: a 2 of older, b 1 of older",
            "blocks have the same ratio for everybody",
        ),
    ],
)
def test_everybody_has_one_ratio(more: str, message: str) -> None:
    found = faults(TRIAL, more)
    assert (found and found[0]) == (message or []) or any(message == f for f in found)
    assert bool(found) == bool(message)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("ratio: a 2 of demo.sex, b 1", "E0404"),
        ("ratio: a 2 of nothing_known, b 1", "E0302"),
        ("ratio: a 2 for older, b 1", "E0307"),
        ("ratio: a 2 of, b 1", "E0307"),
        (f"{RATIO} cap: 900, 40 of older, 10 % of oldest", ""),
        (f"{RATIO} cap: 900, 800", "E0307"),
        (f"{RATIO} cap: 10 %", "E0307"),
        (f"{RATIO} cap: 100 % of older", "E0307"),
        (f"{RATIO} cap: 10 mg of older", "E0307"),
        (f"{RATIO} cap: 40 of demo.sex", "E0404"),
        (f"{RATIO} method: minimisation", ""),
        (f"{RATIO} method: minimization", ""),
        (f"{RATIO} method: dice", "E0405"),
        (f"{RATIO} method: minimisation block_sizes: 3", "E0594"),
        (f"{RATIO} method: permuted_blocks block_sizes: 3, 6", ""),
        (f"{RATIO} block_sizes: 4", "E0595"),
        (f"{RATIO} block_sizes: 3 blocks: 2 of 3", "E0595"),
        (f"{RATIO} block_sizes: 3 shown_to: pharmacist", ""),
        (f"{RATIO} block_sizes: 3 shown_to: nurse", "E0595"),
        (f"{RATIO} block_sizes: 3 shown_to: nobody", "E0302"),
        (f"{RATIO} block_sizes: some", "E0307"),
        (f"{RATIO} block_sizes: 2.5", "E0416"),
        ("ratio: a 1 of older, b 1 of older, a 2, b 1 block_sizes: 6", ""),
        ("ratio: a 1 of older, b 1 of older, a 2, b 1 block_sizes: 4", "E0595"),
    ],
)
def test_what_a_randomisation_can_say(more: str, code: str) -> None:
    text = TRIAL.replace(RATIO, more)
    made = compile_protocol(SourceText("t", text), lambda _: None, lambda: 0.0)
    codes = {f.kind.code for f in made.diagnostics} - {"W0604"}
    assert codes == ({code} if code else set())


def test_minimisation_without_factors() -> None:
    text = TRIAL.replace("  strata: younger, older, oldest, smoker, demo.sex", "")
    assert "`r` minimises over no factors" in faults(text, f"{RATIO} method: minimisation")


def files(text: str) -> dict[str, str]:
    made = compile_protocol(SourceText("t.proto.txt", text), lambda _: None, lambda: 0.0)
    assert made.study is not None
    assert not any(found.is_error for found in made.diagnostics)
    return {one.path: one.text.replace("\\", "") for one in emit(made.study)[0]}


SIZES = f"{RATIO} block_sizes: 771, 1542"


def test_no_file_for_masked_readers_has_the_sizes_of_blocks() -> None:
    made = files(TRIAL.replace(RATIO, SIZES))
    holders = {path for path, text in made.items() if "771" in text or "1542" in text}
    assert holders == {"allocation-unmasked.csv", "protocol.json"}
    assert 'r,R,"771, 1542",Pharmacist,' in made["allocation-unmasked.csv"]
    assert "**Sizes of blocks**: stated in a restricted document" in made["protocol.md"]


def test_sizes_are_printed_where_nobody_is_masked() -> None:
    text = TRIAL.replace("masked: nurse  unmasked: pharmacist", "masked: none")
    made = files(text.replace(RATIO, SIZES))
    assert "allocation-unmasked.csv" not in made
    assert "**Sizes of blocks**: 771, 1542" in made["protocol.md"]
    shown = files(text.replace(RATIO, f"{SIZES} shown_to: pharmacist"))
    assert "771" not in shown["protocol.md"]
    assert "Pharmacist" in shown["allocation-unmasked.csv"]


def test_ratios_of_groups_in_documents() -> None:
    ratio = "ratio: a 2 of older, b 1 of older, a 1, b 1 cap: 10 % of older, 40 of smoker"
    page = files(TRIAL.replace(RATIO, ratio))["protocol.md"]
    assert "- **Ratio (Older than 50)**: Active: 2, Placebo: 1" in page
    assert "- **Ratio (all others)**: Active: 1, Placebo: 1" in page
    assert "| Randomisation | 2 : 1 and 1 : 1 by group |" in page
    assert "2 of 3 (Older than 50); 1 of 2 (all others)" in page
    assert "- **At most, of: Older than 50**: 10 %" in page
    assert "- **At most, of: Smoker**: 40 participants" in page
