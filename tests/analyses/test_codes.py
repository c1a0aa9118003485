"""Codes with a wrong digit; criteria that are missing between their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.analyses.codes import check_codes, icd10, loinc, snomed
from trialc.analyses.printed_numbers import check_printed_numbers
from trialc.graph.study import Study

Linked = Callable[..., Study]


@pytest.mark.parametrize(
    "code", ["718-7", "4544-3", "2160-0", "1751-7", "30313-1", "2951-2", "76689-9", "98979-8"]
)
def test_codes_of_loinc(code: str) -> None:
    assert loinc(code) == ""
    digits, check = code.split("-")
    wrong = [f"{digits}-{other}" for other in "0123456789" if other != check]
    assert all(loinc(one) for one in wrong)


@pytest.mark.parametrize("code", ["718", "718-77", "A18-7", "", "12345678-9"])
def test_codes_that_look_like_none_of_loinc(code: str) -> None:
    assert "check digit, as in" in loinc(code)


@pytest.mark.parametrize(
    "code", ["22298006", "73211009", "38341003", "195967001", "900000000000207008"]
)
def test_codes_of_snomed(code: str) -> None:
    """Verhoeff's digit finds every single wrong digit and every two neighbours that are swapped."""
    assert snomed(code) == ""
    for place, digit in enumerate(code):
        changed = [code[:place] + other + code[place + 1 :] for other in "0123456789"]
        assert all(snomed(one) for one in changed if one != code), digit
    for place in range(1, len(code)):
        swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
        assert swapped == code or snomed(swapped)


@pytest.mark.parametrize("code", ["12345", "0222980061", "2229800x", "1" * 19])
def test_codes_that_look_like_none_of_snomed(code: str) -> None:
    assert snomed(code) == "it is 6 to 18 digits"


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("I10", True), ("E11.9", True), ("M34.0", True), ("C4A.9", True), ("S72.001A", True),
        ("E11.-", True), ("C00-C97", True), ("E119", False), ("e11.9", False), ("11.9", False),
        ("E1", False), ("E11.", False),
    ],
)  # fmt: skip
def test_codes_of_icd10(code: str, is_one: bool) -> None:
    assert (icd10(code) == "") is is_one


def test_a_wrong_code_is_told(linked: Linked) -> None:
    text = (
        'data hb "Hb" : quantity [g/dL] { code: loinc "718-8" code: ncit "anything" }\n'
        'data mi "MI" : boolean { code: snomed "22298006" code: icd10 "I219" }\n'
    )
    assert [str(found.message) for found in check_codes(linked(text))[1]] == [
        "`718-8` is no code of LOINC: the check digit of 718 is 7",
        "`I219` is no code of ICD-10: it is a letter and two digits, and more behind a point, as "
        "in E11.9",
    ]


# ---- numbers


def gaps(linked: Linked, inclusions: str, exclusions: str = "") -> list[str]:
    text = 'data ok "Fine" : boolean\ndecision d "?" { reading: "so" status: open }\n'
    for k, number in enumerate(inclusions.split()):
        decided = "decided d " * number.endswith("!")
        text += f'inclusion i{k} [{number.rstrip("!")}] "I" {{ {decided}require ok }}\n'
    for k, number in enumerate(exclusions.split()):
        text += f'exclusion e{k} [{number}] "E" {{ exclude when not ok }}\n'
    return [str(found.message) for found in check_printed_numbers(linked(text))[1]]


def test_a_number_that_is_missing(linked: Linked) -> None:
    assert gaps(linked, "1 2 4 7") == [
        "before inclusion 4 the numbers leave out 3",
        "before inclusion 7 the numbers leave out 5, 6",
    ]
    assert gaps(linked, "1 2", "1 3") == ["before exclusion 3 the numbers leave out 2"]
    assert gaps(linked, "1", "1 3") == ["before exclusion 3 the numbers leave out 2"]


@pytest.mark.parametrize(
    ("inclusions", "exclusions"),
    [
        ("1 2 3", "1 2"),
        ("3 1 2", ""),
        ("1 1a 1b 2", ""),
        ("1 2 3", "4 5 6"),
        ("1 3 5", "2 4 6"),
        ("1 2 4!", ""),
        ("5.1 5.3", ""),
        ("A C", ""),
        ("", ""),
    ],
)
def test_numbers_without_a_gap(linked: Linked, inclusions: str, exclusions: str) -> None:
    assert gaps(linked, inclusions, exclusions) == []
