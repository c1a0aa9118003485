"""Hostile text in the pages and drawings: shown as it is written, and it does nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Run
from .hostile import normal, tag
from .launcher import Launcher

Hostile = tuple[Path, dict[str, str]]
PAGES = ("protocol", "decisions")
NOT_IN_THE_DOCUMENT = {"window", "patient", "library_data"}
IN_DECISIONS = {
    "acronym", "version", "objective", "decision", "decision_quote", "reading", "alternative",
    "alternative_rule", "because", "decision_confirmed", "reading_confirmed", "decided_by",
}  # fmt: skip
"""The page of decisions names what a decision bears upon, and says nothing of all else."""
ELEMENTS = {
    "a", "article", "blockquote", "body", "br", "caption", "code", "col", "colgroup", "dd", "desc",
    "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "head",
    "header", "html", "li", "line", "main", "meta", "nav", "ol", "p", "path", "polygon",
    "rect", "section", "small", "span", "strong", "style", "sup", "svg", "table", "tbody", "td",
    "text", "th", "thead", "title", "tr", "tspan", "ul", "circle", "g", "polyline", "sub", "b", "i",
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)


@pytest.fixture(scope="module")
def drawings(hostile: Hostile, launcher: Launcher) -> dict[str, str]:
    """The graph in its three forms."""
    folder, _ = hostile
    found = {
        form: launcher.run(folder, "graph", "hostile.proto.txt", "--format", form)
        for form in ("dot", "mermaid", "svg")
    }
    assert {done.status for done in found.values()} == {0}
    return {form: done.stdout for form, done in found.items()}


def read(hostile: Hostile, name: str) -> str:
    return (hostile[0] / "out/hostile" / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_html_has_no_element_that_is_not_ours(hostile: Hostile, name: str) -> None:
    page = Page(read(hostile, f"{name}.html"))
    assert {element for element, _ in page.elements} <= ELEMENTS
    assert not page.other
    attributes = {key for _, found in page.elements for key in found}
    assert not {key for key in attributes if key.startswith("on")}
    assert not attributes & {"src", "srcdoc", "style", "action", "formaction", "target", "data"}
    links = {found["href"] for _, found in page.elements if "href" in found}
    assert all(link and link.startswith("#") for link in links)
    assert sum(element == "title" for element, _ in page.elements[:8]) == 1
    known = {found["id"] for _, found in page.elements if "id" in found}
    assert {link[1:] for link in links if link} <= known
    metas = [found for element, found in page.elements if element == "meta"]
    policy = [found["content"] for found in metas if "http-equiv" in found]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("name", PAGES)
def test_html_shows_every_text_as_it_is_written(hostile: Hostile, name: str) -> None:
    shown = normal("".join(Page(read(hostile, f"{name}.html")).words))
    texts = hostile[1]
    wanted = set(texts) - NOT_IN_THE_DOCUMENT if name == "protocol" else IN_DECISIONS
    assert not {place for place in wanted if normal(texts[place]) not in shown}


@pytest.mark.parametrize("name", [f"{page}.{form}" for page in PAGES for form in ("html", "md")])
def test_pages_hold_no_control_character(hostile: Hostile, name: str) -> None:
    assert not CONTROLS.search(read(hostile, name))


def test_styles_hold_no_text_that_ends_them(hostile: Hostile) -> None:
    for name in PAGES:
        html = read(hostile, f"{name}.html")
        assert html.count("<style") == html.count("</style") == 1
        style = html[html.index("<style") : html.index("</style")]
        assert "<" not in style[1:]
        assert "@import" not in style
        assert "url(" not in style


@pytest.mark.parametrize("name", PAGES)
def test_markdown_has_no_markup_that_is_not_ours(hostile: Hostile, name: str) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = [
        inner
        for token in parser.disable("linkify").parse(read(hostile, f"{name}.md"))
        for inner in (token, *(token.children or ()))
    ]
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert all(link.startswith("#") for link in links)
    shown = normal("".join(token.content for token in tokens if token.type == "text"))
    texts = hostile[1]
    wanted = set(texts) - NOT_IN_THE_DOCUMENT if name == "protocol" else IN_DECISIONS
    assert not {place for place in wanted if normal(texts[place]) not in shown}
    columns = [token.content for token in tokens if token.type == "th_open"]
    assert all(not column for column in columns)


def test_pages_have_no_remains_of_a_template(hostile: Hostile) -> None:
    """49 would be a template that was run twice."""
    for name in ("protocol.html", "protocol.md", "decisions.html", "decisions.md"):
        page = normal(read(hostile, name).replace("\\", ""))
        assert "{{7*7}}{%forainb%}{#note#}" in page.replace("&#39;", "'")


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_command_prints_the_same_page_of_decisions(
    hostile: Hostile, launcher: Launcher, form: str
) -> None:
    done = launcher.run(hostile[0], "decisions", "hostile.proto.txt", "--format", form)
    assert (done.status, done.stdout) == (0, read(hostile, f"decisions.{form}"))


def test_svg_is_a_drawing_and_nothing_else(drawings: dict[str, str]) -> None:
    root = ElementTree.fromstring(drawings["svg"])
    space = "{http://www.w3.org/2000/svg}"
    elements = list(root.iter())
    names = {element.tag.removeprefix(space) for element in elements}
    assert names <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "rect",
        "text",
        "tspan",
        "line",
        "polygon",
    }
    attributes = {key for element in elements for key in element.attrib}
    assert not {key for key in attributes if key.startswith("on") or "href" in key}
    assert not CONTROLS.search(drawings["svg"])
    assert tag("acronym") in "".join(root.itertext())


def test_dot_is_one_graph_with_our_attributes(drawings: dict[str, str]) -> None:
    text = r'"(?:[^"\\]|\\["\\])*"'
    value = rf"(?:{text}|[a-z]+)"
    plain = re.compile(
        rf"//[^\n]*|digraph protocol {{|  rankdir=LR;|  node \[style=filled, [^\n\[\]]*\];"
        rf"|  +{text}(?: -> {text})? \[(?:[a-z]+={value}(?:, )?)*\];"
        rf"|  subgraph cluster_legend {{.*|  }}|}}|"
    )  # fmt: skip
    lines = drawings["dot"].split("\n")
    assert [line for line in lines if not plain.fullmatch(line)] == []
    names = {name for line in lines for name in re.findall(r"(\w+)=", re.sub(text, "", line))}
    known = {
        "label",
        "shape",
        "fillcolor",
        "color",
        "style",
        "tooltip",
        "rankdir",
        "fontname",
        "fontsize",
    }
    assert names <= known
    assert not CONTROLS.search(drawings["dot"])
    assert tag("acronym") in drawings["dot"]


def test_mermaid_is_one_chart_without_clicks(drawings: dict[str, str]) -> None:
    label = r'"(?:[^"<>`&{}\[\];]|#\d+;)*"'
    opening, closing = r"(?:\[\[|\(\[|\{\{|\[|\(|\{)", r"(?:\]\]|\]\)|\}\}|\]|\)|\})"
    plain = re.compile(
        rf"%% .*|flowchart LR|  +\w+{opening}{label}{closing}:::kind_\w+"
        rf"|  n\d+ (?:-\.->|-->)\|{label}\| n\d+"
        rf"|  classDef kind_\w+ fill:#\w+,stroke:#\w+,color:#\w+"
        rf"|  subgraph legend \[Legend\]|  end|"
    )
    lines = drawings["mermaid"].split("\n")
    assert [line for line in lines if not plain.fullmatch(line)] == []
    assert not re.search(r"^\s*click", drawings["mermaid"], re.MULTILINE)
    assert not CONTROLS.search(drawings["mermaid"])


NAMES = (
    'x\nraise SystemExit("pwned")\n#.proto.txt',
    '"><img src=x onerror=alert(1)>{{7*7}}.proto.txt',
    "\x1b[31m\u202e\u2028\x85.proto.txt",
    "=cmd|'x'!A0,;\t.proto.txt",
    "\udcff\udcfe.proto.txt",
    "::error::x %0A::.proto.txt",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_name(trial: Path, run: Run, name: str) -> None:
    """It stands in the head of outputs, in drawings and in messages."""
    (trial / "protocol/small.proto.txt").rename(trial / "protocol" / name)
    path = f"protocol/{name}"
    done = run("build", path)
    assert (done.status, done.stderr) == (0, "")
    folder = trial / "generated/small"
    page = Page((folder / "protocol.html").read_text(encoding="utf-8"))
    assert {element for element, _ in page.elements} <= ELEMENTS
    head = (folder / "checker.py").read_text(encoding="utf-8").split('"""')[0]
    assert all(line.startswith("#") or not line for line in head.splitlines())
    for form in ("dot", "mermaid", "svg"):
        drawn = run("graph", path, "--format", form).stdout
        first = drawn.splitlines()[0]
        assert first.startswith({"dot": "// ", "mermaid": "%% ", "svg": "<"}[form])
        assert not CONTROLS.search(drawn)
    for form in ("text", "json", "sarif"):
        assert not CONTROLS.search(run("check", path, "--format", form).stdout)
    assert run("check", path, "--format", "github").stdout.count("\n::error") == 0


def test_a_file_name_that_is_a_directive_of_mermaid(trial: Path, run: Run) -> None:
    name = "%%{init: {'themeCSS': 'x'}}%%.proto.txt"
    (trial / "protocol/small.proto.txt").rename(trial / "protocol" / name)
    assert "%%{" not in run("graph", f"protocol/{name}", "--format", "mermaid").stdout
