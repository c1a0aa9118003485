"""A calculated number that sits on a limit sits on it, in both engines and on the fast path."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from trialc.pipeline import compile_protocol
from trialc.source import SourceText

from .engines import Engines

TEXT = """language 1

protocol limits {
  title: "Limits"
  version: "1"
}

data a "A" : quantity [mg/dL] { range: 0 .. 1000 mg/dL  resolution: 0.1 mg/dL }
data b "B" : quantity [mg/dL] { range: 0 .. 1000 mg/dL  resolution: 0.1 mg/dL }
data h "Height" : quantity [cm] { range: 50 .. 250 cm }
data w "Weight" : quantity [kg] { range: 20 .. 300 kg  resolution: 0.1 kg }

derive total "Sum" [mg/dL] = a + b
derive gap "Difference" [mg/dL] = a - b
derive bmi "Body mass index" [kg/m2] = w / (h * h)

inclusion i1 [1] "Sum" { require total <= 0.3 mg/dL }
inclusion i2 [2] "Gap" { require gap >= 0.1 mg/dL }
inclusion i3 [3] "At least" { require bmi >= 18.5 kg/m2 }
exclusion e1 [1] "Above" { exclude when bmi > 18.5 kg/m2 }
exclusion e2 [2] "Not equal" { exclude when bmi != 18.5 kg/m2 }
"""


@cache
def engines() -> Engines:
    made = compile_protocol(SourceText("limits.proto.txt", TEXT), lambda _: None, lambda: 0.0)
    assert made.study is not None
    return Engines(made.study.protocol)


def outcomes(**values: float) -> tuple[bool | None, ...]:
    record = {"as_of": "2027-01-04", "measured": "2027-01-04", **values}
    assert not engines().difference(record)
    screened = engines().screened(record)
    return tuple(item["outcome"] for item in screened["criteria"])


def test_a_sum_and_a_difference() -> None:
    assert 0.1 + 0.2 > 0.3  # the trap
    assert outcomes(a=0.1, b=0.2)[0] is True
    assert outcomes(a=0.2, b=0.2)[0] is False
    assert 100.3 - 100.2 < 0.1  # another one
    assert outcomes(a=100.3, b=100.2)[1] is True
    assert outcomes(a=100.2, b=100.2)[1] is False


def exact_pairs() -> list[tuple[float, int]]:
    """Weights in 0.1 g and heights in cm with a body mass index of exactly 18.5."""
    pairs = ((Fraction(185 * h * h, 100_000), h) for h in range(105, 251))
    return [(float(w), h) for w, h in pairs if (w * 10_000).denominator == 1]


@pytest.mark.parametrize(("weight", "height"), exact_pairs())
def test_a_quotient(weight: float, height: int) -> None:
    assert outcomes(w=weight, h=height)[2:] == (True, False, False)
    less = float(Fraction(repr(weight)) - Fraction(1, 10_000))
    assert outcomes(w=less, h=height)[2:] == (False, False, True)
    more = float(Fraction(repr(weight)) + Fraction(1, 10_000))
    assert outcomes(w=more, h=height)[2:] == (True, True, True)
