"""The names that a broken declaration would have declared: what uses them is no second mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialc.source import SourceText
from trialc.syntax.sections import Section

_HEADING = re.compile(r'\w+[ \t]+(?:test[ \t]+)?([^"“”„\[({:=#\n]{1,80})')
"""What stands between the keyword and the title."""
_ALIAS = re.compile(r"\bas\s+(\w+)")
_MOST = 4
"""Words that are one name in which a blank or a hyphen was written: more are a sentence."""


def names(source: SourceText, section: Section) -> Iterator[str]:
    """What may have been meant beside the name that the section has; of `use`, the alias."""
    if section.keyword == "use":
        found = _ALIAS.search(source.text, section.where.start, section.where.end)
        yield found[1] if found else section.name.rpartition(".")[2]
        return
    heading = _HEADING.match(source.text, section.where.start, section.where.end)
    words = re.findall(r"[A-Za-z_][\w.]*", heading[1]) if heading else []
    if 1 < len(words) <= _MOST:
        yield from words  # where `demo-sex` is used, it reads as a difference
        yield ".".join(words)
        yield "_".join(words)
