"""Which inputs, definitions and parts a condition reads."""

from __future__ import annotations

from collections.abc import Iterator

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc_runtime.inputs import DAY_OF


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition, in order; not those inside numbers."""
    if isinstance(condition, e.Junction):
        return tuple(branch.condition for branch in condition.branches)
    if isinstance(condition, e.Not | e.Attributed):
        return (condition.operand,)
    if isinstance(condition, e.Unless):
        return (condition.operand, condition.exception)
    if isinstance(condition, e.Applies):
        return (condition.condition, condition.operand)
    if isinstance(condition, e.Every):
        return (condition.condition,)
    if isinstance(condition, e.CountEvents):
        return (condition.absence,)
    return ()


def attested_absences(condition: Condition) -> Iterator[e.NoEvent]:
    """The absences of events that somebody must attest before the condition can hold."""
    if isinstance(condition, e.NoEvent):
        yield condition
    if not (isinstance(condition, e.CountEvents) and condition.reported):
        for part in parts(condition):
            yield from attested_absences(part)


def numbers(condition: Condition) -> tuple[Number, ...]:
    """The numbers that an atom reads, in reading order."""
    if isinstance(condition, e.Compare):
        return (condition.left, condition.right)
    if isinstance(condition, e.Within):
        return (condition.value, condition.low, condition.high)
    return ()


def sides(number: Number) -> tuple[Number, ...]:
    """The numbers directly inside a number, in reading order."""
    if isinstance(number, e.Arithmetic):
        return (number.left, number.right)
    if isinstance(number, e.Function):
        return number.arguments
    if isinstance(number, e.Choose):
        return tuple(case.value for case in number.cases)
    if isinstance(number, e.Score):
        return tuple(item.score for item in number.items if item.score is not None)
    return ()


def rules(number: Number) -> tuple[tuple[str, Condition], ...]:
    """The conditions directly inside a number, with the paths of what they decide."""
    if isinstance(number, e.Choose | e.Score):
        parts = number.cases if isinstance(number, e.Choose) else number.items
        return tuple((part.path, part.when) for part in parts if part.when is not None)
    return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and all conditions inside it, depth first, in the order of the text."""
    yield condition
    for part in parts(condition):
        yield from walk(part)


def names_of_number(number: Number) -> Iterator[str]:
    """Inputs and definitions that a number reads directly, in reading order."""
    if isinstance(number, e.Value):
        yield number.path
    elif isinstance(number, e.NumberOf):
        yield number.name
    elif isinstance(number, e.Arithmetic | e.Function):
        for side in sides(number):
            yield from names_of_number(side)
    elif isinstance(number, e.Choose):
        for case in number.cases:
            yield from names_of_case(case)
    elif isinstance(number, e.Elapsed):
        yield from (_of_moment(name) for name in (number.start, number.end) if name != "as_of")
    elif isinstance(number, e.Day):
        yield from (() if number.start == "as_of" else (_of_moment(number.start),))
    elif isinstance(number, e.Score):
        for item in number.items:
            if item.when is not None:
                yield from inputs_of(item.when)
            if item.score is not None:
                yield from names_of_number(item.score)


def _of_moment(name: str) -> str:
    """The input of which a day is, or on the day of which something is measured."""
    return name.removeprefix(DAY_OF)


def names_of_case(case: e.Case) -> Iterator[str]:
    """Inputs and definitions that a case of a table reads directly."""
    yield from names_of_number(case.value)
    if case.when is not None:
        yield from inputs_of(case.when)


def inputs_of(condition: Condition) -> Iterator[str]:
    """Inputs and definitions that a condition names, in reading order, repetitions included."""
    if isinstance(condition, e.Holds | e.OneOf | e.Done):
        yield condition.path
    elif isinstance(condition, e.Refer):
        yield condition.name
    for number in numbers(condition):
        yield from names_of_number(number)
    for part in parts(condition):
        yield from inputs_of(part)
    if isinstance(condition, e.Attributed):
        yield condition.path
