"""The smallest protocol for every code, with what is said about it, whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trialc.diagnostics.catalog import every_kind
from trialc.diagnostics.render import render
from trialc.pipeline import Compilation, compile_protocol
from trialc.source import SourceText

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.proto.txt"))
BY_THE_COMMAND_LINE = {"E0001"} | {f"E010{number}" for number in range(1, 10)}
"""Faults of files, not of texts: tests/cli has them."""
BY_A_FAULT_OF_OURS = {"E0217", "E0810"}
"""Only a formatter that would damage a text shows the one, only wrong moves of an escalation the
other: tests/syntax and tests/analyses have them.
"""


def compiled(case: Path) -> Compilation:
    def read(path: str) -> SourceText | None:
        file = case.parent / path
        lock = case.with_suffix("").with_suffix(".lock")
        if path == "protoc.lock" and lock.is_file():
            file = lock
        return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None

    text = case.read_bytes().decode("utf-8")
    return compile_protocol(SourceText(case.name, text), read, lambda: 0.0)


def code_of(case: Path) -> str:
    return case.name.partition("_")[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.removesuffix(".proto.txt"))
def test_the_smallest_protocol_of_a_code(case: Path, golden: Callable[[Path, str], None]) -> None:
    made = compiled(case)
    codes = {found.kind.code for found in made.diagnostics}
    assert code_of(case) in codes
    texts = {text.name: text for text in made.texts}
    shown = render(made.diagnostics, texts)
    golden(case.with_name(case.name.replace(".proto.txt", ".expected")), shown)


def test_every_code_has_a_case_named_after_it() -> None:
    named = {case.name.removesuffix(".proto.txt") for case in CASES}
    exempt = BY_THE_COMMAND_LINE | BY_A_FAULT_OF_OURS
    wanted = {f"{kind.code}_{kind.name}" for kind in every_kind() if kind.code not in exempt}
    assert {name.partition("_")[0] for name in named} == {name[:5] for name in wanted}
    assert wanted <= named
    assert len(wanted) >= 40


def test_every_expectation_has_its_case() -> None:
    expected = {path.name.removesuffix(".expected") for path in HERE.glob("*.expected")}
    assert expected <= {case.name.removesuffix(".proto.txt") for case in CASES}


def test_errors_of_several_stages_are_reported_in_one_run(tmp_path: Path) -> None:
    """Syntax, names, units, circles and quotes: none hides another."""
    (tmp_path / "registered.txt").write_text("Age < 18 years\n", encoding="utf-8")
    case = tmp_path / "all.proto.txt"
    case.write_text(
        """language 1
protocol all_at_once { title: "All" version: "1" text: "registered.txt" }
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
data broken "Broken" quantity
derive one "One" [year] = two + 1 year
derive two "Two" [year] = one + 1 year
exclusion minor [1] "Minor" {
  exclude when demo.age < 18 kg
}
exclusion second [2] "Second" { exclude when demo.agee < 18 years }
exclusion third [3] "Third" {
  source \"\"\"
    Age <= 18 years
  \"\"\"
  exclude when demo.age < 18 years
}
""",
        encoding="utf-8",
    )
    codes = {found.kind.code for found in compiled(case).diagnostics if found.is_error}
    assert codes == {"E0207", "E0302", "E0402", "E0501", "E0601"}
