"""Units: exact conversion, kinds that never mix, spellings, products."""

from __future__ import annotations

import itertools
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialc.model import units
from trialc.model.unit_registry import ATOMS, UNITS
from trialc.model.units import ONE, Unit

REGISTERED: tuple[Unit, ...] = tuple(
    found for line in UNITS.split("\n") if (found := units.unit(line.partition("|")[0].strip()))
)
PAIRS = [(a, b) for a in REGISTERED for b in units.family(a)]
SCALES = [u for u in REGISTERED if not u.offset]


def known(spelling: str) -> Unit:
    found = units.unit(spelling)
    assert found is not None, spelling
    return found


def mapped(value: Fraction, ratios: tuple[int, int, int, int]) -> Fraction:
    num, den, off_num, off_den = ratios
    return value * num / den + Fraction(off_num, off_den)


def test_every_row_is_a_unit() -> None:
    rows = [line for line in UNITS.strip().splitlines() if line]
    assert len(REGISTERED) == len(rows) == len({u.code for u in REGISTERED})
    assert len(rows) >= 120
    assert {line.count("|") for line in rows} == {3}
    assert {line.count("|") for line in ATOMS.strip().splitlines()} == {4}
    for u in REGISTERED:
        assert u.factor > 0
        assert Fraction(u.step) > 0
        assert u.dimension == tuple(sorted(u.dimension))
        assert all(exponent for _, exponent in u.dimension)
        assert u.display


# ---- conversion


@pytest.mark.parametrize(
    ("text", "a", "b", "expected"),
    [
        ("110", "g/L", "g/dL", "11"),
        ("11", "g/dL", "g/L", "110"),
        ("0.1", "g/dL", "g/L", "1"),
        ("37", "Cel", "[degF]", "98.6"),
        ("98.6", "°F", "°C", "37"),
        ("-40", "°C", "°F", "-40"),
        ("0", "°C", "K", "273.15"),
        ("100", "x10^9/L", "10^3/uL", "100"),
        ("1500", "cells/uL", "10^9/L", "1.5"),
        ("1e6", "cell/kg", "10^6 cell/kg", "1"),
        ("60", "U/L", "ukat/L", "1"),
        ("40", "IU/L", "mIU/mL", "40"),
        ("40", "U/L", "IU/L", "40"),
        ("4", "mIU/L", "uIU/mL", "4"),
        ("1", "kPa", "Pa", "1000"),
        ("500", "mmHg", "kPa", "66.661"),
        ("1", "WU", "dyn.s.cm-5", "79.9932"),
        ("1", "in", "cm", "2.54"),
        ("1", "ft", "in", "12"),
        ("1", "lb", "g", "453.59237"),
        ("300", "mg/24h", "g/day", "0.3"),
        ("90", "mL/min", "L/h", "5.4"),
        ("90", "mL/min/1.73m2", "mL/s/1.73m2", "1.5"),
        ("45", "%", "L/L", "0.45"),
        ("30", "mg/mmol", "g/mol", "30"),
        ("37", "MBq", "mCi", "1"),
        ("1", "h", "s", "3600"),
    ],
)
def test_conversion_is_exact(text: str, a: str, b: str, expected: str) -> None:
    assert units.convert_exact(text, known(a), known(b)) == Fraction(expected)


def test_pressure_follows_ucum() -> None:
    """UCUM's table: `m[Hg]` is 133.3220 kPa."""
    assert units.conversion(known("mmHg"), known("Pa")) == (66661, 500, 0, 1)


def test_a_unit_of_enzyme_activity_is_a_sixtieth_of_a_microkatal() -> None:
    assert units.conversion(known("U/L"), known("ukat/L")) == (1, 60, 0, 1)


@given(pair=st.sampled_from(PAIRS), value=st.fractions())
def test_there_and_back_is_the_identity(pair: tuple[Unit, Unit], value: Fraction) -> None:
    a, b = pair
    there = mapped(value, units.conversion(a, b))
    assert mapped(there, units.conversion(b, a)) == value


def test_the_two_conversions_of_every_pair_are_inverse() -> None:
    for a, b in PAIRS:
        num, den, off_num, off_den = units.conversion(a, b)
        back = units.conversion(b, a)
        assert (back[0], back[1]) == (den, num)
        assert mapped(Fraction(off_num, off_den), back) == 0
        assert den > 0
        assert off_den > 0


@pytest.mark.parametrize("text", ["0.5", "1e6", "+3", "-0.25", ".5", "7.", "1E-3"])
def test_decimal_texts(text: str) -> None:
    assert units.convert_exact(text, ONE, ONE) == Fraction(text)


@pytest.mark.parametrize(
    "text", ["", "x", "1/3", "1_000", " 1", "nan", "inf", "1e999999999", "\u0661"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="decimal number"):
        units.convert_exact(text, ONE, ONE)


# ---- kinds

APART = [
    ["1", "%", "% predicted", "x ULN", "x LLN", "x baseline", "INR", "points", "mmol/mol", "titer"],
    ["hours", "days", "weeks", "months", "years"],
    ["mL/min", "mL/min/1.73 m²", "mL/day"],
    ["g/dL", "mm/h", "mmol/L", "mEq/L", "U/L", "mOsm/L", "copies/mL", "log10 copies/mL", "/uL"],
    ["mg", "mg/kg", "mg/m2", "mg/day", "mg/kg/day", "mg/week", "mg/g", "1"],
    ["kg/m2", "mg/m2", "mL/m2"],
    ["mm/h", "L/min/m2", "m"],
    ["/min", "/day", "/HPF"],
]


@pytest.mark.parametrize("group", APART)
def test_kinds_never_mix(group: list[str]) -> None:
    for a, b in itertools.permutations(map(known, group), 2):
        assert not units.compatible(a, b)
        assert b not in units.family(a)
        with pytest.raises(ValueError, match="different things"):
            units.conversion(a, b)


def test_a_family_is_what_converts() -> None:
    assert [u.code for u in units.family(known("µg/mL"))][:2] == ["g/L", "g/dL"]
    assert units.family(known("years")) == (known("a"),)
    for u in REGISTERED:
        assert u in units.family(u)
        assert all(units.compatible(u, other) for other in units.family(u))


# ---- mass and substance


def test_glucose_needs_its_molar_mass() -> None:
    mmol, mg = known("mmol/L"), known("mg/dL")
    molar_mass = Fraction("180.156")
    assert not units.compatible(mmol, mg)
    there = units.mass_substance(mmol, mg, molar_mass)
    back = units.mass_substance(mg, mmol, molar_mass)
    assert there is not None
    assert back is not None
    assert mapped(Fraction(5), there) == Fraction("90.078")
    assert mapped(Fraction("90.078"), back) == 5


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("mg/dL", "g/L"),
        ("mg/dL", "mEq/L"),
        ("mg/dL", "U/L"),
        ("mg/g", "mg/mmol"),
        ("mg/mmol", "1"),
        ("mg/kg", "mmol/kg"),
        ("mg/dL", "mmol"),
        ("%", "mmol/mol"),
    ],
)
def test_only_mass_and_substance_of_one_shape(a: str, b: str) -> None:
    assert units.mass_substance(known(a), known(b), Fraction(100)) is None
    assert units.mass_substance(known(b), known(a), Fraction(100)) is None


def test_a_molar_mass_is_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        units.mass_substance(known("mg/dL"), known("mmol/L"), Fraction(0))


# ---- spellings

# Each line spells one unit; its code comes first.
ONE_UNIT = """
10*9/L; 10^9/L; x10^9/L; ×10⁹/L; 10⁹/L; x 10^9 / L; 10^9 cells/L; x10^9 cells/L; G/L
/uL; /\u00b5L; /\u03bcL; cell/uL; cells/\u00b5L; cells per uL; cells / mcL
/mm3; cells/mm3; cells/mm³; /mm^3
mL; ml
umol/L; \u00b5mol/L; \u03bcmol/L; umol/l
%; percent
%{predicted}; %pred; % pred; %predicted; % predicted; % of predicted
{x_ULN}; xULN; x ULN; ×ULN; × ULN; ×  ULN
{x_LLN}; xLLN; x LLN
mL/min/{1.73_m2}; mL/min/1.73m2; mL/min/1.73 m²; ml/min/1.73m^2; mL/min per 1.73 m2
a; year; years
mo; month; months
wk; week; weeks
d; day; days
h; hour; hours
min; minute; minutes
mm/h; mm/hr; mm/hour
mm[Hg]; mmHg; mm Hg; mm\u00a0Hg
/min; bpm; beats/min; breaths per minute
dyn.s.cm-5; dyn·s·cm⁻⁵; dyn·s/cm⁵
[wood'U]; WU; Wood units
Cel; °C; degC; \u2103
mg/d; mg/day; mg/24h; mg/24 h
mg/kg/d; mg/kg/day
[IU]/L; IU/L
u[IU]/mL; uIU/mL; \u00b5IU/mL
{score}; score; points
10*6.{cells}/kg; 10^6 cell/kg; 10^6 cells/kg; ×10⁶ cells/kg
{Log_copies}/mL; log10 copies/mL; log₁₀ copies/mL
cm[H2O]; cmH2O; cmH₂O
m2; m²; m^2
"""


@pytest.mark.parametrize("line", ONE_UNIT.strip().splitlines())
def test_these_spell_one_unit(line: str) -> None:
    code, *rest = line.split("; ")
    assert known(code).code == code
    for form in rest:
        assert units.unit(form) is units.unit(code), form


def test_every_spelling_resolves_to_exactly_one_unit() -> None:
    owner: dict[str, str] = {}
    for u in REGISTERED:
        listed = units.spellings(u)
        assert listed[0] == u.code
        assert list(listed[1:]) == sorted(set(listed) - {u.code})
        assert u.display in listed
        for form in listed:
            assert units.unit(form) is u, form
            assert units.unit(f"  {form} ") is u
            assert owner.setdefault(form, u.code) == u.code


def test_displays() -> None:
    shown = "×10⁹/L; years; mg/kg/day; kg/m²; mL/min/1.73 m²; % predicted; × ULN; °C; dyn·s/cm⁵"
    assert [known(form).display for form in shown.split("; ")] == shown.split("; ")
    assert (known("d").display, known("/d").display) == ("days", "/day")


def test_case_matters() -> None:
    assert units.unit("Mg/dL") is None
    assert units.unit("G/L") is not units.unit("g/L")


@pytest.mark.parametrize(
    "text", ["", " ", "foo", "mm Hgg", "kg/cm2", "24h", "10^7 cells", "x109/L"]
)
def test_the_registry_is_closed(text: str) -> None:
    assert units.unit(text) is None


@pytest.mark.parametrize("text", ["mL/min/1.73.m2", "ml/min/1.73.m2", "mL/min/1.73·m²"])
def test_the_code_that_divides_by_a_number_is_refused(text: str) -> None:
    assert units.unit(text) is None
    assert units.suggestions(text)[0] == "mL/min/1.73m2"


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("MG/DL", "mg/dL"),
        ("mmhg", "mmHg"),
        ("yaers", "years"),
        ("gm/dL", "g/dL"),
        ("x109/L", "x10^9/L"),
        ("mmol/litre", "mmol/L"),
        ("% predictd", "%predicted"),
        ("x UNL", "xULN"),
    ],
)
def test_suggestions(text: str, close: str) -> None:
    found = units.suggestions(text)
    assert units.unit(text) is None
    assert close in found or known(close) in map(units.unit, found)
    assert len(found) <= 3
    assert len({known(form).code for form in found}) == len(found)


def test_nothing_is_close_to_nonsense() -> None:
    assert units.suggestions("qqqqqq") == ()
    assert units.suggestions("") == ()


# ---- products and quotients


def test_body_mass_index_in_any_units() -> None:
    kg, cm, m = known("kg"), known("cm"), known("m")
    index = units.quotient(kg, units.product(cm, cm))
    assert (index.code, index.display) == ("kg/cm2", "kg/cm²")
    assert units.conversion(index, known("kg/m2")) == (10_000, 1, 0, 1)
    assert units.quotient(kg, units.product(m, m)) is known("kg/m2")
    assert units.spellings(index) == ("kg/cm2",)
    assert known("kg/m2") in units.family(index)


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ("mg/kg", "kg", "mg"),
        ("kg", "mg/kg", "mg"),
        ("mg/m2", "m2", "mg"),
        ("mg/kg/d", "kg", "mg/d"),
        ("{cells}/kg", "kg", "{cells}"),
        ("10*6.{cells}/kg", "kg", "10*6.{cells}"),
        ("L/min/m2", "m2", "L/min"),
        ("1", "g/dL", "g/dL"),
        ("g/m2", "1", "g/m2"),
        ("kg", "m2", "kg.m2"),
        ("10*9/L", "%", "10*9.%/L"),
    ],
)
def test_products(a: str, b: str, result: str) -> None:
    assert units.product(known(a), known(b)).code == result


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ("mg", "kg", "mg/kg"),
        ("mg", "m2", "mg/m2"),
        ("mg", "mg/kg", "kg"),
        ("L/min", "m2", "L/min/m2"),
        ("mg/dL", "mg/dL", "1"),
        ("mg/L", "g/L", "mg/g"),
        ("mg/L", "mmol/L", "mg/mmol"),
        ("% predicted", "% predicted", "1"),
        ("L/L", "L/L", "1"),
        ("%", "L/L", "%/(L/L)"),
        ("1", "min", "/min"),
        ("g/dL", "1", "g/dL"),
    ],
)
def test_quotients(a: str, b: str, result: str) -> None:
    assert units.quotient(known(a), known(b)).code == result


def test_a_dose_times_a_body_mass_in_pounds_is_a_mass() -> None:
    dose = units.product(known("mg/kg"), known("lb"))
    assert units.compatible(dose, known("mg"))
    assert units.conversion(dose, known("mg")) == (45359237, 100000000, 0, 1)
    body = units.quotient(known("mg"), known("ug/kg"))
    assert units.conversion(body, known("kg")) == (1000, 1, 0, 1)


def test_a_temperature_scale_has_no_products() -> None:
    for combine in (units.product, units.quotient):
        with pytest.raises(ValueError, match="zero"):
            combine(known("°C"), known("mg"))


@given(a=st.sampled_from(SCALES), b=st.sampled_from(SCALES))
def test_factors_and_physical_dimensions_multiply(a: Unit, b: Unit) -> None:
    for result, times in ((units.product(a, b), 1), (units.quotient(a, b), -1)):
        assert result.factor == a.factor * b.factor**times
        expected = physical(a)
        for name, exponent in physical(b).items():
            expected[name] = expected.get(name, 0) + exponent * times
        assert physical(result) == {name: n for name, n in expected.items() if n}


def physical(u: Unit) -> dict[str, int]:
    return {name: n for name, n in u.dimension if not name.startswith("kind:")}


# ---- import


def test_importing_reads_no_table_and_no_difflib() -> None:
    program = (
        "import sys; import trialc.model.units as u; "
        "assert 'difflib' not in sys.modules; assert u.unit.__module__ == u.__name__; "
        "from trialc.model.units import _registry; assert not _registry.cache_info().currsize"
    )
    root = units.__file__.removesuffix("/trialc/model/units.py")
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": root})
