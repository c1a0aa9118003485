"""Straight-line programs as JavaScript text: an unknown amount is NaN, any other one no value."""

from __future__ import annotations

from trialc.emitters.javascript_text import literal, number, quoted
from trialc.lowering import nodes as n
from trialc.lowering.nodes import Amount, Test

RUNTIME = (
    "NaN", "PROGRAM", "applied", "calculated", "calendar_day", "calendar_time", "own", "settled",
    "values", "Math", "undefined", "arguments", "eval",
)  # fmt: skip
KEYWORDS = (
    "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default",
    "delete", "do", "else", "enum", "export", "extends", "false", "finally", "for", "function",
    "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null", "package",
    "private", "protected", "public", "return", "static", "super", "switch", "this", "throw",
    "true", "try", "typeof", "var", "void", "while", "with", "yield",
)  # fmt: skip
RESERVED = frozenset((*RUNTIME, *KEYWORDS))
"""What no local may be called."""


def test(node: Test) -> str:
    """The expression of a test; what binds less than a comparison is not in brackets."""
    match node:
        case n.Always(holds):
            return literal(holds)
        case n.Holds(local):
            return local.name
        case n.Is(local, truth):
            return f"{local.name} === {literal(truth)}"
        case n.Member(local, codes):
            one_of = " || ".join(f"{local.name} === {quoted(code)}" for code in codes)
            return one_of if len(codes) == 1 else f"({one_of})"
        case n.Known(local, is_amount):
            return f"{local.name} === {local.name}" if is_amount else f"{local.name} != null"
        case n.Unknown(local, is_amount):
            return f"{local.name} !== {local.name}" if is_amount else f"{local.name} == null"
        case n.Marked(local):
            return f"{local.name} === true"
        case n.Relation(operator, left, right):
            sign = "===" if operator == "==" else operator
            return f"{amount(left)} {sign} {amount(right)}"
        case n.FromTo(low, first, value, second, high):
            middle = amount(value)
            return f"{amount(low)} {first} {middle} && {middle} {second} {amount(high)}"
        case n.All(parts):
            return " && ".join(f"({test(p)})" if isinstance(p, n.Any) else test(p) for p in parts)
        case n.Any(parts):
            return " || ".join(map(test, parts))
        case n.Not(part):
            return f"!({test(part)})"
        case n.Count(parts, operator, limit):
            return f"{' + '.join(f'({test(part)} ? 1 : 0)' for part in parts)} {operator} {limit}"


def amount(node: Amount) -> str:
    """The expression of an amount, in brackets where it has several parts."""
    match node:
        case n.Local(name):
            return name
        case n.Constant(value):
            return number(value)
        case n.Nothing():
            return "NaN"
        case n.Exactly(operator, left, right, above, below):
            ratio = f", {literal(above)}, {literal(below)}" if (above, below) != (1, 1) else ""
            return f"calculated({quoted(operator)}, {amount(left)}, {amount(right)}{ratio})"
        case n.Roughly(operator, left, right, factor):
            times = f" * {number(factor)}" if factor != 1 else ""
            return f"({amount(left)}{times} {operator} {amount(right)})"
        case n.Days(start, end):
            return f"{end.name} - {start.name}"
        case n.CalendarTime(unit, start, end):
            return f"calendar_time({quoted(unit)}, {start.name}, {end.name})"
        case n.CalendarDay(start, count, step):
            return f"calendar_day({start.name}, {count}, {quoted(step)})"
        case n.Applied(name, arguments, exponent):
            inside = ", ".join(map(amount, arguments))
            more = f", {quoted(exponent)}" if exponent else ""
            return f"applied({quoted(name)}, [{inside}]{more})"
        case n.If():
            return f"({alternatives(node)})"
        case n.Sum(parts):
            return f"({' + '.join(map(amount, parts))})"
        case n.Greatest(parts):
            return f"Math.max({', '.join(map(amount, parts))})"


def alternatives(node: Amount) -> str:
    """The expression of an amount that stands by itself: alternatives without brackets."""
    if not isinstance(node, n.If):
        return amount(node)
    return f"{test(node.test)} ? {amount(node.then)} : {alternatives(node.otherwise)}"
