"""Tables, functions and numbers without their unit: what the compiler accepts and makes of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from trialc.model import expression as e
from trialc.model.intervals import Intervals
from trialc.model.protocol import Protocol
from trialc.model.wording import number_words

DATA = """
data demo.age "Age" : quantity [month] { range: 0 .. 1200 months }
data demo.sex "Sex" : choice {female, male}
data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }
data lab.creatinine "Creatinine" : quantity [umol/L] { range: 9 .. 2000 umol/L molar_mass: 113.12 }
data lab.free "Free" : quantity [1]
data lab.alt "ALT" : quantity [U/L]
data lab.ast "AST" : quantity [U/L]
data vitals.temperature "Temperature" : quantity [Cel]
data ill "Ill" : boolean
data preg "Week of pregnancy" : quantity [week] {
  range: 0 .. 44 weeks
  applies when demo.sex = female
}
data onset "Onset" : date
derive elapsed_time "Time since onset" [year] = years from onset to as_of
define adult "Adult" = demo.age >= 216 months
derive points "Points" [points] = sum of { a: 2 points when ill  b: 3 points when adult }
"""


def table(small: Any, how: str, cases: str, unit: str = "1") -> Any:
    return small(f'{DATA}derive t "T" [{unit}] = {how} of {{ {cases} }}\n')


ADULTS = "young: 1 when not adult  old: 2 when adult"
SEXES = "women: 0.85 when demo.sex = female  men: 1 when demo.sex = male"


@pytest.mark.parametrize("how", ["first", "unique"])
@pytest.mark.parametrize(
    "cases",
    [
        SEXES,
        ADULTS,
        "young: 1 when demo.age < 12 months  old: 2 when demo.age >= 12 months",
        "a: 1 when ill and demo.sex = male  b: 2 when ill and demo.sex = female  c: 3 when not ill",
        "few: 1 when points < 3 points  more: 2 when points >= 3 points",
        "long: 1 when elapsed_time > 2 years  short: 2 when elapsed_time <= 2 years",
        "a: 1 when demo.age in 0 .. 12 months  b: 2 when demo.age > 12 months",
        "late: 1 when preg > 20 weeks  rest: 2 otherwise",
        "a: 1 when at least 2 of { x: ill  y: adult  z: demo.sex = male }  b: 2 otherwise",
        "a: 1 when ill unless adult  b: 2 when not ill  c: 3 when adult and ill",
    ],
)
def test_tables_that_cover_everything_once(small: Any, how: str, cases: str) -> None:
    made = table(small, how, cases)
    assert made.codes == []
    (number,) = [item.number for item in made.protocol.numbers if item.id == "t"]
    assert isinstance(number, e.Choose)
    assert number.unique is (how == "unique")
    assert number.cases[0].path == f"t.{number.cases[0].label}"


@pytest.mark.parametrize(
    ("how", "cases", "code", "words"),
    [
        ("first", "a: 1 when demo.sex = female", "E0430", "`demo.sex` is `male`"),
        ("first", "a: 1 when ill", "E0430", "`ill` is no"),
        ("first", "a: 1 when demo.age < 1 month  b: 2 when demo.age > 1 month", "E0430",
         "`demo.age` is 1 month"),
        ("first", "a: 1 when demo.age < 9 months  b: 2 when demo.age > 12 months", "E0430",
         "`demo.age` is 9 months"),
        ("unique", "a: 1 when demo.age <= 9 months  b: 2 when demo.age >= 9 months", "E0431",
         "`a` and `b` both hold where `demo.age` is 9 months"),
        ("unique", "a: 1 when ill  b: 2 when adult  c: 3 otherwise", "E0431",
         "`demo.age` is 216 months"),
        ("first", "few: 1 when points < 3 points  more: 2 when points > 3 points", "E0430",
         "`points` is 3"),
        ("first", "a: 1 when preg > 20 weeks  b: 2 when preg <= 20 weeks", "E0430",
         "`demo.sex` is `male`"),
        ("first", "a: 1 when lab.alt > lab.ast  b: 2 when lab.alt <= lab.ast", "E0432",
         "compares with something else"),
        ("unique", "a: 1 when lab.alt > lab.ast  b: 2 otherwise", "E0432", "two cases can hold"),
        ("first", "a: 1 when lab.alt + lab.ast > 9 U/L  b: 2 when ill", "E0432", "calculates"),
        ("first", "a: 1 when onset < 2020-01-01  b: 2 when ill", "E0432", "something else"),
        ("first", "a: 1 otherwise", "E0436", "the only case"),
        ("first", "a: 1 otherwise  b: 2 when ill", "E0436", "not the last case"),
    ],
)  # fmt: skip
def test_gaps_and_overlaps(small: Any, how: str, cases: str, code: str, words: str) -> None:
    made = table(small, how, cases)
    assert made.codes == [code]
    assert words in made.found[0].message


def test_too_many_combinations_are_not_tried(small: Any) -> None:
    data = "".join(f'data n{k} "N" : quantity [kg]\n' for k in range(9))
    rule = " and ".join(f"n{k} > 3 kg" for k in range(9))
    text = f'{data}derive t "T" [1] = first of {{ a: 1 when {rule}  b: 2 when n1 < 5 kg }}\n'
    made = small(text)
    assert made.codes == ["E0432"]
    assert "too many" in made.found[0].message


def test_limits_that_cannot_be_tried_need_otherwise_only(small: Any) -> None:
    assert table(small, "first", "a: 1 when lab.alt > lab.ast  b: 2 otherwise").codes == []


def test_a_table_is_in_its_unit(small: Any) -> None:
    made = table(small, "first", "a: 500 g when ill  b: demo.weight otherwise", "kg")
    (number,) = [item.number for item in made.protocol.numbers if item.id == "t"]
    assert isinstance(number, e.Choose)
    assert number.cases[0].value == e.Literal(value=0.5, unit="kg", text="500 g")
    assert table(small, "first", "a: 500 when ill  b: 1 kg otherwise", "kg").codes == ["E0406"]
    assert table(small, "first", "a: 5 cm when ill  b: 1 kg otherwise", "kg").codes == ["E0402"]
    assert table(small, "first", "a: points when ill  b: 1 otherwise").codes == ["E0411"]


def test_a_table_stands_by_itself(small: Any) -> None:
    text = f'{DATA}inclusion a [1] "A" {{ require lab.free > first of {{ {SEXES} }} }}\n'
    assert small(text).codes == ["E0435"]
    text = f'{DATA}derive t "T" [1] = max(1, first of {{ {SEXES} }})\n'
    assert small(text).codes == ["E0435"]


def test_a_circle_through_a_table_is_said_once(small: Any) -> None:
    text = f'{DATA}derive t "T" [1] = first of {{ a: 1 when odd  b: 2 when not odd }}\n'
    made = small(f'{text}define odd "Odd" = t > 1\n')
    assert "E0432" not in made.codes


def test_labels_of_a_table_are_used_once(small: Any) -> None:
    assert table(small, "first", "a: 1 when ill  a: 2 otherwise").codes == ["E0308"]


# ---- for whom it exists


def applies(small: Any, cases: str) -> Any:
    text = f'{DATA}derive t "T" [week] = first of {{ {cases} }}\n'
    made: Protocol = small(f'{text}inclusion a [1] "A" {{ require t > 4 weeks }}\n').protocol
    return made.criteria[0].condition


def test_a_table_exists_where_the_number_of_its_case_does(small: Any) -> None:
    assert isinstance(applies(small, "a: 1 week when ill  b: 9 weeks otherwise"), e.Compare)
    chosen = applies(small, "a: 1 week when ill  b: preg otherwise")
    assert isinstance(chosen, e.Applies)
    exists = chosen.condition
    assert isinstance(exists, e.Junction)
    assert exists.quantifier == "any"
    ill = e.Holds(path="ill")
    female = e.OneOf(path="demo.sex", codes=("female",))
    assert [branch.condition for branch in exists.branches] == [
        e.Not(operand=e.Not(operand=ill)),
        female,
    ]


# ---- numbers without their unit


def formula(small: Any, text: str, unit: str = "1") -> e.Number:
    protocol: Protocol = small(f'{DATA}derive t "T" [{unit}] = {text}\n').protocol
    return protocol.numbers[-1].number


def test_a_number_without_its_unit_is_divided_by_it(small: Any) -> None:
    plain = formula(small, "demo.weight [kg]")
    assert isinstance(plain, e.Arithmetic)
    assert (plain.operator, plain.numerator, plain.denominator) == ("/", 1, 1)
    assert e.without_unit(plain) == "kg"
    grams = formula(small, "demo.weight [g]")
    assert isinstance(grams, e.Arithmetic)
    assert (grams.numerator, grams.denominator) == (1000, 1)
    molar = formula(small, "lab.creatinine [mg/dL]")
    assert isinstance(molar, e.Arithmetic)
    assert Fraction(molar.numerator, molar.denominator) == Fraction("0.011312")
    assert formula(small, "vitals.temperature [Cel]").kind == "arithmetic"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("demo.weight [cm]", "E0402"),
        ("demo.weight [foo]", "E0401"),
        ("vitals.temperature [degF]", "E0418"),
        ("points [points]", "E0411"),
        ("onset [year]", "E0404"),
        ("demo.sex [year]", "E0404"),
        ("demo.age [year] + demo.weight", "E0402"),
    ],
)
def test_what_has_no_number_in_a_unit(small: Any, text: str, code: str) -> None:
    assert small(f'{DATA}derive t "T" [1] = {text}\n').codes == [code]


# ---- functions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ln(lab.free)", "E0433"),
        ("log10(demo.age [month])", "E0433"),
        ("sqrt(lab.free)", "E0433"),
        ("sqrt(10 - demo.age [month])", "E0433"),
        ("power(lab.free, 2)", "E0433"),
        ("power(demo.age [month], -1)", "E0433"),
        ("power(demo.weight [kg], lab.free)", "E0434"),
        ("power(demo.weight [kg], 2 kg)", "E0434"),
        ("power(demo.weight [kg])", "E0434"),
        ("power(demo.weight [kg], 1/0)", "E0434"),
        ("round(lab.free, 1.5)", "E0434"),
        ("round(lab.free, -1)", "E0434"),
        ("sqrt(demo.weight)", "E0434"),
        ("exp(1, 2)", "E0434"),
        ("max(lab.free)", "E0434"),
        ("max(lab.free, demo.weight)", "E0402"),
        ("max(points, 3)", "E0411"),
        ("ln(vitals.temperature)", "E0418"),
        ("1 / ln(demo.weight [kg] / 20)", "E0409"),
    ],
)
def test_functions_that_cannot_be(small: Any, text: str, code: str) -> None:
    assert small(f'{DATA}derive t "T" [1] = {text}\n').codes == [code]


@pytest.mark.parametrize(
    "text",
    [
        "ln(demo.weight [kg])",
        "sqrt(demo.age [month])",
        "power(demo.age [month], 1/3)",
        "power(demo.weight [kg], -1.154)",
        "exp(lab.free)",
        "round(lab.free)",
        "round(lab.free, 1)",
        "ln(max(lab.free, 1))",
        "1 / power(demo.weight [kg], 0.5)",
    ],
)
def test_functions_that_always_have_a_value(small: Any, text: str) -> None:
    made = formula(small, text)
    assert made.kind in ("function", "arithmetic")


def test_the_greatest_of_quantities_has_their_unit(small: Any) -> None:
    greatest = formula(small, "max(lab.alt, lab.ast, 40 U/L)", "U/L")
    assert isinstance(greatest, e.Function)
    assert greatest.unit == "U/L"


def test_function_words_stay_names(small: Any) -> None:
    names = ("min", "max", "power", "sqrt", "ln", "log10", "exp", "round", "first", "unique")
    data = "".join(f'data {name} "N" : quantity [kg]\n' for name in names)
    rules = " or ".join(f"{name} > 3 kg" for name in names)
    assert small(f'{data}inclusion a [1] "A" {{ require {rules} }}\n').codes == []


# ---- between which bounds


def test_bounds_and_whether_a_number_surely_exists(small: Any) -> None:
    text = f"""{DATA}
derive root "R" [1] = sqrt(demo.weight [kg])
derive by_sex "S" [1] = unique of {{ {SEXES} }}
derive by_time "B" [1] = first of {{ long: 1 when elapsed_time > 2 years  short: 2 otherwise }}
derive wide "W" [1] = exp(lab.free)
derive on_top "O" [1] = by_time + 1
derive by_points "P" [1] = first of {{ few: 1 when points < 3 points  more: 2 otherwise }}
"""
    protocol: Protocol = small(text).protocol
    numbers = {item.id: item.number for item in protocol.numbers}
    conditions = {item.id: item.condition for item in protocol.conditions}
    intervals = Intervals({item.id: item for item in protocol.data}, numbers, conditions)
    low, high = intervals.of(numbers["root"])
    assert low <= 20**0.5 <= low * (1 + 1e-9)
    assert high * (1 - 1e-9) <= 300**0.5 <= high
    assert intervals.of(numbers["by_sex"]) == (0.85, 1)
    # A date in the future leaves the table without a case for good: such a number is no number.
    exists = {name: intervals.surely_exists(number) for name, number in numbers.items()}
    assert exists == {
        "elapsed_time": False, "points": False, "root": True, "by_sex": True, "by_time": False,
        "wide": False, "on_top": False, "by_points": True,
    }  # fmt: skip


# ---- in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(140 - demo.age [month]) * demo.weight [kg] / (72 * lab.creatinine [mg/dL])",
         "(140 − Age in months) × Weight in kg / (72 × Creatinine in mg/dL)"),
        ("2 / demo.weight [kg]", "2 / Weight in kg"),
        ("power(demo.weight [kg], -1.154)", "(Weight in kg) to the power of −1.154"),
        ("max(lab.free, 1)", "the greatest of (Free, 1)"),
        ("ln(demo.weight [kg] / 2)", "ln(Weight in kg / 2)"),
        ("round(lab.free, 1)", "(Free) rounded to 1 decimal places"),
    ],
)  # fmt: skip
def test_formulas_in_words(small: Any, text: str, words: str) -> None:
    protocol: Protocol = small(f'{DATA}derive t "T" [1] = {text}\n').protocol
    assert number_words(protocol.numbers[-1].number, protocol) == words


def test_a_table_in_words(small: Any) -> None:
    protocol: Protocol = table(small, "first", "a: 1 when ill and adult  b: 2 otherwise").protocol
    number = protocol.numbers[-1].number
    assert number_words(number, protocol) == "1 if (Ill and Adult); 2 otherwise"
