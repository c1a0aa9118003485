"""Straight-line programs as Python text: an unknown amount is NaN, any other unknown value None."""

from __future__ import annotations

import builtins
import keyword

from trialc.lowering import nodes as n
from trialc.lowering.nodes import Amount, Test

RUNTIME = (
    "NAN", "PROGRAM", "applied", "calculated", "calendar_day", "calendar_time", "get", "settled",
    "values",
)  # fmt: skip
RESERVED = frozenset((*RUNTIME, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)))
"""What no local may be called."""
LONGEST_SUM = 40
"""Terms of one sum: Python nests them when it compiles."""


def test(node: Test) -> str:
    """The expression of a test; what binds less than a comparison is not in brackets."""
    match node:
        case n.Always(holds):
            return str(holds)
        case n.Holds(local):
            return local.name
        case n.Is(local, truth):
            return f"{local.name} is {truth}"
        case n.Member(local, codes):
            if len(codes) == 1:
                return f"{local.name} == {codes[0]!r}"
            return f"{local.name} in ({', '.join(map(repr, codes))})"
        case n.Known(local, is_amount):
            return f"{local.name} == {local.name}" if is_amount else f"{local.name} is not None"
        case n.Unknown(local, is_amount):
            return f"{local.name} != {local.name}" if is_amount else f"{local.name} is None"
        case n.Marked(local):
            return f"{local.name} is True"
        case n.Relation(operator, left, right):
            return f"{amount(left)} {operator} {amount(right)}"
        case n.FromTo(low, first, value, second, high):
            return f"{amount(low)} {first} {amount(value)} {second} {amount(high)}"
        case n.All(parts):
            return " and ".join(f"({test(p)})" if isinstance(p, n.Any) else test(p) for p in parts)
        case n.Any(parts):
            return " or ".join(map(test, parts))
        case n.Not(part):
            return f"not ({test(part)})"
        case n.Count(parts, operator, number):
            return f"{_how_many(parts)} {operator} {number}"


def _how_many(parts: tuple[Test, ...]) -> str:
    if len(parts) > LONGEST_SUM:
        return f"sum(({', '.join(map(test, parts))}))"
    return " + ".join(f"({test(part)})" for part in parts)


def amount(node: Amount) -> str:
    """The expression of an amount, in brackets where it has several parts."""
    match node:
        case n.Local(name):
            return name
        case n.Constant(value):
            return repr(value)
        case n.Nothing():
            return "NAN"
        case n.Exactly(operator, left, right, above, below):
            ratio = f", {above}, {below}" if (above, below) != (1, 1) else ""
            return f"calculated({operator!r}, {amount(left)}, {amount(right)}{ratio})"
        case n.Roughly(operator, left, right, factor):
            times = f" * {factor!r}" if factor != 1 else ""
            return f"({amount(left)}{times} {operator} {amount(right)})"
        case n.Days(start, end):
            return f"{end.name} - {start.name}"
        case n.CalendarTime(unit, start, end):
            return f"calendar_time({unit!r}, {start.name}, {end.name})"
        case n.CalendarDay(start, number, step):
            return f"calendar_day({start.name}, {number}, {step!r})"
        case n.Applied(name, arguments, exponent):
            inside = "".join(f"{amount(argument)}, " for argument in arguments).rstrip()
            more = f", {exponent!r}" if exponent else ""
            return f"applied({name!r}, ({inside}){more})"
        case n.If():
            return f"({alternatives(node)})"
        case n.Sum(parts):
            if len(parts) > LONGEST_SUM:
                return f"sum(({', '.join(map(amount, parts))}))"
            return f"({' + '.join(map(amount, parts))})"
        case n.Greatest(parts):
            return f"max({', '.join(map(amount, parts))})"


def alternatives(node: Amount) -> str:
    """The expression of an amount that stands by itself: alternatives without brackets."""
    if not isinstance(node, n.If):
        return amount(node)
    return f"{amount(node.then)} if {test(node.test)} else {alternatives(node.otherwise)}"
