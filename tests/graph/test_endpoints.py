"""What endpoints compare is collected where they compare it, and time goes forward in them."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" }
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
data bled "Bled" : boolean
derive twice "Twice" [g/dL] = 2 * lab.hb
objective a primary "A"
objective b secondary "B"
endpoint e primary "E" { objective: a, b  LINE }
visit D1 "Day 1" anchor
visit W4 "Week 4" at D1 + 4 weeks
visit W8 "Week 8" at D1 + 8 weeks
activity blood "Blood" at D1, W4 { collects: lab.hb }
activity asking "Asking" at W8 { collects: bled }
"""


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("measure: lab.hb at W4", []),
        ("measure: lab.hb at D1, W4", []),
        ("measure: lab.hb at W4, W8", ["E0628"]),
        ("measure: lab.hb < 11 g/dL at W4", []),
        ("measure: lab.hb < 11 g/dL at W8", ["E0628"]),
        ("measure: lab.hb < 11 g/dL", []),
        ("measure: lab.hb < 11 g/dL and bled at W8", ["E0628"]),
        ("measure: bled at W8", []),
        ("measure: not bled at W8", []),
        ("measure: change in lab.hb from D1 to W4", []),
        ("measure: percent change in twice from D1 to W4", []),
        ("measure: change in lab.hb from D1 to W8", ["E0628"]),
        ("measure: change in twice from D1 to W8", ["E0628"]),
        ("measure: change in lab.hb from W4 to D1", ["E0629"]),
        ("measure: change in lab.hb from W4 to W4", ["E0629"]),
        ("measure: not stated", []),
        ('measure: "in words"', []),
        ("measure: not stated  time_frame: D1 to W4", []),
        ("measure: not stated  time_frame: W4", []),
        ("measure: not stated  time_frame: not stated", []),
        ('measure: not stated  time_frame: "4 weeks"', []),
        ("measure: not stated  time_frame: W4 to D1", ["E0629"]),
    ],
)
def test_endpoints(check, line: str, codes: list[str]) -> None:
    found = [code for code, _ in check(text=TRIAL.replace("LINE", line))]
    assert [code for code in found if code in ("E0628", "E0629")] == codes
    assert "W0520" not in found  # both objectives are measured


def test_what_an_endpoint_reads_is_used(check) -> None:
    text = TRIAL.replace("LINE", "measure: bled at W8").replace("collects: bled", 'note: "n"')
    assert ("W0519", "bled") not in check(text=text)
    unread = text.replace("measure: bled at W8", "measure: not stated")
    assert ("W0519", "bled") in check(text=unread)
