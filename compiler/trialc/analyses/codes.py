"""Codes of published terminologies that cannot be right: a slip of the finger in a digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model.declared import Code

_DIHEDRAL = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
"""The group that Verhoeff's check digit is calculated in."""
_FIRST = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's permutation; applied once more for each place to the left."""


def check_codes(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Codes of LOINC, SNOMED CT and ICD-10 whose form or check digit is wrong."""
    return study, tuple(
        kinds.CODE_WRONG.at(code.where or item.where, code=code.code, system=title, why=why)
        for item in study.protocol.data
        for code in item.codes
        if code.system in SYSTEMS
        for title, fault in (SYSTEMS[code.system],)
        if (why := fault(code.code)) and _is_own(study, code, item.where.file)
    )


def _is_own(study: Study, code: Code, file: str) -> bool:
    return (code.where.file or file) == study.protocol.file


def loinc(code: str) -> str:
    """What is wrong with a code of LOINC: its last digit is a check digit (mod 10)."""
    if not re.fullmatch(r"\d{1,7}-\d", code):
        return "it is digits, a hyphen and a check digit, as in 718-7"
    digits, check = code.split("-")
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in digits[::-2])
    due = -(doubled + sum(map(int, digits[-2::-2]))) % 10
    return "" if due == int(check) else f"the check digit of {digits} is {due}"


def snomed(code: str) -> str:
    """What is wrong with an identifier of SNOMED CT: its last digit is Verhoeff's check digit."""
    if not re.fullmatch(r"[1-9]\d{5,17}", code):
        return "it is 6 to 18 digits"
    total = 0
    for place, digit in enumerate(map(int, reversed(code))):
        for _ in range(place % 8):
            digit = _FIRST[digit]
        total = _DIHEDRAL[total][digit]
    return "" if total == 0 else "its check digit does not fit the others"


def icd10(code: str) -> str:
    """What is wrong with a code of ICD-10, its national modifications included; "E11.-" and
    "C00-C97" stand for several.
    """
    one = r"[A-Z]\d[0-9A-Z]"
    if re.fullmatch(rf"{one}(?:\.(?:[0-9A-Z]{{1,4}}-?|-))?|{one}-{one}", code):
        return ""
    return "it is a letter and two digits, and more behind a point, as in E11.9"


SYSTEMS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "loinc": ("LOINC", loinc),
    "snomed": ("SNOMED CT", snomed),
    "icd10": ("ICD-10", icd10),
}
"""The terminologies whose codes can be checked, their titles, and what is wrong with a code."""
