"""What the tests of the front end's first half share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trialc.source import SourceText
from trialc.syntax import tree
from trialc.syntax.from_text import parse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def care_ssc() -> SourceText:
    """The protocol that the repository is about."""
    file = ROOT / "protocol" / "care_ssc.proto.txt"
    return SourceText("care_ssc.proto.txt", file.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def libraries() -> tuple[SourceText, ...]:
    """The libraries that it uses."""
    files = sorted((ROOT / "protocol" / "lib").glob("*.proto.txt"))
    return tuple(SourceText(file.name, file.read_text(encoding="utf-8")) for file in files)


@pytest.fixture(scope="session")
def declaration() -> Callable[[str], tree.Declaration]:
    """The one declaration of a text behind its language version; it has no mistake."""

    def one(text: str) -> tree.Declaration:
        parsed, found = parse(SourceText("t", f"language 1\n{text}"))
        assert not found, [(fault.kind.code, fault.message) for fault in found]
        (_, made) = parsed.declarations
        return made

    return one


@pytest.fixture(scope="session")
def condition(
    declaration: Callable[[str], tree.Declaration],
) -> Callable[[str], tree.Expression]:
    """A condition as the tree of it."""

    def one(text: str) -> tree.Expression:
        head = declaration(f'define it "It" = {text}').head
        assert isinstance(head, tree.FormulaHead)
        return head.expression

    return one


ALL_RULES = (Path(__file__).parent / "every_rule.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def all_rules() -> SourceText:
    """Declarations with what the repository's own protocols do not have."""
    more = Path(__file__).with_name("every_transition.txt").read_text(encoding="utf-8")
    return SourceText("t", ALL_RULES + more)
