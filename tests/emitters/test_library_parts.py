"""Documents print of a library what the protocol uses, and say which library it is of."""

from __future__ import annotations

from trialc.emitters.document import view
from trialc.pipeline import compile_protocol
from trialc.source import SourceText

LIBRARY = """language 1
library kidney version "1" { title: "Kidney" citation: "K" }
data gfr "GFR" : quantity [mL/min]
data dialysis "Dialysis" : history
data transplant "Transplant" : history
define low "Low" = gfr < 60 mL/min
define very_low "Very low" = gfr < 30 mL/min
define failing "Failing" = very_low or dialysis
define never "Not asked" = transplant
"""
TEXT = """language 1
protocol small { title: "Small" version: "1" }
use lib.kidney version "1" as ckd
exclusion kidney [1] "Kidney" { exclude when RULE }
decision limit "Limit" {
  quote: "low"
  reading: "low"
  alternative "Failing" replacing kidney by ckd.failing
  status: open
}
"""


def printed(rule: str, text: str = TEXT) -> tuple[set[str], set[str], set[str]]:
    """The ids in the dictionary and among the definitions, and the libraries that are said."""

    def read(path: str) -> SourceText | None:
        return SourceText(path, LIBRARY) if path == "lib/kidney.proto.txt" else None

    compiled = compile_protocol(SourceText("t", text.replace("RULE", rule)), read, lambda: 0.0)
    assert compiled.study is not None
    page = view(compiled.study)
    rows, definitions = page["dictionary"], page["definitions"]
    libraries = {row.library for row in (*rows, *definitions)}
    return {row.id for row in rows}, {one.id for one in definitions}, libraries


def test_only_what_is_used_is_printed() -> None:
    without = TEXT[: TEXT.index("decision")]
    rows, definitions, libraries = printed("ckd.low", without)
    assert rows == {"ckd.gfr"}
    assert definitions == {"ckd.low"}
    assert libraries == {"kidney 1"}


def test_what_another_reading_would_use_is_printed() -> None:
    rows, definitions, _ = printed("ckd.low")
    history = {"ckd.dialysis", "ckd.dialysis.ongoing", "ckd.dialysis.last"}
    assert rows == {"ckd.gfr", *history}
    assert definitions == {"ckd.low", "ckd.very_low", "ckd.failing"}
