"""The few shapes that the drawings are made of, as SVG text; every text is escaped here.

No font is measured: widths are estimated from the number of characters, and text that would not fit
is wrapped, then cut with an ellipsis. The whole text always stands elsewhere in the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from trialc.emitters.document_escaping import one_line, xml_text

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
INK = "#1c2733"
MUTED = "#4a5866"
NAVY = "#17456b"
AMBER = "#8a5200"

_WIDE = 0.56
"""Average width of a character of a sans-serif face, as a share of its size."""


def number(value: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def attributes(**values: str | float) -> str:
    """Attributes of an element, escaped; `_` stands for `-` and a trailing `_` is dropped."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"' for name, value in values.items()
    )


def _value(value: str | float) -> str:
    return xml_text(value) if isinstance(value, str) else number(value)


def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines that fit into `width`; an ellipsis stands for the rest."""
    room = max(4, int(width / (size * _WIDE)))
    lines: list[str] = []
    current = ""
    for whole in one_line(text).split():
        word = whole if len(whole) <= room else whole[: room - 1] + "…"
        if current and len(current) + 1 + len(word) > room:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    lines.append(current)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: room - 1] + "…"]
    return tuple(lines)


def label(
    x: float, y: float, lines: Iterable[str], *, size: float = 12, fill: str = INK,
    anchor: str = "middle", weight: str = "normal",
) -> str:  # fmt: skip
    """Lines of text, the first with its baseline at `y`."""
    spans = "".join(
        f"<tspan{attributes(x=x, y=y + i * size * 1.22)}>{xml_text(line)}</tspan>"
        for i, line in enumerate(lines)
    )
    style = attributes(font_size=size, fill=fill, text_anchor=anchor, font_weight=weight)
    return f"<text{style}>{spans}</text>"


def turned_label(x: float, y: float, text: str, *, size: float = 11) -> str:
    """A line of text that rises from (x, y) to the right: many of them stand close together."""
    turn = f"rotate(-60 {number(x)} {number(y)})"
    style = attributes(x=x, y=y, font_size=size, fill=INK, font_weight="bold", transform=turn)
    return f"<text{style}>{xml_text(one_line(text))}</text>"


def turned_height(text: str, size: float = 11) -> float:
    """How high a turned label is."""
    return len(text) * size * 0.65 * 0.87 + size


def box(
    x: float, y: float, width: float, height: float, *, fill: str = "#ffffff",
    stroke: str = NAVY, dash: str = "", radius: float = 4,
) -> str:  # fmt: skip
    """A rectangle with rounded corners."""
    dashed = attributes(stroke_dasharray=dash) if dash else ""
    shape = attributes(
        x=x, y=y, width=width, height=height, rx=radius, fill=fill, stroke=stroke, stroke_width=1.3
    )
    return f"<rect{shape}{dashed}/>"


def captioned_box(
    x: float, y: float, width: float, height: float, lines: tuple[str, ...], *,
    fill: str = "#ffffff", ink: str = INK, stroke: str = NAVY, dash: str = "", size: float = 12,
) -> str:  # fmt: skip
    """A box with its lines centred in it, the first one bold."""
    step = size * 1.22
    top = y + height / 2 - step * (len(lines) - 1) / 2 + size * 0.36
    head = label(x + width / 2, top, lines[:1], size=size, fill=ink, weight="bold")
    rest = label(x + width / 2, top + step, lines[1:], size=size, fill=ink) if lines[1:] else ""
    return box(x, y, width, height, fill=fill, stroke=stroke, dash=dash) + head + rest


def diamond(x: float, y: float, reach: float, text: str) -> str:
    """A gate: a diamond around (x, y) with a short mark in it."""
    points = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    corners = " ".join(f"{number(a)},{number(b)}" for a, b in points)
    shape = attributes(points=corners, fill="#fff4e0", stroke=AMBER, stroke_width=1.5)
    mark = label(x, y + 3.6, (text,), size=10, fill=AMBER, weight="bold")
    return f"<polygon{shape}/>{mark}"


def line(points: Iterable[tuple[float, float]], *, colour: str = MUTED, dash: str = "") -> str:
    """Straight pieces through the points."""
    dashed = attributes(stroke_dasharray=dash) if dash else ""
    return "".join(
        f"<line{attributes(x1=a, y1=b, x2=c, y2=d, stroke=colour, stroke_width=1.3)}{dashed}/>"
        for (a, b), (c, d) in pairwise(tuple(points))
    )


def arrow(points: Iterable[tuple[float, float]], *, colour: str = MUTED) -> str:
    """A line whose last piece is horizontal or vertical and ends in a head."""
    path = tuple(points)
    (a, b), (x, y) = path[-2], path[-1]
    back, side = 7.0, 3.6
    if abs(x - a) >= abs(y - b):
        step = back if x >= a else -back
        head = ((x, y), (x - step, y - side), (x - step, y + side))
    else:
        step = back if y >= b else -back
        head = ((x, y), (x - side, y - step), (x + side, y - step))
    corners = " ".join(f"{number(c)},{number(d)}" for c, d in head)
    return line(path, colour=colour) + f"<polygon{attributes(points=corners, fill=colour)}/>"


def drawing(width: float, height: float, title: str, description: str, parts: Iterable[str]) -> str:
    """The whole picture, with a title and a description for those who do not see it."""
    frame = attributes(
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FONT,
    )
    words = (
        f"<title>{xml_text(one_line(title))}</title><desc>{xml_text(one_line(description))}</desc>"
    )
    return f"<svg{frame}>\n{words}\n" + "\n".join(parts) + "\n</svg>\n"
