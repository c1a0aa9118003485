"""Protocol text made safe for the page it stands on.

Every text of a protocol is hostile until it is escaped for its place: HTML, SVG, Markdown, a string
of CSS. Templates never escape by hand: the environments here escape whatever an expression prints.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from markupsafe import Markup

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")

_ALWAYS = re.compile(r"[\\`*\[\]|#~$]")
_LINKS = re.compile(r"(?i)(?<=www)\.|:(?=//)|(?<=\w)@(?=\w)|(?<=mailto):")
_TAG = re.compile(r"<(?![ \d])|&(?=#?\w+;)|>(?!=?[ \d])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LEADING = re.compile(r"^(?:([-+=>])|(\d{1,9})([.)])(?= |$))")


def printable(text: str) -> str:
    """The text without controls and overrides of direction, which change how others are read."""
    return _OVERRIDES.sub("\ufffd", _CONTROLS.sub("\ufffd", text))


def one_line(text: str) -> str:
    """The text as one line: white space runs become one space."""
    return " ".join(printable(text).split())


def xml_text(text: str) -> str:
    """The text as the content of an SVG element or of a quoted attribute."""
    return html.escape(printable(text), quote=True)


def markdown_text(text: str) -> str:
    """The text on one line, such that CommonMark and GitHub's tables show exactly it.

    No markup, link, HTML element, table cell, heading, list item or quotation arises from it,
    wherever in a line it stands. Numbers and relations stay readable in the source: `< 11 g/dL`.
    """
    escaped = _ALWAYS.sub(lambda found: "\\" + found.group(), one_line(text))
    escaped = _TAG.sub(lambda found: html.escape(found.group()), escaped)
    escaped = _UNDERSCORE.sub(r"\\_", escaped)
    escaped = _LINKS.sub(lambda found: "\\" + found.group(), escaped)
    return _LEADING.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", escaped)


def css_string(text: str) -> str:
    """The text as a quoted CSS string: all but ASCII letters, digits and spaces as code points.

    A code point takes one space after it along with it, so each is followed by one of its own.
    """
    plain = (c.isascii() and (c.isalnum() or c == " ") for c in one_line(text))
    inside = (
        c if kept else f"\\{ord(c):06x} " for c, kept in zip(one_line(text), plain, strict=True)
    )
    return '"' + "".join(inside) + '"'


def anchor(kind: str, name: str) -> str:
    """The id of an element of a page: letters, digits, `_`, `-` and `.` only."""
    plain = unicodedata.normalize("NFKD", name)
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9_.-]", "-", plain)


def _environment(escape: Callable[[str], str]) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return Markup(escape("" if value is None else str(value)))

    environment = Environment(
        loader=PackageLoader("trialc.emitters", "templates"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def pad(width: int) -> Markup:
        return Markup(" " * width)

    own: dict[str, Any] = {"anchor": anchor, "pad": pad}
    environment.globals.update(own)
    return environment


def without_gaps(page: str) -> str:
    """A Markdown page with at most one empty line in a row: conditions of templates leave more."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", page)


@cache
def html_pages() -> Environment:
    """Templates of HTML: every printed value is escaped for text and for quoted attributes."""
    environment = _environment(xml_text)

    from markupsafe import Markup

    def quoted(text: str) -> Markup:
        return Markup(css_string(text))

    environment.filters["css_string"] = quoted
    return environment


@cache
def markdown_pages() -> Environment:
    """Templates of Markdown pages: every printed value is one line of escaped Markdown."""
    return _environment(markdown_text)
