"""What is asked next, and why, worked out by hand (semantics section 5)."""

from __future__ import annotations

from .small import DAY, asked, attested, excluded_when

FINDING = excluded_when("lab.hb < 11 g/dL attributed to ssc")
DURATION = excluded_when("duration > 2 years")


def test_the_cause_is_asked_once_the_finding_is_there() -> None:
    assert asked(FINDING) == ("undetermined", [("lab.hb", "missing")])
    assert asked(FINDING, lab__hb=10) == ("undetermined", [("only.cause", "missing")])
    assert asked(FINDING, lab__hb=11) == ("eligible", [])
    cause = {"only.cause": attested("ssc", "subject")}
    assert asked(FINDING, lab__hb=10, **cause) == ("ineligible", [])


def test_a_known_cause_is_never_asked() -> None:
    body = excluded_when("duration > 2 years attributed to ssc")
    cause = {"only.cause": attested("ssc")}
    assert asked(body, **cause) == ("undetermined", [("onset", "missing")])
    assert asked(body, onset="2027-02-01", **cause) == ("undetermined", [("onset", "conflicting")])


def test_what_conflicts_is_named() -> None:
    assert asked(DURATION, onset="2027-01-05") == ("undetermined", [("onset", "conflicting")])
    assert asked(DURATION, onset=DAY) == ("eligible", [])
    both = excluded_when("duration > 2 years and crisis")
    needs = [("crisis", "missing"), ("onset", "conflicting")]
    assert asked(both, onset="2027-01-05") == ("undetermined", needs)
    assert asked(both, onset="2027-01-05", crisis=False) == ("eligible", [])


def test_an_exception_is_asked_once_it_matters() -> None:
    body = excluded_when("lab.hb < 11 g/dL unless risky")
    assert asked(body)[1] == [("lab.hb", "missing")]
    assert asked(body, lab__hb=10)[1] == [("risky", "missing")]
    assert asked(body, risky=attested(True)) == ("eligible", [])


def test_reasons_are_those_of_the_record() -> None:
    body = excluded_when("lab.esr > 25 mm/h and crisis and judged and onset > 2020-01-01")
    stale = {"value": 40, "on": "2026-12-06"}
    found = asked(
        body, lab__esr=stale, crisis={"unknown": "conflicting"}, judged=attested(True, "subject")
    )
    assert found[1] == [
        ("lab.esr", "stale"),
        ("crisis", "conflicting"),
        ("onset", "missing"),
        ("judged", "pending"),
    ]


def test_what_was_not_done_is_not_asked_where_it_drops_out() -> None:
    body = excluded_when("any of { a: cath > 25 mmHg if done  b: crisis }")
    assert asked(body, cath={"unknown": "not_done"})[1] == [("crisis", "missing")]
    assert asked(body, crisis=False)[1] == [("cath", "missing")]
    assert asked(body, crisis=False, cath={"unknown": "not_done"}) == ("eligible", [])


def test_an_element_that_may_not_exist() -> None:
    body = excluded_when("preg or crisis")
    assert asked(body)[1] == [("demo.sex", "missing"), ("crisis", "missing")]
    assert asked(body, demo__sex="female")[1] == [("preg", "missing"), ("crisis", "missing")]
    assert asked(body, demo__sex="male")[1] == [("crisis", "missing")]
