"""Types and units at compile time: what may be compared, and in which unit it ends up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from trialc.model import expression as e
from trialc.model import units
from trialc.model.protocol import Data, NumberDefinition, Protocol
from trialc.model.unit_registry import UNITS

DATA = """
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL  resolution: 0.1 g/dL }
data lab.esr "ESR" : quantity [mm/h] { range: 0 .. 150 mm/h }
data lab.esr_before "ESR before" : quantity [mm/h] { range: 0 .. 150 mm/h }
data lab.glucose "Glucose" : quantity [mmol/L] { range: 0 .. 60 mmol/L  molar_mass: 180.156 }
data lab.plain "Without a range" : quantity [g/dL]
data lab.warm "Without a range" : quantity [Cel]
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
data demo.weight "Weight" : quantity [kg] { range: 25 .. 250 kg }
data demo.height "Height" : quantity [cm] { range: 100 .. 230 cm }
data vitals.temperature "Temperature" : quantity [Cel] { range: 30 .. 45 Cel }
data bone.t_score "T-score" : quantity [{Tscore}] { range: -6 .. 4 T-score }
data ratio.albumin "Ratio" : quantity [1] { range: 0 .. 5 }
data skin.mrss "Skin" : score 0 .. 51
data pain.score "Pain" : score 0 .. 10
data hist.asthma "Asthma" : boolean
data heart.av "Block" : choice {absent, mild, severe}
data nyha "NYHA" : ordinal {I, II, III, IV}
data ssc.onset "Onset" : date
data ssc.diagnosis "Diagnosis" : date
derive acr.total "ACR" [points] = sum of { one: 2 points when hist.asthma  two: 3 when hist.asthma }
define named "Named" = hist.asthma
"""


def compared(small: Any, rule: str) -> e.Compare:
    protocol: Protocol = small(f'{DATA}define x "X" = {rule}\n').protocol
    condition = protocol.conditions[-1].condition
    assert isinstance(condition, e.Compare)
    return condition


# ---- literals


@pytest.mark.parametrize(
    ("rule", "value", "unit"),
    [
        ("lab.hb < 11 g/dL", 11.0, "g/dL"),
        ("lab.hb < 110 g/L", 11.0, "g/dL"),
        ("110 g/L > lab.hb", 11.0, "g/dL"),
        ("lab.glucose > 180.156 mg/dL", 10.0, "mmol/L"),
        ("demo.age >= 18 years", 18.0, "a"),
        ("vitals.temperature > 100.4 degF", 38.0, "Cel"),
        ("bone.t_score <= -2.5 T-score", -2.5, "{Tscore}"),
        ("ratio.albumin > 0.5", 0.5, "1"),
        ("skin.mrss > 20", 20.0, "{score}"),
        ("skin.mrss > 20 points", 20.0, "{score}"),
        ("acr.total >= 9 points", 9.0, "{score}"),
        ("acr.total >= 9", 9.0, "{score}"),
        ("years from ssc.onset to as_of <= 2 years", 2.0, "a"),
    ],
)
def test_a_literal_is_converted_exactly_and_rounded_once(
    small: Any, rule: str, value: float, unit: str
) -> None:
    right = compared(small, rule).right
    assert isinstance(right, e.Literal)
    assert (right.value, right.unit) == (value, unit)


def test_a_literal_on_the_left_turns_the_relation(small: Any) -> None:
    for rule, relation in [("11 g/dL > lab.hb", "<"), ("11 g/dL = lab.hb", "=")]:
        found = compared(small, rule)
        assert found.relation == relation
        assert isinstance(found.left, e.Value)


def test_every_unit_can_be_the_unit_of_an_element(small: Any) -> None:
    codes = [line.partition("|")[0].strip() for line in UNITS.strip().splitlines()]
    text = "".join(
        f'data d{i} "D" : quantity [{code}] {{ resolution: 0.001 {_spelled(code)} }}\n'
        f'define x{i} "X" = d{i} > 5 {_spelled(code)}\n'
        for i, code in enumerate(codes)
    )
    protocol: Protocol = small(text).protocol
    assert [item.unit for item in protocol.data] == codes
    assert {item.resolution for item in protocol.data} == {"0.001"}


def _spelled(code: str) -> str:
    known = units.unit(code)
    assert known is not None
    return "" if code == "1" else known.display


# ---- what does not go together


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        ("lab.hb < 11", "E0406", "11"),
        ("lab.hb < 11 mm/h", "E0402", "11 mm/h"),
        ("lab.hb < 11 mol/L", "E0402", "11 mol/L"),
        ("lab.hb < lab.esr", "E0402", "lab.esr"),
        ("lab.hb < 11 foo/bar", "E0401", "11 foo/bar"),
        ("demo.age < 18 months", "E0402", "18 months"),
        ("lab.hb < 30 g/dL", "E0407", "30 g/dL"),
        ("lab.hb in 3 .. 30 g/dL", "E0407", "30 g/dL"),
        ("lab.plain > -1 g/dL", "E0407", "-1 g/dL"),
        ("lab.warm > -300 Cel", "E0407", "-300 Cel"),
        ("lab.hb in 12 .. 11 g/dL", "E0408", "lab.hb in 12 .. 11 g/dL"),
        ("ssc.onset in 2027-02-02 .. 2027-01-01", "E0408", "ssc.onset in 2027-02-02 .. 2027-01-01"),
        ("lab.hb in 2027-01-01 .. 2027-02-02", "E0404", "2027-01-01"),
        ("ssc.onset in 1 .. 2 years", "E0404", "1"),
        ("lab.hb", "E0403", "lab.hb"),
        ("ssc.onset", "E0403", "ssc.onset"),
        ("heart.av", "E0403", "heart.av"),
        ("acr.total", "E0403", "acr.total"),
        ("5 kg", "E0403", "5 kg"),
        ("2027-01-01", "E0403", "2027-01-01"),
        ("lab.hb + lab.hb", "E0403", "lab.hb + lab.hb"),
        ("sum of { a: 1 when hist.asthma }", "E0403", "sum of { a: 1 when hist.asthma }"),
        ("5 kg > 3 kg", "E0403", "5 kg > 3 kg"),
        ("2 * 3 in 1 .. 7", "E0403", "2 * 3 in 1 .. 7"),
        ("hist.asthma > 3", "E0404", "hist.asthma"),
        ("heart.av > mild", "E0404", "heart.av"),
        ("heart.av = 3", "E0404", "heart.av"),
        ("heart.av in 1 .. 3", "E0404", "heart.av"),
        ("ssc.onset > 3 kg", "E0404", "3 kg"),
        ("ssc.onset + 3 > ssc.diagnosis", "E0417", "3"),
        ("ssc.onset + 3 kg > ssc.diagnosis", "E0417", "3 kg"),
        ("ssc.onset + 1 day + 1 day > ssc.diagnosis", "E0404", "1 day"),
        ("ssc.onset * 3 > ssc.diagnosis", "E0404", "ssc.onset"),
        ("lab.hb within 3 months before as_of", "E0440", "lab.hb"),
        ("hist.asthma within 3 months before as_of", "E0404", "hist.asthma"),
        ("hist.asthma ongoing", "E0440", "hist.asthma"),
        ("ssc.onset within 3 months before lab.hb", "E0404", "lab.hb"),
        ("ssc.onset within 3 kg before as_of", "E0417", "3 kg"),
        ("nyha > IV", "E0441", "nyha > IV"),
        ("nyha in III .. II", "E0408", "nyha in III .. II"),
        ("nyha >= V", "E0405", "V"),
        ("years from lab.hb to as_of > 2 years", "E0404", "lab.hb"),
        ("years from as_of to heart.av > 2 years", "E0404", "heart.av"),
        ("(hist.asthma and hist.asthma) > 3", "E0404", "hist.asthma and hist.asthma"),
        ("heart.av = mildly", "E0405", "mildly"),
        ("heart.av in {mild, none}", "E0405", "none"),
        ("lab.hb in {mild}", "E0403", "lab.hb"),
        ("named in {mild}", "E0403", "named"),
        ("(hist.asthma) in {mild}", "E0403", "hist.asthma"),
        ("acr.total > pain.score", "E0411", "pain.score"),
        ("pain.score > acr.total", "E0411", "acr.total"),
        ("acr.total + 1 points > 3", "E0411", "acr.total"),
        ("at least 3 of { a: hist.asthma b: hist.asthma }", "E0412", ""),
        ("at least 0 of { a: hist.asthma }", "E0412", ""),
        ("no e after d", "E0413", "no e after d"),
        ("every participant in this block satisfies hist.asthma", "E0413", ""),
        ("count of participants in block 1 given d = 3", "E0413", ""),
        ("elapsed since d >= 3 days", "E0413", "elapsed since d >= 3 days"),
        ("lab.hb < 11.05 g/dL", "W0415", "11.05 g/dL"),
        ("skin.mrss > 20.5", "W0415", "20.5"),
        ("ssc.onset > 2027-02-29", "E0410", "2027-02-29"),
        ("ssc.onset > 1899-12-31", "E0410", "1899-12-31"),
        ("vitals.temperature + 1 Cel > 38 Cel", "E0418", "vitals.temperature"),
        ("lab.hb / 0 > 2 g/dL", "E0409", "0"),
        ("lab.hb / lab.esr > 2", "E0409", "lab.esr"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_place(
    small: Any, rule: str, code: str, words: str
) -> None:
    made = small(f'{DATA}define x "X" = {rule}\n')
    assert made.codes == [code], made.found
    assert words in made.faults[0][1]


def test_a_range_is_named_with_the_ends_that_it_has(small: Any) -> None:
    ranges = {"lab.plain > -1 g/dL": "`lab.plain`, 0 or more", "lab.hb > 30 g/dL": "2 to 25"}
    for rule, words in ranges.items():
        assert words in small(f'{DATA}define x "X" = {rule}\n').found[0].message


def test_the_way_out_can_be_typed(small: Any) -> None:
    """What a message proposes is itself right."""
    made = small(f'{DATA}define x "X" = lab.esr > 25\n')
    advice = made.found[0].help.removeprefix("write `").removesuffix("`")
    assert advice == "25 mm/h"
    assert small(f'{DATA}define x "X" = lab.esr > {advice}\n').codes == []


@pytest.mark.parametrize(
    ("rule", "fault", "advice"),
    [
        ("hist.asthma = yes", ("E0404", "hist.asthma"), "write `hist.asthma`"),
        ("hist.asthma != no", ("E0404", "hist.asthma"), "write `hist.asthma`"),
        ("named = false", ("E0404", "named"), "write `not named`"),
        ("judged != yes", ("E0404", "judged"), "write `not judged`"),
        ("hist.asthma > 3", ("E0404", "hist.asthma"), "write `hist.asthma`, or `not hist.asthma`"),
        ("demo.age in 80 .. 18 years", ("E0408", None), "swap the ends: `18 .. 80 years`"),
        ("demo.age in 80 years .. 18 years", ("E0408", None), "ends: `18 years .. 80 years`"),
        (
            "ssc.onset < 01/06/2015",
            ("E0404", "01/06/2015"),
            "write `2015-06-01` or `2015-01-06`: year-month-day",
        ),
        ("today >= ssc.onset", ("E0302", "today"), "`years from A to as_of`"),
        ("days > 3", ("E0214", "days"), "`days from A to B`"),
    ],
)
def test_the_usual_slips_have_a_way_out(
    small: Any, rule: str, fault: tuple[str, str | None], advice: str
) -> None:
    judged = 'role doctor "D"\njudgement judged "J" by doctor\n'
    made = small(f'{DATA}{judged}define x "X" = {rule}\n')
    assert made.faults == [(fault[0], fault[1] or rule)]
    assert advice in made.found[0].help


def test_a_formula_is_named_without_backticks_and_its_unit_shown(small: Any) -> None:
    made = small(f'{DATA}derive x "X" [kg] = demo.weight / (demo.height * demo.height)\n')
    assert (
        made.found[0].message == "`x` is in kg, the formula is in kg/cm²: they do not go together"
    )
    assert made.found[0].help == "check what is multiplied and divided"
    made = small(f'{DATA}derive x "X" [kg] = demo.height\n')
    assert made.found[0].help.endswith("declare the unit that it comes to: `[cm]`")


def test_a_window_is_quoted_as_it_is_written(small: Any) -> None:
    visits = 'visit a "A" anchor\nvisit b "B" at a + 3 weeks window +7 days .. -7 days\n'
    (found,) = small(visits).found
    assert "`+7 days .. -7 days`" in found.message
    assert found.help == "swap the ends: `-7 days .. +7 days`"


# ---- derived numbers


def derived(small: Any, unit: str, formula: str) -> NumberDefinition:
    protocol: Protocol = small(f'{DATA}derive x "X" [{unit}] = {formula}\n').protocol
    return protocol.numbers[-1]


def test_units_are_calculated_with_the_numbers(small: Any) -> None:
    bmi = derived(small, "kg/m2", "demo.weight / (demo.height * demo.height)")
    assert isinstance(bmi.number, e.Arithmetic)
    assert (bmi.number.numerator, bmi.number.denominator) == (10_000, 1)
    assert bmi.unit == bmi.number.unit == "kg/m2"


def test_a_formula_is_converted_into_the_declared_unit(small: Any) -> None:
    grams = derived(small, "g", "demo.weight")
    assert isinstance(grams.number, e.Arithmetic)
    assert Fraction(grams.number.numerator, grams.number.denominator) == 1000
    assert derived(small, "kg", "demo.weight").number.kind == "value"


@pytest.mark.parametrize(
    ("unit", "formula", "code"),
    [
        ("kg", "demo.height", "E0402"),
        ("kg", "demo.weight + demo.height", "E0402"),
        ("kg", "ssc.onset", "E0402"),
        ("foo", "demo.weight", "E0401"),
        ("degF", "vitals.temperature", "E0418"),
        ("Cel", "vitals.temperature - vitals.temperature", "E0418"),
        ("Cel", "vitals.temperature * 2", "E0418"),
        ("kg", "demo.weight / vitals.temperature", "E0418"),
        ("kg", "heart.av", "E0404"),
        ("kg", "hist.asthma", "E0404"),
        ("points", "acr.total", "E0411"),
        ("kg", "sum of { a: 1 points when hist.asthma }", "E0411"),
        ("points", "sum of { a: 1 points when hist.asthma } + 1 points", "E0411"),
        ("points", "sum of { a: -1 points when hist.asthma }", "E0416"),
        ("points", "sum of { a: 1.5 points when hist.asthma }", "E0416"),
        ("points", "sum of { a: 1 kg when hist.asthma }", "E0402"),
        ("points", "sum of { a: 1 when hist.asthma a: 2 when hist.asthma }", "E0308"),
        ("points", "sum of { cause: 1 when hist.asthma }", "E0214"),
        ("points", "sum of { a: 1 when demo.age }", "E0403"),
    ],
)
def test_formulas_that_mean_nothing(small: Any, unit: str, formula: str, code: str) -> None:
    assert small(f'{DATA}derive x "X" [{unit}] = {formula}\n').codes == [code]


def test_a_temperature_keeps_its_scale(small: Any) -> None:
    assert derived(small, "Cel", "vitals.temperature").number.kind == "value"


@pytest.mark.parametrize(
    ("divisor", "is_fine"),
    [
        ("demo.weight", True),
        ("demo.weight * demo.height", True),
        ("(demo.weight + demo.weight)", True),
        ("(demo.weight - 10 kg)", True),
        ("(demo.weight - 30 kg)", False),
        ("(10 kg - demo.weight)", True),
        ("lab.esr", False),
        ("half", True),
        ("bone.t_score", False),
    ],
)
def test_a_divisor_can_never_be_zero(small: Any, divisor: str, is_fine: bool) -> None:
    text = f'{DATA}derive half "Half" [kg] = demo.weight / 2\ndefine x "X" = 1 / {divisor} > 0.5 '
    found = small(f"{text}kg\n").codes
    assert ("E0409" in found) is not is_fine


# ---- data elements


def element(small: Any, declaration: str) -> Data:
    protocol: Protocol = small(f'data x "X" : {declaration}\n').protocol
    return protocol.data[0]


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("quantity [g/dL] { range: 2 .. 25 g/dL }", (2.0, 25.0, "0.1", "13.5")),
        ("quantity [g/dL] { range: 20 .. 250 g/L }", (2.0, 25.0, "0.1", "13.5")),
        ("quantity [g/dL] { resolution: 5 g/L }", (0.0, None, "0.5", "")),
        ("quantity [mm/h] { typical: 40 mm/h }", (0.0, None, "1", "40")),
        ("quantity [Cel]", (-273.15, None, "0.1", "36.8")),
        ("quantity [degF]", (-459.67, None, "0.1", "98.2")),
        ("quantity [year]", (0.0, 150.0, "1", "50")),
        ("quantity [year] { range: 0 .. 17 years }", (0.0, 17.0, "1", "8")),
        ("quantity [mmol/L] { range: -30 .. 30 mmol/L }", (-30.0, 30.0, "0.1", "0")),
        ("quantity [T-score]", (None, None, "0.1", "")),
        ("quantity [1]", (None, None, "0.01", "")),
        ("score 0 .. 51", (0.0, 51.0, "1", "25")),
        ("score -3 .. 3 { typical: -1 }", (-3.0, 3.0, "1", "-1")),
        ("boolean", (None, None, "", "no")),
        ("choice {a, b} { typical: b }", (None, None, "", "b")),
        ("date { typical: 2027-01-04 }", (None, None, "", "2027-01-04")),
    ],
)
def test_ranges_grids_and_typical_values(small: Any, declaration: str, expected: object) -> None:
    made = element(small, declaration)
    assert (made.low, made.high, made.resolution, made.typical) == expected


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        ("quantity [foo]", "E0401"),
        ("quantity [g/dL] { range: 2 .. 25 }", "E0406"),
        ("quantity [g/dL] { range: 2 .. 25 kg }", "E0402"),
        ("quantity [g/dL] { range: 25 .. 2 g/dL }", "E0408"),
        ("quantity [g/dL] { range: 2 g/dL }", "E0307"),
        ("quantity [g/dL] { resolution: 0.1 }", "E0406"),
        ("quantity [g/dL] { resolution: 0 g/dL }", "E0307"),
        ("quantity [g/dL] { resolution: -1 g/dL }", "E0307"),
        ("quantity [g/dL] { range: 2 .. 25 g/dL  typical: 26 g/dL }", "E0414"),
        ("quantity [g/dL] { typical: yes }", "E0414"),
        ("quantity [g/dL] { typical: 3 g/dL, 4 g/dL }", "E0307"),
        ("quantity [mmol/L] { molar_mass: 0 }", "E0307"),
        ("quantity [mmol/L] { molar_mass: 180 kg }", "E0307"),
        ("quantity [g/dL] { valid: 3 hours }", "E0417"),
        ("quantity [g/dL] { valid: -3 days }", "E0417"),
        ("quantity [g/dL] { valid: 1.5 days }", "E0416"),
        ("quantity [g/dL] { valid: 3 days, 4 days }", "E0307"),
        ('quantity [g/dL] { code: foo "1" }', "E0307"),
        ("score 0 .. 5.5", "E0416"),
        ("score 5 .. 0", "E0408"),
        ("score 0 .. 5 { range: 0 .. 5 }", "E0304"),
        ("score 0 .. 5 { typical: 2.5 }", "E0414"),
        ("boolean { range: 0 .. 1 }", "E0304"),
        ("boolean { typical: maybe }", "E0414"),
        ("choice {a} { typical: b }", "E0414"),
        ("date { typical: 3 days }", "E0414"),
        ("date { typical: 2027-13-01 }", "E0410"),
        ('boolean { code: loinc "1"  code: snomed "2"  typical: yes  typical: no }', "E0305"),
    ],
)
def test_declarations_that_contradict_themselves(small: Any, declaration: str, code: str) -> None:
    assert small(f'data x "X" : {declaration}\n').codes == [code]


def test_windows_are_named_or_stated(small: Any) -> None:
    protocol: Protocol = small(
        'window fresh "Fresh" = 28 days\ndata a "A" : boolean { valid: fresh }\n'
        'data b "B" : boolean { valid: 6 months }\ndata c "C" : boolean\n'
    ).protocol
    assert [(d.window and (d.window.amount, d.window.unit), d.valid) for d in protocol.data] == [
        ((28, "day"), "fresh"),
        ((6, "month"), ""),
        (None, ""),
    ]
    assert protocol.windows[0].title == "Fresh"
    assert small('window w "W" = 3 hours\n').codes == ["E0417"]
