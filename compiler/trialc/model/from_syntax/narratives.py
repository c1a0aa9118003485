"""Sections of the document that say in words what no other declaration carries."""

from __future__ import annotations

import re

from trialc.diagnostics.catalog import study as kinds
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.metadata import Narrative
from trialc.model.sections import SECTIONS

_NUMBER = re.compile(r"[1-9][0-9]?(?:\.[1-9][0-9]?){0,3}")
TOLD = tuple(number for number in SECTIONS if number > 1)
"""Chapters that can have words of their own: the first is a summary, made of the others."""
_FORM = 'a section of ICH M11 in quotation marks, for example `"5.6"`'


def narrative(symbol: Symbol, context: Context) -> Narrative:
    """A section with its registered words, or words of the author's."""
    body = Body(symbol.declaration, context.found, ("section", "text"))
    section = body.text("section", required=True)
    if section and not (_NUMBER.fullmatch(section) and int(section.split(".")[0]) in TOLD):
        body.form("section", _FORM, body.values["section"][0].where)
    fields = {**declared(symbol, body, context), "section": section, "text": body.text("text")}
    if not (fields["sources"] or fields["text"]):
        context.found.append(
            kinds.EMPTY_NARRATIVE.at(symbol.where, help='add `source` or `text: "..."`')
        )
    return Narrative.model_validate(fields)
