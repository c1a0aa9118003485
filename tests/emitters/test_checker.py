"""The generated checker: equal to walking its tables, and exact."""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from typing import Any

import pytest

from trialc.lowering.program import program_of
from trialc.model import expression as e
from trialc_runtime.evaluate import Evaluation
from trialc_runtime.screening import judge, settled, settled_verdict

from .small_protocol import (
    ATOMS,
    DAY,
    ESR,
    HB,
    checker_of,
    criterion,
    derived,
    group,
    protocol,
    random_condition,
    random_values,
    than,
)


@pytest.mark.parametrize("seed", range(12))
def test_the_fast_path_agrees_with_walking_the_tables(seed: int) -> None:
    chance = random.Random(seed)
    criteria = [
        criterion(i, random_condition(chance, chance.randint(0, 5), [100 * i])) for i in range(1, 9)
    ]
    whole = protocol(criteria)
    checker, program = checker_of(whole), program_of(whole)
    for _ in range(150):
        values = random_values(chance, whole)
        evaluation = Evaluation(program, values)
        expected = tuple(
            settled(program, i, evaluation.truth(item.condition), values)
            for i, item in enumerate(program.criteria)
        )
        assert checker.outcomes(values) == expected
        verdict = judge(program.criteria, expected)
        if verdict == "undetermined":
            verdict = settled_verdict(program, expected, values)
        assert checker.verdict(values) == verdict


@pytest.mark.parametrize("atom", range(len(ATOMS)))
def test_every_atom_agrees_with_walking_the_tables(atom: int) -> None:
    chance = random.Random(atom)
    whole = protocol([criterion(1, ATOMS[atom]), criterion(2, e.Not(operand=ATOMS[atom]))])
    checker, program = checker_of(whole), program_of(whole)
    for _ in range(200):
        values = random_values(chance, whole)
        truth = Evaluation(program, values).truth(program.criteria[0].condition)
        truth = settled(program, 0, truth, values)
        assert checker.outcomes(values) == (truth, None if truth is None else not truth)


# ---- single meanings, spelled out


def outcome(condition: e.Condition, **values: Any) -> bool | None:
    checker = checker_of(protocol([criterion(1, condition)]))
    named = {key.replace("__", "."): found for key, found in values.items()}
    found: tuple[bool | None, ...] = checker.outcomes({"as_of": DAY, **named})
    return found[0]


@pytest.mark.parametrize(
    ("relation", "below", "at", "above"),
    [
        ("<", True, False, False), ("<=", True, True, False), (">", False, False, True),
        (">=", False, True, True), ("=", False, True, False), ("!=", True, False, True),
    ],
)  # fmt: skip
def test_a_threshold(relation: str, below: bool, at: bool, above: bool) -> None:
    condition = than(ESR, relation, 25)
    assert outcome(condition, lab__esr=24.999999999999996) is below
    assert outcome(condition, lab__esr=25.0) is at
    assert outcome(condition, lab__esr=25.000000000000004) is above
    assert outcome(condition) is None


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_or_and_and(first: bool | None, second: bool | None) -> None:
    values = {"yes": first, "judged": second}
    known = {key: found for key, found in values.items() if found is not None}
    both = (e.Holds(path="yes"), e.Holds(path="judged"))
    expected_or = True if True in values.values() else None if None in values.values() else False
    expected_and = False if False in values.values() else None if None in values.values() else True
    assert outcome(group("any", *both), **known) is expected_or
    assert outcome(group("all", *both), **known) is expected_and
    assert outcome(group("none", *both), **known) is (
        None if expected_or is None else not expected_or
    )


def test_the_second_anniversary_still_counts() -> None:
    condition = derived("years", "<=", 2)
    for onset, expected in (
        ("2025-01-04", True), ("2025-01-03", False), ("2025-01-05", True), ("2027-01-05", None),
    ):  # fmt: skip
        assert outcome(condition, onset=_day(onset)) is expected


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_what_is_not_of_the_contract_is_never_taken_for_true() -> None:
    for broken in (float("nan"), 1, "true"):
        assert outcome(e.Holds(path="yes"), yes=broken) is None
    assert outcome(e.OneOf(path="sex", codes=("female",)), sex=float("nan")) is None


def test_completions_decide_where_kleene_leaves_it_open() -> None:
    either = group("any", than(HB, "<", 11), than(HB, ">=", 8))
    assert outcome(either) is True
    either = group(
        "any", e.OneOf(path="sex", codes=("female",)), e.OneOf(path="sex", codes=("male",))
    )
    assert outcome(either) is True
    assert outcome(group("all", e.Holds(path="yes"), e.Not(operand=e.Holds(path="yes")))) is False
    assert outcome(group("any", than(HB, "<", 8), than(HB, ">", 11))) is None


def test_completions_decide_a_verdict() -> None:
    whole = protocol([criterion(1, than(HB, ">", 11)), criterion(2, than(HB, ">=", 8))])
    checker = checker_of(whole)
    assert checker.outcomes({"as_of": DAY}) == (None, None)
    assert checker.verdict({"as_of": DAY}) == "ineligible"
    found = checker.screen({"as_of": "2027-01-04"})
    assert (found["verdict"], found["by"], found["needs"]) == ("ineligible", ["c1", "c2"], [])


def test_brute_force_over_what_is_unknown() -> None:
    """A determinate outcome is that of every completion (one value for each cell)."""
    chance = random.Random(7)
    cells = {ESR: (10.0, 25.0, 40.0), HB: (5.0, 8.0, 9.0, 11.0, 20.0), "yes": (True, False)}
    atoms = [
        than(ESR, ">", 25),
        than(ESR, "<=", 25),
        than(HB, "<", 11),
        than(HB, ">=", 8),
        e.Holds(path="yes"),
    ]
    for _ in range(25):
        inner = [chance.choice(atoms) for _ in range(4)]
        condition = group(
            "any", group("all", *inner[:2]), group("all", inner[2], e.Not(operand=inner[3]))
        )
        checker = checker_of(protocol([criterion(1, condition)]))
        for known in product(*((None, *found) for found in cells.values())):
            stated = {k: v for k, v in zip(cells, known, strict=True) if v is not None}
            open_ = {k: v for k, v in cells.items() if k not in stated}
            completed = {
                checker.outcomes({"as_of": DAY, **stated, **dict(zip(open_, case, strict=True))})[0]
                for case in product(*open_.values())
            }
            expected = completed.pop() if len(completed) == 1 else None
            assert checker.outcomes({"as_of": DAY, **stated})[0] is expected
