"""Small protocols made by chance, in which every construct of the model comes up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal as Only

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.expression import Condition, Number

from .protocol_elements import CREATININE, FREE, HEMOGLOBIN, POPULATIONS, WARMTH, elements, in_order

# Haemoglobin is never above 25, and no score is 20.5.
CUTS = {
    HEMOGLOBIN: (8.0, 11.0, 11.5, 30.0),
    CREATININE: (0.57, 1.3, 2.0),
    WARMTH: (36.6, 38.5),
    FREE: (-1.0, 0.0, 0.1 + 0.2),
    "skin": (15.0, 20.0, 20.5),
}
DATES = ("onset", "diagnosis")
STEPS = ("day", "week", "month", "year")
DAYS = ("2024-02-29", "2025-01-04", "2026-12-31")
CAUSES = ("ssc", "drug")
Relation = Only["<", "<=", ">", ">=", "=", "!="]
STAGES = ("V1", "V2")
"""Visits at which criteria are assessed."""
ROLES = ("subject", "investigator", "pharmacist")


class Protocols:
    """Makes protocols. `simple`: only what the compiler claims to decide exactly (section 5)."""

    def __init__(self, chance: random.Random, *, simple: bool = False) -> None:
        self.chance = chance
        self.aside = random.Random(str(chance.getstate()[1][:4]))
        """For what stands beside conditions: these stay what they are without it."""
        self.simple = simple
        self.paths = tuple(CUTS)
        self.causes: list[str] = []
        self.numbers: list[p.NumberDefinition] = []
        self.conditions: list[p.ConditionDefinition] = []

    def entangled(self) -> p.Protocol:
        """A protocol that asks for a quantity twice, and for a ratio that is made of it; and on
        both sides of a limit for a time that is none if its date is in the future.
        """
        self.causes, self.conditions = [], []
        since = e.Elapsed(unit="year", start="onset", end="as_of")
        self.numbers = [p.NumberDefinition(id="n0", title="Duration", unit="a", number=since)]
        hemoglobin, creatinine = (e.Value(path=path, unit="1") for path in (HEMOGLOBIN, CREATININE))
        ratio = e.Arithmetic(operator="/", left=hemoglobin, right=creatinine, unit="1")
        low = (around(hemoglobin, 11), e.Within(value=ratio, low=literal(3), high=literal(6)))
        both = e.Junction(
            quantifier="all", branches=tuple(e.Branch(condition=each) for each in low)
        )
        conditions = (both, around(e.NumberOf(name="n0", unit="a"), 2))
        fields = {"type": "inclusion", "number": "1"}
        return self._protocol(
            tuple(
                p.Criterion.model_validate({**fields, "id": f"c{index}", "condition": condition})
                for index, condition in enumerate(conditions)
            )
        )

    def one(self) -> p.Protocol:
        """A protocol of a few criteria."""
        self.causes, self.numbers, self.conditions = [], [], []
        if self.simple:
            # Few inputs, so that they feed several atoms.
            self.paths = tuple(self.chance.sample(tuple(CUTS), 2))
        for index in range(self.chance.randint(2, 5)):
            number = self._definition(index)
            definition = {"id": f"n{index}", "title": f"Number {index}", "number": number}
            self.numbers.append(p.NumberDefinition.model_validate({"unit": "1", **definition}))
        for index in range(self.chance.randint(0, 2)):
            named = p.ConditionDefinition(id=f"d{index}", condition=self.condition(2))
            self.conditions.append(named)
        count = self.chance.randint(1, 4)
        made = self._protocol(tuple(self._criterion(index) for index in range(count)))
        return in_order(made) if self.aside.random() < 0.2 else made

    def _protocol(self, criteria: tuple[p.Criterion, ...]) -> p.Protocol:
        return p.Protocol(
            language=1,
            file="small.proto.txt",
            sha256="ab" * 32,
            metadata=p.Metadata(id="small", title="A small trial", version="1"),
            causes=tuple(p.Cause(id=name, title=name.upper()) for name in CAUSES),
            roles=tuple(p.Role(id=name) for name in ROLES),
            data=elements(self.chance, simple=self.simple),
            judgements=(
                p.Judgement(id="judged", title="Judged", by=("investigator",)),
                p.Judgement(id="agreed", by=("subject", "investigator")),
            ),
            cause_inputs=tuple(
                p.CauseInput(id=path, title=path, branch=path.removesuffix(".cause"))
                for path in dict.fromkeys(self.causes)
            ),
            numbers=tuple(self.numbers),
            conditions=tuple(self.conditions),
            visits=tuple(p.Visit(id=name, timing="unscheduled") for name in STAGES),
            activities=(p.Activity(id="review", visits=STAGES[:1], does=("eligibility",)),),
            populations=tuple(p.Population(id=name, element="block") for name in POPULATIONS),
            criteria=criteria,
        )

    def _criterion(self, index: int) -> p.Criterion:
        kind = self.chance.choice(("inclusion", "exclusion"))
        quotes = (p.Quote(clauses=(f"clause {index}", "and more")),) if index % 2 else ()
        fields = {"id": f"c{index}", "type": kind, "number": str(index), "sources": quotes}
        condition = self.condition(self.chance.randint(1, 4))
        if index and self.aside.random() < 0.2:  # the outcome of another criterion
            other = e.Refer(name=f"c{self.aside.randrange(index)}")
            both = (e.Branch(condition=condition), e.Branch(condition=other))
            condition = e.Junction(quantifier=self.aside.choice(("all", "any")), branches=both)
        if self.aside.random() < 0.3:  # as the language makes them: for some populations
            fields["populations"] = whom = tuple(self.aside.sample(POPULATIONS, 2))
            guard = e.OneOf(path="block", codes=whom)
            neutral = kind == "inclusion"
            condition = e.Applies(condition=guard, operand=condition, neutral=neutral)
        if self.aside.random() < 0.4:
            fields["assessed"] = tuple(self.aside.sample(STAGES, self.aside.randint(1, 2)))
        fields |= self._failure()
        return p.Criterion.model_validate({**fields, "condition": condition})

    def _failure(self) -> dict[str, object]:
        """What it means that somebody does not pass: nothing, for good, or for now."""
        length = {"amount": self.aside.randint(1, 40), "unit": self.aside.choice(STEPS)}
        again: tuple[dict[str, object], ...] = (
            {},
            {"recheck": length},
            {"recheck_when": "once well"},
        )
        return self.aside.choice(
            ({}, {"failure": "final"}, {"failure": "temporary", **self.aside.choice(again)})
        )

    # ---- conditions

    def condition(self, depth: int) -> Condition:
        """A condition of any kind, with others inside down to some depth."""
        if depth == 0 or self.chance.random() < 0.15:
            return self.atom()
        operand, other = self.condition(depth - 1), self.condition(depth - 1)
        match self.chance.randrange(9):
            case 0:
                return e.Not(operand=operand)
            case 1:
                named = self.chance.choice(("x", "y", str(len(self.causes))))
                self.causes.append(f"{named}.cause")
                return e.Attributed(
                    operand=operand,
                    cause=self.chance.choice(CAUSES),
                    other=self.chance.random() < 0.5,
                    path=self.causes[-1],
                )
            case 2:
                return e.Unless(operand=operand, exception=other)
            case 3 | 4:
                # As the language makes them: an element that need not have been measured.
                exists = e.Done(path=self._input()) if self.chance.random() < 0.6 else other
                neutral = self.chance.random() < 0.5
                return e.Applies(condition=exists, operand=operand, neutral=neutral)
            case _:
                return self._junction([operand, other, *self._more(depth - 1)])

    def _more(self, depth: int) -> list[Condition]:
        return [self.condition(depth) for _ in range(self.chance.choice((0, 0, 1, 2)))]

    def _junction(self, inside: Sequence[Condition]) -> e.Junction:
        quantifier = self.chance.choice(("all", "any", "none", "at_least"))
        branches = tuple(
            e.Branch(label=f"b{index}", path=f"b{index}", condition=condition)
            if self.chance.random() < 0.5
            else e.Branch(condition=condition)
            for index, condition in enumerate(inside)
        )
        count = self.chance.randint(1, len(inside)) if quantifier == "at_least" else 0
        return e.Junction.model_validate(
            {"quantifier": quantifier, "count": count, "branches": branches}
        )

    def atom(self) -> Condition:
        """A condition with no condition inside, but for those of scores and definitions."""
        match self.chance.randrange(10):
            case 0:
                return e.Holds(path=self.chance.choice(("crisis", "pregnant", "judged", "agreed")))
            case 1:
                path, codes = self.chance.choice(
                    (
                        ("sex", ("female",)),
                        ("sex", ("female", "male")),
                        ("block", ("first", "second")),
                        ("block", ("none",)),
                    )
                )
                return e.OneOf(path=path, codes=codes)
            case 2:
                return e.Done(path=self._input())
            case 3 if self.conditions:
                return e.Refer(name=self.chance.choice(self.conditions).id)
            case 4 if not self.simple:
                return self._dates()
            case 5 | 6 if self.numbers:
                return self._derived()
            case _:
                return self._measured()

    def _input(self) -> str:
        return self.chance.choice((*self.paths, "crisis", "block", "sex"))

    def _measured(self) -> Condition:
        path = self.chance.choice(self.paths)
        value = e.Value(path=path, unit="1")
        cuts = CUTS[path]
        if self.chance.random() < 0.2:
            return e.Within(value=value, low=literal(cuts[0]), high=literal(cuts[-1]))
        if self.chance.random() < 0.1 and not self.simple:
            other: Number = e.Value(path=self.chance.choice((HEMOGLOBIN, FREE)), unit="1")
            if self.chance.random() < 0.5:  # 3 xULN
                factor = literal(self.chance.choice((3.0, 1.1, 0.35)))
                other = e.Arithmetic(operator="*", left=factor, right=other, unit="1")
            return e.Compare(relation=self._relation(), left=value, right=other)
        limit = self.chance.choice(cuts)
        return e.Compare(relation=self._relation(), left=value, right=literal(limit))

    def _derived(self) -> Condition:
        definition = self.chance.choice(self.numbers)
        number: Number = e.NumberOf(name=definition.id, unit="1")
        if not self.simple and self.chance.random() < 0.2:
            number = definition.number
        if isinstance(definition.number, e.Score):
            limits = (1.0, 4.0, 9.0)
        else:
            limits = (2.0, 18.0, 0.1 + 0.2, 0.0, 1.5)
        if self.chance.random() < 0.2:
            return e.Within(value=number, low=literal(min(limits)), high=literal(max(limits)))
        limit = self.chance.choice(limits)
        return e.Compare(relation=self._relation(), left=number, right=literal(limit))

    def _dates(self) -> Condition:
        first: Number = e.Value(path=self.chance.choice(DATES), unit="date")
        if (moment := self._moment("")) and self.aside.random() < 0.5:
            first = e.Day(start=moment)
        match self.chance.randrange(5):
            case 0:
                second: Number = e.Value(path=self.chance.choice(DATES), unit="date")
            case 1:
                second = e.Date(value=self.chance.choice(DAYS))
            case 2:
                second = self._day()
            case 3:
                low = self._day()
                later = self._day() if self.chance.random() < 0.3 else e.Day(start=low.start)
                return e.Within(value=first, low=low, high=later)
            case _:
                return e.Within(value=first, low=e.Date(value=DAYS[0]), high=e.Date(value=DAYS[-1]))
        return e.Compare(relation=self._relation(), left=first, right=second)

    def _day(self) -> e.Day:
        """A day counted from another, months from the ends of months among them."""
        start, step = self.chance.choice((*DATES, "as_of")), self.chance.choice(STEPS)
        start = self._moment(start)
        amount = self.chance.choice((-24, -6, -1, 0, 1, 30))
        return e.Day.model_validate({"start": start, "amount": amount, "step": step})

    def _moment(self, usual: str) -> str:
        """Sometimes the day on which something was measured or attested instead."""
        if self.aside.random() < 0.75:
            return usual
        return f"day_of:{self.aside.choice((HEMOGLOBIN, 'crisis', 'sex', 'pregnant', 'judged'))}"

    def _relation(self) -> Relation:
        relations: tuple[Relation, ...] = ("<", "<=", ">", ">=", "=", "!=")
        return self.chance.choice(relations)

    # ---- numbers

    def _definition(self, index: int) -> Number:
        if self.simple or index == 0 or (index > 1 and self.chance.random() < 0.3):
            return self._score(2)
        if index > 1 and self.chance.random() < 0.35:
            unit = self.chance.choice(("year", "month", "week", "day"))
            start, end = map(self._moment, self.chance.sample((*DATES, "as_of"), 2))
            return e.Elapsed.model_validate({"unit": unit, "start": start, "end": end})
        if index > 1 and self.chance.random() < 0.6:
            return self._table()
        return self._arithmetic(2)

    def _arithmetic(self, depth: int) -> Number:
        if depth == 0:
            return self._operand()
        operator = self.chance.choice(("+", "-", "*", "/"))
        ratio = self.chance.choice(((1, 1), (1, 1), (10_000, 1), (1, 1000), (7, 3)))
        scale = {"numerator": ratio[0], "denominator": ratio[1]} if operator in "*/" else {}
        sides = {"left": self._arithmetic(depth - 1), "right": self._arithmetic(depth - 1)}
        return e.Arithmetic.model_validate({"operator": operator, "unit": "1", **sides, **scale})

    def _function(self) -> Number:
        """Mostly a function of something that it takes."""
        inside = tuple(self._operand() for _ in range(self.chance.randint(2, 3)))
        name = self.chance.choice(("min", "max", "power", "sqrt", "ln", "log10", "exp", "round"))
        exponents = {"power": ("-1.154", "0.5", "3", "-2", "1/3"), "round": ("", "1")}
        exponent = self.chance.choice(exponents.get(name, ("",)))
        if name not in ("min", "max"):
            inside = inside[:1]
        fields = {"name": name, "arguments": inside, "exponent": exponent, "unit": "1"}
        return e.Function.model_validate(fields)

    def _table(self) -> e.Choose:
        """A table without gaps: its last case is `otherwise`, or its cases are those of a choice
        or of a number.
        """
        if self.chance.random() < 0.5:
            rules: list[Condition | None] = [
                self.condition(1) for _ in range(self.chance.randint(1, 3))
            ]
            return self._cases([*rules, None], unique=False)
        unique = self.chance.random() < 0.7
        path = self.chance.choice(self.paths)
        low, *_, high = CUTS[path]
        value = e.Value(path=path, unit="1")
        below = e.Compare(relation="<", left=value, right=literal(low))
        above = e.Compare(relation=">", left=value, right=literal(high))
        between = e.Within(value=value, low=literal(low), high=literal(high))
        codes = [e.OneOf(path="block", codes=(code,)) for code in ("none", "first", "second")]
        apart: list[Condition | None] = [*self.chance.choice(([below, above, between], codes))]
        self.chance.shuffle(apart)
        return self._cases([*apart[:2], None] if self.chance.random() < 0.4 else apart, unique)

    def _cases(self, rules: Sequence[Condition | None], unique: bool) -> e.Choose:
        cases = tuple(
            e.Case(label=f"k{index}", path=f"t.k{index}", when=rule, value=self._arithmetic(1))
            for index, rule in enumerate(rules)
        )
        return e.Choose(unique=unique, cases=cases, unit="1")

    def _operand(self) -> Number:
        match self.chance.randrange(5):
            case 4:
                return self._function()
            case 0:
                return literal(self.chance.choice((2.0, 0.0, 1e200)))
            case 1 if self.numbers:
                return e.NumberOf(name=self.chance.choice(self.numbers).id, unit="1")
            case _:
                return e.Value(path=self.chance.choice((HEMOGLOBIN, CREATININE, FREE)), unit="1")

    def _score(self, depth: int) -> e.Score:
        combine = self.chance.choice(("sum", "highest"))
        items = tuple(self._item(depth, index) for index in range(self.chance.randint(1, 4)))
        return e.Score.model_validate({"combine": combine, "items": items})

    def _item(self, depth: int, index: int) -> e.ScoreItem:
        label, path = f"i{index}", f"s.i{index}"
        if depth > 0 and self.chance.random() < 0.3:
            return e.ScoreItem(label=label, path=path, score=self._score(depth - 1))
        condition = self.condition(1 if self.chance.random() < 0.3 else 0)
        points = self.chance.choice((0, 1, 2, 4, 9))
        return e.ScoreItem(label=label, path=path, points=points, when=condition)


def around(number: Number, limit: float) -> Condition:
    """True of every number, on whichever side of the limit it is."""
    sides = (
        e.Compare(relation="<=", left=number, right=literal(limit)),
        e.Compare(relation=">", left=number, right=literal(limit)),
    )
    branches = tuple(e.Branch(condition=side) for side in sides)
    return e.Junction(quantifier="any", branches=branches)


def literal(value: float) -> e.Literal:
    """A literal in the unit of what it is compared with."""
    return e.Literal(value=value, unit="1", text=f"{value:g}")
