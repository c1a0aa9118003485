"""What the tutorial ends with compiles without a warning, passes its tests and is well laid out."""

from __future__ import annotations

import re
from pathlib import Path

from trialc.pipeline import compile_protocol
from trialc.source import SourceText
from trialc.syntax.to_text import format_text

TUTORIAL = Path(__file__).parents[2] / "docs/tutorial.md"


def test_the_whole_text() -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    *_, text = re.findall(r"^```protocol\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    registered = re.findall(r"^```\n(Adults .*?)^```$", page, re.MULTILINE | re.DOTALL)
    files = {"lower.txt": SourceText("lower.txt", registered[0])}
    made = compile_protocol(SourceText("lower.proto.txt", text), files.get, lambda: 0.0)
    assert [found.kind.code for found in made.diagnostics] == ["I0607", "I0609"]
    assert made.study is not None
    assert len(made.study.evidence["tests"]) == 9
    assert format_text(SourceText("lower.proto.txt", text)) == (text, ())
