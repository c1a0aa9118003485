"""The elements of protocols made by chance, and the values at which their rules cut."""

from __future__ import annotations

import random

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.data import ReferenceRange
from trialc.model.expression import Condition

HEMOGLOBIN, CREATININE, WARMTH, FREE = "lab.hb", "lab.creatinine", "temp", "lab.free"
POPULATIONS = ("none", "first", "second")
"""Whom criteria are for: the codes of the element `block`."""


LIMITS = ReferenceRange(
    low=e.Value(path=FREE, unit="1"), high=e.Literal(value=0.2, unit="1", text="0.2")
)


def in_order(made: p.Protocol) -> p.Protocol:
    """The same, where values must not contradict each other: days of the past, one of them never
    before the other, and limits of normal that a record states.
    """
    more: dict[str, dict[str, object]] = {
        "onset": {"past": True},
        "diagnosis": {"past": True, "not_before": "onset"},
        HEMOGLOBIN: {"normal": LIMITS},
        CREATININE: {
            "normal": ReferenceRange(
                low=e.Value(path=HEMOGLOBIN, unit="1"), high=e.Value(path=CREATININE, unit="1")
            )
        },
    }
    data = (item.model_copy(update=more.get(item.id, {})) for item in made.data)
    return made.model_copy(update={"data": tuple(data)})


def elements(chance: random.Random, *, simple: bool) -> tuple[p.Data, ...]:
    """Elements of every type, with and without windows, ranges, other units, applicability."""

    def window() -> p.Duration | None:
        length = chance.choice(("day", "week", "month", "year"))
        some = p.Duration.model_validate({"amount": chance.randint(1, 40), "unit": length})
        return some if chance.random() < 0.4 and not simple else None

    def quantity(
        path: str, unit: str, low: float | None, high: float | None, mass: str = ""
    ) -> p.Data:
        return p.Data(
            id=path, title=f"Title of {path}", type="quantity", unit=unit, low=low, high=high,
            molar_mass=mass, window=window(),
        )  # fmt: skip

    female: Condition = e.OneOf(path="sex", codes=("female",))
    return (
        quantity(HEMOGLOBIN, "g/dL", 2.0, 25.0),
        quantity(CREATININE, "mg/dL", 0.1, 20.0, "113.12"),
        quantity(WARMTH, "Cel", 30.0, chance.choice((45.0, None))),
        quantity(FREE, "1", None, None),
        p.Data(id="skin", title="Skin", type="score", unit="{score}", low=0, high=51),
        p.Data(id="crisis", title="Crisis", type="boolean", window=window()),
        p.Data(id="sex", type="choice", options=("female", "male")),
        p.Data(id="block", title="Block", type="choice", options=POPULATIONS),
        p.Data(id="onset", title="Onset", type="date"),
        p.Data(id="diagnosis", title="Diagnosis", type="date", window=window()),
        p.Data(id="pregnant", type="boolean", applies=None if simple else female),
    )
