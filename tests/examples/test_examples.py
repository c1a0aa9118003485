"""The six example trials: whole, tested, and hardly a word of them left as free text."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from trialc.analyses.written import WAYS, written
from trialc.pipeline import Compilation, compile_protocol
from trialc.source import SourceText
from trialc.source.places import is_of_libraries

FOLDER = Path(__file__).parents[2] / "protocol"
EXAMPLES = sorted(path.name for path in (FOLDER / "examples").glob("*.proto.txt"))


@cache
def compiled(name: str) -> Compilation:
    def read(path: str) -> SourceText | None:
        file = (FOLDER if is_of_libraries(path) else FOLDER / "examples") / path
        return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None

    text = (FOLDER / "examples" / name).read_text(encoding="utf-8")
    return compile_protocol(SourceText(name, text), read, lambda: 0.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_compiles_and_its_own_tests_pass(name: str) -> None:
    made = compiled(name)
    assert [found.message for found in made.diagnostics if found.is_error] == []
    assert made.study is not None
    assert len(made.study.protocol.tests) >= len(made.study.protocol.criteria)


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_criteria_are_rules(name: str) -> None:
    study = compiled(name).study
    assert study is not None
    found = Counter(item.how for item in written(study.protocol))
    assert found["free text"] == 0
    assert found["exact"] + found["attested"] >= 0.95 * found.total()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_readme_counts_what_is_there(name: str) -> None:
    study = compiled(name).study
    assert study is not None
    found = Counter(item.how for item in written(study.protocol))
    counts = (found.total(), *(found[way] for way in WAYS))
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if f"](protocol/examples/{name})" in line)
    assert row.endswith(" | " + " | ".join(str(count) for count in counts) + " |")
