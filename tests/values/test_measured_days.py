"""The day on which a value was measured. The day of the verdict is 2027-01-04."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, engines, excluding, needs, outcome, screened, words

from trialc.emitters.patient_schema import record_schema
from trialc.lowering.program import program_of
from trialc_runtime.records import RecordRefused

DATA = """
data hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
data hb.fresh "Fresh haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL  valid: 7 days }
data ecg "ECG" : choice {normal, abnormal}
data seen "Seen" : boolean
data pain "Pain" : score 0 .. 10
data dose "Planned dose" : date
data transfusion "Transfusion" : occurrence
role rater "Rater"
judgement agreed "Agreed" by rater
"""
DOSE = {"dose": "2027-01-04"}


def on(day: str, value: Any = 10) -> dict[str, Any]:
    return {"value": value, "on": day}


@pytest.mark.parametrize(
    ("name", "value"), [("hb", 10), ("ecg", "normal"), ("seen", False), ("pain", 3)]
)
def test_of_an_element_of_every_type(name: str, value: Any) -> None:
    rule = f"{name}.day within 3 days before dose"
    for day, expected in (("2026-12-31", False), ("2027-01-01", True), ("2027-01-04", True)):
        assert outcome(DATA, rule, **DOSE, **{name: on(day, value)}) is expected


def test_of_a_judgement_it_is_that_of_the_attestation() -> None:
    rule = "agreed.day < hb.day"
    for at, expected in (("2027-01-01", True), ("2027-01-02", False)):
        said = {"value": True, "by": "rater", "at": at}
        assert outcome(DATA, rule, agreed=said, hb=on("2027-01-02")) is expected


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("hb.day <= dose", [True, True, True]),
        ("hb.day = dose", [False, False, True]),
        ("hb.day in dose - 3 days .. dose", [False, True, True]),
        ("dose in hb.day .. hb.day + 3 days", [False, True, True]),
        ("hb.day + 3 days >= dose", [False, True, True]),
        ("days from hb.day to dose <= 3 days", [False, True, True]),
        ("hb.day within 3 days of dose", [False, True, True]),
        ("dose within 3 days after hb.day", [False, True, True]),
    ],
)
def test_it_is_a_date_like_any(rule: str, days: list[bool]) -> None:
    each = [outcome(DATA, rule, **DOSE, hb=on(f"{day}")) for day in
            ("2026-12-31", "2027-01-01", "2027-01-04")]  # fmt: skip
    assert each == days


def test_a_day_to_count_from() -> None:
    rule = "hb >= 9 g/dL and not (transfusion within 7 days before hb.day)"
    known = {"hb": on("2027-01-03"), "transfusion": True}
    assert outcome(DATA, rule, **known, transfusion__last="2026-12-26") is True
    assert outcome(DATA, rule, **known, transfusion__last="2026-12-27") is False
    assert outcome(DATA, rule, hb=on("2027-01-03"), transfusion=False) is True


def test_the_day_of_all_values_is_that_of_those_without_one() -> None:
    assert outcome(DATA, "hb.day = dose", dose="2027-01-04", hb=10) is True


def test_it_is_unknown_as_the_value_is() -> None:
    rule = "hb.fresh.day <= dose"
    assert needs(DATA, rule, **DOSE) == ["hb.fresh"]
    stale = screened(excluding(DATA, rule), **DOSE, hb__fresh=on("2026-12-27"))
    assert stale["needs"] == [
        {"input": "hb.fresh", "title": "Fresh haemoglobin", "reason": "stale"}
    ]
    assert outcome(DATA, rule, **DOSE, hb__fresh=on("2026-12-28")) is True
    assert outcome(DATA, rule, **DOSE, hb__fresh={"unknown": "not_done"}) is None


def test_it_drops_out_with_the_value() -> None:
    data = 'data sex "Sex" : choice {female, male}\ndata dose "Dose" : date\n'
    data += 'data probe "Test" : choice {neg, pos} { applies when sex = female }\n'
    rule = "probe.day within 3 days before dose"
    assert outcome(data, rule, sex="male", dose="2027-01-04") is False
    assert outcome(data, f"not ({rule})", sex="male", dose="2027-01-04") is False
    assert outcome(data, f"{rule} if done", sex="female", probe={"unknown": "not_done"}) is False


def test_a_value_without_a_day_is_refused() -> None:
    """Only where the day is asked: a day that nobody knows must not pass for another one."""
    screening, checker = engines(excluding(DATA, "hb.day <= dose and seen"))
    record = {"as_of": "2027-01-04", "dose": "2027-01-04", "hb": 10, "seen": True}
    for engine, refused in ((screening, RecordRefused), (checker, checker.RecordRefused)):
        with pytest.raises(refused, match="needs the date it was measured, for a rule asks"):
            engine.screen(record)
    assert screening.screen({**record, "hb": on("2027-01-01")})["verdict"] == "ineligible"
    dated = record_schema(screening.protocol, program_of(screening.protocol))["else"]["properties"]
    assert {"hb", "hb.fresh"} <= set(dated)
    assert "ecg" not in dated


def test_values_show_the_day() -> None:
    found = screened(excluding(DATA, "hb.day <= dose"), **DOSE, hb=on("2027-01-01"))
    (node,) = (found["criteria"][0]["because"],)
    assert node["text"] == "the day of Haemoglobin on or before Planned dose"
    assert node["values"][0] == {"input": "hb", "value": 10, "unit": "g/dL", "on": "2027-01-01"}


def test_the_words() -> None:
    assert words(DATA, "ecg.day within 3 days before dose") == (
        "the day of ECG within 3 days before Planned dose"
    )
    assert words(DATA, "transfusion within 7 days before hb.day") == (
        "Transfusion within 7 days before the day of Haemoglobin"
    )
    assert words(DATA, "days from hb.day to dose <= 3 days") == (
        "days from the day of Haemoglobin to Planned dose ≤ 3 days"
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('data d "D" : date', "d.day"),
        ('data h "H" : history', "h.day"),
        ('data m "M" : quantity [kg] { measurements: 2 }', "m.day"),
        ('data r "R" : quantity [kg] { retest: once }', "r.day"),
        ('data w "W" : quantity [kg]\nderive n "N" [kg] = w * 2', "n.day"),
    ],
)
def test_what_has_no_day(data: str, name: str) -> None:
    assert codes(excluding(data, f"{name} <= as_of")) == ["E0339"]
    anchored = f'{data}\ndata past "O" : history'
    assert codes(excluding(anchored, f"past within 1 week before {name}")) == ["E0339"]


@pytest.mark.parametrize("name", ["m.1", "m.2"])
def test_a_single_measurement_has_one(name: str) -> None:
    data = 'data m "M" : quantity [kg] { measurements: 2 }'
    assert codes(excluding(data, f"{name}.day <= as_of")) == []


def test_a_name_that_is_declared_stays_what_it_is() -> None:
    data = 'data hb "Hb" : quantity [g/dL]\ndata hb.day "Day of the sample" : date'
    assert outcome(data, "hb.day <= 2027-01-01", hb=10, hb__day="2027-01-01") is True
    assert needs(data, "hb.day <= 2027-01-01", hb=10) == ["hb.day"]
