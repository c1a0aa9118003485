"""What the alternatives of a decision change for the tests of a protocol."""

from __future__ import annotations

from collections.abc import Callable

from trialc.analyses.readings import compare_readings
from trialc.graph.study import Study

Linked = Callable[..., Study]

TEXT = """
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
inclusion low [1] "Low" {
  decided bound
  require lab.hb < 11 g/dL
}
decision bound "Is 11 low?" {
  reading: "no"
  alternative "yes" replacing low by lab.hb <= 11 g/dL
  alternative "ask the laboratory"
  status: open
}
patient ann "Ann" {
  as_of: 2027-01-04
  lab.hb: 11 g/dL
}
test eleven "At 11" { given ann expect ineligible }
test below "Below 11" { given ann but { lab.hb: 10.9 g/dL } expect eligible }
test unknown_hb "Unknown" { given ann but { lab.hb: unknown } expect undetermined }
"""


def test_only_what_changes_is_told(linked: Linked) -> None:
    study, found = compare_readings(linked(TEXT))
    assert found == ()
    assert study.evidence["decision_impact"] == {
        "bound": ((("eleven", "ineligible", "eligible"),), None)
    }
