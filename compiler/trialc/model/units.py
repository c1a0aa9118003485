"""Units of measurement: look-up by spelling, exact conversion, products and quotients.

The registry is closed (`unit_registry.py`, which names the sources). Base dimensions are `length,
mass, time, substance, temperature, angle, activity`; every `kind:...` is a pseudo-dimension that
keeps apart what must not mix: `%` and `% predicted`, days and hours, mL/min and mL/min/1.73 m².
Two units convert only if all their dimensions agree.

All factors are exact rationals, so that 110 g/L is 11 g/dL and not a float beside it
(docs/semantics.md, section 2). The tables are read, and patterns compiled, at the first look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product as _combinations

from trialc.model.unit_registry import ALONE, ATOMS, OFFSETS, PER_BODY_SIZE, UNITS, Dimension


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. Registered ones are unique objects; `product` and `quotient` may build others.

    A value in the unit is worth `value * factor + offset` in the coherent base of `dimension`
    (m, g, s, mol, K, kat). `step` is the usual reporting resolution as decimal text.
    """

    code: str
    display: str
    dimension: Dimension
    factor: Fraction
    offset: Fraction
    step: str


ONE = Unit("1", "1", (), Fraction(1), Fraction(0), "0.01")

_DERIVED_STEP = "0.01"
_PER_VOLUME: Dimension = (("length", -3),)
_TEN = "10*"
_NO_OFFSET = Fraction(0)

# ---- spellings

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TYPOGRAPHY = str.maketrans(
    {
        **{c: str(i) for i, c in enumerate(_SUPERSCRIPTS)},
        **{chr(0x2080 + i): str(i) for i in range(10)},  # subscripts
        **dict.fromkeys("\u207b\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u00b5\u03bc", "u"),
        **dict.fromkeys("\u00d7\u2715\u2a2f", "x"),
        **dict.fromkeys("\u00b7\u22c5\u2219", "."),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u00ba\u02da", "\u00b0"),
        **dict.fromkeys("\u200b\u2060\ufeff", None),  # blanks without width
        "\u2103": "\u00b0C",
        "\u2109": "\u00b0F",
        "\u2030": "[ppth]",
    }
)
_TO_SUPERSCRIPT = str.maketrans("0123456789-", _SUPERSCRIPTS + "⁻")
_RAISED_TEN = rf"(?<![\d.])10(?:\*{{1,2}}(?=-?\d)|(?=[{_SUPERSCRIPTS}\u207b]))"
_IDLE = r"(?<!10)\^(?=-?\d)|(?<![A-Za-z]) | (?![A-Za-z])"  # carets, except of ten; blanks


def _key(spelling: str) -> str:
    """What the spellings of a unit share: plain typography, blanks only between two letters."""
    text = re.sub(_RAISED_TEN, "10^", spelling).translate(_TYPOGRAPHY)
    return re.sub(_IDLE, "", " ".join(text.split()).replace(" per ", "/"))


# ---- codes: the UCUM subset of this registry, atoms with powers joined by `.` and `/`

_TERM = r"([./]?)(10\*|(?:[A-Za-z%]|\[[^]]*\]|\{[^}]*\}|\([^)]*\))+)(-?\d+)?"
_BASE = r"(kind:\S+|[a-z]+)(-?\d+)?"

Powers = dict[str, int]


def _powers(code: str) -> Powers:
    """The atoms of a code with their exponents, in reading order: "kg/m2" is {kg: 1, m: -2}.

    A ratio that cancels to nothing but is a unit by itself stays whole: "L/L" is {(L/L): 1}.
    """
    powers: Powers = {}
    for sign, atom, exponent in re.findall(_TERM, code):
        count = int(exponent or 1)
        powers[atom] = powers.get(atom, 0) + (-count if sign == "/" else count)
    powers = {atom: count for atom, count in powers.items() if count}
    return powers if powers or code == ONE.code else {f"({code})": 1}


def _code(powers: Powers) -> str:
    """The code of these atoms: numerator joined by `.`, each denominator after a `/`."""
    above = ".".join(
        atom + (str(n) if n != 1 or atom == _TEN else "")
        for atom, n in powers.items()
        if n > 0 or atom == _TEN
    )
    below = "".join(
        f"/{atom}{-n if n != -1 else ''}" for atom, n in powers.items() if n < 0 and atom != _TEN
    )
    return above + below or "1"


def _display(powers: Powers) -> str:
    """What documents print for these atoms: "×10⁹/L", "kg/m²"."""

    def raised(atom: str, n: int) -> str:
        exponent = str(n).translate(_TO_SUPERSCRIPT)
        if atom == _TEN:
            return "×10" + exponent
        known = _atoms().get(atom)
        return (known.display if known else atom) + (exponent if n != 1 else "")

    above = "·".join(raised(atom, n) for atom, n in powers.items() if n > 0 or atom == _TEN)
    if _TEN in powers:
        above = above.replace("·", " ", 1)
    below = "".join(f"/{raised(a, -n)}" for a, n in powers.items() if n < 0 and a != _TEN)
    return above + below or "1"


# ---- the registry, read once


class _Atom:
    """One row of `ATOMS`."""

    __slots__ = ("dimension", "display", "factor", "names")

    def __init__(
        self, dimension: Dimension, factor: Fraction, display: str, names: tuple[str, ...]
    ) -> None:
        self.dimension = dimension
        self.factor = factor
        self.display = display
        self.names = names


class _Registry:
    """The tables, indexed."""

    __slots__ = ("by_key", "by_powers", "spellings", "units", "written")

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.by_key: dict[str, Unit] = {}
        self.by_powers: dict[tuple[tuple[str, int], ...], Unit] = {}
        self.written: dict[str, str] = {}  # key of a spelling -> the first way it is written
        self.spellings: dict[str, tuple[str, ...]] = {}  # by code


def _rows(table: str) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split(";") if name)


def _exact(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or 1)


def _combined(*parts: tuple[Dimension, int]) -> Dimension:
    """The product of dimensions, each raised to a power: sorted by name, without zeros."""
    total: dict[str, int] = {}
    for dimension, times in parts:
        for name, exponent in dimension:
            total[name] = total.get(name, 0) + exponent * times
    return tuple(sorted((name, n) for name, n in total.items() if n))


@cache
def _atoms() -> dict[str, _Atom]:
    """Every atom of the registry by its code."""
    atoms = {_TEN: _Atom((), Fraction(10), "10", ())}
    for code, dimension, factor, display, names in _rows(ATOMS):
        base = tuple(sorted((m[1], int(m[2] or 1)) for m in re.finditer(_BASE, dimension)))
        atoms[code] = _Atom(base, _exact(factor), display, (code, *_names(names)))
    return atoms


def _unit(code: str, step: str, kind: str) -> Unit:
    """The unit that a row of the registry describes."""
    powers = _powers(code)
    whole = f"({code})" in powers  # "L/L": a factor of 1, and its kind alone
    parts = [] if whole else [(_atoms()[atom], n) for atom, n in powers.items()]
    factor = Fraction(1)
    for atom, n in parts:
        factor *= atom.factor**n
    dimension = _combined(*((atom.dimension, n) for atom, n in parts))
    if kind:
        dimension = _combined((dimension, 1), (((f"kind:{kind}", 1),), 1))
    display = ALONE.get(code) or (code if whole else _display(powers))
    return Unit(code, display, dimension, factor, Fraction(OFFSETS.get(code, 0)), step)


def _written_forms(code: str, dimension: Dimension) -> Iterator[str]:
    """Every way of writing a code that its atoms' spellings allow, the plainest first."""
    choices: list[list[str]] = []
    for sign, atom, exponent in re.findall(_TERM, code):
        if atom == _TEN:
            names = (f"10^{exponent}", f"x10^{exponent}")
            choices.append([sign + name for name in names])
            continue
        names = (n for n in _atoms()[atom].names if sign == "/" or "24" not in n)
        choices.append([f"{sign}{name}{exponent}" for name in names])
    for parts in _combinations(*choices):
        text = "".join(parts)
        yield text
        if dimension == _PER_VOLUME:
            head, _, volume = text.rpartition("/")
            yield f"{head} cells/{volume}".strip()
            yield f"{head} cell/{volume}".strip()


@cache
def _registry() -> _Registry:
    """Reads the tables. A spelling of two units is an error of the registry."""
    registry = _Registry()
    for code, step, kind, more in _rows(UNITS):
        entry = ONE if code == ONE.code else _unit(code, step, kind)
        registry.units.append(entry)
        registry.by_powers.setdefault(tuple(sorted(_powers(code).items())), entry)
        written = (*_written_forms(code, entry.dimension), *_names(more), entry.display)
        forms = dict.fromkeys((code, *filter(None, written)))
        for form in forms:
            key = _key(form)
            if registry.by_key.setdefault(key, entry) is not entry:
                raise ValueError(f"{form!r} spells both {registry.by_key[key].code} and {code}")
            registry.written.setdefault(key, form)
        registry.spellings[code] = (code, *sorted(forms.keys() - {code}))
    return registry


# ---- look-up


def unit(spelling: str) -> Unit | None:
    """The unit that is spelled so: UCUM code, everyday form, pasted typography; None if unknown.

    Case matters (`mg`, `Mg`; `G/L`, `g/L`). `mL/min/1.73.m2` is refused: in UCUM it divides by 1.73
    and multiplies by a square metre.
    """
    return _registry().by_key.get(_key(spelling))


def suggestions(spelling: str) -> tuple[str, ...]:
    """Up to three spellings close to an unknown one, of different units, the closest first."""
    from difflib import get_close_matches

    registry = _registry()
    folded: dict[str, list[str]] = {}
    for key in registry.by_key:
        folded.setdefault(key.casefold(), []).append(key)
    found: dict[str, str] = {}
    for match in get_close_matches(_key(spelling).casefold(), folded, n=12, cutoff=0.6):
        for key in folded[match]:
            found.setdefault(registry.by_key[key].code, registry.written[key])
    return tuple(found.values())[:3]


def spellings(u: Unit) -> tuple[str, ...]:
    """The accepted spellings of a unit: its code, then the others sorted. A derived unit has one.

    Variants of typography (blanks, micro signs, raised digits) are accepted beyond those listed.
    """
    return _registry().spellings.get(u.code, (u.code,))


def family(u: Unit) -> tuple[Unit, ...]:
    """The registered units that convert to this one (itself included), in the registry's order."""
    return tuple(other for other in _registry().units if compatible(u, other))


# ---- conversion


def compatible(a: Unit, b: Unit) -> bool:
    """Whether values convert between the two: every dimension agrees, kinds included."""
    return a.dimension == b.dimension


def conversion(a: Unit, b: Unit) -> tuple[int, int, int, int]:
    """(num, den, off_num, off_den): value in b = value in a * num/den + off_num/off_den.

    In lowest terms. ValueError if the two are not compatible.
    """
    if not compatible(a, b):
        raise ValueError(f"{a.code} and {b.code} measure different things")
    return _ratios(a.factor / b.factor, (a.offset - b.offset) / b.factor)


def _ratios(slope: Fraction, shift: Fraction) -> tuple[int, int, int, int]:
    return slope.numerator, slope.denominator, shift.numerator, shift.denominator


_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,4}))?"
_LARGEST_EXPONENT = 400  # beyond binary64, whose range ends at 1e308 and 5e-324


def convert_exact(lexeme: str, a: Unit, b: Unit) -> Fraction:
    """The number that a decimal text ("0.5", "1e6") in unit a is in unit b, exactly.

    ValueError if the text is no decimal number, its exponent is beyond 400, or the units do not
    convert.
    """
    match = re.fullmatch(_NUMBER, lexeme)
    if match is None or abs(int(match[1] or 0)) > _LARGEST_EXPONENT:
        raise ValueError(f"{lexeme!r} is not a decimal number that can be converted")
    num, den, off_num, off_den = conversion(a, b)
    return Fraction(lexeme) * Fraction(num, den) + Fraction(off_num, off_den)


def mass_substance(
    a: Unit, b: Unit, molar_mass_g_per_mol: Fraction
) -> tuple[int, int, int, int] | None:
    """As `conversion`, between mass and substance of an analyte (mg/dL and mmol/L, mg and mmol).

    The molar mass is the analyte's, in g/mol, and positive (else ValueError). None for any other
    pair; mg/g and mg/mmol is one, for there the molar mass is the denominator's.
    """
    if molar_mass_g_per_mol <= 0:
        raise ValueError("a molar mass is positive")
    if b.dimension == _as_substance(a.dimension):
        return _ratios(a.factor / b.factor / molar_mass_g_per_mol, _NO_OFFSET)
    if a.dimension == _as_substance(b.dimension):
        return _ratios(a.factor / b.factor * molar_mass_g_per_mol, _NO_OFFSET)
    return None


def _as_substance(dimension: Dimension) -> Dimension | None:
    """The dimension with substance for mass; None unless it holds mass once and no substance."""
    exponents = dict(dimension)
    if exponents.pop("mass", 0) != 1 or "substance" in exponents:
        return None
    return tuple(sorted({**exponents, "substance": 1}.items()))


# ---- products and quotients


def product(a: Unit, b: Unit) -> Unit:
    """The unit of a value in a times a value in b: "kg" and "m2" give "kg.m2".

    The registered unit if its atoms are those of the result (mg/kg times kg is mg), else a derived
    one with step 0.01. ValueError for a temperature scale with its own zero.
    """
    dimension = _combined((a.dimension, 1), (b.dimension, 1))
    for kind, size in PER_BODY_SIZE.items():
        for dose, body in ((a, b), (b, a)):
            if body.dimension == size and (kind, 1) in dose.dimension:
                dimension = _combined((dimension, 1), (((kind, 1),), -1))
    return _derived(a, b, 1, dimension)


def quotient(a: Unit, b: Unit) -> Unit:
    """The unit of a value in a over a value in b: "kg" and "cm2" give "kg/cm2"; see `product`."""
    dimension = _combined((a.dimension, 1), (b.dimension, -1))
    for kind, size in PER_BODY_SIZE.items():
        if (kind, -1) in dimension:  # mg divided by ug/kg is a body mass
            without = _combined((dimension, 1), (((kind, 1),), 1))
            dimension = size if without == size else dimension
    return _derived(a, b, -1, dimension)


def _derived(a: Unit, b: Unit, times: int, dimension: Dimension) -> Unit:
    if a.offset or b.offset:
        raise ValueError(f"{a.code} and {b.code}: a scale with its own zero has no products")
    if b == ONE:
        return a
    powers = _powers(a.code)
    for atom, n in _powers(b.code).items():
        powers[atom] = powers.get(atom, 0) + n * times
    powers = {atom: n for atom, n in powers.items() if n}
    registered = _registry().by_powers.get(tuple(sorted(powers.items())))
    if registered is not None:
        return registered
    factor = a.factor * b.factor**times
    return Unit(_code(powers), _display(powers), dimension, factor, _NO_OFFSET, _DERIVED_STEP)
