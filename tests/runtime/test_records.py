"""Reading records: values at, below and above every limit, faults, hostile input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialc_runtime.records import Input, RecordRefused, canonical, read
from trialc_runtime.values import Reading, Reported, Unknown

G_DL = {"g/dL": (1, 1, 0, 1), "g/L": (1, 10, 0, 1)}
INPUTS = (
    Input("lab.hb", "quantity", "Haemoglobin", unit="g/dL", units=G_DL, low=2.0, high=25.0),
    Input("lab.esr", "quantity", "ESR", unit="mm/h", low=0.0, high=150.0, window=(28, "day")),
    Input("lab.month", "quantity", "Monthly", unit="mm/h", window=(1, "month")),
    Input("skin.mrss", "score", "Skin score", unit="{score}", low=0.0, high=51.0),
    Input("renal.crisis", "boolean", "Crisis"),
    Input("demo.sex", "choice", "Sex", options=("female", "male")),
    Input("ssc.onset", "date", "Onset"),
    Input("response", "judgement", "Response", roles=("patient", "investigator")),
    Input("esr.cause", "cause", "Cause", options=("ssc", "other")),
    Input("preg", "boolean", "Pregnant", applies="female only", applies_text="sex is female"),
)
ROLES = ("patient", "investigator", "pharmacist")
DAY = "2027-01-04"


def of(path: str, raw: Any, **more: Any) -> Reported | Unknown:
    """What is read of one input."""
    return read(INPUTS, {"as_of": DAY, path: raw, **more}, roles=ROLES).values[path]


def value(path: str, raw: Any, **more: Any) -> Any:
    found = of(path, raw, **more)
    assert isinstance(found, Reported), found
    return found.value


def faults(record: Any) -> list[str]:
    with pytest.raises(RecordRefused) as refused:
        read(INPUTS, record, roles=ROLES)
    assert all(fault.message and len(str(fault)) < 600 for fault in refused.value.faults)
    return [fault.field for fault in refused.value.faults]


def fault(path: str, raw: Any, **more: Any) -> str:
    with pytest.raises(RecordRefused) as refused:
        of(path, raw, **more)
    assert [found.field.startswith(path) for found in refused.value.faults] == [True]
    return refused.value.faults[0].message


# ---- numbers


@pytest.mark.parametrize(
    ("raw", "canonical_value"),
    [
        (11, 11.0),
        (11.0, 11.0),
        ({"value": 11}, 11.0),
        ({"value": 110, "unit": "g/L"}, 11.0),
        ({"value": 110.0, "unit": "g/L"}, 11.0),
        ({"value": 109.9, "unit": "g/L"}, 10.99),
        ({"value": 110.1, "unit": "g/L"}, 11.01),
        ({"value": 11, "unit": "g/dL"}, 11.0),
        ((0.1 + 0.2) * 10, 3.0000000000000004),
        (2, 2.0),
        (25, 25.0),
        ({"value": 20, "unit": "g/L"}, 2.0),
        ({"value": 250, "unit": "g/L"}, 25.0),
    ],
)
def test_a_quantity_in_every_unit(raw: Any, canonical_value: float) -> None:
    assert value("lab.hb", raw) == canonical_value
    assert isinstance(value("lab.hb", raw), float)


@pytest.mark.parametrize(
    "raw",
    [
        1.9999999999999998, 25.000000000000004, -11, {"value": 19.99, "unit": "g/L"},
        {"value": 250.1, "unit": "g/L"}, {"value": 11, "unit": "mg/L"}, {"value": 11, "unit": 7},
        {"value": 11, "unit": ["g/L"]}, True, "11", [11], {"value": {"value": 11}}, float("nan"),
        float("inf"), -float("inf"), 1e400, 10**400, {"value": 11, "units": "g/L"},
        {"value": 11, "by": "lab"}, {"value": 11, 1: 2}, {},
        {"value": 11, "unknown": "missing"}, {"unknown": "stale"},
        {"unknown": "lost"}, {"unknown": None}, {"unknown": ["missing"]}, "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_quantity(raw: Any) -> None:
    assert len(fault("lab.hb", raw)) < 400


def test_monsters_are_named_briefly() -> None:
    for raw in (
        -(10**5000),
        "x" * 10**6,
        {"value": 11, "unit": "u" * 10**6},
        {"value": 11, "y" * 10**6: 1},
    ):
        assert len(fault("lab.hb", raw)) < 400


def test_what_was_reported_is_kept() -> None:
    found = of("lab.hb", {"value": 110, "unit": "g/L", "on": "2027-01-02"})
    assert found == Reported(11.0, 110, "g/L", "2027-01-02")
    assert of("lab.hb", 11) == Reported(11.0, 11, "g/dL")


def test_zero_and_false_are_values() -> None:
    assert value("lab.esr", 0, measured=DAY) == 0.0
    assert value("renal.crisis", False) is False


@pytest.mark.parametrize(("raw", "read_as"), [(0, 0.0), (51, 51.0), (20.0, 20.0)])
def test_a_score(raw: Any, read_as: float) -> None:
    assert value("skin.mrss", raw) == read_as


@pytest.mark.parametrize("raw", [-1, 52, 20.5, True, "20", 1e300, {"value": 20, "unit": "points"}])
def test_what_is_no_score(raw: Any) -> None:
    fault("skin.mrss", raw)


# ---- other kinds


@pytest.mark.parametrize("raw", [0, 1, "true", "yes", [], 0.0, {"value": 1}])
def test_what_is_no_boolean(raw: Any) -> None:
    fault("renal.crisis", raw)


@pytest.mark.parametrize("raw", ["Female", "female ", "", 1, True, ["female"], {"value": ["male"]}])
def test_what_is_no_code(raw: Any) -> None:
    message = fault("demo.sex", raw)
    assert "`female` or `male`" in message


def test_a_misspelled_code_gets_a_suggestion() -> None:
    assert "did you mean `female`" in fault("demo.sex", "femal")


@pytest.mark.parametrize("raw", ["2027-02-29", "2027-1-1", 20270104, True, "1899-12-31", "soon"])
def test_what_is_no_date(raw: Any) -> None:
    fault("ssc.onset", raw)


def test_a_date_is_a_day_number_for_rules() -> None:
    reading = read(INPUTS, {"as_of": DAY, "ssc.onset": "2025-10-20"})
    assert reading.values["ssc.onset"] == Reported("2025-10-20", "2025-10-20")
    assert canonical(INPUTS, reading) == {"as_of": 739_985, "ssc.onset": 739_544}


@pytest.mark.parametrize(
    "reason", ["missing", "not_done", "not_applicable", "pending", "conflicting"]
)
def test_a_stated_reason(reason: str) -> None:
    for path in ("lab.hb", "renal.crisis", "response", "esr.cause"):
        assert of(path, {"unknown": reason}) == Unknown(reason)


def test_ways_of_saying_missing() -> None:
    for raw in (None, {"unknown": "missing"}, {"value": None}):
        assert of("lab.hb", raw) == Unknown("missing")
    assert read(INPUTS, {"as_of": DAY}).values["lab.hb"] == Unknown("missing")


def test_only_not_done_is_visible_to_rules() -> None:
    stated = {
        "as_of": DAY,
        "lab.hb": {"unknown": "not_done"},
        "renal.crisis": {"unknown": "pending"},
    }
    assert canonical(INPUTS, read(INPUTS, stated)) == {"as_of": 739_985, "not_done:lab.hb": True}


# ---- windows and dates


@pytest.mark.parametrize(
    ("path", "on", "fresh"),
    [
        ("lab.esr", "2026-12-07", True),  # 28 days before
        ("lab.esr", "2026-12-06", False),  # 29 days before
        ("lab.esr", DAY, True),
        ("lab.month", "2026-12-04", True),
        ("lab.month", "2026-12-03", False),
    ],
)
def test_the_window_has_both_ends(path: str, on: str, fresh: bool) -> None:
    found = of(path, {"value": 40, "on": on})
    assert isinstance(found, Reported) if fresh else found == Unknown("stale")
    found = of(path, 40, measured=on)
    assert isinstance(found, Reported) if fresh else found == Unknown("stale")


def test_a_month_goes_back_to_the_last_day_of_a_short_month() -> None:
    def at(on: str) -> Any:
        record = {"as_of": "2027-03-31", "lab.month": {"value": 1, "on": on}}
        return read(INPUTS, record).values["lab.month"]

    assert isinstance(at("2027-02-28"), Reported)
    assert at("2027-02-27") == Unknown("stale")
    assert at("2027-02-27").on == "2027-02-27", "how old it is, is part of the answer"


def test_a_value_that_can_expire_needs_its_date() -> None:
    assert "measured" in fault("lab.esr", 40)
    assert value("lab.hb", 11) == 11.0


def test_nothing_is_dated_after_the_day_of_the_verdict() -> None:
    assert faults({"as_of": DAY, "lab.hb": {"value": 11, "on": "2027-01-05"}}) == ["lab.hb.on"]
    attested = {"value": True, "by": "patient", "at": "2027-01-05"}
    assert faults({"as_of": DAY, "response": attested}) == ["response.at"]
    assert faults({"as_of": DAY, "measured": "2027-01-05", "lab.esr": 40}) == ["measured"]


@pytest.mark.parametrize("as_of", [None, "2027-02-30", 5, "today", ["2027-01-04"]])
def test_the_day_is_required(as_of: Any) -> None:
    assert faults({"as_of": as_of}) == ["as_of"]
    assert faults({}) == ["as_of"]


# ---- attestation


def test_a_judgement_needs_all_its_roles() -> None:
    both = {"value": True, "by": ["patient", "investigator"], "at": DAY, "why": "MTX for 6 months"}
    assert of("response", both) == Reported(True, True, "", DAY, ("patient", "investigator"))
    assert of("response", {**both, "by": "patient"}) == Unknown("pending")
    assert of("response", {**both, "by": ["pharmacist"]}) == Unknown("pending")
    assert of("response", {**both, "value": False, "by": "patient"}) == Unknown("pending")


@pytest.mark.parametrize(
    "raw",
    [
        True, "yes", [True], {"value": True}, {"value": True, "by": "patient"},
        {"value": True, "at": DAY},
        {"value": True, "by": [], "at": DAY}, {"value": True, "by": "janitor", "at": DAY},
        {"value": True, "by": None, "at": DAY}, {"value": True, "by": [["patient"]], "at": DAY},
        {"value": "yes", "by": "patient", "at": DAY}, {"value": True, "by": "patient", "at": "now"},
        {"value": True, "by": "patient", "at": DAY, "why": 3},
        {"value": True, "by": "patient", "at": DAY, "why": False}, {"value": None, "why": []},
        {"value": 1, "by": "patient", "at": DAY},
        {"value": True, "by": "patient", "at": DAY, "on": DAY},
    ],
)  # fmt: skip
def test_nobody_attested(raw: Any) -> None:
    fault("response", raw)


def test_any_role_may_attest_a_cause() -> None:
    assert value("esr.cause", {"value": "ssc", "by": "pharmacist", "at": DAY}) == "ssc"
    assert value("esr.cause", {"value": "other", "by": "patient", "at": DAY}) == "other"
    fault("esr.cause", {"value": "flu", "by": "patient", "at": DAY})
    fault("esr.cause", "ssc")


# ---- applicability


def screened(record: dict[str, Any]) -> Any:
    def decider(reading: Reading) -> Callable[[Any], bool | None]:
        def decide(applies: Any) -> bool | None:
            assert applies == "female only"
            sex = reading.values["demo.sex"]
            return sex.value == "female" if isinstance(sex, Reported) else None

        return decide

    return read(INPUTS, {"as_of": DAY, **record}, decider=decider).values["preg"]


def test_an_element_that_does_not_exist() -> None:
    assert screened({"demo.sex": "male"}) == Unknown("not_applicable")
    assert screened({"demo.sex": "female"}) == Unknown("missing")
    assert screened({}) == Unknown("missing")
    assert screened({"demo.sex": "female", "preg": False}) == Reported(False, False)
    with pytest.raises(RecordRefused, match="sex is female"):
        screened({"demo.sex": "male", "preg": False})


# ---- faults


def test_every_fault_is_reported_at_once() -> None:
    record = {
        "as_of": DAY, "lab.hb": "high", "renal.crisis": 1, "demo.sex": "f", "lab.hbb": 11,
        "response": True, "skin.mrss": 20.5,
    }  # fmt: skip
    assert sorted(faults(record)) == [
        "demo.sex", "lab.hb", "lab.hbb", "renal.crisis", "response", "skin.mrss",
    ]  # fmt: skip


def test_every_part_of_a_field_is_checked() -> None:
    field = {"value": "much", "unit": "furlong", "on": "garbage"}
    assert faults({"as_of": "2027-01-04", "lab.hb": field}) == ["lab.hb.on", "lab.hb.unit"]
    assert faults({"as_of": "2027-01-04", "lab.hb": {**field, "unit": "g/L"}}) == [
        "lab.hb.on",
        "lab.hb",
    ]
    nothing = {"value": None, "unit": "furlong", "on": "garbage"}
    assert faults({"as_of": "2027-01-04", "lab.hb": nothing}) == ["lab.hb.on", "lab.hb.unit"]
    assert faults({"as_of": "2027-01-04", "lab.hb": {"unknown": "pending", "on": "soon"}}) == [
        "lab.hb.on"
    ]


@pytest.mark.parametrize(
    ("path", "field", "places"),
    [
        ("lab.hb", {"value": 1, "onn": DAY, "unt": "g/L", "on": "soon"}, ["", "", ".on", ""]),
        ("lab.hb", {"value": 1, "unknown": "stale"}, ["", ".unknown", ""]),
        ("lab.hb", {"on": "soon", "unit": "furlong"}, ["", ".on", ".unit"]),
        ("lab.hb", {"unknown": "missing", "unit": "furlong", "on": "soon"}, ["", ".on"]),
        ("renal.crisis", {"value": 1, "unit": "furlong"}, ["", ""]),
        ("response", {"value": 1, "at": "soon", "on": "soon"}, ["", ".at", "", ""]),
        ("esr.cause", {"value": "flu", "by": "patient"}, ["", ""]),
    ],
)
def test_a_fault_of_one_part_hides_no_other(path: str, field: Any, places: list[str]) -> None:
    assert faults({"as_of": DAY, path: field}) == [path + place for place in places]


def test_an_unknown_field_gets_a_suggestion() -> None:
    with pytest.raises(RecordRefused, match=r"lab\.hbb: .*did you mean `lab\.hb`"):
        read(INPUTS, {"as_of": DAY, "lab.hbb": 11})


@pytest.mark.parametrize("record", [None, [], "record", 5, True, [{}]])
def test_what_is_no_record(record: Any) -> None:
    assert faults(record) == ["record"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**320)
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from([DAY, "ssc", "patient", "female", "g/L", "\ud800", "missing", "not_done"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "on", "by", "at", "why", "unknown", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
RECORDS = st.dictionaries(
    st.sampled_from(["as_of", "measured", *(item.path for item in INPUTS), "lab", "\udfff"])
    | st.text(),
    JSON,
    max_size=6,
)


@settings(max_examples=600, deadline=None)
@given(RECORDS, st.booleans())
def test_anything_is_read_or_refused(record: dict[str, Any], dated: bool) -> None:
    if dated:
        record = {**record, "as_of": DAY, "measured": DAY}
    try:
        reading = read(INPUTS, record, roles=ROLES)
    except RecordRefused as refused:
        texts = [str(found) for found in refused.faults]
        assert all(len(text) < 600 and text.isprintable() for text in texts)
    else:
        assert set(reading.values) == {item.path for item in INPUTS}
        for item in INPUTS:
            found = reading.values[item.path]
            if isinstance(found, Reported) and item.kind in ("quantity", "score"):
                assert isinstance(found.value, float)
                assert item.low is None or item.low <= found.value
                assert item.high is None or found.value <= item.high
            if isinstance(found, Reported) and item.kind in ("boolean", "judgement"):
                assert found.value is True or found.value is False
