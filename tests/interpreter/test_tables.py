"""Tables and functions over records, worked out by hand (semantics sections 2, 5 and 6)."""

from __future__ import annotations

import math

import pytest

from trialc.interpreter.functions import of_function
from trialc_runtime.functions import apply

from .small import asked, record, screening

FIRST = """
derive limit "Limit" [g/dL] = first of {
  in_crisis: 8 g/dL when crisis
  women: lab.hb_before when demo.sex = female
  rest: 12 g/dL otherwise
}
"""
BEFORE = 'data lab.hb_before "Haemoglobin before" : quantity [g/dL] { range: 2 .. 25 g/dL }\n'
RULE = 'exclusion only [1] "Only" { exclude when lab.hb < limit }'
TABLE = BEFORE + FIRST + RULE
UNIQUE = BEFORE + """
derive limit "Limit" [g/dL] = unique of {
  women_in_crisis: 8 g/dL when crisis and demo.sex = female
  men: 12 g/dL when demo.sex = male
  rest: lab.hb_before otherwise
}
""" + RULE  # fmt: skip


def test_the_first_case_that_holds_counts() -> None:
    assert asked(TABLE, lab__hb=9, crisis=True) == ("eligible", [])
    assert asked(TABLE, lab__hb=9, crisis=False, demo__sex="male") == ("ineligible", [])
    women = {"crisis": False, "demo__sex": "female"}
    assert asked(TABLE, lab__hb=9, **women, lab__hb_before=8) == ("eligible", [])
    assert asked(TABLE, lab__hb=9, **women, lab__hb_before=10) == ("ineligible", [])


def test_what_a_table_needs_is_asked_in_its_order() -> None:
    assert asked(TABLE, lab__hb=9)[1] == [("crisis", "missing")]
    assert asked(TABLE, lab__hb=9, demo__sex="female")[1] == [("crisis", "missing")]
    assert asked(TABLE, lab__hb=9, crisis=False)[1] == [("demo.sex", "missing")]
    women = {"crisis": False, "demo__sex": "female"}
    assert asked(TABLE, lab__hb=9, **women)[1] == [("lab.hb_before", "missing")]
    assert asked(TABLE)[1] == [("lab.hb", "missing"), ("crisis", "missing")]


def test_of_cases_that_never_overlap_one_decides_alone() -> None:
    assert asked(UNIQUE, lab__hb=9, demo__sex="male") == ("ineligible", [])
    assert asked(UNIQUE, lab__hb=9)[1] == [("demo.sex", "missing"), ("crisis", "missing")]
    assert asked(UNIQUE, lab__hb=9, crisis=False, lab__hb_before=3)[1] == [("demo.sex", "missing")]
    rest = {"crisis": False, "demo__sex": "female"}
    assert asked(UNIQUE, lab__hb=9, **rest, lab__hb_before=10) == ("ineligible", [])


def values(body: str, **given: object) -> list[object]:
    """What stands beside the rule in the explanation."""
    node = screening(body).screen(record(**given))["criteria"][0]["because"]
    assert node["text"] == "Haemoglobin < Limit"
    return [(each["input"], each.get("value"), each.get("case")) for each in node["values"]]


def test_an_explanation_names_the_table_and_what_decided_it() -> None:
    assert values(TABLE, lab__hb=9, crisis=True, demo__sex="male", lab__hb_before=7) == [
        ("lab.hb", 9, None), ("limit", 8, "in_crisis"), ("crisis", True, None),
    ]  # fmt: skip
    women = {"crisis": False, "demo__sex": "female"}
    assert values(TABLE, lab__hb=9, **women, lab__hb_before=7) == [
        ("lab.hb", 9, None), ("limit", 7, "women"), ("crisis", False, None),
        ("lab.hb_before", 7, None), ("demo.sex", "female", None),
    ]  # fmt: skip
    assert values(UNIQUE, lab__hb=9, crisis=True, demo__sex="male") == [
        ("lab.hb", 9, None), ("limit", 12, "men"), ("demo.sex", "male", None),
    ]  # fmt: skip
    assert values(TABLE, lab__hb=9) == [
        ("lab.hb", 9, None), ("limit", None, None), ("crisis", None, None),
        ("lab.hb_before", None, None), ("demo.sex", None, None),
    ]  # fmt: skip


BY_TIME = """
derive limit "Limit" [g/dL] = first of {
  long: 8 g/dL when duration > 2 years
  rest: 9 g/dL otherwise
}
exclusion only [1] "Only" { exclude when limit < 8.5 g/dL or limit >= 8.5 g/dL }
"""


def test_a_table_that_cannot_be_is_never_guessed() -> None:
    """Every number is below or from 8.5 on; but a date in the future leaves no number."""
    assert asked(BY_TIME)[0] == "undetermined"
    assert asked(BY_TIME, onset="2027-02-01")[1] == [("onset", "conflicting")]
    assert asked(BY_TIME, onset="2020-02-01")[0] == "ineligible"
    surely = BY_TIME.replace("duration > 2 years", "crisis")
    assert asked(surely)[0] == "ineligible"


MEN_ONLY = """
derive length "Length" [week] = first of {
  in_crisis: 1 week when crisis
  rest: preg_weeks otherwise
}
data preg_weeks "Weeks" : quantity [week] { applies when demo.sex = female }
inclusion only [1] "Only" { require length < 20 weeks }
"""


def test_a_rule_drops_out_where_the_case_has_no_number() -> None:
    assert asked(MEN_ONLY, crisis=False, demo__sex="male") == ("eligible", [])
    women = {"crisis": False, "demo__sex": "female"}
    assert asked(MEN_ONLY, **women, preg_weeks=30) == ("ineligible", [])
    assert asked(MEN_ONLY, crisis=True) == ("eligible", [])


# ---- functions


def test_an_argument_that_is_unknown_is_asked() -> None:
    body = """
derive bsa "Body surface" [m2] = sqrt(demo.height [cm] * demo.weight [kg] / 3600) * 1 m2
exclusion only [1] "Only" { exclude when bsa < 2 m2 }
"""
    assert asked(body, demo__height=1.8)[1] == [("demo.weight", "missing")]
    assert asked(body, demo__height=1.8, demo__weight=80) == ("eligible", [])
    assert asked(body, demo__height=1.8, demo__weight=79.9) == ("ineligible", [])


def test_a_function_without_a_result_conflicts() -> None:
    body = """
data lab.free "Free" : quantity [1]
exclusion only [1] "Only" { exclude when exp(lab.free) > 3 }
"""
    assert asked(body, lab__free=1.1) == ("ineligible", [])
    assert asked(body, lab__free=1000) == ("undetermined", [("lab.free", "conflicting")])


@pytest.mark.parametrize(
    ("name", "argument", "exponent", "expected"),
    [
        ("sqrt", 9, "", 3),
        ("sqrt", 0.01, "", 0.1),
        ("sqrt", 0, "", 0),
        ("sqrt", -1, "", None),
        ("ln", 1, "", 0),
        ("ln", 0, "", None),
        ("ln", 10, "", 2.302585092994046),
        ("log10", 0.001, "", -3),
        ("log10", -1, "", None),
        ("exp", 0, "", 1),
        ("exp", -1e9, "", 0),
        ("exp", 710, "", None),
        ("power", 0.3, "2", 0.09),
        ("power", 27, "1/3", 3),
        ("power", 0.512, "1/3", 0.8),
        ("power", 4, "-0.5", 0.5),
        ("power", 0, "0.5", 0),
        ("power", 0, "-1", None),
        ("power", -2, "2", None),
        ("power", 43291044225, "1.5", 9007351116674624),  # between two numbers: to the even one
        ("round", 2.5, "", 3),
        ("round", -2.5, "", -3),
        ("round", 0.25, "1", 0.3),
        ("round", -0.2, "", 0),
        ("round", 1.005, "2", 1.01),
        ("round", 1e300, "12", 1e300),
    ],
)
def test_functions(name: str, argument: float, exponent: str, expected: float | None) -> None:
    """Both engines, which calculate in different ways."""
    found = apply(name, (argument,), exponent)
    assert repr(found) == repr(None if expected is None else float(expected))
    judged = of_function(name, [argument], exponent)
    assert (None if math.isnan(judged) else judged) == found


def test_functions_do_not_depend_on_the_program_around_them() -> None:
    from decimal import getcontext, localcontext

    with localcontext():
        getcontext().prec = 3
        assert apply("ln", (10,)) == 2.302585092994046
        assert apply("round", (123456.5,)) == 123457
        assert apply("power", (2.0,), "0.5") == math.sqrt(2)
