"""The doses of an arm whose drug has dose levels, as its cell of the table prints them."""

from __future__ import annotations

import pytest

from trialc.emitters.treatment_words import given_words
from trialc.model import protocol as p


def words(*doses: str, own: str = "") -> str:
    def dose(text: str) -> p.Dose:
        number, _, unit = text.partition(" ")
        return p.Dose(amount=float(number), text=text, unit=unit)

    levels = tuple(
        p.Level(id=f"l{k}", doses=(p.LevelDose(intervention="x", dose=dose(text)),))
        for k, text in enumerate(doses)
    )
    drug = p.Intervention(id="x", title="Drug", type="drug", route="", frequency="twice daily")
    protocol = p.Protocol(
        language=1,
        file="t",
        sha256="ef" * 32,
        metadata=p.Metadata(id="t", title="T", version="1"),
        interventions=(drug,),
        levels=levels,
    )
    given = p.Administration(
        intervention="x", occasion="dose", visit="D1", dose=dose(own) if own else None
    )
    return given_words(protocol, given, drug)


@pytest.mark.parametrize(
    ("doses", "expected"),
    [
        (("200 mg", "400 mg", "600 mg"), "200, 400 or 600 mg"),
        (("200 mg", "400 mg"), "200 or 400 mg"),
        (("200 mg",), "200 mg"),
        (("800 mg", "1 g"), "800 mg or 1 g"),
    ],
)
def test_an_arm_prints_the_doses_of_the_levels(doses: tuple[str, ...], expected: str) -> None:
    assert words(*doses) == f"Drug, dose of the participant's level: {expected}, twice daily"


def test_a_dose_of_the_arm_itself_is_printed_alone() -> None:
    assert words("200 mg", own="600 mg") == "Drug, 600 mg, twice daily"


def test_without_levels_nothing_is_said() -> None:
    assert words() == "Drug, twice daily"
