"""What all completions of a record agree on, where Kleene's logic is too cautious.

Semantics section 5, exactness.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from trialc.interpreter.evaluation import Evaluation, Known, Truth
from trialc_runtime.values import Unknown

MOST_COMPLETIONS = 4096
"""More cases than this are not tried; the compiler says which criteria could need it."""
LEAP = 2_654_435_761
"""A prime above MOST_COMPLETIONS: leaps of this length come to every completion once."""


def agreed(
    evaluation: Evaluation, names: Sequence[str], ask: Callable[[Evaluation], Truth]
) -> Truth:
    """The common answer of all completions of some inputs; None if they differ or leave it open."""
    answers: set[Truth] = set()
    for case in cases(evaluation, names):
        answers.add(ask(case))
        if None in answers or len(answers) > 1:
            return None
    return answers.pop() if answers else None


def cases(evaluation: Evaluation, names: Sequence[str]) -> Iterator[Evaluation]:
    """The record, completed in every way."""
    return map(evaluation.completing, completions(evaluation, names))


def completions(
    evaluation: Evaluation, names: Sequence[str]
) -> Iterator[dict[str, Known | Unknown]]:
    """Every combination of one value from each cell of the inputs that are unknown.

    None where nothing is unknown, or where there are too many.
    """
    open_ = [name for name in names if _is_unknown(evaluation, name)]
    cells = [evaluation.model.cells.by_name[name] for name in open_]
    if not open_ or math.prod(len(values) for values in cells) > MOST_COMPLETIONS:
        return
    combinations = list(product(*cells))
    for position in range(len(combinations)):
        # Neighbours are alike: going by leaps, two completions that disagree are met sooner.
        values = combinations[position * LEAP % len(combinations)]
        tried = (Unknown("not_done") if value is None else value for value in values)
        yield dict(zip(open_, tried, strict=True))


def _is_unknown(evaluation: Evaluation, name: str) -> bool:
    """Whether an input, or a derived number, has no value."""
    number = evaluation.model.numbers.get(name)
    if number is not None:
        return evaluation.bounds(number) is None
    return isinstance(evaluation.input(name), Unknown)
