"""Small protocols, screened by the interpreter and by the checker, which must agree."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import networkx as nx
from tests.interpreter.small import DAY, protocol

from trialc.diagnostics import Diagnostic
from trialc.emitters.checker import emit_checker
from trialc.graph.study import Study
from trialc.interpreter.screening import Screening
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather


@cache
def engines(body: str) -> tuple[Screening, Any]:
    """The interpreter and the checker of a protocol with these declarations."""
    made = protocol(body)
    (artefact,) = emit_checker(Study(made, nx.MultiDiGraph()))
    checker = ModuleType("checker")
    exec(compile(artefact.text, "checker.py", "exec"), checker.__dict__)
    return Screening(made), checker


def screened(body: str, **values: Any) -> dict[str, Any]:
    """What both engines, and the fast path, say of a record; `__` in a name stands for a dot."""
    screening, checker = engines(body)
    record = {"as_of": DAY, "measured": DAY}
    record |= {name.replace("__", "."): value for name, value in values.items()}
    found: dict[str, Any] = screening.screen(record)
    assert checker.screen(record) == found
    outcomes = tuple(item["outcome"] for item in found["criteria"])
    assert checker.outcomes(checker.load(record)) == outcomes
    return found


def outcome(data: str, rule: str, **values: Any) -> bool | None:
    """The outcome of an exclusion by this rule, behind these declarations."""
    truth: bool | None = screened(excluding(data, rule), **values)["criteria"][0]["outcome"]
    return truth


def needs(data: str, rule: str, **values: Any) -> list[str]:
    """What is needed to decide an exclusion by this rule."""
    found = screened(excluding(data, rule), **values)
    return [need["input"] for need in found["needs"]]


def words(data: str, rule: str) -> str:
    """An exclusion by this rule, in the words of documents."""
    made = protocol(excluding(data, rule))
    return Wording(made).phrase(made.criteria[0].condition)


def excluding(data: str, rule: str) -> str:
    return f'{data}\nexclusion only [1] "Only" {{ exclude when {rule} }}\n'


def resolved(body: str, **libraries: str) -> tuple[Protocol, list[Diagnostic]]:
    """What becomes of declarations behind those that every protocol needs, and what is found."""
    texts = {f"lib/{name}.proto.txt": content for name, content in libraries.items()}

    def read(path: str) -> SourceText | None:
        return SourceText(path, texts[path]) if path in texts else None

    head = 'language 1\nprotocol small { title: "Small" version: "1" }\n'
    main, faults = parse(SourceText("t", head + body))
    used, more = gather(main, read)
    made, rest = resolve(main, used)
    assert made is not None
    return made, [fault for fault in (*faults, *more, *rest) if fault.kind.code != "W0322"]


def codes(body: str, **libraries: str) -> list[str]:
    """The codes of what is found."""
    return [fault.kind.code for fault in resolved(body, **libraries)[1]]


def whole(body: str, **libraries: str) -> Protocol:
    """A protocol in which nothing is found."""
    made, found = resolved(body, **libraries)
    assert [fault.message for fault in found] == []
    return made
