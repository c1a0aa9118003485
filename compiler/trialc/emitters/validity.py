"""How old the values may be that a rule is decided on, said beside the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.emitters.schedule_words import age_words
from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number
from trialc.model.protocol import Protocol

Fact = tuple[str, str]


def validity(condition: Condition, protocol: Protocol) -> tuple[Fact, ...]:
    """ "Not older than 28 days" and the titles of what this is said of, for each age once."""
    elements = {item.id: item for item in protocol.data}
    titles: dict[str, list[str]] = {}
    for name in _read(condition, protocol):
        element = elements.get(name)
        if element is not None and element.window is not None:
            titles.setdefault(age_words(element.window), []).append(element.title or element.id)
    return tuple((f"Not older than {age}", "; ".join(names)) for age, names in titles.items())


def _read(condition: Condition, protocol: Protocol) -> Iterator[str]:
    """Every name that a condition reads, each once, also behind definitions."""
    conditions = {item.id: item.condition for item in protocol.conditions}
    numbers = {item.id: item.number for item in protocol.numbers}
    seen: set[str] = set()

    def opened(names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name in seen:
                continue
            seen.add(name)
            yield name
            if name in conditions:
                yield from opened(inputs_of(conditions[name]))
            elif name in numbers:
                yield from opened(names_of_number(numbers[name]))

    return opened(inputs_of(condition))
