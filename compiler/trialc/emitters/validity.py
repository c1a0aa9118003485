"""How old the values may be that a rule is decided on, said beside the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.emitters.schedule_words import age_words
from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number
from trialc.model.protocol import Protocol

Fact = tuple[str, str]


class Validity:
    """The ages of one protocol's values. Made once a document, asked of every criterion."""

    def __init__(self, protocol: Protocol) -> None:
        self._elements = {item.id: item for item in protocol.data}
        self._conditions = {item.id: item.condition for item in protocol.conditions}
        self._numbers = {item.id: item.number for item in protocol.numbers}

    def of(self, condition: Condition) -> tuple[Fact, ...]:
        """ "Not older than 28 days" and the titles of what this is said of, each age once."""
        titles: dict[str, list[str]] = {}
        for name in self._opened(inputs_of(condition), set()):
            element = self._elements.get(name)
            if element is not None and element.window is not None:
                titles.setdefault(age_words(element.window), []).append(element.title or name)
        return tuple((f"Not older than {age}", "; ".join(names)) for age, names in titles.items())

    def _opened(self, names: Iterable[str], seen: set[str]) -> Iterator[str]:
        """Names, and those behind definitions, each once."""
        for name in names:
            if name not in seen:
                seen.add(name)
                yield name
                if name in self._conditions:
                    yield from self._opened(inputs_of(self._conditions[name]), seen)
                elif name in self._numbers:
                    yield from self._opened(names_of_number(self._numbers[name]), seen)
