"""The runtime in JavaScript, function by function: what the one in Python says."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.differential.javascript import needs_node, run

from trialc.emitters.javascript_text import MODULES, runtime_text
from trialc_runtime.calendar import add, civil, day_number, elapsed, iso, parse_date
from trialc_runtime.decimals import calculate, convert
from trialc_runtime.functions import apply
from trialc_runtime.refusals import did_you_mean, shown
from trialc_runtime.schedule import dated_visits
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of

pytestmark = needs_node

FOLDER = Path(__file__).resolve().parents[2] / "runtime" / "trialc_runtime" / "javascript"
DRIVER = Path(__file__).with_name("javascript_driver.mjs")

Call = tuple[Any, ...]


def called(calls: Sequence[Call]) -> list[Any]:
    """What functions of the runtime in JavaScript give."""
    text = "\n".join(map(json.dumps, calls))
    return [_as_floats(line) for line in run(DRIVER, FOLDER.as_uri(), text=text).splitlines()]


def _as_floats(text: str) -> Any:
    """JSON in which 18 and 18.0 are one number, as in JavaScript."""
    return json.loads(text, parse_int=float)


def compare(module: str, function: Callable[..., Any], arguments: Sequence[Call]) -> None:
    found = called([(module, function.__name__, *given) for given in arguments])
    for given, answer in zip(arguments, found, strict=True):
        assert answer == _as_floats(json.dumps(_tried(function, given))), (function, given)


def _tried(function: Callable[..., Any], given: Call) -> Any:
    try:
        return function(*given)
    except OverflowError:
        return "NoResult"
    except ValueError:
        return "RangeError"


def numbers(chance: random.Random, count: int) -> Iterator[float]:
    """Numbers of all sizes, among them those at the ends of binary64."""
    ends = (0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e15, 1e16, 1e21, 1e22)
    for _ in range(count):
        roll = chance.random()
        if roll < 0.3:
            yield round(chance.uniform(-300, 300), chance.randint(0, 4))
        elif roll < 0.5:
            yield float(chance.randint(-(10**6), 10**6))
        elif roll < 0.6:
            yield chance.choice(ends) * chance.choice((1, -1))
        elif roll < 0.8:
            yield chance.choice((1.0, 0.5, 10.0, 100.0)) * (1 + chance.randint(-3, 3) * 2**-52)
        else:
            yield chance.uniform(-10, 10) * 10 ** chance.randint(-320, 307)


def test_calculations() -> None:
    chance = random.Random(1)
    made = list(numbers(chance, 6000))
    ratios = ((1, 1), (1, 3), (18016, 1000), (1, 10**6), (7, 11), (10**15, 7))
    calls = [
        (chance.choice("+-*/"), first, second, *chance.choice(ratios))
        for first, second in zip(made[::2], made[1::2], strict=True)
    ]
    compare("decimals", calculate, calls)


def test_conversions() -> None:
    chance = random.Random(2)
    factors = ((1, 1, 0, 1), (1, 10, 0, 1), (18016, 100, 0, 1), (5, 9, -160, 9), (1, 1000, 0, 1))
    calls = [(number, chance.choice(factors)) for number in numbers(chance, 3000)]
    compare("decimals", convert, calls)


def test_functions() -> None:
    chance = random.Random(3)
    exponents = ("2", "0.5", "1/3", "-1.209", "0.425", "-0.411", "2/3", "0", "3.75", "-1/4", "10")
    calls: list[Call] = []
    for number in numbers(chance, 900):
        plain = ((name, (number,), "") for name in ("sqrt", "ln", "log10", "exp"))
        calls += [*plain, ("power", (abs(number),), chance.choice(exponents))]
        calls += [("power", (number,), chance.choice(exponents))]
        calls += [("round", (number,), chance.choice(("", "1", "2", "7")))]
        calls += [(name, (number, number + 1, -number), "") for name in ("min", "max")]
    for whole in range(1, 60):
        calls += [("power", (float(whole**3),), "1/3"), ("sqrt", (float(whole**2),), "")]
        calls += [("round", (whole + 0.5,), ""), ("round", (-whole - 0.5,), "")]
        calls += [("log10", (10.0 ** (whole - 30),), ""), ("exp", (whole - 30.0,), "")]
    calls += [("exp", (near,), "") for near in (709.78, 709.79, -745.13, -745.14, -800.0, 1e300)]
    calls += [("exp", (-1e300,), ""), ("exp", (1e-320,), ""), ("exp", (-1e-320,), "")]
    compare("functions", apply, calls)


def test_calendar() -> None:
    chance = random.Random(4)
    first, last = day_number(1900, 1, 1), day_number(2200, 12, 31)
    days = [chance.randint(first, last) for _ in range(3000)] + [first, last]
    compare("calendar", civil, [(day,) for day in days])
    compare("calendar", iso, [(day,) for day in days])
    compare("calendar", parse_date, [(iso(day),) for day in days])
    texts = ("2027-02-29", "1899-12-31", "2201-01-01", "2027-00-01", "2027-1-1", "", "٢٠٢٧-01-01")
    compare("calendar", parse_date, [(text,) for text in (*texts, "2027-01-01\n", "2027-13-01")])
    units = ("day", "week", "month", "year")
    moved = [(day, chance.randint(-60, 60), chance.choice(units)) for day in days]
    compare("calendar", add, moved)
    spans = [(chance.choice(units), d, d + chance.choice((0, 1, 365, -1, 999))) for d in days]
    compare("calendar", elapsed, spans)


def visits(chance: random.Random) -> list[Any]:
    """Visits of all kinds by chance, each counted from those before it; see `schedule.Visit`."""
    made: list[Any] = [("M0", "Day 0", "anchor", "", 0, "day", None, None, None, None, "")]
    cycles: list[str] = []
    kinds = ("offset", "offset", "span", "counted", "counted", "after", "before", "unscheduled")
    for number in range(1, chance.randint(2, 8)):
        kind, base = chance.choice(kinds), chance.choice(made)[0]
        amount, unit = chance.randint(-3, 9), chance.choice(("day", "week", "month", "year"))
        unit = "hour" if chance.random() < 0.05 else unit
        ends = (chance.choice((None, -2, 0)), chance.choice((None, 0, 3)))
        window = (*ends, chance.choice(("day", "week"))) if chance.random() < 0.5 else None
        last = (amount + 4, unit) if kind == "span" else None
        step = (
            (2, "week", chance.random() < 0.5, chance.choice((0, 0, 2)))
            if (kind in ("offset", "span") and chance.random() < 0.3)
            else None
        )
        repeated = chance.choice(cycles) if cycles and not step and chance.random() < 0.3 else ""
        of = tuple(
            (which, "" if which == "last_dose" else base, chance.randint(-9, 9), "day")
            for which in chance.choices(("planned", "actual", "last_dose", "happening"), k=2)
        )
        moments = (chance.choice(("", "earlier", "later")), of) if kind == "counted" else None
        name = f"V{number}"
        made.append((name, f"Visit {number}", kind, base, amount, unit, window, last, step,
                     moments, repeated))  # fmt: skip
        cycles += [name] if step else []
    return made


def test_schedules() -> None:
    chance = random.Random(8)
    first = day_number(2027, 1, 31)
    calls: list[Call] = []
    for _ in range(900):
        made = visits(chance)
        names = [f"{v[0]}.{chance.randint(1, 3)}" if v[8] or v[10] else v[0] for v in made]
        names += ["last dose", *names]
        come = chance.sample(names, chance.randint(0, min(3, len(names))))
        actual = {name: iso(first + chance.randint(-9, 60)) for name in come}
        calls.append((made, iso(first), chance.randint(0, 4), actual))
    compare("schedule", dated_visits, calls)
    found = [_tried(dated_visits, call) for call in calls]
    assert 100 < found.count("RangeError") < 600


def test_truth() -> None:
    truths = (True, False, None)
    pairs = [([a, b],) for a in truths for b in truths]
    for function in (all_of, any_of, none_of):
        compare("truth", function, [([],), *pairs])
    compare("truth", at_least, [(count, pair) for count in range(4) for (pair,) in pairs])
    compare("truth", negate, [(truth,) for truth in truths])


def test_words_of_numbers() -> None:
    chance = random.Random(5)
    made = [*numbers(chance, 3000), 100000.5, 100001.5, 1234565.0, 0.0001, 0.00001, 123456.5]
    made = [number for number in made if not float(number).is_integer() or abs(number) > 2**53]
    compare("refusals", shown, [(number,) for number in made])
    found = called([("number_text", "general", number) for number in made])
    assert found == [f"{number:g}" for number in made]


def test_words_of_texts() -> None:
    chance = random.Random(6)
    letters = "ab.'\"\\\n\t\x00\x7f\xa0éµ☃😀\u2028\ud800\u200b "
    texts = ["".join(chance.choices(letters, k=chance.randint(0, 70))) for _ in range(500)]
    # A half of a pair, before the other half, is one character once it was JSON.
    texts = [json.loads(json.dumps(text)) for text in texts]
    compare("refusals", shown, [(text,) for text in texts])


def test_guesses() -> None:
    chance = random.Random(7)
    names = ["".join(chance.choices("abcd._", k=chance.randint(0, 12))) for _ in range(60)]
    names += ["ab" * 60, "abc." * 55, "a" * 150 + "b" * 60, "x" * 199 + "a"]
    calls = [(name, chance.sample(names, 25)) for name in names * 10]
    compare("refusals", did_you_mean, calls)


def test_modules_are_told_apart() -> None:
    """Concatenated they have one scope: no two may define one name; none is left out."""
    assert {path.stem for path in FOLDER.glob("*.mjs")} == set(MODULES)
    pattern = r"^(?:class|const|let|function\*?) (\w+)"
    defined = re.findall(pattern, runtime_text(), flags=re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert "import " not in re.sub(r"//.*|/\*[\s\S]*?\*/", "", runtime_text())
    for name in MODULES:
        text = (FOLDER / f"{name}.mjs").read_text(encoding="utf-8")
        used = re.findall(r'from "\./(\w+)\.mjs"', text)
        assert all(MODULES.index(other) < MODULES.index(name) for other in used), name


def test_no_function_of_doubtful_last_digits() -> None:
    """What differs from machine to machine decides nothing."""
    doubtful = {f"Math.{name}" for name in ("log", "log10", "exp", "pow", "sqrt", "cbrt")}
    code = re.sub(r"//.*", "", runtime_text())
    assert not doubtful & set(re.findall(r"Math\.\w+", code))
