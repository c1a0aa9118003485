"""Every protocol text in the documentation compiles: whole ones alone, fragments within a trial."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trialc.diagnostics import Diagnostic
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather
from trialc.syntax.sections import split

ROOT = Path(__file__).parents[2]
PHRASES = "docs/how-do-i-say.md"
TRANSITIONS = "docs/language/transitions.md"
PAGES = (
    "README.md",
    "docs/language.md",
    "docs/tutorial.md",
    "docs/graph.md",
    "docs/libraries.md",
    PHRASES,
    "docs/language/design.md",
    "docs/language/facts.md",
    "docs/language/populations.md",
    "docs/language/values.md",
    "docs/language/courses.md",
    "docs/language/schedule.md",
    "docs/language/verdicts.md",
    "docs/language/real-designs.md",
    TRANSITIONS,
)
BLOCK = re.compile(r"^```(protocol(?:-fragment)?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Read = Callable[[str], SourceText | None]


def blocks(page: str, kind: str) -> list[tuple[int, str]]:
    """The line where each block of a page begins, and its text."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, block.start()) + 2, block[2])
        for block in BLOCK.finditer(text)
        if block[1] == kind
    ]


def of(kind: str) -> list[Any]:
    return [
        pytest.param(page, text, id=f"{page}:{line}")
        for page in PAGES
        for line, text in blocks(page, kind)
    ]


def errors(text: str, read: Read) -> list[tuple[str, str]]:
    """Code and message of every error in a protocol's text."""
    main, faults = parse(SourceText("t", text))
    libraries, more = gather(main, read)
    _, rest = resolve(main, libraries)
    found: tuple[Diagnostic, ...] = (*faults, *more, *rest)
    return [(fault.kind.code, fault.message) for fault in found if fault.is_error]


def beside(page: str) -> Read:
    """The libraries of the trial in this repository."""

    def read(path: str) -> SourceText | None:
        file = ROOT / "protocol" / path
        return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None

    return read


@pytest.mark.parametrize(("page", "text"), of("protocol"))
def test_a_whole_text_compiles(page: str, text: str) -> None:
    library = re.search(r'^library (\w+) version ("[^"]+")', text, re.MULTILINE)
    if library is None:
        assert errors(text, beside(page)) == []
        return
    name, version = library.groups()
    user = f'language 1\nuse lib.{name} version {version} as x\n{HEAD}role investigator "I"\n'
    path = f"lib/{name}.proto.txt"
    assert errors(user, {path: SourceText(path, text)}.get) == []


HEAD = 'protocol p { title: "P" version: "1" }\n'

# What examples of the reference mention and CARE-SSc does not have.
MORE = """
data sign.fever "Fever" : boolean
data sign.rash "Rash" : boolean
data sign.cough "Cough" : boolean
data lab.crp_old "C-reactive protein" : quantity [mg/L]
data lab.creatinine "Serum creatinine" : quantity [mg/dL] { range: 0.1 .. 30 mg/dL }
"""


def trial_of(page: str) -> str:
    """The trial in which the fragments of a page belong."""
    if page == PHRASES:
        return f"language 1\n{HEAD}"
    if page in ("docs/tutorial.md", "docs/language/real-designs.md", TRANSITIONS):
        return blocks(page, "protocol")[-1][1]
    return (ROOT / "protocol" / "care_ssc.proto.txt").read_text(encoding="utf-8") + MORE


def within(trial: str, fragment: str) -> str:
    """A trial with the declarations of a fragment, instead of its own of the same names."""
    source, added = SourceText("t", trial), SourceText("f", fragment)
    names = {_identity(section.keyword, section.name) for section in split(added).whole}
    kept = [
        source[section.where]
        for section in split(source).whole
        if _identity(section.keyword, section.name) not in names
    ]
    parts = [fragment] if "language" in {keyword for keyword, _ in names} else []
    return "\n".join([*parts, *kept, *([fragment] if not parts else [])])


def _identity(keyword: str, name: str) -> tuple[str, str]:
    """One protocol, one masking, one randomisation; everything else is known by its name."""
    alone = ("language", "protocol", "masking", "randomisation")
    return (keyword, "") if keyword in alone else ("", name)


@pytest.mark.parametrize(("page", "text"), of("protocol-fragment"))
def test_a_fragment_compiles_within_its_trial(page: str, text: str) -> None:
    assert errors(within(trial_of(page), text), beside(page)) == []


def test_every_phrase_is_in_the_index_and_has_an_example() -> None:
    index, *sections = re.split(r"^## ", (ROOT / PHRASES).read_text("utf-8"), flags=re.MULTILINE)
    phrases = re.findall(r"^### (.+)$", "\n".join(sections), re.MULTILINE)
    linked = re.findall(r"\[([^\]]+)\]\(#([\w-]+)\)", index)
    assert [words for words, _ in linked] == phrases
    assert all(re.sub(r"[^\w -]", "", w.lower()).replace(" ", "-") == to for w, to in linked)
    assert len(phrases) == len(blocks(PHRASES, "protocol-fragment")) >= 60


def test_there_are_examples() -> None:
    assert len(of("protocol")) >= 5
    assert len(of("protocol-fragment")) >= 40
