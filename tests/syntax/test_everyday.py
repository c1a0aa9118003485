"""Rules in the wording of protocols on paper: one message, with what to type."""

from __future__ import annotations

import pytest

from trialc.source import SourceText
from trialc.syntax.from_text import parse

RULES = [
    ("x less than 8 g/dL", "write `< 8 g/dL`"),
    ("x at least 18 years", "write `>= 18 years`"),
    ("x greater than or equal to 18 years", "write `>= 18 years`"),
    ("x is lower than or equal to 3 kg", "write `<= 3 kg`"),
    ("x older than 18 years", "write `> 18 years`"),
    ("x no more than 3 kg", "write `<= 3 kg`"),
    ("x does not exceed II", "write `<=`"),
    ("x > than 18 years", "leave `than` out"),
    ("x > = 18 years", "write `>=`, without a blank"),
    ("x =! a", "write `!=`"),
    ("x is yes", "write `x`"),
    ("x is absent", "write `not x`"),
    ("x in the past 30 days", "write `within 30 days before as_of`"),
    ("x within the last 6 months", "write `within 6 months before as_of`"),
    ("x within 30 days", "write `within 30 days before as_of`"),
    ("x more than 30 days ago", "write `< as_of - 30 days`"),
    ("x less than 30 days ago", "write `> as_of - 30 days`"),
    ("one of { a: x b: y }", "write `any of {`"),
    ("2 of { a: x b: y }", "write `at least 2 of {`"),
    ("two or more of { a: x b: y }", "write `at least 2 of {`"),
    ("exactly 1 of { a: x b: y }", "write `at least 1 of {...} and at most 1 of {...}`"),
    ("all of a: x b: y", "put braces around the group"),
    ("any of { - x - y }", "write a label in its place: `a: ...`"),
    ("all of { a x.y b: z }", "write `a: x.y`"),
    ("either x or y", "leave `either` out"),
    ("neither x nor y", "write `none of { a: ... b: ... }`"),
    ("x and/or y", "write `or`: it includes both"),
    ("(x or y) except y", "write `unless`"),
    ("no x", "write `not x`"),
    ("x not", "write `not x`: it stands before"),
    ("x < 8 g/dL due to y", "write `attributed to y`"),
    ("x < 8 g/dL caused by y", "write `attributed to y`"),
    ("x in a, b", "write `in {a, b}`"),
    ("x a or b", "write `in {a, b}`"),
    ("x < 8 g/dL at SCREEN", "`assessed: SCREEN`"),
    ("x falls by at least 2 g/dL from x.gfr at V1", "`from gfr_v1`"),
    ("any of { a: x b: x falls by at least 2 g/dL from x.gfr at V1 }", "`from gfr_v1`"),
    ("any of { a: x b: x < 8 g/dL at V1 }", "`assessed: V1`"),
    ("if x then y", "`applies when ...`"),
    ("unless x", "`... unless ...`"),
    ("x > 100 000 /uL", "write `100000 /uL`, without a blank"),
    ("x > 100'000 /uL", "write `100000`"),
    ('x >= "2027-01-04"', "write `2027-01-04`, without quotation marks"),
    ("x = 11 +/- 2 g/dL", "write both ends"),
    ("(x and y", "close it with `)`"),
]
TEXTS = [
    ('INCLUSION c [1] "C" { require x }', "did you mean `inclusion`?"),
    ('  inclusion c [1] "C" { require x }', "begin the line with `inclusion`"),
    ('1. inclusion c "C" { require x }', "begin the line with `inclusion`"),
    ('exclusion c [1] "C" { exclude x.y }', "write `exclude when x.y ...`"),
    ('exclusion c [1] "C" { applies to x exclude when y }', "write `applies when ...`"),
    ('data x "X" : number', "write `quantity [g/dL]`"),
    ('data x "X" : integer', "write `score 0 .. 10`"),
    ('data x "X" : yes/no', "write `boolean`"),
    ('data x "X" : text', "no rule can ask a text"),
    ('data x "X" : quantity', "write its unit, `quantity [g/dL]`"),
    ('data x "X" : quantity (g/dL)', "write `[g/dL]`"),
    ('data x "X" : choice (mild, severe)', "write `{mild, severe}`"),
    ('data x "X" : choice {not done, done}', "write `not_done`"),
    ('data x-ray "X" : boolean', "write `x_ray`"),
    ('data 6mwd "X" : boolean', "a name begins with a letter"),
    ('data gr\u00f6sse "X" : boolean', "the letters a to z"),
    ('role r "R" )', "leave it out, or open it"),
]


def advice(text: str) -> list[str]:
    _, found = parse(SourceText("t", f'language 1\nrole before "B"\n{text}\n'))
    return [fault.help for fault in found]


@pytest.mark.parametrize(("rule", "expected"), RULES)
def test_a_rule_in_everyday_words(rule: str, expected: str) -> None:
    (said,) = advice(f'exclusion c [1] "C" {{ exclude when {rule} }}')
    assert expected in said


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_declaration_as_elsewhere(text: str, expected: str) -> None:
    (said,) = advice(text)
    assert expected in said
