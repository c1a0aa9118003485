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


ALL_RULES = """language 1
use lib.x version "1" as y with a = b, c = d
library l version "1" { title: "L" }
event e "E" { attested by r, q reports s "S" {a, b} counts when event.s = a and event.s in {a, b} }
gate g "G" per trial {
  renamed from h
  opens when (count of participants in block 2 given d = 6 or no e after d)
    and every participant in this block satisfies elapsed since d >= 3 days
  guards give d
}
visit a "A" unscheduled
visit b "B" at a + 3 days window -1 day .. +2 days
data d "D" : date
arm g1 "G" experimental { give a 3 mg as b at c for 3 days until "the end" }
narrative nn "N" { section: "5.6" text: "Words." }
epoch ep "E"
period p1 "P" from a to b
period p2 "P" at a { washout: 3 .. 4 days }
sequence ab "AB" experimental { give g, h 3 mg in p1 }
visit s "S" from a - 3 days to a
visit r "R" at a + 3 days every 3 days 2 times
visit c "C" at a every 3 days until "the end"
visit e "E" at a every 3 days
data h "H" : history
data o "O" : ordinal {low, high}
define m "M" = at most 1 of { x: h ongoing  y: h within 3 days before as_of }
define f "F" = not (d < 2020-01-01 or d in 2020-01-01 .. 2021-01-01) and x = 2 * 3 - -1
intervention i "I" { type: drug dose: first of { a: 2 mg when x b: 3 mg otherwise } }
estimand es "E" { endpoint: e }
interim i1 "I" when 50 % of participants completed V8
interim i2 "I" when 5 participants randomised { by: r }
interim i3 "I" when 5 events of e
stopping s1 "S" { when: "it harms" }
everyone all_arms "A" { give i as c at d }
modification m "M" { intervention: i event: e actions: first of { a: stop otherwise } }
retired old, older
decision d_drop "D" { alternative "A" dropping i.a, replacing i.b by a  status: open }
"""


@pytest.fixture(scope="session")
def all_rules() -> SourceText:
    """Declarations with what the repository's own protocols do not have."""
    return SourceText("t", ALL_RULES)
