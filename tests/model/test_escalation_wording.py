"""How a gate that waits for an escalation reads: by the title of the escalation."""

from __future__ import annotations

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.wording import wording_of


def test_a_declared_dose_in_words() -> None:
    plan = p.Escalation(
        id="plan",
        title="3+3",
        levels=("low",),
        start="low",
        cohort=3,
        maximum=3,
        toxicity=e.NoEvent(event="dlt", occasion="dose", amount=28),
        rows=(),
    )
    protocol = p.Protocol(
        language=1,
        file="t",
        sha256="ef" * 32,
        metadata=p.Metadata(id="t", title="T", version="1"),
        escalations=(plan,),
    )
    words = wording_of(protocol).condition(e.MtdDeclared(escalation="plan"))
    assert words == "the escalation “3+3” has declared a maximum tolerated dose"
