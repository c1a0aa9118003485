"""What is shipped: the wheel's contents, the runtime's imports, the size of files."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (ROOT / "compiler" / "trialc", ROOT / "runtime" / "trialc_runtime")
LONGEST_FILE = 400
LIBRARIES = "trialc/libraries/"
"""Where the wheel has the libraries of protocol/lib."""


def files_below(folder: Path) -> list[Path]:
    """Every file below `folder` that is not a by-product of running Python, in a fixed order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built once for the module."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The names of all files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_wheel_holds_every_file_of_the_package(package: Path, names: set[str]) -> None:
    on_disk = {path.relative_to(package.parent).as_posix() for path in files_below(package)}
    in_wheel = {name for name in names if PurePosixPath(name).parts[0] == package.name}
    assert on_disk, f"{package.name} has no files"
    assert {name for name in in_wheel if not name.startswith(LIBRARIES)} == on_disk


def test_wheel_holds_the_libraries_as_they_are_in_the_repository(
    wheel: Path, names: set[str]
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {
            name.removeprefix(LIBRARIES): archive.read(name)
            for name in names
            if name.startswith(LIBRARIES)
        }
    assert shipped == {p.name: p.read_bytes() for p in (ROOT / "protocol" / "lib").iterdir()}
    assert len(shipped) >= 16


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_wheel_says_that_the_package_is_typed(package: Path, names: set[str]) -> None:
    assert f"{package.name}/py.typed" in names


def test_wheel_holds_nothing_else(names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names}
    metadata = {top for top in tops if top.endswith(".dist-info")}
    assert len(metadata) == 1
    assert tops - metadata == {package.name for package in PACKAGES}


def test_both_commands_start_the_same_function(wheel: Path, names: set[str]) -> None:
    (entry_points,) = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    parser = configparser.ConfigParser()
    with zipfile.ZipFile(wheel) as archive:
        parser.read_string(archive.read(entry_points).decode("utf-8"))
    assert dict(parser["console_scripts"]) == {
        "protoc": "trialc.cli:main",
        "trialc": "trialc.cli:main",
    }


def test_runtime_imports_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"trialc_runtime"}
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in files_below(ROOT / "runtime" / "trialc_runtime")
        if path.suffix == ".py"
        for line, name in imports_of(path)
        if name.partition(".")[0] not in allowed
    ]
    assert not found, "\n".join(found)


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Line and full name of every absolute import anywhere in the module, also inside functions."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append((node.lineno, node.module))
    return found


def test_no_file_is_longer_than_the_limit() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in written_by_hand()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    assert not too_long, "\n".join(too_long)


def written_by_hand() -> list[Path]:
    """Python modules, grammars and templates; expected outputs of tests are not written by hand."""
    return [
        path
        for folder in ("compiler", "runtime", "tests", "bench")
        for path in files_below(ROOT / folder)
        if path.suffix in {".py", ".lark", ".j2"} and "expected" not in path.relative_to(ROOT).parts
    ]
