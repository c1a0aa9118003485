"""protocol.html and protocol.md: complete, accessible, inert whatever the protocol says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trialc.analyses.registered_text import Coverage
from trialc.emitters import document
from trialc.emitters.document_escaping import css_string, markdown_text, xml_text
from trialc.emitters.near_literate import letter, reading
from trialc.graph.study import Study

VOID = {"meta", "br", "col", "link", "input", "hr", "img"}


class Page(HTMLParser):
    """Elements, ids, targets and text of a page; checks that every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


def texts(study: Study) -> dict[str, str]:
    return {artefact.path: artefact.text for artefact in document.emit(study)}


def test_it_says_where_it_comes_from_and_that_it_is_a_draft(study: Study) -> None:
    for text in texts(study).values():
        assert "protocol/care.proto.txt" in text
        assert "ab" * 32 in text
        assert "trialc 0.1.0" in text
        assert "DRAFT: 2 open decisions" in text


def test_it_is_the_same_every_time(study: Study) -> None:
    assert document.emit(study) == document.emit(study)


def test_the_page_is_accessible(study: Study) -> None:
    page = Page(texts(study)["protocol.html"])
    tags = [tag for tag, _ in page.elements]
    assert {"main", "header", "nav", "footer", "h1"} <= set(tags)
    assert ("html", {"lang": "en"}) in page.elements
    assert "script" not in tags
    assert all("scope" in attrs for tag, attrs in page.elements if tag == "th")
    tables = tags.count("table")
    assert tags.count("caption") > tables / 2
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    targets = [href.removeprefix("#") for href in page.all("href")]
    assert set(targets) <= set(ids)


def test_headings_are_those_of_ich_m11(study: Study) -> None:
    for text in texts(study).values():
        assert all(heading in text for heading in ("Trial population", "Trial design"))
    assert texts(study)["protocol.html"].count("<h2") == 15


def test_alternatives_are_nested_lists_with_printed_and_assigned_marks(study: Study) -> None:
    criterion = study.protocol.criteria[0]
    lines = [
        (depth, r.mark, r.printed)
        for depth, r in reading(criterion.condition, study.protocol).lines()
    ]
    assert lines == [
        (0, "", False),
        (1, "i)", True),
        (2, "(i)", False),
        (2, "(ii)", False),
        (3, "(A)", False),
        (3, "(B)", False),
        (1, "ii)", True),
        (2, "a)", True),
        (2, "b)", True),
    ]
    words = " ".join(Page(texts(study)["protocol.html"]).words)
    assert "attributed to systemic sclerosis" in words
    assert "unless Elevation is related to activity of SSc" in words


def test_markdown_holds_the_nested_lists_too(study: Study) -> None:
    markdown = texts(study)["protocol.md"]
    assert "\n- **i)** *early*: all of the following:\n  - (i) *skin*:" in markdown


def test_the_matrix_knows_no_arm(study: Study) -> None:
    html = texts(study)["protocol.html"]
    matrix = html[html.index('<table class="matrix">') :]
    matrix = matrix[: matrix.index("</table>")]
    assert "Study infusion" in matrix
    assert not any(word in matrix for word in ("UCMSC", "Placebo", "Two infusions"))
    assert "not stated" in matrix


def test_evidence_is_shown_when_there_is_some(study: Study) -> None:
    coverage = Coverage(share=0.9996, aside=0, unquoted=("Menu <b>", "Loading..."))
    passed = SimpleNamespace(test=study.protocol.tests[0], passed=True)
    shown = Study(study.protocol, study.graph, evidence={"coverage": coverage, "tests": [passed]})
    for text in texts(shown).values():
        assert "99.9 % of the registered text" in text
        assert "Loading" in text
        assert "ineligible (passed)" in text
        assert "Every word" not in text
    everything = Coverage(share=1, aside=0.1, unquoted=())
    for text in texts(
        Study(study.protocol, study.graph, evidence={"coverage": everything})
    ).values():
        assert "Every word of the registered text is quoted by a declaration or set aside." in text
        assert "The rest:" not in text
    assert "was not compared" in texts(study)["protocol.html"]


def test_hostile_text_stays_text_in_html(hostile_study: Study) -> None:
    html = texts(hostile_study)["protocol.html"]
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "b", "object"}
    names = {name for _, attrs in page.elements for name in attrs}
    assert not any(name.startswith("on") for name in names)
    assert all(href.startswith("#") for href in page.all("href"))
    assert any("<script>alert('x')</script>" in words for words in page.words)
    assert "{{ 7*7 }}" in html
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    assert "<" not in style
    assert "@top-left" in style
    assert "page: wide" in style


def test_hostile_text_stays_text_in_markdown(hostile_study: Study, study: Study) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": True}).disable("linkify")
    tokens = [
        inner
        for token in parser.parse(texts(hostile_study)["protocol.md"])
        for inner in (token, *(token.children or ()))
    ]
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence"}
    assert "code_block" not in kinds
    calm = parser.parse(texts(study)["protocol.md"])
    for kind in ("tr_open", "td_open", "th_open", "heading_open", "table_open"):
        hostile = sum(token.type == kind for token in tokens)
        assert hostile == sum(token.type == kind for token in calm), kind


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "a | b", "# head", "1. one", "- item", "[x](http://e)",
        "`c`", "**b**", "_e_ snake_case", "&lt;", "a < b and c > d", "<45", "=====", "> q", "\\",
        "~~s~~", "![i](j)", "<https://e>", "{{ x }}", "*", "+", "10) x", "1.0.0",
    ],
)  # fmt: skip
def test_markdown_shows_exactly_the_text(text: str) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for source, around in ((markdown_text(text), "{}"), (f"- {markdown_text(text)}", "{}")):
        shown = parser.render(source)
        inside = re.sub(r"</?(?:p|ul|li)>|\n", "", shown)
        assert inside == around.format(xml_text(text).replace("&#x27;", "'")), source
    table = parser.render(f"| a |\n|---|\n| {markdown_text(text)} |\n")
    assert table.count("<td>") == 1


def test_css_strings_hold_no_markup() -> None:
    assert css_string('"; </style>') == '"\\000022 \\00003b  \\00003c \\00002f style\\00003e "'


def test_letters_go_on_after_z() -> None:
    assert [letter(i) for i in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


@given(st.text(alphabet="<>&|#*_`[]()!\\~$+-=.:/@;x1 w{}\n\t'\"", max_size=24))
@settings(max_examples=400, deadline=None)
def test_no_text_at_all_becomes_markdown(text: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    escaped = markdown_text(text)
    for source in (
        f"{escaped}{escaped}\n",
        f"| a |\n|---|\n| {escaped} |\n",
        f"- a\n- z{escaped}\n",
    ):
        tokens = parser.parse(source)
        inner = [child for token in tokens for child in token.children or ()]
        assert {child.type for child in inner} <= {"text"}, source
        shown = "".join(child.content for child in inner)
        assert " ".join(text.split()) in " ".join(shown.split()), source
        assert "html_block" not in {token.type for token in tokens}
