"""The hostile pages in a real browser: nothing runs, nothing is fetched."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .hostile import MARKER, tag
from .launcher import Launcher

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]

DANGEROUS = f'<!doctype html><title>x</title><img src=x onerror=document.title="{MARKER}">'


def opened(file: Path, folder: Path) -> tuple[str, str]:
    """The page as the browser has it after its scripts ran, and what the browser complains of."""
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         "--virtual-time-budget=3000", f"--user-data-dir={folder}", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    return done.stdout, done.stderr


def title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_the_browser_would_run_it(tmp_path: Path) -> None:
    """Otherwise the other tests would prove nothing."""
    (tmp_path / "page.html").write_text(DANGEROUS)
    page, _ = opened(tmp_path / "page.html", tmp_path / "profile")
    assert title(page) == MARKER


@pytest.mark.parametrize("name", ["protocol.html", "decisions.html", "graph.svg"])
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without its policy"])
def test_a_hostile_page_does_nothing(
    hostile: tuple[Path, dict[str, str]],
    launcher: Launcher,
    tmp_path: Path,
    name: str,
    guarded: bool,
) -> None:
    folder = hostile[0]
    if name == "graph.svg":
        drawn = launcher.run(folder, "graph", "hostile.proto.txt", "--format", "svg").stdout
        text = f"<!doctype html><title>x</title>{drawn}"
    else:
        text = (folder / "out/hostile" / name).read_text(encoding="utf-8")
    if not guarded:
        # Its security must not hang on the policy alone.
        text, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        assert count == (name != "graph.svg")
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    page, said = opened(file, tmp_path / "profile")
    assert title(page) == title(text)
    assert "CONSOLE" not in said
    assert not re.search(r"<(?:script|img|iframe|base|object|b)\b", page)
    assert tag("acronym").replace("<", "&lt;").replace(">", "&gt;") in page
