"""Kleene's connectives against completing every unknown both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest

from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of

TRUTHS = (True, False, None)
CASES = [truths for size in range(5) for truths in product(TRUTHS, repeat=size)]


def common(truths: tuple[bool | None, ...], ask: Callable[[tuple[bool, ...]], bool]) -> bool | None:
    """The answer on which all completions agree. Exact here: no operand stands twice."""
    completed = product(*((True, False) if truth is None else (truth,) for truth in truths))
    answers = {ask(case) for case in completed}
    return answers.pop() if len(answers) == 1 else None


def enough(count: int, case: tuple[bool, ...]) -> bool:
    return sum(case) >= count


@pytest.mark.parametrize("truths", CASES)
def test_the_quantifiers(truths: tuple[bool | None, ...]) -> None:
    assert all_of(truths) is common(truths, all)
    assert any_of(truths) is common(truths, any)
    assert none_of(truths) is common(truths, lambda case: not any(case))
    for count in range(6):
        assert at_least(count, truths) is common(truths, partial(enough, count))


def test_not() -> None:
    assert [negate(truth) for truth in TRUTHS] == [False, True, None]
