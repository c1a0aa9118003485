"""Golden files are plain files, the real artefacts; `pytest --bless` accepts what is made today."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept what is made today as expected")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a file, or with `--bless` writes it."""
    bless = bool(request.config.getoption("--bless"))

    def check(path: Path, text: str) -> None:
        data = text.encode("utf-8")
        if bless:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return
        name = path.relative_to(ROOT)
        accept = f"`make bless` accepts what is made today, for review in git diff: {name}"
        if not path.is_file():
            pytest.fail(f"nothing is expected yet; {accept}\n{text}", pytrace=False)
        expected = path.read_bytes()
        if expected != data:
            lines = unified_diff(
                expected.decode().splitlines(), text.splitlines(), "expected", "made", lineterm=""
            )
            pytest.fail("\n".join((accept, *lines)), pytrace=False)

    return check
