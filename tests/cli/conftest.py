"""A small protocol in a folder of its own, and a pipeline good enough to drive the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from trialc.cli.group import group
from trialc.diagnostics import Diagnostic, Kind
from trialc.emitters.artefact import Artefact
from trialc.graph.study import Study
from trialc.model.protocol import (
    Decision,
    Duration,
    Library,
    Metadata,
    Participant,
    Protocol,
    Test,
    Visit,
    Window,
)
from trialc.source import SourceText, Span

BAD = Kind("E9901", "bad-word", "error", "`{word}` is a bad word", "Do not.\n\nWrong:  bad")
POOR = Kind("W9902", "poor-word", "warning", "`{word}` is a poor word", "Better not.")
TEXT = "language 1\nprotocol tiny { version: 1 }\nuse lib.scores\n"


@dataclass
class FakePipeline:
    """Reads the id from `protocol ID`, complains of the words bad and poor; counts what it did."""

    compiled: int = 0
    emitted: int = 0
    files: dict[str, str] = field(
        default_factory=lambda: {"protocol.json": "{}\n", "documents/page.md": "# Tiny\n"}
    )
    evidence: dict[str, Any] = field(default_factory=dict)
    failure: BaseException | None = None

    def compile_protocol(
        self,
        main: SourceText,
        read: Callable[[str], SourceText | None],
        clock: Callable[[], float],
    ) -> Any:
        self.compiled += 1
        if self.failure:
            raise self.failure
        library = read("lib/scores.proto.txt")
        read("protoc.lock")
        texts = (main, *((library,) if library else ()))
        found = tuple(self._complaints(texts))
        study = None if any(item.is_error for item in found) else self._study(main, library)
        return SimpleNamespace(
            study=study, diagnostics=found, texts=texts, timings=(("parse", 0.5),)
        )

    def emit(
        self, study: Study, only: Collection[str] = (), clock: Any = None
    ) -> tuple[tuple[Artefact, ...], tuple[tuple[str, float], ...]]:
        self.emitted += 1
        seal = study.protocol.sha256
        made = [Artefact(path, f"{text}{seal}\n") for path, text in self.files.items()]
        return tuple(item for item in made if not only or item.path in only), (("emit", 0.25),)

    def _complaints(self, texts: tuple[SourceText, ...]) -> list[Diagnostic]:
        return [
            kind.at(Span(text.name, start, start + len(word)), word=word)
            for text in texts
            for word, kind in (("bad", BAD), ("poor", POOR))
            if (start := text.text.find(word)) >= 0
        ]

    def _study(self, main: SourceText, library: SourceText | None) -> Study:
        name = main.text.partition("protocol ")[2].split()[0]
        libraries = (
            Library(
                name="scores", alias="s", version="1.0.0", title="", citation="",
                file=library.name, sha256=library.sha256,
            ),
        ) if library else ()  # fmt: skip
        day = Window(early=-2, late=3, unit="day")
        protocol = Protocol(
            language=1, file=main.name, sha256=main.sha256,
            metadata=Metadata(id=name, title="Tiny", acronym="TINY", version="1"),
            libraries=libraries,
            visits=(
                Visit(id="S", title="Screening", timing="before", base="M0"),
                Visit(id="M0", title="=Start, day; zero", timing="anchor"),
                Visit(
                    id="M1", title="Month 1", timing="offset", base="M0", window=day,
                    offset=Duration(amount=1, unit="month"),
                ),
            ),
            decisions=(Decision(id="esr_unit", title="Unit of ESR", status="open"),)
            if "undecided" in main.text else (),
            participants=(Participant(id="p", as_of="2027-01-04", assignments=()),),
            tests=(Test(id="t1", title="One", given="p", verdict="eligible"),),
        )  # fmt: skip
        return Study(protocol, nx.MultiDiGraph(), (main,), evidence=dict(self.evidence))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """The pipeline replaced by one that tests control."""
    made = FakePipeline()
    module = ModuleType("trialc.pipeline")
    module.__dict__.update(compile_protocol=made.compile_protocol, emit=made.emit)
    monkeypatch.setitem(sys.modules, "trialc.pipeline", module)
    emitters = ModuleType("trialc.emitters")
    import trialc.emitters as real

    emitters.__dict__.update(vars(real))
    names = [SimpleNamespace(name=path) for path in made.files]
    emitters.__dict__["EMITTERS"] = tuple(names)
    monkeypatch.setitem(sys.modules, "trialc.emitters", emitters)
    return made


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with protocol/tiny.proto.txt, its library, and a cache of its own."""
    folder = tmp_path / "home"
    (folder / "protocol" / "lib").mkdir(parents=True)
    (folder / "protocol" / "tiny.proto.txt").write_text(TEXT, encoding="utf-8")
    (folder / "protocol" / "lib" / "scores.proto.txt").write_text("library\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TRIALC_DEBUG", raising=False)
    return folder


@pytest.fixture
def protoc() -> Callable[..., Result]:
    """Run a command in this process."""

    def run(*arguments: str, **more: Any) -> Result:
        return CliRunner().invoke(group, list(arguments), prog_name="protoc", **more)

    return run


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For processes of their own: they find the packages wherever these were found here."""
    import trialc
    import trialc_runtime

    folders = [str(Path(module.__file__ or "").parents[1]) for module in (trialc, trialc_runtime)]
    return {
        **{name: value for name, value in os.environ.items() if name != "TRIALC_DEBUG"},
        "PYTHONPATH": os.pathsep.join(folders),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
