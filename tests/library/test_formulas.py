"""The formulas of protocol/lib: what both engines make of them, against values made by hand.

The expected values come from the published formulas, calculated here a second time with 60 digits
(`decimal`), or from round numbers that a pencil finds; no table of a publication is quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx as nx
import pytest

from trialc.diagnostics import Diagnostic
from trialc.emitters.checker import emit_checker
from trialc.graph.study import Study
from trialc.interpreter.screening import Screening
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather

FOLDER = Path(__file__).parents[2] / "protocol"
VERSIONS = {
    "bmi": "2000.1",
    "bsa": "1987.1",
    "child_pugh": "1973.1",
    "ckd_epi_2021": "2021.1",
    "cockcroft_gault": "1976.1",
    "mdrd_175": "2006.1",
    "meld": "2016.1",
    "performance": "1982.1",
    "pf_ratio": "2012.1",
    "prednisone_equivalent": "2013.1",
    "qtc": "1920.1",
    "reproductive": "2020.1",
    "schwartz_bedside": "2009.1",
}
Record = Mapping[str, object]


def read(path: str) -> SourceText | None:
    file = FOLDER / path
    return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None


def compiled(library: str, rule: str) -> tuple[Protocol | None, list[Diagnostic]]:
    """A protocol with one criterion about a library `x`, and the errors in it."""
    text = f"""language 1
use lib.{library} version "{VERSIONS[library]}" as x
protocol small {{ title: "Small" version: "1" }}
role investigator "Investigator"
inclusion only [1] "Only" {{ require {rule} }}
"""
    main, faults = parse(SourceText("t", text))
    libraries, more = gather(main, read)
    protocol, rest = resolve(main, libraries)
    return protocol, [fault for fault in (*faults, *more, *rest) if fault.is_error]


@cache
def engines(library: str, rule: str) -> tuple[Screening, Any]:
    """The interpreter and the checker of such a protocol."""
    protocol, errors = compiled(library, rule)
    assert errors == []
    assert protocol is not None
    (artefact,) = emit_checker(Study(protocol, nx.MultiDiGraph()))
    checker = ModuleType("checker")
    exec(compile(artefact.text, "checker.py", "exec"), checker.__dict__)
    return Screening(protocol), checker


def screened(library: str, rule: str, record: Record) -> dict[str, Any]:
    """What both engines say."""
    screening, checker = engines(library, rule)
    dated = {"as_of": "2027-01-04", **{f"x.{name}": value for name, value in record.items()}}
    found: dict[str, Any] = screening.screen(dated)
    assert checker.screen(dated) == found
    assert checker.outcomes(checker.load(dated))[0] is found["criteria"][0]["outcome"]
    return found


def number(library: str, name: str, unit: str, record: Record) -> float:
    """What a derived number of a library comes to."""
    found = screened(library, f"x.{name} >= 0 {unit}", record)
    values = {each["input"]: each for each in found["criteria"][0]["because"]["values"]}
    return values[f"x.{name}"]["value"]


def holds(library: str, name: str, record: Record) -> bool | None:
    return screened(library, f"x.{name}", record)["criteria"][0]["outcome"]


def d(number: float | str) -> Decimal:
    return Decimal(str(number))


def power(base: Decimal, exponent: str) -> Decimal:
    return (base.ln() * Decimal(exponent)).exp()


def close(found: float, expected: Decimal) -> None:
    """A formula rounds at every step: to some parts in 10**15."""
    assert found == pytest.approx(float(expected), rel=5e-15, abs=0)


@pytest.fixture(autouse=True)
def many_digits() -> Any:
    with localcontext() as context:
        context.prec = 60
        yield


# ---- kidney


def test_cockcroft_gault() -> None:
    man = {"age": 60, "sex": "male", "weight": 72, "creatinine": 1.0}
    assert number("cockcroft_gault", "clearance", "mL/min", man) == 80
    assert number("cockcroft_gault", "clearance", "mL/min", {**man, "sex": "female"}) == 68
    reported = {"value": 88.4, "unit": "umol/L"}  # 88.4 * 0.11312 / 10 * 10 mg/dL
    slim = number("cockcroft_gault", "clearance", "mL/min", {**man, "creatinine": reported})
    close(slim, d(80) * 72 / (72 * (d("88.4") * d("113.12") / 10_000)))


@pytest.mark.parametrize("age", [18, 50, 85.5])
@pytest.mark.parametrize("creatinine", [0.4, 0.7, 0.8, 0.9, 1.0, 2.35])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_ckd_epi_2021(sex: str, creatinine: float, age: float) -> None:
    female = sex == "female"
    kappa, alpha = (d("0.7"), "-0.241") if female else (d("0.9"), "-0.302")
    ratio, one = d(creatinine) / kappa, d(1)
    expected = 142 * power(min(ratio, one), alpha) * power(max(ratio, one), "-1.2")
    expected *= power(d("0.9938"), str(age)) * (d("1.012") if female else 1)
    record = {"age": age, "sex": sex, "creatinine": creatinine}
    close(number("ckd_epi_2021", "gfr", "mL/min/1.73m2", record), expected)


def test_ckd_epi_2021_is_the_number_that_calculators_show() -> None:
    record = {"age": 50, "sex": "male", "creatinine": 1.0}
    assert round(number("ckd_epi_2021", "gfr", "mL/min/1.73m2", record)) == 92


@pytest.mark.parametrize(("sex", "factor"), [("female", "0.742"), ("male", "1")])
def test_mdrd(sex: str, factor: str) -> None:
    record = {"age": 61, "sex": sex, "creatinine": 1.3}
    expected = 175 * power(d("1.3"), "-1.154") * power(d(61), "-0.203") * d(factor)
    close(number("mdrd_175", "gfr", "mL/min/1.73m2", record), expected)
    black = number("mdrd_175", "gfr_if_black", "mL/min/1.73m2", record)
    close(black, expected * d("1.212"))


def test_schwartz() -> None:
    record = {"height": 120, "creatinine": 0.6}
    assert number("schwartz_bedside", "gfr", "mL/min/1.73m2", record) == 82.6


@pytest.mark.parametrize(
    ("library", "name", "unit"),
    [
        ("cockcroft_gault", "clearance", "mL/min/1.73m2"),
        ("ckd_epi_2021", "gfr", "mL/min"),
        ("mdrd_175", "gfr", "mL/min"),
        ("schwartz_bedside", "gfr", "mL/min"),
    ],
)
def test_a_clearance_is_no_gfr_for_a_standard_body(library: str, name: str, unit: str) -> None:
    _, errors = compiled(library, f"x.{name} >= 60 {unit}")
    assert [fault.kind.code for fault in errors] == ["E0402"]


# ---- heart and body


def test_qtc() -> None:
    assert number("qtc", "qtcf", "ms", {"qt": 400, "heart_rate": 60}) == 400
    assert number("qtc", "qtcf", "ms", {"qt": 360, "heart_rate": 117.1875}) == 450  # RR 0.8**3
    assert number("qtc", "qtcb", "ms", {"qt": 360, "heart_rate": 93.75}) == 450  # RR 0.8**2
    found = number("qtc", "qtcf", "ms", {"qt": 391, "heart_rate": 72})
    close(found, d(391) / ((d(60) / 72).ln() / 3).exp())


def test_body_surface() -> None:
    body = {"weight": 80, "height": 180}
    assert number("bsa", "mosteller", "m2", body) == 2
    expected = d("0.007184") * power(d(80), "0.425") * power(d(180), "0.725")
    close(number("bsa", "du_bois", "m2", body), expected)


def test_bmi() -> None:
    body = {"weight": 72, "height": 200}
    assert number("bmi", "bmi", "kg/m2", body) == 18
    classes = ("underweight", "overweight", "obese")
    assert [holds("bmi", name, body) for name in classes] == [True, False, False]
    heavy = {"weight": 120, "height": 200}  # 30 kg/m2
    assert [holds("bmi", name, heavy) for name in classes] == [False, True, True]


def test_oxygenation() -> None:
    for pressure, fraction, ratio, degree in (
        (60, 60, 100, "severe"),
        (80, 40, 200, "moderate"),
        (63, 21, 300, "mild"),
        (95, 21, None, None),
    ):
        record = {"pao2": pressure, "fio2": fraction}
        if ratio is not None:
            assert number("pf_ratio", "ratio", "mm[Hg]", record) == ratio
        degrees = ("mild", "moderate", "severe")
        assert [name for name in degrees if holds("pf_ratio", name, record)] == (
            [degree] if degree else []
        )


# ---- liver

WELL = {"bilirubin": 1.0, "inr": 1.0, "creatinine": 1.0, "dialysis": False}


def meld(record: Record) -> float:
    found = screened("meld", "x.score >= 0", record)
    values = {each["input"]: each for each in found["criteria"][0]["because"]["values"]}
    return values["x.score"]["value"]


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, 6),  # 6.43
        ({"bilirubin": 0.3, "inr": 0.8, "creatinine": 0.5}, 6),
        ({"bilirubin": 2.5, "inr": 1.5, "creatinine": 1.9}, 21),  # 3.46 + 4.54 + 6.14 + 6.43
        ({"creatinine": 9}, 20),  # as 4.0: 13.27 + 6.43
        ({"dialysis": True}, 20),
        ({"bilirubin": 40, "inr": 6, "creatinine": 5}, 40),
    ],
)
def test_meld(changed: dict[str, object], points: int) -> None:
    assert meld({**WELL, **changed}) == points


def test_meld_on_dialysis_does_not_ask_for_creatinine() -> None:
    record = {**WELL, "dialysis": True}
    del record["creatinine"]
    assert meld(record) == 20


BEST = {
    "bilirubin": 1.0,
    "albumin": 4.0,
    "inr": 1.1,
    "ascites": "none_present",
    "encephalopathy": "none_present",
}
WORST = {
    "bilirubin": 3.1,
    "albumin": 2.7,
    "inr": 2.4,
    "ascites": "moderate_or_severe",
    "encephalopathy": "grade_3_or_4",
}


@pytest.mark.parametrize(
    ("record", "points", "found"),
    [
        (BEST, 5, "a"),
        ({**BEST, "inr": 1.7}, 6, "a"),
        ({**BEST, "inr": 1.7, "bilirubin": 3.0}, 7, "b"),
        ({**BEST, "albumin": 2.7, "bilirubin": 3.1}, 9, "b"),
        ({**BEST, "albumin": 2.7, "bilirubin": 3.1, "ascites": "slight"}, 10, "c"),
        (WORST, 15, "c"),
    ],
)
def test_child_pugh(record: Record, points: int, found: str) -> None:
    answer = screened("child_pugh", f"x.total = {points} points", record)
    assert answer["criteria"][0]["outcome"] is True
    classes = ("a", "b", "c")
    assert [name for name in classes if holds("child_pugh", f"class_{name}", record)] == [found]


def test_child_pugh_is_decided_where_the_rest_cannot_matter() -> None:
    record = dict(WORST)
    del record["albumin"]
    assert holds("child_pugh", "class_c", record) is True


def test_every_library_of_formulas_is_compared() -> None:
    here = {file.name.removesuffix(".proto.txt") for file in (FOLDER / "lib").iterdir()}
    assert here - set(VERSIONS) == {"acr_eular_2013", "contraception", "kdigo_ckd"}
