"""The fast path of a checker: `outcomes` and `verdict`, straight-line functions of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trialc.emitters.checker_rails import rails
from trialc.emitters.checker_scope import Scope, Vocabulary, count_uses, vocabulary
from trialc.emitters.checker_text import comment, statement
from trialc.emitters.checker_witness import witness
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number, walk
from trialc.model.protocol import Criterion, Protocol

SPARED = 2
"""Look-ups that a short cut must spare to be worth its own test."""
MOST_CRITERIA = 60
MOST_CONDITIONS = 1500
"""Bounds of one generated function."""


class Functions:
    """Writes the functions of one protocol.

    `split` has, for each criterion that needs case splitting, the inputs to complete.
    """

    def __init__(
        self, protocol: Protocol, split: Mapping[str, tuple[str, ...]], split_verdict: bool
    ) -> None:
        self.criteria = protocol.criteria
        self.words: Vocabulary = vocabulary(protocol)
        self.split = split
        self.split_verdict = split_verdict
        self.position = {item.id: index for index, item in enumerate(self.criteria)}

    # ---- outcomes

    def outcomes(self) -> str:
        """`outcomes`, and the functions it calls where one would be too large."""
        groups = list(self._groups())
        text = OUTCOMES_DOCSTRING
        if len(groups) == 1:
            return self._outcomes_of("outcomes", groups[0], text)
        names = [f"_outcomes_{number}" for number in range(1, len(groups) + 1)]
        written = [
            self._outcomes_of(name, group, "Outcomes of some criteria, in document order.")
            for name, group in zip(names, groups, strict=True)
        ]
        calls = "".join(f"        *{name}(values),\n" for name in names)
        whole = _function("outcomes", "tuple[Truth, ...]", text, [])
        return "\n\n\n".join((*written, f"{whole}    return (\n{calls}    )\n".rstrip())) + "\n"

    def _outcomes_of(self, name: str, group: Sequence[Criterion], text: str) -> str:
        scope = Scope(self.words, count_uses((c.condition for c in group), self.words))
        scope.lines.append("get = values.get")
        results: list[str] = []
        for item in group:
            scope.lines += _heading(item)
            result = scope.local(f"{item.id} outcome")
            likely = item.type == "inclusion"
            short, inner = self._short_cut(item, scope, likely)
            found = rails(item.condition, inner)
            true, false = ("True", found.true.text), ("False", found.false.text)
            # The likely rail first: most participants meet an inclusion and no exclusion.
            first, second = (true, false) if likely else (false, true)
            chain = f"{first[0]} if {first[1]} else {second[0]} if {second[1]} else None"
            inner.lines.append(f"{result} = {chain}")
            if short:
                scope.lines += [f"if {short}:", f"    {result} = {likely}", "else:"]
                scope.lines += [f"    {line}" for line in inner.lines]
            if item.id in self.split:
                scope.lines.append(f"if {result} is None{self._some_unknown(item, scope)}:")
                settle = f"settled(PROGRAM, {self.position[item.id]}, None, values)"
                scope.lines.append(f"    {result} = {settle}")
            results.append(result)
        scope.lines += ["return (", *(f"    {result}," for result in results), ")"]
        return _function(name, "tuple[Truth, ...]", text, scope.lines)

    def _short_cut(self, item: Criterion, scope: Scope, likely: bool) -> tuple[str, Scope]:
        """An expression that settles a criterion with few inputs, and the scope for the full one.

        "" and the scope itself where that would not spare enough look-ups.
        """
        trial = scope.branch()
        short = witness(item.condition, trial, likely)
        if short is None or trial.count_missing(self._inputs(item.condition)) < SPARED:
            return "", scope
        # The same once more, in the function itself, whose locals everything after it may use.
        again = witness(item.condition, scope, likely)
        return (again.text, scope.branch()) if again else ("", scope)

    def _inputs(self, condition: Condition) -> Iterator[str]:
        """Every input that a condition can read, with those of the definitions it names."""
        waiting, opened = list(inputs_of(condition)), set[str]()
        while waiting:
            name = waiting.pop()
            if name in opened:
                continue
            opened.add(name)
            if name in self.words.conditions:
                waiting += inputs_of(self.words.conditions[name])
            elif name in self.words.numbers:
                waiting += names_of_number(self.words.numbers[name])
            else:
                yield name

    def _some_unknown(self, item: Criterion, scope: Scope) -> str:
        """Only where one of the inputs to complete is unknown is there anything to split."""
        names = self.split[item.id]
        if any(name in self.words.numbers for name in names):
            return ""
        tests = [scope.unknown(name) for name in names]
        return f" and ({' or '.join(tests)})"

    # ---- verdict

    def verdict(self) -> str:
        """`verdict`, and the functions it calls where one would be too large."""
        groups = list(self._groups())
        if len(groups) == 1:
            return self._verdict_of("verdict", groups[0], VERDICT_DOCSTRING, last=True)
        names = [f"_verdict_{number}" for number in range(1, len(groups) + 1)]
        written = [
            self._verdict_of(name, group, "The verdict by some criteria alone.", last=False)
            for name, group in zip(names, groups, strict=True)
        ]
        lines = ["undecided = False", "for part in (", *(f"    {name}," for name in names), "):"]
        lines += ["    found = part(values)", '    if found == "ineligible":']
        lines += ["        return found", '    undecided = undecided or found == "undetermined"']
        lines += self._end(last=True)
        return "\n\n\n".join((*written, _function("verdict", "str", VERDICT_DOCSTRING, lines)))

    def _verdict_of(self, name: str, group: Sequence[Criterion], text: str, *, last: bool) -> str:
        scope = Scope(self.words, count_uses((c.condition for c in group), self.words))
        scope.lines += ["get = values.get", "undecided = False"]
        for item in group:
            scope.lines += _heading(item)
            likely = item.type == "inclusion"
            short, inner = self._short_cut(item, scope, likely)
            found = rails(item.condition, inner)
            passes, fails = (found.true, found.false) if likely else (found.false, found.true)
            inner.lines += [f"if not ({passes.text}):", f"    if {fails.text}:"]
            inner.lines += ['        return "ineligible"', "    undecided = True"]
            if short:
                scope.lines.append(f"if not ({short}):")
                scope.lines += [f"    {line}" for line in inner.lines]
        scope.lines += self._end(last=last)
        return _function(name, "str", text, scope.lines)

    def _end(self, *, last: bool) -> list[str]:
        """What is left when no criterion failed by Kleene's logic."""
        found = '"undetermined"'
        if last and (self.split or self.split_verdict):
            found = "_split_verdict(values)"
        return [f'return {found} if undecided else "eligible"']

    # ---- sizes

    def _groups(self) -> Iterator[tuple[Criterion, ...]]:
        """The criteria, in order, in groups that make functions of bounded size."""
        group: list[Criterion] = []
        size = 0
        for item in self.criteria:
            weight = self._weight(item.condition)
            if group and (len(group) == MOST_CRITERIA or size + weight > MOST_CONDITIONS):
                yield tuple(group)
                group, size = [], 0
            group.append(item)
            size += weight
        yield tuple(group)

    def _weight(self, condition: Condition) -> int:
        """How many conditions a criterion comes to, the definitions it names among them."""
        opened: set[str] = set()
        waiting, weight = [condition], 0
        while waiting:
            for inner in walk(waiting.pop()):
                weight += 1
                if isinstance(inner, e.Refer) and inner.name not in opened:
                    opened.add(inner.name)
                    waiting.append(self.words.conditions[inner.name])
        return weight


OUTCOMES_DOCSTRING = """Every criterion's outcome, in document order: True, False, None for unknown.

    `values` is what `load` returns, or a mapping made to the same contract."""

VERDICT_DOCSTRING = """eligible, ineligible or undetermined, without an explanation.

    `values` is what `load` returns, or a mapping made to the same contract."""


def _heading(item: Criterion) -> list[str]:
    """The comment above a criterion: what it is, and the words of its source."""
    words = " ".join(clause for quote in item.sources for clause in quote.clauses)
    return ["", *comment(f"{item.type} {item.number}, {item.id}: {item.title}"), *comment(words)]


def _function(name: str, returns: str, text: str, lines: Sequence[str]) -> str:
    head = f'def {name}(values: Values) -> {returns}:\n    """{text}"""\n'
    if "\n" in text:
        head = f'def {name}(values: Values) -> {returns}:\n    """{text}\n    """\n'
    return head + "".join(f"{row}\n" for line in lines for row in statement(line, 4))
