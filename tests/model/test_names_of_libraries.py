"""A wrong name of a library's part is answered with what the library has."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather

PROTOCOL = Path(__file__).parents[2] / "protocol"
TEXT = """language 1
use lib.cockcroft_gault version "1976.1" as cg{bindings}
protocol p {{ title: "P" version: "1" }}
data demo.gender "Sex" : choice {{female, male}}
{rest}
"""


def advice(rest: str = "", bindings: str = "") -> list[tuple[str, str]]:
    """Code and help of every finding."""
    main, faults = parse(SourceText("t", TEXT.format(rest=rest, bindings=bindings)))

    def read(path: str) -> SourceText | None:
        file = PROTOCOL / path
        known = file.is_file() and file.suffix != ".lock"
        return SourceText(path, file.read_text("utf-8")) if known else None

    libraries, more = gather(main, read)
    _, rest_ = resolve(main, libraries)
    found = (*faults, *more, *rest_)
    return [(one.kind.code, one.help) for one in found if one.is_error]


RULE = 'exclusion e [1] "E" {{ exclude when {} < 60 mL/min }}'


def test_the_parts_of_the_library_nearest_first() -> None:
    ((code, said),) = advice(RULE.format("cg.crcl"))
    assert code == "E0302"
    assert said == (
        "the library `cg` has `cg.clearance`, `cg.creatinine`, `cg.sex_factor`, `cg.age`, "
        "`cg.sex`, `cg.weight`"
    )


def test_a_slip_of_the_finger_comes_first() -> None:
    ((_, said),) = advice(RULE.format("cg.clearence"))
    assert said.startswith("the library `cg` has `cg.clearance`, ")


def test_only_what_may_stand_there() -> None:
    ((code, said),) = advice('exclusion e [1] "E" { exclude when cg.sx = female }')
    assert code == "E0302"
    assert said.startswith("the library `cg` has `cg.sex`, ")
    # No part of a library is a visit: the advice is the usual one.
    ((_, said),) = advice('activity a "A" at cg.sx { collects: demo.gender }')
    assert said == "declare it as a visit"


def test_what_another_one_stands_for_is_that_one() -> None:
    rule = 'exclusion e [1] "E" { exclude when cg.sex = female }'
    ((code, said),) = advice(rule, " with sex = demo.gender")
    assert (code, said) == (
        "E0302",
        "write `demo.gender`, which stands for it in the library `cg`",
    )


def test_other_names_are_told_as_before() -> None:
    ((_, said),) = advice('exclusion e [1] "E" { exclude when demo.gendr = female }')
    assert said == "did you mean `demo.gender`?"


@pytest.mark.parametrize("wrong", ["gender", "clearance"])
def test_what_others_can_stand_for(wrong: str) -> None:
    ((code, said),) = advice(bindings=f" with {wrong} = demo.gender")
    assert code == "E0319"
    assert said.startswith("what others can stand for: ")
    assert all(f"`{name}`" in said for name in ("age", "sex", "weight", "creatinine"))
    assert "sex_factor" not in said
