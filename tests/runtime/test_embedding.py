"""What a checker needs of the runtime: modules that can be copied in a row, and start fast."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import trialc_runtime
from trialc.emitters.checker_runtime import MODULES, runtime_text

FOLDER = Path(trialc_runtime.__file__).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
HEAVY = {
    "dataclasses",
    "enum",
    "typing",
    "fractions",
    "decimal",
    "re",
    "datetime",
    "json",
    "difflib",
}


def test_every_module_is_embedded() -> None:
    assert sorted(MODULES) == [path.stem for path in FILES]


def test_no_two_modules_define_the_same_name() -> None:
    seen: dict[str, str] = {}
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [node.name] if isinstance(node, ast.ClassDef | ast.FunctionDef) else []
            if isinstance(node, ast.Assign):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            for name in names:
                if name != "TYPE_CHECKING":
                    assert seen.setdefault(name, path.stem) == path.stem, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_module_starts_without_heavy_imports(path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(FOLDER.parent)!r}); before = set(sys.modules); "
        f"import trialc_runtime.{path.stem}; print(*(set(sys.modules) - before))"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_the_embedded_text_compiles_and_needs_no_package() -> None:
    text = runtime_text()
    assert "trialc_runtime import" not in text
    names: dict[str, object] = {"__name__": "embedded"}
    exec(
        compile(f"from __future__ import annotations\nTYPE_CHECKING = False\n{text}", "x", "exec"),
        names,
    )
    assert "screen_with" in names
