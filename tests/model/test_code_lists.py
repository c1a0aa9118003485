"""Words that describe a trial are those of a list, or are refused with the nearest one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trialc.model import code_lists

LANGUAGE = Path(__file__).resolve().parents[2] / "docs/language.md"

HEAD = 'language 1\nprotocol p {{ title: "P" version: "1" {} }}\n'


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        ("sex: female", []),
        ("sex: wommen", ["E0405"]),
        ("status: recruiting", []),
        ("status: banana", ["E0405"]),
        ("phase: phase_1, phase_2", []),
        ('phase: phase_1, "III"', ["E0405"]),
        ("allocation: randomized", []),
        ("allocation: random", ["E0405"]),
        ("model: paralel", ["E0405"]),
        ("purpose: cure", ["E0405"]),
        ("study_type: trial", ["E0405"]),
        ("ages: from 18 years to 80 years", []),
        ("ages: from 18 years to 18 years", []),
        ("ages: from 80 years to 18 years", ["E0408"]),
        ("ages: from 6 months to 2 years", []),
    ],
)
def test_the_title_page(whole: Any, stated: str, codes: list[str]) -> None:
    assert whole(HEAD.format(stated)).codes == codes


@pytest.mark.parametrize(
    ("declaration", "codes"),
    [
        ('intervention x "X" { type: drug  route: oral  form: tablet }', []),
        ('intervention x "X" { type: durg }', ["E0405"]),
        ('intervention x "X" { type: drug  route: orla }', ["E0405"]),
        ('intervention x "X" { type: drug  route: "under the nail" }', []),
        ('intervention x "X" { type: drug  form: tabelt }', ["E0405"]),
    ],
)
def test_what_is_given(small: Any, declaration: str, codes: list[str]) -> None:
    assert small(f"{declaration}\n").codes == codes


def test_the_kind_of_an_arm(small: Any) -> None:
    text = (
        'intervention x "X" {{ type: drug }}\nvisit V "V" anchor\n'
        'arm a "A" {} {{ give x as d at V }}\n'
    )
    assert small(text.format("experimental")).codes == []
    made = small(text.format("experimentl"))
    assert made.codes == ["E0405"]
    assert made.found[0].help.startswith("did you mean `experimental`?")


def test_the_page_of_the_language_lists_them() -> None:
    text = LANGUAGE.read_text(encoding="utf-8")
    lists = {name: words for name, words in vars(code_lists).items() if name.isupper()}
    for words in (words for name, words in lists.items() if name != "ACTS"):
        assert f"| {', '.join(f'`{word}`' for word in words)} |" in text
