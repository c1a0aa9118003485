"""The local variables of one generated function: each input and definition is computed once."""

from __future__ import annotations

import builtins
import keyword
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts, rules, sides
from trialc.model.protocol import Protocol

GLOBALS = (
    "NAN", "PROGRAM", "applied", "calculated", "calendar_day", "calendar_time", "get", "settled",
    "values",
)  # fmt: skip
RESERVED = frozenset((*GLOBALS, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)))


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


@dataclass
class Scope:
    """One function under construction; `lines` are its statements so far, not yet indented."""

    words: Vocabulary
    uses: Counter[str]
    """How often the function's criteria name each definition."""
    lines: list[str] = field(default_factory=list[str])
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Named conditions in locals: the true one and the false one."""
    derived: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Named numbers in locals: the least and the most."""
    _names: dict[str, str] = field(default_factory=dict[str, str])
    """The local of each input, whether it is set at this point or not."""
    _loaded: set[str] = field(default_factory=set[str])
    _taken: set[str] = field(default_factory=set[str])

    def assign(self, wish: str, expression: str) -> str:
        """The name of a new local variable with this value."""
        name = self._name(wish)
        self.lines.append(f"{name} = {expression}")
        return name

    def local(self, wish: str) -> str:
        """The name of a new local variable that the caller sets."""
        return self._name(wish)

    def branch(self) -> Scope:
        """A block inside the function: it sees what is set so far, and sets nothing for others."""
        return replace(
            self,
            lines=[],
            definitions=dict(self.definitions),
            derived=dict(self.derived),
            _loaded=set(self._loaded),
        )

    def count_missing(self, paths: Iterable[str]) -> int:
        """How many of some inputs are not yet in a local."""
        return len(set(paths) - self._loaded)

    def number(self, path: str) -> str:
        """The local variable of a number, a date or `as_of`: NaN where it is unknown."""
        return self._load(path, path, f"get({path!r}, NAN)")

    def other(self, path: str) -> str:
        """The local variable of any other input: None where it is unknown."""
        return self._load(path, path, f"get({path!r})")

    def done(self, path: str) -> tuple[str, str]:
        """An expression for "has a value", and the variable that is True for "was not done"."""
        key = f"not_done:{path}"
        not_done = self._load(key, f"{path} not done", f"get({key!r})")
        if path in self.words.numeric:
            name = self.number(path)
            return f"{name} == {name}", not_done
        return f"{self.other(path)} is not None", not_done

    def unknown(self, path: str) -> str:
        """An expression for "has no value"."""
        if path in self.words.numeric:
            name = self.number(path)
            return f"{name} != {name}"
        return f"{self.other(path)} is None"

    def days_between(self, start: str, end: str) -> str:
        """The local variable for the number of days from one date to another."""
        difference = f"{self.number(end)} - {self.number(start)}"
        return self._load(f"{start} to {end}", f"days since {start}", difference)

    def calendar_day(self, start: str, amount: int, step: str) -> str:
        """The local variable for the day so many calendar units from the one in a local."""
        expression = f"calendar_day({start}, {amount}, {step!r})"
        direction = "after" if amount > 0 else "before"
        return self._load(expression, f"{abs(amount)} {step} {direction} {start}", expression)

    def rough(self, name: str, expression: str) -> str:
        """The local variable for what a calculation comes to in binary arithmetic."""
        return self._load(expression, f"{name} roughly", expression)

    def _load(self, key: str, wish: str, expression: str) -> str:
        if key not in self._names:
            self._names[key] = self._name(wish)
        if key not in self._loaded:
            self.lines.append(f"{self._names[key]} = {expression}")
            self._loaded.add(key)
        return self._names[key]

    def _name(self, wish: str) -> str:
        """An identifier near a wish that nothing in the function has yet."""
        plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in wish).strip("_") or "x"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        name, count = plain, 1
        while name in self._taken or name in RESERVED:
            count += 1
            name = f"{plain}_{count}"
        self._taken.add(name)
        return name


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
