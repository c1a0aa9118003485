"""How old the values may be that a rule is decided on, said beside the rule."""

from __future__ import annotations

from trialc.emitters.schedule_words import age_words
from trialc.model.expression import Condition
from trialc.model.opened import Opened
from trialc.model.protocol import Protocol

Fact = tuple[str, str]


class Validity:
    """The ages of one protocol's values. Made once a document, asked of every criterion."""

    def __init__(self, protocol: Protocol) -> None:
        self._elements = {item.id: item for item in protocol.data}
        self._opened = Opened(protocol)

    def of(self, condition: Condition) -> tuple[Fact, ...]:
        """ "Not older than 28 days on the day of the verdict" and the titles of what this is said
        of, each age once.
        """
        titles: dict[str, list[str]] = {}
        for name in self._opened.names(condition):
            element = self._elements.get(name)
            if element is not None and element.window is not None:
                titles.setdefault(age_words(element.window), []).append(element.title or name)
        return tuple(
            (f"Not older than {age} on the day of the verdict", "; ".join(names))
            for age, names in titles.items()
        )
