"""Findings as text for people: the message, the place, the source lines with the part underlined.

User text is never copied raw: control characters, direction marks and lone surrogates are shown as
signs, so that a protocol text cannot drive the reader's terminal or hide what it says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialc.diagnostics.diagnostic import Diagnostic, Severity
from trialc.source import SourceText, Span

TAB = "    "
SHOWN_LINES = 4
"""A span over more lines is shown by its first two and its last."""
CONTEXT = 24
"""Columns kept before the underlined part when a long line is cut."""
_REACH = 4
"""Characters looked at for each column shown: some take no column, but few of them do."""

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_FRAME = "\x1b[34m"
_SEVERITY = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}


@dataclass(frozen=True, slots=True)
class Style:
    """How to show findings: colours or none, and the number of columns a source line may take."""

    colour: bool = False
    width: int = 100

    def paint(self, code: str, text: str) -> str:
        """The text in a colour, or as it is."""
        return f"{code}{text}{_RESET}" if self.colour and text else text


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One character of a source line as it is shown, and the columns it takes."""

    shown: str
    width: int


def render(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText], style: Style = PLAIN
) -> str:
    """All findings, an empty line after each. `texts` holds the texts of the spans, by name.

    Errors come last, where a terminal ends. A warning or remark that is repeated is shown whole
    once, with one line for each other place: the errors shall not drown in them.
    """
    groups: dict[object, list[Diagnostic]] = {}
    for found in diagnostics:
        is_alone = found.is_error or found.related
        groups.setdefault(id(found) if is_alone else (found.kind, found.help), []).append(found)
    in_turn = sorted(groups.values(), key=lambda group: group[0].is_error)
    return "".join(render_one(first, texts, style, more) + "\n" for first, *more in in_turn)


def render_one(
    found: Diagnostic,
    texts: Mapping[str, SourceText],
    style: Style = PLAIN,
    more: Sequence[Diagnostic] = (),
) -> str:
    """One finding: message, place, excerpt, related places, help. Ends with a line end.

    `more` are findings of the same kind: a line each.
    """
    kind = found.kind
    head = style.paint(_SEVERITY[kind.severity], f"{kind.severity}[{kind.code}]")
    lines = [f"{head}: {style.paint(_BOLD, visible(found.message))}"]
    colour = _SEVERITY[kind.severity]
    lines += _place(found.where, texts, style, colour, "^")
    for related in found.related:
        lines.append(f"{style.paint(_FRAME, 'note')}: {visible(related.label)}")
        lines += _place(related.where, texts, style, _FRAME, "-")
    help_lines = found.help.split("\n") if found.help else []
    for number, line in enumerate(help_lines):
        lead = f"  {style.paint(_FRAME, '=')} help: " if number == 0 else " " * 10
        lines.append(lead + visible(line))
    if more:
        places = "1 more place" if len(more) == 1 else f"{len(more)} more places"
        lines.append(f"{style.paint(_FRAME, 'note')}: {kind.code} at {places}")
    for other in more:
        arrow = style.paint(_FRAME, "-->") + f" {_position(other.where, texts)}: "
        lines.append(f"  {arrow if other.where else ''}{visible(other.message)}")
    return "\n".join(lines) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings of each severity: "2 errors, 1 warning"; empty when there is none."""
    counts: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for found in diagnostics:
        counts[found.kind.severity] += 1
    words = {"error": "error", "warning": "warning", "info": "remark"}
    return ", ".join(
        f"{count} {words[severity]}{'' if count == 1 else 's'}"
        for severity, count in counts.items()
        if count
    )


def visible(text: str) -> str:
    """The text on one line, with every character that would act on a terminal shown as a sign."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    # Not printable, yet harmless: the spaces of typography.
    return " " if unicodedata.category(character) == "Zs" else f"<U+{code:04X}>"


def _cell(character: str) -> _Cell:
    if character == "\t":
        return _Cell(TAB, len(TAB))
    shown = _shown(character)
    if len(shown) > 1:
        return _Cell(shown, len(shown))
    if unicodedata.category(shown) in {"Mn", "Me"}:
        return _Cell(shown, 0)
    return _Cell(shown, 2 if unicodedata.east_asian_width(shown) in "WF" else 1)


def _position(where: Span, texts: Mapping[str, SourceText]) -> str:
    """`file:line:column`; the file alone where its text could not be read."""
    source = texts.get(where.file)
    if source is None:
        return visible(where.file)
    line, column = source.position(min(where.start, len(source.text)))
    return f"{visible(where.file)}:{line}:{column}"


def _place(
    where: Span, texts: Mapping[str, SourceText], style: Style, colour: str, mark: str
) -> list[str]:
    """`--> file:line:column` and the lines of the span, underlined. Nothing for NOWHERE."""
    if not where:
        return []
    source = texts.get(where.file)
    arrow = style.paint(_FRAME, "-->")
    if source is None:
        return [f"  {arrow} {visible(where.file)}"]
    start = min(where.start, len(source.text))
    end = max(start, min(where.end, len(source.text)))
    line = source.position(start)[0]
    place = _position(where, texts)
    if not source.text:
        return [f"  {arrow} {place}"]
    # A span that ends with a line end does not underline the beginning of the next line.
    last = source.position(max(start, end - 1))[0]
    gutter = max(len(str(last)), 2)
    empty = style.paint(_FRAME, " " * gutter + " |")
    lines = [f"{' ' * gutter}{arrow} {place}", empty]
    for number in _chosen(line, last):
        if number == 0:
            lines.append(style.paint(_FRAME, " " * gutter + " ..."))
            continue
        offset = source.line_starts[number - 1]
        part = (start - offset, end - offset)
        shown, marks = _excerpt(source.line(number), part, style.width, mark)
        lines.append(f"{style.paint(_FRAME, f'{number:>{gutter}} |')} {shown}".rstrip())
        lines.append(f"{empty} {style.paint(colour, marks)}")
    return lines


def _chosen(first: int, last: int) -> list[int]:
    """The lines to show; 0 stands for lines that are left out."""
    if last - first < SHOWN_LINES:
        return list(range(first, last + 1))
    return [first, first + 1, 0, last]


def _excerpt(line: str, part: tuple[int, int], width: int, mark: str) -> tuple[str, str]:
    """A line as shown and the marks under its part, which may begin and end outside of it."""
    start, end = part
    low = min(start, len(line)) if start >= 0 else len(line) - len(line.lstrip())
    high = max(low, min(end, len(line)))
    # A line may be a whole protocol: only what is near the part is looked at.
    cut = max(0, low - _REACH * width)
    near = line[cut : low + _REACH * width]
    low, high = low - cut, high - cut
    cells = [_cell(character) for character in near]
    whole = len(near) == len(line) and sum(cell.width for cell in cells) <= width
    first, beyond = (0, len(cells)) if whole else _window(cells, low, width)
    high = min(high, beyond)
    before = "…" if cut + first else ""
    after = "…" if cut + beyond < len(line) else ""
    shown = before + "".join(cell.shown for cell in cells[first:beyond]) + after
    pad = len(before) + sum(cell.width for cell in cells[first:low])
    marked = max(1, sum(cell.width for cell in cells[low:high]))
    return shown, " " * pad + mark * marked


def _window(cells: list[_Cell], low: int, width: int) -> tuple[int, int]:
    """The part of a line to show: `width` columns around cell `low`."""
    first, room = low, CONTEXT
    while first > 0 and room >= cells[first - 1].width:
        first -= 1
        room -= cells[first].width
    beyond, room = first, width
    while beyond < len(cells) and room >= cells[beyond].width:
        room -= cells[beyond].width
        beyond += 1
    return first, beyond
