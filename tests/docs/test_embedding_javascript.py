"""The programs of docs/embedding-javascript.md run, and write what stands behind their lines."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.differential.javascript import needs_node, run

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "embedding-javascript.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```js\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


@needs_node
@pytest.mark.parametrize("program", PROGRAMS)
def test_programs(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "node_modules" / "trialc-care_ssc"
    package.mkdir(parents=True)
    made = ROOT / "generated" / "care_ssc"
    for name in ("checker.mjs", "package.json"):
        shutil.copy(made / name, package / name)
    shutil.copy(made / "patient.example.json", tmp_path)
    (tmp_path / "program.mjs").write_text(program, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    expected = re.findall(r"console\.log\(.*\); // (.*)", program)
    assert run(tmp_path / "program.mjs").splitlines() == expected
    assert expected
