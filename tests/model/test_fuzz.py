"""Arbitrary texts made of the language's own words: never an exception, always a place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trialc.diagnostics import in_order
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.grammar import DECLARATION_KEYWORDS, RESERVED
from trialc.syntax.imports import gather
from trialc.syntax.sections import split

FOLDER = Path(__file__).parents[2] / "protocol"
MAIN = (FOLDER / "care_ssc.proto.txt").read_text(encoding="utf-8")
LIBRARIES = {
    f"lib/{file.name}": SourceText(f"lib/{file.name}", file.read_text(encoding="utf-8"))
    for file in sorted((FOLDER / "lib").glob("*.proto.txt"))
}
SECTIONS = [SourceText("m", MAIN)[section.where] for section in split(SourceText("m", MAIN)).whole]
TOKEN = re.compile(
    r'"""(?:.|\n)*?"""|"[^"\n]*"|#[^\n]*|[A-Za-z_][\w.]*|[0-9][0-9.e/-]*|<=|>=|!=|\.\.|\s+|.'
)

HEAD = 'language 1\nprotocol p { title: "P" version: "1" }\n'
WORDS = sorted(RESERVED | DECLARATION_KEYWORDS | {"open", "held", "primary", "hold", "eligible"})
SAMPLES = [
    "a", "b.c", "lab.esr", "M0", "event.s", "as_of", "yes", "x: ", "a [1]: ", "status: ",
    '"t"', '"""w"""', "“q”", "18", "-2.5", "1e6", "0,5", "11 g/dL", "80 %pred", "3 months",
    "2027-01-04", "1 .. 2 kg", "2027-02-30", "[kg]", "[1]", "{a, b}", "{", "}", "(", ")", "=",
    "<", ">=", "≠", "+", "–", "*", "/", ",", ":", "..", "#r\n", "\n", "$", "\0", "\u202e",
]  # fmt: skip
SOUP = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(SAMPLES), st.text(max_size=3)), max_size=40
).map(" ".join)


def check(text: str) -> None:
    """All stages of the front end take a text, whatever it is."""
    source = SourceText("t", text)
    main, faults = parse(source)
    libraries, more = gather(main, LIBRARIES.get)
    protocol, rest = resolve(main, libraries)
    found = in_order((*faults, *more, *rest))
    for fault in found:
        assert fault.message
        if fault.where.file == "t":
            assert 0 <= fault.where.start <= fault.where.end <= len(text)
    assert protocol is not None or any(fault.is_error for fault in found)
    if protocol is not None and not any(fault.is_error for fault in found):
        _use(protocol)


def _use(protocol: Protocol) -> None:
    """What has no error can be said in words, and survives JSON."""
    wording = Wording(protocol)
    for item in (*protocol.criteria, *protocol.conditions, *protocol.gates, *protocol.events):
        assert wording.phrase(item.condition)
    assert Protocol.model_validate(protocol.model_dump(mode="json")) == protocol


@st.composite
def soups(draw: st.DrawFn) -> str:
    """Declarations that begin well and go on with any words."""
    lines = draw(
        st.lists(st.tuples(st.sampled_from(sorted(DECLARATION_KEYWORDS)), SOUP), max_size=6)
    )
    text = "\n".join(f"{keyword} {soup}" for keyword, soup in lines)
    return draw(st.sampled_from(["", "language 1\n", HEAD])) + text


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """Conditions of the right form over names of every kind, in every place for one."""
    atom = st.sampled_from(
        ["a", "n > 3 kg", "n", "s = x", "s in {x, y}", "d", "t > 2027-01-01", "m", "c", "p > 3",
         "p", "n in 1 .. 2 kg", "no e after o", "elapsed since o >= 3 days", "event.f = x",
         "years from t to as_of <= 2 years", "nothing", "n + n > 2 * n", "n / p > 3 kg", "5 kg",
         "count of participants in block 1 given o = 3", "sum of { i: 3 when a }", "w", "u or w"]
    )  # fmt: skip
    rule = draw(
        st.recursive(
            atom,
            lambda inner: st.one_of(
                inner.map(lambda one: f"not ({one})"),
                inner.map(lambda one: f"({one}) attributed to c"),
                inner.map(lambda one: f"({one}) if done"),
                inner.map(lambda one: f"every participant in this block satisfies ({one})"),
                st.tuples(inner, inner).map(lambda two: f"(({two[0]}) unless ({two[1]}))"),
                st.tuples(inner, inner).map(lambda two: f"(({two[0]}) and ({two[1]}))"),
                st.tuples(inner, inner).map(
                    lambda two: f"any of {{ l: {two[0]} k [2]: {two[1]} }}"
                ),
                st.tuples(inner, inner).map(
                    lambda two: f"at least 2 of {{ l: {two[0]} l: {two[1]} }}"
                ),
                st.tuples(inner, inner).map(lambda two: f"none of {{ l: {two[0]} k: {two[1]} }}"),
            ),
            max_leaves=8,
        )
    )
    place = draw(
        st.sampled_from(
            [
                'exclusion x [1] "X" {{ exclude when {} }}',
                'inclusion x [1] "X" {{ require {} }}\ndecision q "Q" {{ status: open '
                'alternative "A" replacing x by a, replacing x.l by w alternative "B" '
                "replacing x.l by u }}",
                'define d "D" = {}',
                'derive p "P" [points] = sum of {{ i: 3 when {} }}',
                'data a "A" : boolean {{ applies when {} }}',
                'event e "E" {{ reports f "F" {{x, y}} counts when {} }}',
                'gate g "G" per participant {{ guards give o opens when {} }}',
                'exclusion x [1] "X" {{ exclude when w or u }}\n'
                'decision q "Q" {{ status: open alternative "A" replacing x by {} }}',
            ]
        )
    )
    return f"{HEAD}{NAMES}{place.format(rule)}\n"


NAMES = """role m_ "M"
cause c "C"
data w "W" : boolean { applies when s = x }
data u "U" : boolean { applies when s = y }
data n "N" : quantity [kg] { range: 1 .. 9 kg }
data s "S" : choice {x, y}
data t "T" : date
judgement m "M" by m_
intervention i "I" { type: drug }
arm r "R" experimental { give i as o at v }
visit v "V" anchor
"""


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Some declarations of CARE-SSc, damaged in a few places."""
    chosen = draw(st.lists(st.sampled_from(range(3, len(SECTIONS))), min_size=1, max_size=8))
    parts = [SECTIONS[index] for index in sorted(set(chosen))]
    if draw(st.booleans()):
        parts = SECTIONS[1:4] + parts
    tokens = TOKEN.findall("".join(parts))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(tokens) - 1))
        damage = draw(st.integers(0, 4))
        if damage == 0:
            del tokens[at : at + draw(st.integers(1, 5))]
        elif damage == 1:
            tokens.insert(at, draw(st.sampled_from(SAMPLES)))
        elif damage == 2:
            tokens[at] = draw(st.sampled_from(SAMPLES + WORDS))
        elif damage == 3:
            tokens[at] = tokens[draw(st.integers(0, len(tokens) - 1))]
        else:
            tokens = tokens[:at]
        if not tokens:
            break
    return HEAD + "".join(tokens)


SHORT: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,
    "database": None,
}
ANY = st.one_of(st.text(max_size=200), soups(), conditions(), mutants())


@settings(max_examples=120, **SHORT)
@given(soups())
def test_any_words(text: str) -> None:
    check(text)


@settings(max_examples=80, **SHORT)
@given(conditions())
def test_any_conditions(text: str) -> None:
    check(text)


@settings(max_examples=120, **SHORT)
@given(mutants())
def test_a_damaged_protocol(text: str) -> None:
    check(text)


@pytest.mark.long
@settings(
    max_examples=100_000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(ANY)
def test_any_text_at_all(text: str) -> None:
    check(text)
