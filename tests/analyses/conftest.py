"""Small protocols, linked, with the registered text they quote."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.graph.from_model import link
from trialc.graph.study import Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

HEAD = """language 1

protocol small {
  title: "A small trial"
  version: "1"
  text: "registered.txt"
}

"""

Linked = Callable[..., Study]


@pytest.fixture
def linked() -> Linked:
    """A study of a text below HEAD that has no errors; `registered` is the registered text."""

    def make(text: str, registered: str | None = None) -> Study:
        main = SourceText("small.proto.txt", HEAD + text)
        tree, faults = parse(main)
        protocol, more = resolve(tree, ())
        assert [str(found.message) for found in (*faults, *more) if found.is_error] == []
        assert protocol is not None
        words = SourceText("registered.txt", registered) if registered is not None else None
        return link(protocol, (main,), words)

    return make
