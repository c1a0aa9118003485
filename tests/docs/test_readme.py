"""Everything that README shows was just run: its small protocol, its commands, its Python."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(README) if found == language]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user would have it: trial, outputs, and the small protocol of README."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "protocol", folder / "protocol")
    shutil.copytree(ROOT / "generated", folder / "generated")
    text = blocks("protocol")[0]
    (folder / "iron.proto.txt").write_text(text, encoding="utf-8")
    slip = text.replace("lab.hb < 11 g/dL", "lab.hb < 11 mm/h")
    (folder / "slip.proto.txt").write_text(slip, encoding="utf-8")
    return folder


def commands() -> list[tuple[str, str]]:
    """Every `$ command` of README with what it shows."""
    found: list[tuple[str, str]] = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


def test_the_small_protocol_has_twelve_lines() -> None:
    assert len(blocks("protocol")[0].splitlines()) == 12


@pytest.mark.parametrize(("command", "shown"), commands(), ids=[c for c, _ in commands()])
def test_a_command_prints_what_readme_shows(command: str, shown: str, home: Path) -> None:
    """A line `...` stands for any number of lines."""
    name, *arguments = shlex.split(command)
    assert name in ("protoc", "python")
    run = [sys.executable, *(["-m", "trialc"] if name == "protoc" else []), *arguments]
    made = subprocess.run(run, cwd=home, capture_output=True, text=True, check=False)
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line) + r"\s*\n"
        for line in shown.splitlines()
    )
    assert re.fullmatch(pattern, made.stdout + made.stderr), made.stdout + made.stderr


EXCERPT = re.compile(r"`(generated/[^`]+)`[^`]*?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("path", "shown"), EXCERPT.findall(README))
def test_an_excerpt_stands_in_its_file(path: str, shown: str) -> None:
    """A line `...` stands for any lines, what is between them for itself."""
    text = (ROOT / path).read_text(encoding="utf-8")
    at = 0
    for passage in shown.split("...\n"):
        assert passage in text[at:], passage
        at = text.index(passage, at) + len(passage)


def test_every_kind_of_file_is_shown() -> None:
    assert len(EXCERPT.findall(README)) == 4


def test_the_python_of_readme_runs(home: Path) -> None:
    code = "\n".join(blocks("python"))
    folder = home / "generated" / "care_ssc"
    script = f"import sys; sys.path.insert(0, {str(folder)!r})\n{code}"
    made = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    comments = [line.partition("# ")[2] for line in code.splitlines() if "print(" in line]
    assert made.stdout.splitlines() == comments
