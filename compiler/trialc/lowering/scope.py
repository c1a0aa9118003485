"""The local variables of one straight-line program: each input and definition is computed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from trialc.lowering.joins import Rails
from trialc.lowering.nodes import (
    Amount,
    CalendarDay,
    Days,
    Known,
    Local,
    Marked,
    Roughly,
    Test,
    Unknown,
)
from trialc.lowering.statements import Load, Set, Statement
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts, rules, sides
from trialc.model.protocol import Protocol


@dataclass(frozen=True)
class Vocabulary:
    """What the expressions of a protocol read: definitions, codes and ranges by name."""

    conditions: Mapping[str, Condition]
    numbers: Mapping[str, Number]
    options: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, tuple[float, float]]
    numeric: frozenset[str]
    """Inputs that are numbers or dates."""


def vocabulary(protocol: Protocol) -> Vocabulary:
    """The vocabulary of a protocol."""
    causes = (*(cause.id for cause in protocol.causes), "other")
    options = {item.id: item.options for item in protocol.data}
    options.update({item.id: causes for item in protocol.cause_inputs})
    return Vocabulary(
        conditions=protocol.named_conditions,
        numbers={item.id: item.number for item in protocol.numbers},
        options=options,
        ranges={
            item.id: (item.low, item.high)
            for item in protocol.data
            if item.low is not None and item.high is not None
        },
        numeric=frozenset(
            item.id for item in protocol.data if item.type in ("quantity", "score", "date")
        ),
    )


Extremes = tuple[Amount, Amount]
"""The least and the most that a number can be; twice the same if it is exact."""
Key = str | tuple[str, str] | Days | CalendarDay | Roughly
"""What is computed once: an input, whether one was not done, a calculation."""


@dataclass
class Scope:
    """One program under construction; `statements` are those so far."""

    words: Vocabulary
    uses: Counter[str]
    """How often the program's criteria name each definition."""
    reserved: frozenset[str]
    """Words that no local may be called in the language it is printed in."""
    statements: list[Statement] = field(default_factory=list[Statement])
    definitions: dict[str, Rails] = field(default_factory=dict[str, Rails])
    """Named conditions in locals."""
    derived: dict[str, Extremes] = field(default_factory=dict[str, Extremes])
    """Named numbers in locals: the least and the most."""
    _names: dict[Key, Local] = field(default_factory=dict[Key, Local])
    """The local of each input, whether it is set at this point or not."""
    _loaded: set[Key] = field(default_factory=set[Key])
    _taken: set[str] = field(default_factory=set[str])

    def set(self, wish: str, value: Amount | Test) -> Local:
        """A new local with this value."""
        local = self.local(wish)
        self.statements.append(Set(local, value))
        return local

    def branch(self) -> Scope:
        """A block inside the program: it sees what is set so far, and sets nothing for others."""
        return replace(
            self,
            statements=[],
            definitions=dict(self.definitions),
            derived=dict(self.derived),
            _loaded=set(self._loaded),
        )

    def count_missing(self, paths: Iterable[str]) -> int:
        """How many of some inputs are not yet in a local."""
        return len(set(paths) - self._loaded)

    def number(self, path: str) -> Local:
        """The local of a number, a date or `as_of`."""
        return self._load(path, path, lambda local: Load(local, path, "amount"))

    def other(self, path: str) -> Local:
        """The local of any other input."""
        return self._load(path, path, lambda local: Load(local, path, "other"))

    def done(self, path: str) -> Rails:
        """Whether there is a value; false where the record says that it was not done."""
        key, wish = ("mark", path), f"{path} not done"
        mark = self._load(key, wish, lambda local: Load(local, path, "mark"))
        return Rails(Known(*self._value(path)), Marked(mark))

    def unknown(self, path: str) -> Test:
        """Whether there is no value."""
        return Unknown(*self._value(path))

    def _value(self, path: str) -> tuple[Local, bool]:
        """The local of any input, and whether it is an amount."""
        is_amount = path in self.words.numeric
        return (self.number(path) if is_amount else self.other(path)), is_amount

    def days_between(self, start: str, end: str) -> Local:
        """The local of the number of days from one date to another."""
        last, first = self.number(end), self.number(start)
        return self.once(f"days since {start}", Days(first, last))

    def calendar_day(self, start: Local, amount: int, step: str) -> Local:
        """The local of the day so many calendar units from the one in a local."""
        direction = "after" if amount > 0 else "before"
        wish = f"{abs(amount)} {step} {direction} {start.name}"
        return self.once(wish, CalendarDay(start, amount, step))

    def once(self, wish: str, value: Days | CalendarDay | Roughly) -> Local:
        """The local of what is computed once, however often it is asked for."""
        return self._load(value, wish, lambda local: Set(local, value))

    def _load(self, key: Key, wish: str, statement: Callable[[Local], Statement]) -> Local:
        if key not in self._names:
            self._names[key] = self.local(wish)
        if key not in self._loaded:
            self.statements.append(statement(self._names[key]))
            self._loaded.add(key)
        return self._names[key]

    def local(self, wish: str) -> Local:
        """A new local, called near a wish as nothing in the program is yet; the caller sets it."""
        plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in wish).strip("_") or "x"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        name, count = plain, 1
        while name in self._taken or name in self.reserved:
            count += 1
            name = f"{plain}_{count}"
        self._taken.add(name)
        return Local(name)


def count_uses(conditions: Iterable[Condition], words: Vocabulary) -> Counter[str]:
    """How often definitions are named, in conditions and in the definitions that these open."""
    uses: Counter[str] = Counter()

    def name(found: str, inside: Condition | Number | None) -> None:
        uses[found] += 1
        if uses[found] == 1 and inside is not None:
            visit(inside)

    def visit(node: Condition | Number) -> None:
        match node:
            case e.Refer():
                name(node.name, words.conditions.get(node.name))
            case e.NumberOf():
                name(node.name, words.numbers.get(node.name))
            case e.Arithmetic() | e.Function() | e.Choose() | e.Score():
                for _, rule in rules(node):
                    visit(rule)
                for side in sides(node):
                    visit(side)
            case e.Literal() | e.Date() | e.Value() | e.Elapsed() | e.Day():
                return
            case _:
                for inner in (*parts(node), *numbers(node)):
                    visit(inner)

    for condition in conditions:
        visit(condition)
    return uses
