"""Days that are called by their number, spelled out as distances from the day that is the first.

With `visit D1 "Baseline" anchor day 1`, `at day 15` stands for `at D1 + 14 days`; the day before it
is day -1. `day 9 of CYCLE` counts from a visit that is itself the first day. The head remembers
what the first day is called, so that documents call the day as the text does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import numbered_days as kinds
from trialc.model.declared import Duration
from trialc.model.from_syntax.body import whole
from trialc.model.from_syntax.texts import Texts
from trialc.syntax import tree

FIRST = ("0", "1")
"""What a first day can be called."""
STATE_IT = "write `anchor day 1`, or `anchor day 0`, at the visit that is the first day"


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with its numbered days spelled out."""
    text = texts.main
    first_days = _FirstDays(text.declarations, found)
    declarations = (first_days.spelled(declaration) for declaration in text.declarations)
    return replace(texts, main=replace(text, declarations=tuple(declarations)))


class _FirstDays:
    """The anchors of a text, and what each calls its day."""

    def __init__(self, declarations: Sequence[tree.Declaration], found: list[Diagnostic]) -> None:
        self.found = found
        self.called: dict[str, str] = {}
        """What an anchor of any kind calls its day; "" where it does not say."""
        self.anchor: tree.Name | None = None
        for declaration in declarations:
            head, name = declaration.head, declaration.name
            if isinstance(head, tree.VisitHead) and name is not None:
                if head.timing in ("anchor", "after"):
                    self.called[name.text] = head.first_day
                if head.timing == "anchor" and self.anchor is None:
                    self.anchor = name

    def spelled(self, declaration: tree.Declaration) -> tree.Declaration:
        head = declaration.head
        if not isinstance(head, tree.VisitHead):
            return declaration
        if head.timing in ("anchor", "after"):
            return replace(declaration, head=self._checked(head))
        return replace(declaration, head=self._counted(head))

    def _checked(self, head: tree.VisitHead) -> tree.VisitHead:
        if head.first_day not in ("", *FIRST):
            help_ = "write `anchor day 1` or `anchor day 0`, or count from the anchor: `at day ...`"
            self.found.append(kinds.FIRST_DAY.at(head.where, number=head.first_day, help=help_))
            return replace(head, first_day="")
        return head

    def _counted(self, head: tree.VisitHead) -> tree.VisitHead:
        last = self._counted(head.last) if head.last is not None else None
        head = replace(head, last=last)
        if not head.is_numbered or head.offset is None:
            return head
        base = head.base or self.anchor
        # The day of a visit that is no anchor is the first of those that are counted from it.
        first = self.called.get(base.text, "1") if base else ""
        sign = "-" if head.sign == "-" else ""
        number = whole(head.offset, self.found)
        if not first:
            day = f"day {sign}{head.offset.number}"
            self.found.append(kinds.NO_FIRST_DAY.at(head.where, day=day, help=STATE_IT))
        if base is None or number is None or first not in FIRST:
            return tree.VisitHead("unscheduled", where=head.where)
        if number == 0 and first == "1":
            help_ = f"write `day -1` for the day before {base.text}, or `day 1` for its own day"
            self.found.append(kinds.NO_DAY_0.at(head.where, anchor=base.text, help=help_))
        away = -number if sign else number - int(first) if number else 0
        return replace(
            head,
            base=replace(base, where=head.base.where if head.base else head.where),
            sign="-" if away < 0 else "+",
            offset=replace(head.offset, number=str(abs(away)), unit="days"),
            first_day=first,
            day_from_base=head.base is not None,
            is_numbered=False,
        )


def day_words(first: str, offset: Duration | None) -> str:
    """ "15", "-1": what a day so far from the first day is called; "" where it is not numbered."""
    days = {"day": 1, "week": 7}
    if not first or offset is None or offset.unit not in days:
        return ""
    away = offset.amount * days[offset.unit]
    return str(away + int(first) if away >= 0 else away)
