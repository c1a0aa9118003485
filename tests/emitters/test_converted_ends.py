"""The end of a range in another unit is the last number that reading a record takes."""

import math

from hypothesis import given
from hypothesis import strategies as st

from trialc.emitters.converted_ends import converted_end
from trialc_runtime.decimals import SAME_UNIT, convert

ENDS = st.one_of(
    st.sampled_from([0.0, 1.0, -273.15, 5.7, 0.1, 1e12, 1e-9]),
    st.floats(-1e6, 1e6).map(lambda end: round(end, 3)),
)
FACTORS = st.tuples(
    st.integers(1, 10**12),
    st.integers(1, 10**12),
    st.sampled_from([0, 0, 0, 27315, -32]),
    st.sampled_from([1, 9, 100]),
)


@given(ENDS, FACTORS, st.sampled_from([1, -1]))
def test_the_last_number_that_is_within(end, factor, inwards):
    found = converted_end(end, factor, inwards)
    beyond = math.nextafter(found, -math.inf * inwards)
    assert (convert(found, factor) - end) * inwards >= 0
    assert (convert(beyond, factor) - end) * inwards < 0


def test_the_numbers_beside_zero_that_become_zero_are_many():
    """A billion of them here: a search that visits each would not end."""
    assert -5e-314 < converted_end(0.0, (1, 10**9, 0, 1), 1) < 0


def test_the_own_unit_keeps_the_end():
    assert converted_end(25.0, SAME_UNIT, -1) == 25.0
