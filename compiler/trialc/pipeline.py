"""START HERE: every stage of the compiler in order, value to value.

    text -> tree -> model -> graph -> analyses -> artefacts

A stage returns its result and its diagnostics, and never raises them. Reading and writing files,
the clock, and telling the user are the command line's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from trialc.analyses import ANALYSES, OF_TEXT
from trialc.diagnostics import Diagnostic, in_order
from trialc.emitters import EMITTERS
from trialc.emitters.artefact import Artefact
from trialc.graph.from_model import link
from trialc.graph.invariants import OF_PARTS, OF_THE_WHOLE
from trialc.graph.study import Pass, Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather

Reader = Callable[[str], SourceText | None]
"""A path relative to the protocol's folder, with forward slashes, to its text; None if absent."""
Clock = Callable[[], float]
Timings = tuple[tuple[str, float], ...]
"""Stage and seconds, in the order in which the stages ran."""


@dataclass(frozen=True)
class Compilation:
    """What became of a protocol. `study` is None when errors left no protocol to speak of."""

    study: Study | None
    diagnostics: tuple[Diagnostic, ...]
    texts: tuple[SourceText, ...]
    """The protocol's own text first, then the libraries it uses."""
    timings: Timings


def compile_protocol(main: SourceText, read: Reader, clock: Clock) -> Compilation:
    """Compile a protocol's text; `read` gives the libraries, their lock, the registered text."""
    watch = Stopwatch(clock)
    with watch("parse"):
        tree, syntax_faults = parse(main)
        libraries, import_faults = gather(tree, read)
    found = [*syntax_faults, *import_faults]
    texts = tuple(dict.fromkeys((main, *(library.tree.source for library in libraries))))
    with watch("resolve"):
        protocol, faults = resolve(tree, libraries)
    found += faults
    if protocol is None:
        return Compilation(None, in_order(found), texts, watch.timings)
    with watch("link"):
        registered_text = protocol.metadata.registered_text
        registered = read(registered_text) if registered_text else None
        study = link(protocol, texts, registered)
    study, faults = run(OF_PARTS, study, watch)
    found += faults
    # What was lost to an error must not be missed a second time by a check of the whole.
    whole = not any(fault.is_error for fault in found)
    study, faults = run((*OF_THE_WHOLE, *ANALYSES) if whole else OF_TEXT, study, watch)
    return Compilation(study, in_order((*found, *faults)), texts, watch.timings)


def run(
    passes: Sequence[Pass], study: Study, watch: Stopwatch
) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The passes one after the other: each sees what those before it found out."""
    found: list[Diagnostic] = []
    for each in passes:
        with watch(each.__name__.replace("_", " ")):
            study, faults = each(study)
        found += faults
    return study, tuple(found)


def emit(
    study: Study, only: Collection[str] = (), clock: Clock = lambda: 0.0
) -> tuple[tuple[Artefact, ...], Timings]:
    """The artefacts of all emitters, or of those named, of a study without errors."""
    watch = Stopwatch(clock)
    made: list[Artefact] = []
    for emitter in EMITTERS:
        if not only or emitter.name in only:
            with watch(emitter.name):
                made += emitter.emit(study)
    return tuple(made), watch.timings


class Stopwatch:
    """Seconds of each stage, by a clock that is handed in."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.timings: Timings = ()

    @contextmanager
    def __call__(self, stage: str) -> Generator[None]:
        began = self.clock()
        yield
        self.timings += ((stage, self.clock() - began),)
