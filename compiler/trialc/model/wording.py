"""Conditions and numbers in near-literate words: one wording for documents, explanations and every engine."""

from __future__ import annotations

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.protocol import Protocol
from trialc.model.units import unit

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
GROUPS = {"all": "all of", "any": "any of", "none": "none of"}
OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "/"}
SCOPES = {"previous": "the previous block", "this": "this block"}


class Wording:
    """The words for one protocol's conditions. Titles come from its declarations."""

    def __init__(self, protocol: Protocol) -> None:
        titled = (
            *protocol.data, *protocol.judgements, *protocol.numbers, *protocol.conditions, *protocol.causes,
            *protocol.events, *protocol.cause_inputs,
        )  # fmt: skip
        self.titles = {item.id: item.title or item.id for item in titled}

    def title(self, name: str) -> str:
        """The printed title of a declaration, or its id."""
        return self.titles.get(name, name)

    # ---- the text of one node of an explanation

    def condition(self, condition: Condition) -> str:
        """The words of a condition itself, without those of the conditions inside it."""
        if isinstance(condition, e.Junction):
            return GROUPS.get(condition.quantifier, f"at least {condition.count} of")
        if isinstance(condition, e.Not):
            return "not"
        if isinstance(condition, e.Attributed):
            return f"attributed to {self.cause(condition)}"
        if isinstance(condition, e.Unless):
            return "unless"
        if isinstance(condition, e.Applies):
            return f"asked only if {self.phrase(condition.condition)}"
        return self.atom(condition)

    def cause(self, condition: e.Attributed) -> str:
        """ "systemic sclerosis", or "a cause other than systemic sclerosis"."""
        title = self.title(condition.cause)
        return f"a cause other than {title}" if condition.other else title

    def cause_atom(self, condition: e.Attributed) -> str:
        """The attestation behind an attribution, as a condition of its own."""
        return f"the cause is {self.cause(condition)}"

    def atom(self, condition: Condition) -> str:
        """The words of a condition that has no conditions inside."""
        if isinstance(condition, e.Compare):
            return f"{self.number(condition.left)} {SIGNS[condition.relation]} {self.number(condition.right)}"
        if isinstance(condition, e.Within):
            low, high = self.number(condition.low), self.number(condition.high)
            return f"{self.number(condition.value)} from {low} to {high}"
        if isinstance(condition, e.OneOf):
            codes = [code.replace("_", " ") for code in condition.codes]
            return f"{self.title(condition.path)} is {_or(codes)}"
        if isinstance(condition, e.Done):
            return f"{self.title(condition.path)} was measured"
        if isinstance(condition, e.Holds):
            return self.title(condition.path)
        if isinstance(condition, e.Refer):
            return self.title(condition.name)
        return self._gate(condition)

    def _gate(self, condition: Condition) -> str:
        if isinstance(condition, e.CountGiven):
            scope = _scope(condition.scope)
            return f"{condition.equals} participants in {scope} have had {_occasion(condition.occasion)}"
        if isinstance(condition, e.Every):
            return f"for every participant in {_scope(condition.scope)}: {self.phrase(condition.condition)}"
        if isinstance(condition, e.Since):
            return f"at least {_length(condition.amount, condition.unit)} since {_occasion(condition.occasion)}"
        assert isinstance(condition, e.NoEvent)
        within = f"within {_length(condition.amount, condition.unit)} " if condition.amount else ""
        return f"no {self.title(condition.event)} {within}after {_occasion(condition.occasion)}"

    # ---- whole conditions on one line

    def phrase(self, condition: Condition) -> str:
        """A condition with everything inside it, on one line."""
        if isinstance(condition, e.Junction):
            return self._junction(condition)
        if isinstance(condition, e.Not):
            return f"not ({self.phrase(condition.operand)})"
        if isinstance(condition, e.Attributed):
            return f"{self.phrase(condition.operand)}, attributed to {self.cause(condition)}"
        if isinstance(condition, e.Unless):
            return f"{self.phrase(condition.operand)}, unless {self.phrase(condition.exception)}"
        if isinstance(condition, e.Applies):
            return f"{self.phrase(condition.operand)} (asked only if {self.phrase(condition.condition)})"
        return self.atom(condition)

    def _junction(self, junction: e.Junction) -> str:
        phrases = [
            f"({self.phrase(branch.condition)})"
            if isinstance(branch.condition, e.Junction)
            else self.phrase(branch.condition)
            for branch in junction.branches
        ]
        if junction.quantifier == "all":
            return " and ".join(phrases)
        if junction.quantifier == "any":
            return " or ".join(phrases)
        return f"{self.condition(junction)} {', '.join(phrases)}"

    # ---- numbers

    def number(self, number: Number) -> str:
        """A number in words: the title of what is measured, or the value as the author wrote it."""
        if isinstance(number, e.Literal):
            return number.text
        if isinstance(number, e.Date):
            return number.value
        if isinstance(number, e.Value):
            return self.title(number.path)
        if isinstance(number, e.NumberOf):
            return self.title(number.name)
        if isinstance(number, e.Elapsed):
            return f"{number.unit}s from {self._moment(number.start)} to {self._moment(number.end)}"
        if isinstance(number, e.Score):
            return f"{number.combine} of {', '.join(item.label for item in number.items)}"
        left, right = self.number(number.left), self.number(number.right)
        right = f"({right})" if isinstance(number.right, e.Arithmetic) else right
        return f"{left} {OPERATORS[number.operator]} {right}"

    def _moment(self, name: str) -> str:
        return "the day of the verdict" if name == "as_of" else self.title(name)


def condition_words(condition: Condition, protocol: Protocol) -> str:
    """The words of one condition, without those inside it. For many, keep a `Wording`."""
    return Wording(protocol).condition(condition)


def number_words(number: Number, protocol: Protocol) -> str:
    """The words of one number."""
    return Wording(protocol).number(number)


def unit_words(code: str) -> str:
    """How documents print a unit: "g/dL", "× ULN"; "" for scores."""
    known = unit(code)
    return "" if code in ("", "{score}") or known is None else known.display


def _scope(scope: str) -> str:
    return SCOPES.get(scope, f"block {scope}")


def _occasion(name: str) -> str:
    return name.replace("_", " ")


def _length(amount: int, unit_: str) -> str:
    return f"{amount} {unit_}" if amount == 1 else f"{amount} {unit_}s"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
