"""The words of questions about histories, and about classes of them."""

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
        match condition:
            case e.Junction(quantifier="any"):
                return self._class(condition)
            case e.Holds(path=path) if (history := _subject(condition)) in self.members:
                return self._name(history) + self._behind(path, history)
            case e.Applies(condition=e.Holds(path=path), operand=operand, neutral=False):
                return self._happened(path, operand)
            case e.Applies(
                condition=e.Not(operand=e.Applies(condition=e.Holds(path=path))),
                operand=e.Holds(path=part),
                neutral=False,
            ) if part == f"{path}.{SUSPECTED}":
                return f"{self._name(path)}, suspected"
            case _:
                return ""

    def _happened(self, path: str, operand: Condition) -> str:
        """What is asked where the element `path` is yes."""
        match operand:
            case e.Holds(path=part) if part == f"{path}.{ONGOING}":
                return f"{self._name(path)}, ongoing"
            case e.Not(operand=e.Holds(path=part)) if part == f"{path}.{ONGOING}":
                return f"{self._name(path)} has ended"
            case e.Applies(
                condition=e.Holds(path=part),
                operand=e.Compare(
                    left=e.Value(path=since),
                    relation="<=",
                    right=e.Day(start="as_of", amount=amount, step=step),
                ),
                neutral=False,
            ) if part == f"{path}.{ONGOING}" and amount < 0:
                length = f"for at least {length_words(-amount, step)}"
                how = {f"{path}.{SINCE}": "ongoing", f"{path}.{UNCHANGED}": "ongoing, unchanged"}
                return f"{self._name(path)}, {how[since]} {length}" if since in how else ""
            case e.Junction(
                quantifier="any",
                branches=(
                    e.Branch(condition=e.Holds(path=part), label=None),
                    e.Branch(
                        condition=e.Compare(
                            left=e.Value(path=last),
                            relation=">=",
                            right=e.Day(amount=amount) as first,
                        ),
                        label=None,
                    ),
                ),
            ) if (part, last) == (f"{path}.{ONGOING}", f"{path}.{LAST}") and amount < 0:
                return f"{self._name(path)}, ongoing or within {self.day(first)}"
            case e.Compare(
                left=e.Value(path=planned), relation="<=", right=e.Day(amount=amount) as to
            ):
                history = path.removesuffix(f".{PLANNED}")
                if planned == f"{history}.{PLANNED_FOR}" and history != path and amount > 0:
                    return f"{self._name(history)}, planned no later than {self.day(to)}"
            case _:
                pass
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
        known = all_of(whole, self.members)
        if not set(asked) <= set(known):
            return ""
        endings = {
            self._ending(b.condition, p) for b, p in zip(junction.branches, asked, strict=True)
        }
        if len(endings) > 1 or "" in endings:
            return ""
        inside = [*(self._ever(path) for path in asked[1:]), ANY_OTHER.lstrip(", ")]
        listed = ("; " if any("," in title for title in inside) else ", ").join(inside)
        return f"{self._whole(whole)}{self._without(known, asked)} ({listed}){endings.pop()}"

    def _without(self, known: Sequence[str], asked: Sequence[str]) -> str:
        """ " other than Rituximab"; of a class that is left out, not its members once more."""
        out = [path for path in known if path not in asked]
        inner = {each for path in out for each in all_of(path, self.members)[1:]}
        titles = [self._whole(path) for path in out if path not in inner]
        return f" other than {', '.join(titles)}" if titles else ""

    def _ending(self, condition: Condition, path: str) -> str:
        """What is said of a history behind its name; "" where something else is said."""
        if isinstance(condition, e.Holds) and path not in self.members:
            return self._behind(condition.path, path)
        said, name = self.words(condition), self._name(path)
        return said.removeprefix(name) if said.startswith(name) else ""

    def _behind(self, element: str, history: str) -> str:
        """ ", planned": what the title of an element of a history adds to that of the history."""
        return self.titles.get(element, "").removeprefix(self._ever(history))

    def _name(self, path: str) -> str:
        """The title of a history; of a class, with its members, of which it is not asked."""
        return f"{self._whole(path)}{self._without(all_of(path, self.members), [path])}"

    def _whole(self, path: str) -> str:
        return self._ever(path).removesuffix(ANY_OTHER)

    def _ever(self, path: str) -> str:
        return self.titles.get(path, path).removesuffix(EVER)


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
