"""Everything that a condition reads, with the definitions behind its names opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number
from trialc.model.protocol import Protocol


class Opened:
    """The definitions of one protocol. Made once, asked of many conditions."""

    def __init__(self, protocol: Protocol) -> None:
        self._conditions = protocol.named_conditions
        self._numbers = {item.id: item.number for item in protocol.numbers}

    def names(self, condition: Condition) -> Iterator[str]:
        """Inputs and definitions that a condition reads, each once, in reading order."""
        return self.names_of(inputs_of(condition))

    def names_of(self, names: Iterable[str]) -> Iterator[str]:
        """These names and all behind them, each once."""
        return self._opened(names, set())

    def _opened(self, names: Iterable[str], seen: set[str]) -> Iterator[str]:
        for name in names:
            if name not in seen:
                seen.add(name)
                yield name
                if name in self._conditions:
                    yield from self._opened(inputs_of(self._conditions[name]), seen)
                elif name in self._numbers:
                    yield from self._opened(names_of_number(self._numbers[name]), seen)
