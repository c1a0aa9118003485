"""Questions about histories: ever, `ongoing`, `within ... before`, `suspected`, `planned`.

A class is asked as itself, for what is none of its members, and as each of its members: one of them
that says yes is enough, and one that is unknown leaves the class unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from trialc.diagnostics.catalog import facts as kinds
from trialc.diagnostics.catalog.recorded import NEVER_ONGOING
from trialc.model import expression as model
from trialc.model.from_syntax.applicability import Resolved, guard_all
from trialc.model.from_syntax.days import DATE, Days
from trialc.model.from_syntax.normal_ranges import joined
from trialc.model.from_syntax.quantities import duration, not_a_number
from trialc.model.histories import (
    LAST,
    PLANNED,
    PLANNED_FOR,
    SINCE,
    SUSPECTED,
    UNCHANGED,
    all_except,
    all_of,
)
from trialc.syntax import tree

Maybe = Resolved | None


class Facts:
    """Resolves the questions about histories in the conditions of one text."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self.context = days.context
        self.module = days.module
        self.found = days.found

    def histories(self, asked: tree.Expression) -> tuple[str, ...] | None:
        """The histories of which something is asked; None where none is named."""
        if isinstance(asked, tree.Except):
            return self._some(asked)
        path = self.days.history(asked)
        if path is None:
            return None
        return (path,) if isinstance(asked, tree.Itself) else all_of(path, self.context.classes)

    def _some(self, asked: tree.Except) -> tuple[str, ...] | None:
        path = self.days.history(asked.name)
        if path is None:
            self._no_history(asked.name, "except")
            return None
        known = all_of(path, self.context.classes)[1:]
        out: list[str] = []
        for member in asked.members:
            symbol = self.context.names.find(member, self.module, ("data",))
            if symbol is None:
                return None
            if symbol.id not in known:
                help_ = f"add it to the `members` of `{asked.name.text}`, or leave it out here"
                found = kinds.NOT_IN_CLASS.at(
                    member.where, name=asked.name.text, member=member.text, help=help_
                )
                self.found.append(found)
                return None
            out.append(symbol.id)
        return all_except(path, out, self.context.classes)

    # ---- questions

    def ever(self, asked: tree.Name | tree.Except) -> Maybe:
        """Whether it ever happened."""
        return self._any(asked, "", lambda path: self._holds(path, path, asked))

    def ongoing(self, ongoing: tree.Ongoing) -> Maybe:
        """Whether it goes on. Of a class, those members are asked that can."""
        word = "unchanged" if ongoing.unchanged else "ongoing"
        fact = ongoing.name
        name = fact.name if isinstance(fact, tree.Except) else fact
        asked = self.histories(fact) or ()
        never = self.context.occurrences
        if ongoing.unchanged and not self.context.classes.keys().isdisjoint(asked):
            advice = "ask each member, or declare one history for the treatment as a whole"
            kind = kinds.CLASS_UNCHANGED
            self.found.append(kind.at(ongoing.where, name=name.text, help=advice))
            return None
        if asked and self.days.history(name) in never:
            advice = f"ask when it was: `{name.text} within 1 month before as_of`"
            self.found.append(NEVER_ONGOING.at(ongoing.where, name=name.text, help=advice))
            return None

        def one(path: str) -> Maybe:
            return self.days.ongoing(path, ongoing)

        return self._any(fact, word, one, never)

    def lately(self, within: tree.Within) -> Maybe:
        """Whether it goes on, or ended within some time before a day."""
        asked = self.histories(within.value)
        if asked and within.side != "before":
            path = asked[0]
            day = f"ask for the day: `{path}.{LAST}`"
            if path in self.context.classes:
                day = "ask each member for its own day"
            advice = f"write `{path} within ... before`, or {day}"
            found = "a history, which is counted back from a day"
            self.found.append(not_a_number(within.where, path, found, "a date", advice))
            return None
        return self._any(within.value, "within", lambda path: self.days.lately(path, within))

    def suspected(self, suspected: tree.Suspected) -> Maybe:
        """Whether it is suspected, where it is not known to go on."""

        def one(path: str) -> Maybe:
            if not self._is(path, SUSPECTED, "boolean", suspected):
                return None
            if path in self.context.occurrences:
                return self._holds(f"{path}.{SUSPECTED}", path, suspected)
            goes_on = self.days.goes_on(path, suspected)
            absent = model.Not(operand=goes_on, where=suspected.where)
            holds = model.Holds(path=f"{path}.{SUSPECTED}", where=suspected.where)
            condition = model.Applies(
                condition=absent, operand=holds, neutral=False, where=suspected.where
            )
            return Resolved(condition, self.context.applicable.get(path))

        return self._any(suspected.name, "suspected", one)

    def planned(self, planned: tree.Planned) -> Maybe:
        """Whether it is planned, for a day no later than so long after another."""
        anchor, day = "", None
        if planned.length is not None and planned.anchor is not None:
            anchor = self.days.anchor(planned.anchor) or ""
            length = duration(planned.length, self.found)
            if not anchor or length is None:
                return None
            day = self.days.counted(anchor, length, planned.length.where)

        def one(path: str) -> Maybe:
            if not self._is(path, PLANNED, "boolean", planned):
                return None
            own = self._holds(f"{path}.{PLANNED}", path, planned)
            if day is None:
                return own
            if not self._is(path, PLANNED_FOR, DATE, planned):
                return None
            # Open at the other end: a day that has passed does not say that the plan was given up.
            planned_for = model.Value(path=f"{path}.{PLANNED_FOR}", unit=DATE, where=planned.where)
            soon = model.Compare(relation="<=", left=planned_for, right=day, where=planned.where)
            condition = model.Applies(
                condition=own.condition, operand=soon, neutral=False, where=planned.where
            )
            return Resolved(condition, self.days.applicable([path, anchor]))

        return self._any(planned.name, "planned", one)

    # ---- of all that is asked

    def _any(
        self,
        asked: tree.Expression,
        word: str,
        one: Callable[[str], Maybe],
        never: Collection[str] = (),
    ) -> Maybe:
        """`never`: of which the question is never true."""
        paths = self.histories(asked)
        if paths is None:
            if isinstance(asked, tree.Name):
                self._no_history(asked, word)
            return None
        before = len(self.found)
        made = [one(path) for path in paths if path not in never]
        # What is wrong with the question is wrong for each member: it is said once.
        self.found[before:] = dict.fromkeys(self.found[before:])
        whole = [part for part in made if part is not None]
        if len(whole) < len(made):
            return None
        if len(whole) == 1:
            return whole[0]
        guarded, applies = guard_all(whole, False, self.context.data)
        return Resolved(joined(guarded, "any"), applies)

    def _holds(self, element: str, history: str, asked: tree.Syntax) -> Resolved:
        condition = model.Holds(path=element, where=asked.where)
        return Resolved(condition, self.context.applicable.get(history))

    def _no_history(self, name: tree.Name, word: str) -> None:
        if self.context.names.find(name, self.module, ("data",)) is not None:
            self.days.no_history(name, word)

    def _is(self, path: str, part: str, wanted: str, asked: tree.Syntax) -> bool:
        """Whether the element that a question asks is of the type that it needs."""
        element = self.context.data.get(f"{path}.{part}")
        if element is None or element.type == wanted:
            return element is not None
        word = SUSPECTED if part == SUSPECTED else PLANNED
        help_ = f"give `{element.id}` another name"
        kind = kinds.ASKED_OTHERWISE
        self.found.append(kind.at(asked.where, part=element.id, name=path, word=word, help=help_))
        return False


def asked_elements(question: tree.Syntax) -> Collection[str]:
    """The elements beside the first three that a question asks of a history."""
    if isinstance(question, tree.Ongoing) and question.length is not None:
        return (UNCHANGED,) if question.unchanged else (SINCE,)
    if isinstance(question, tree.Suspected):
        return (SUSPECTED,)
    if isinstance(question, tree.Planned):
        return (PLANNED,) if question.length is None else (PLANNED, PLANNED_FOR)
    return ()
