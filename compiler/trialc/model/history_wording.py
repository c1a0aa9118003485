"""Histories and occurrences in words: "Infarction, ongoing or within 6 months before surgery";
and classes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.gate_wording import length_words
from trialc.model.histories import (
    ANY_OTHER,
    ASKED_FOR,
    EVER,
    LAST,
    ONGOING,
    PLANNED,
    PLANNED_FOR,
    SINCE,
    SUSPECTED,
    UNCHANGED,
    all_of,
)

_PARTS = (ONGOING, LAST, *ASKED_FOR)
_OR_WITHIN = ", ongoing or within"


class HistoryWording:
    """The words for the histories of one protocol. `members`: those of the classes among them."""

    def __init__(
        self,
        titles: Mapping[str, str],
        members: Mapping[str, Sequence[str]],
        day: Callable[[e.Day], str],
    ) -> None:
        self.titles = titles
        self.members = members
        self.day = day

    def words(self, condition: Condition) -> str:
        """The words of `mi ongoing`, `mi within 6 months before as_of`, and of for whom `mi.last`
        exists; "" for all else.
        """
        if isinstance(condition, e.Junction):
            return self._class(condition) if condition.quantifier == "any" else ""
        history = _subject(condition)
        if isinstance(condition, e.Holds) and history not in self.members:
            return ""
        ending = self._said(condition, history)
        if not ending:
            return ""
        out = self._without(self._meant(history, ending), [history])
        return f"{self._whole(history)}{out}{ending}"

    # ---- what is said of a history behind its name

    def _said(self, condition: Condition, history: str) -> str:
        match condition:
            case e.Holds(path=path):
                return self.titles.get(path, "").removeprefix(self._ever(history))
            case e.Applies(condition=e.Holds(path=path), operand=asked, neutral=False):
                if path == f"{history}.{PLANNED}":
                    return self._planned(history, asked)
                return self._asked(path, asked)
            case e.Applies(
                condition=e.Not(operand=e.Applies(condition=e.Holds(path=path))),
                operand=e.Holds(path=part),
                neutral=False,
            ) if part == f"{path}.{SUSPECTED}":
                return ", suspected"
            case _:
                return ""

    def _asked(self, path: str, asked: Condition) -> str:
        """What is asked where it ever happened."""
        goes_on = f"{path}.{ONGOING}"
        match asked:
            case e.Holds(path=part):
                return ", ongoing" if part == goes_on else ""
            case e.Not(operand=e.Holds(path=part)):
                return " has ended" if part == goes_on else ""
            case e.Applies(condition=e.Holds(path=part), operand=lasting, neutral=False):
                return _lasting(path, lasting) if part == goes_on else ""
            case e.Compare():
                recent = self._recently(path, (asked,))
                return recent and f" within {recent}"
            case e.Junction(quantifier="any", branches=branches):
                parts = tuple(branch.condition for branch in branches if branch.label is None)
                if len(parts) < len(branches):
                    return ""
                is_ongoing = isinstance(parts[0], e.Holds) and parts[0].path == goes_on
                recent = self._recently(path, parts[is_ongoing:])
                return recent and f"{_OR_WITHIN if is_ongoing else ' within'} {recent}"
            case _:
                return ""

    def _planned(self, history: str, asked: Condition) -> str:
        """For when it is planned."""
        match asked:
            case e.Compare(
                left=e.Value(path=planned), relation="<=", right=e.Day(amount=amount) as to
            ) if planned == f"{history}.{PLANNED_FOR}" and amount > 0:
                return f", planned no later than {self.day(to)}"
            case _:
                return ""

    def _recently(self, path: str, parts: tuple[Condition, ...]) -> str:
        """Within which time the last day is."""
        match parts:
            case (
                e.Compare(
                    left=e.Value(path=last), relation=">=", right=e.Day(amount=amount) as first
                ),
            ) if last == f"{path}.{LAST}" and amount < 0:
                return self.day(first)
            case (
                e.Compare(left=e.Value(path=last), relation=">=", right=e.Day(amount=0) as anchor),
                e.Compare(
                    left=e.Arithmetic(operator="-", left=e.Elapsed(start=start)),
                    relation="<",
                    right=e.Arithmetic(operator="*", left=e.Literal(text=count), right=held),
                ),
            ) if last == start == f"{path}.{LAST}":
                name = held.name if isinstance(held, e.NumberOf) else getattr(held, "path", "")
                holder = self.titles.get(name, name)
                return f"{half_lives(count)} (of {holder}) before {self.day(anchor)}"
            case _:
                return ""

    # ---- classes

    def _class(self, junction: e.Junction) -> str:
        """ "CYP3A4 inhibitor (Ketoconazole, Clarithromycin, any other), ongoing": where the same is
        asked of a class and its members.
        """
        asked = [_subject(branch.condition) for branch in junction.branches if not branch.label]
        whole = asked[0] if asked else ""
        if whole not in self.members or len(asked) < len(junction.branches):
            return ""
        if not set(asked) <= set(all_of(whole, self.members)):
            return ""
        conditions = (branch.condition for branch in junction.branches)
        ending = self._same_of_all(
            {path: self._said(one, path) for path, one in zip(asked, conditions, strict=True)}
        )
        if not ending:
            return ""
        inside = [*(self._ever(path) for path in asked[1:]), ANY_OTHER.lstrip(", ")]
        listed = ("; " if any("," in title for title in inside) else ", ").join(inside)
        out = self._without(self._meant(whole, ending), asked)
        return f"{self._whole(whole)}{out} ({listed}){ending}"

    def _same_of_all(self, said: Mapping[str, str]) -> str:
        """What is said of each; "" where that differs. Of an occurrence nobody says that it goes on
        "or within" some time: that is understood.
        """
        endings = set(said.values())
        if any(ending.startswith(_OR_WITHIN) for ending in endings):
            endings = {
                f"{_OR_WITHIN}{ending.removeprefix(' within')}"
                if self._never_goes_on(path) and ending.startswith(" within")
                else ending
                for path, ending in said.items()
            }
        return endings.pop() if len(endings) == 1 else ""

    def _meant(self, whole: str, ending: str) -> Sequence[str]:
        """A class and its members, of which something is asked: without those that never go on
        where that is asked, and nothing else.
        """
        known = all_of(whole, self.members)
        if not ending.startswith(", ongoing") or ending.startswith(_OR_WITHIN):
            return known
        return [path for path in known if not self._never_goes_on(path)]

    def _never_goes_on(self, path: str) -> bool:
        return f"{path}.{ONGOING}" not in self.titles

    def _without(self, known: Sequence[str], asked: Sequence[str]) -> str:
        """ " other than Rituximab"; of a class that is left out, not its members once more."""
        out = [path for path in known if path not in asked]
        inner = {each for path in out for each in all_of(path, self.members)[1:]}
        titles = [self._whole(path) for path in out if path not in inner]
        return f" other than {', '.join(titles)}" if titles else ""

    def _whole(self, path: str) -> str:
        return self._ever(path).removesuffix(ANY_OTHER)

    def _ever(self, path: str) -> str:
        return self.titles.get(path, path).removesuffix(EVER)


def _lasting(path: str, asked: Condition) -> str:
    """For how long it has gone on, or gone on unchanged."""
    match asked:
        case e.Compare(
            left=e.Value(path=since),
            relation="<=",
            right=e.Day(start="as_of", amount=amount, step=step),
        ) if amount < 0:
            length = f"for at least {length_words(-amount, step)}"
            how = {f"{path}.{SINCE}": "ongoing", f"{path}.{UNCHANGED}": "ongoing, unchanged"}
            return f", {how[since]} {length}" if since in how else ""
        case _:
            return ""


def _subject(condition: Condition) -> str:
    """The history of which a condition asks first; "" for none."""
    while not isinstance(condition, e.Holds):
        if isinstance(condition, e.Applies):
            condition = condition.condition
        elif isinstance(condition, e.Not):
            condition = condition.operand
        else:
            return ""
    whole, _, part = condition.path.rpartition(".")
    return whole if part in _PARTS else condition.path


def half_lives(count: str) -> str:
    """ "5 half-lives", "1 half-life"."""
    return f"{count} half-{'life' if count == '1' else 'lives'}"
