"""One build of one protocol: skip it when nothing changed, else compile, emit, compare or write."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from trialc.cli import cache, output, terminal
from trialc.cli.differences import Difference, difference
from trialc.cli.files import Folder
from trialc.cli.protocols import Compiled, Found, Opened, compile_opened, shown_path
from trialc.diagnostics.as_json import as_json
from trialc.diagnostics.catalog import inputs
from trialc.source import Span

Status = Literal["written", "up to date", "out of date", "refused", "unreadable", "unwritable"]


@dataclass(frozen=True)
class Options:
    """What the user asked of a build."""

    out: str
    only: tuple[str, ...] = ()
    check: bool = False
    release: bool = False


@dataclass
class Outcome:
    """What became of one protocol. `report` is kept by the cache, for when nothing is done."""

    shown: str
    status: Status = "up to date"
    id: str = ""
    folder: str = ""
    files: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    """Files in the output folder that this compiler did not write."""
    differences: tuple[Difference, ...] = ()
    report: dict[str, Any] = field(default_factory=dict[str, Any])
    """`diagnostics` as JSON, `errors`, `warnings`, `open_decisions`, `registered_text_quoted`."""
    found: Found | None = None
    """The findings themselves, where the protocol was compiled."""
    timings: tuple[tuple[str, float], ...] = ()


_MADE_FROM = re.compile(r'"source": \{\s*"file": ("(?:[^"\\]|\\.)*")')
"""The file that a `protocol.json` was made from."""


class Builder:
    """Builds protocols one after the other; two of them may not write into one folder."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.compiler = cache.compiler_hash()
        self.folders: dict[str, str] = {}

    def build(self, path: str) -> Outcome:
        """Bring the outputs of one protocol up to date, or say why not."""
        began = time.perf_counter()
        opened = Opened(path)
        self.outcome = Outcome(opened.shown)
        self.key = cache.key(
            path,
            self.options.out,
            {"only": self.options.only, "release": self.options.release},
        )
        entry = cache.load(self.key)
        if entry is None or not self._is_current(entry, opened):
            self._compile(opened, entry)
        self.outcome.timings += (("all", time.perf_counter() - began),)
        return self.outcome

    def _is_current(self, entry: cache.Entry, opened: Opened) -> bool:
        """True, with the outcome filled in, when inputs and outputs are those of the entry."""
        main = opened.reading.text
        hashes = {opened.name: main.sha256 if main else None}

        # Not the folder that a compilation reads from: that one would remember these questions.
        folder_now = Folder(opened.folder.folder)

        def hash_of(path: str) -> str | None:
            if path in hashes:
                return hashes[path]
            text = folder_now(path)
            return text.sha256 if text else None

        if main is None or not entry.is_current(self.compiler, hash_of):
            return False
        folder = os.path.join(self.options.out, entry.id)
        for path, known in entry.outputs.items():
            data = output.content(folder, path)
            if data is None or output.digest(data) != known:
                return False
        foreign = self._foreign(folder, entry.outputs)
        if (self.options.check and foreign) or entry.id in self.folders:
            return False
        self._claim(entry.id)
        self.outcome.foreign = foreign
        self.outcome.files = tuple(entry.outputs)
        self.outcome.report = entry.report
        return True

    def _compile(self, opened: Opened, before: cache.Entry | None) -> None:
        """Compile, and go on to the outputs where there is no error."""
        compiled = compile_opened(opened)
        self._tell(compiled)
        study, made = compiled.study, compiled.compilation
        if made is not None:
            self.outcome.timings += made.timings
        if study is None:
            self.outcome.status = "unreadable" if made is None else "refused"
            return
        from trialc.cli.summaries import open_points, unreleasable

        self.outcome.report |= open_points(study)
        if self.options.release and (refusals := unreleasable(study)):
            self._tell(compiled, refusals)
            self.outcome.status = "refused"
            return
        metadata = study.protocol.metadata
        name = metadata.id
        other = self.folders.get(name) or self._owner(name, opened)
        if other is not None:
            self._tell(compiled, (inputs.ID_TAKEN.at(metadata.where, name=name, other=other),))
            self.outcome.status = "refused"
            return
        self._claim(name)
        from trialc.pipeline import emit

        with terminal.progress(f"writing the outputs of {opened.shown}"):
            artefacts, timings = emit(study, self.options.only, time.perf_counter)
        self.outcome.timings += timings
        files = {artefact.path: artefact.text.encode("utf-8") for artefact in artefacts}
        self._finish(opened, files, before)

    def _finish(self, opened: Opened, files: dict[str, bytes], before: cache.Entry | None) -> None:
        """Compare with the folder, or write into it and remember."""
        outcome = self.outcome
        folder = os.path.join(self.options.out, outcome.id)
        outcome.files = tuple(files)
        if self.options.check:
            self._compare(folder, files)
            if outcome.differences:
                return
        else:
            self._write(folder, files, before)
            if outcome.status == "unwritable":
                return
            outcome.foreign = self._foreign(folder, files)
        main = opened.reading.text
        reads = {opened.name: main.sha256 if main else None, **opened.folder.asked}
        digests = {path: output.digest(data) for path, data in files.items()}
        entry = cache.Entry(self.compiler, reads, outcome.id, digests, outcome.report)
        cache.save(self.key, entry)

    def _compare(self, folder: str, files: Mapping[str, bytes]) -> None:
        found = [
            difference(path, output.content(folder, path), data) for path, data in files.items()
        ]
        extra = [Difference(path, "extra") for path in self._foreign(folder, files)]
        self.outcome.differences = tuple(item for item in (*found, *extra) if item)
        self.outcome.status = "out of date" if self.outcome.differences else "up to date"

    def _write(self, folder: str, files: dict[str, bytes], before: cache.Entry | None) -> None:
        known = before.outputs if before and before.id == self.outcome.id else {}
        stale = () if self.options.only else _stale(folder, known, files)
        if not stale and all(output.content(folder, path) == data for path, data in files.items()):
            return
        try:
            written = output.replace_all(folder, files, stale)
        except output.OutputError as error:
            where = Span(shown_path(error.path), 0, 0)
            fault = inputs.UNWRITABLE.at(where, reason=str(error))
            self.outcome.found = Found((fault,))
            self.outcome.report |= {"diagnostics": as_json([fault], {}), "errors": 1}
            self.outcome.status = "unwritable"
            return
        self.outcome.written, self.outcome.removed = written, tuple(stale)
        self.outcome.status = "written"

    def _foreign(self, folder: str, ours: Mapping[str, object]) -> tuple[str, ...]:
        """Files in the folder that are none of ours; a build of chosen emitters cannot tell."""
        if self.options.only:
            return ()
        return tuple(path for path in output.listed(folder) if path not in ours)

    def _owner(self, name: str, opened: Opened) -> str | None:
        """Another protocol beside this one whose outputs are in the folder of that id."""
        data = output.content(os.path.join(self.options.out, name), "protocol.json") or b""
        made_from = _MADE_FROM.search(data[:2000].decode("utf-8", "replace"))
        if made_from is None:
            return None
        file = str(json.loads(made_from[1]))
        beside = os.path.join(opened.folder.folder, file)
        return shown_path(beside) if file != opened.name and os.path.isfile(beside) else None

    def _claim(self, name: str) -> None:
        """Take the output folder of a protocol id."""
        self.folders[name] = self.outcome.shown
        self.outcome.id = name
        self.outcome.folder = shown_path(os.path.join(self.options.out, name))

    def _tell(self, compiled: Compiled, more: tuple[Any, ...] = ()) -> None:
        """Put the findings into the outcome."""
        made = compiled.compilation
        found = compiled.found
        if more and made is not None:
            found = compiled.opened.found((*made.diagnostics, *more), made.texts)
        self.outcome.found = found
        errors = sum(item.is_error for item in found.diagnostics)
        self.outcome.report |= {
            "diagnostics": as_json(found.diagnostics, found.texts or {}),
            "errors": errors,
            "warnings": sum(item.kind.severity == "warning" for item in found.diagnostics),
        }


def _stale(folder: str, known: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Outputs of the build before that are no longer made, unless somebody changed them since."""
    gone: list[str] = []
    for path, digest in known.items():
        data = output.content(folder, path) if path not in files and output.is_safe(path) else None
        if data is not None and output.digest(data) == digest:
            gone.append(path)
    return tuple(gone)
