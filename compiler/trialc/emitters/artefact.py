"""What an emitter returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file to write. `path` is relative to the protocol's output folder.

    The text is written as UTF-8 with `\\n` line ends.
    """

    path: str
    text: str
