"""The ends of a range in another unit: the last number whose conversion is still within it.

Not the end divided by the factor: reading a record rounds what it converts, so that a number or two
beside the quotient may be within the range, or a quotient outside of it.
"""

from __future__ import annotations

import struct
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from trialc_runtime.decimals import convert

if TYPE_CHECKING:
    from trialc_runtime.decimals import Factor

_DOUBLE = struct.Struct("<d")
_WORD = struct.Struct("<q")
_MAGNITUDE = 2**63 - 1


def _rank(number: float) -> int:
    """Numbers of binary64 in their order, counted from zero."""
    (word,) = _WORD.unpack(_DOUBLE.pack(number))
    return word if word >= 0 else -(word & _MAGNITUDE)


def _of_rank(rank: int) -> float:
    (size,) = _DOUBLE.unpack(_WORD.pack(abs(rank)))
    return size if rank >= 0 else -size


@lru_cache(maxsize=4096)
def converted_end(end: float, factor: Factor, inwards: int) -> float:
    """The number of another unit that is furthest out and within; `inwards`: 1 from a low end, -1.

    Halving finds it among all numbers: beside 0 billions of them convert to 0.
    """

    def is_inside(number: float) -> bool:
        try:
            return (convert(number, factor) - end) * inwards >= 0
        except OverflowError:
            return number * inwards > 0

    inside = _rank(sys.float_info.max) * inwards
    outside = -inside
    while abs(inside - outside) > 1:
        middle = (inside + outside) // 2
        if is_inside(_of_rank(middle)):
            inside = middle
        else:
            outside = middle
    return _of_rank(inside)
