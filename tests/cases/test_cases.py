"""Whole protocols with everything that is made of them, file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trialc.pipeline import compile_protocol, emit
from trialc.source import SourceText

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/protocol.proto.txt"))


def made_of(case: Path) -> dict[str, str]:
    def read(path: str) -> SourceText | None:
        file = case / path
        return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None

    main = read("protocol.proto.txt")
    assert main is not None
    compiled = compile_protocol(main, read, lambda: 0.0)
    assert compiled.study is not None
    assert [found for found in compiled.diagnostics if found.is_error] == []
    artefacts, _ = emit(compiled.study)
    return {artefact.path: artefact.text for artefact in artefacts}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outputs(
    case: Path, golden: Callable[[Path, str], None], request: pytest.FixtureRequest
) -> None:
    made = made_of(case)
    expected = case / "expected"
    kept = {path.relative_to(expected).as_posix() for path in expected.rglob("*.*")}
    for extra in sorted(kept - set(made)):
        if request.config.getoption("--bless"):
            (expected / extra).unlink()
        else:
            pytest.fail(f"nothing writes {extra} any more; `make bless` removes it")
    for path, text in made.items():
        golden(expected / path, text)


def test_two_runs_give_the_same_bytes() -> None:
    case = CASES[0]
    assert made_of(case) == made_of(case)
