"""The real command with the real pipeline on a small trial, in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from trialc.cli.group import group

from .hostile import lay_out
from .launcher import Ended, Launcher, lay_out_small

Protoc = Callable[..., Result]
Run = Callable[..., Ended]


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: protocol/small.proto.txt with its library and registered text."""
    home = tmp_path / "home"
    lay_out_small(home / "protocol")
    monkeypatch.chdir(home)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TRIALC_DEBUG", raising=False)
    return home


@pytest.fixture
def protoc() -> Protoc:
    """Run a command in this process."""

    def run(*arguments: str, **more: Any) -> Result:
        done = CliRunner().invoke(group, list(arguments), prog_name="protoc", **more)
        assert "Traceback" not in done.output
        return done

    return run


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """For processes of their own: they find the packages wherever these were found here."""
    import trialc
    import trialc_runtime

    folders = [str(Path(module.__file__ or "").parents[1]) for module in (trialc, trialc_runtime)]
    kept = {name: value for name, value in os.environ.items() if name != "TRIALC_DEBUG"}
    return {**kept, "PYTHONPATH": os.pathsep.join(folders)}


@pytest.fixture(scope="session")
def launcher(environment: dict[str, str]) -> Iterator[Launcher]:
    """A warm process that starts commands."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    made = Launcher(environment)
    yield made
    made.close()


@pytest.fixture
def run(launcher: Launcher, trial: Path) -> Run:
    """Run a command as a process of its own in the folder of the trial."""

    def start(*arguments: str, **options: Any) -> Ended:
        cache = {"XDG_CACHE_HOME": str(trial.parent / "cache")}
        done = launcher.run(trial, *arguments, environment=cache, **options)
        assert "Traceback" not in done.said
        return done

    return start


@pytest.fixture(scope="session")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, launcher: Launcher
) -> tuple[Path, dict[str, str]]:
    """A folder with the hostile protocol, built into `out`; its texts by place."""
    folder = tmp_path_factory.mktemp("hostile") / "home"
    texts = lay_out(folder)
    cache = {"XDG_CACHE_HOME": str(folder.parent / "cache")}
    done = launcher.run(folder, "build", "hostile.proto.txt", "-o", "out", environment=cache)
    assert (done.status, done.stderr) == (0, "")
    return folder, texts


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(trial: Path, old: str, new: str) -> None:
    """Change the text of the small protocol."""
    file = trial / "protocol/small.proto.txt"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
