"""Formulas used outside the population that they were made for.

`made for demo.age >= 18 years` says of whom a formula was made. Criteria that use it and let others
through are told: every combination of values that all other criteria admit is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import values as kinds
from trialc.model.data import Criterion, NumberDefinition
from trialc.model.expression import Applies, Condition, Junction, Not, OneOf, Refer
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.telling_apart import NotEnumerableError, TellingApart
from trialc.model.inputs import names_of_number, numbers, rules, sides, walk
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording


def outside_populations(protocol: Protocol, context: Context) -> Iterator[Diagnostic]:
    """A warning for each criterion and each formula that it uses beyond its population."""
    made = [each for each in protocol.numbers if each.population is not None]
    if not made:
        return
    reach = _Reach(protocol)
    for definition in made:
        users = [one for one in protocol.criteria if definition.id in reach.of(one.condition)]
        outside = {
            whom: _outside(definition, _asked_of(whom, protocol), context)
            for whom in dict.fromkeys(whom for one in users for whom in _asked(one, protocol))
        }
        for criterion in users:
            whom = next((one for one in _asked(criterion, protocol) if outside[one]), None)
            if whom is not None:
                yield _beyond(definition, criterion, whom, outside[whom] or "", protocol)


def _beyond(
    definition: NumberDefinition, criterion: Criterion, whom: str, case: str, protocol: Protocol
) -> Diagnostic:
    """The finding, with the way out; of an entry, that earlier entries are not asked again."""
    assert definition.population is not None
    help_ = "add a criterion that says so, or another formula for the others"
    if any(one.id == whom and one.type == "entry" for one in protocol.populations):
        help_ += f"; whoever is looked at for `{whom}` is not asked the criteria of other entries"
    return kinds.OUTSIDE_POPULATION.at(
        criterion.condition.where,
        name=definition.id,
        population=Wording(protocol).phrase(definition.population),
        case=f"{case} for `{whom}`" if whom else case,
        help=help_,
    )


def _asked(criterion: Criterion, protocol: Protocol) -> Sequence[str]:
    """The populations that a criterion is asked for; "" where there are none at all."""
    return criterion.populations or [one.id for one in protocol.populations] or [""]


def _asked_of(whom: str, protocol: Protocol) -> list[Condition]:
    """The conditions of all criteria that are certainly asked of a population, inclusions as they
    are and exclusions denied.
    """
    choice = next((one.element for one in protocol.populations if one.id == whom), "")
    elements = {one.id: one.element for one in protocol.populations}
    found: list[Condition] = []
    for criterion in protocol.criteria:
        ours = [name for name in criterion.populations if elements[name] == choice]
        if len(ours) < len(criterion.populations) or (ours and whom not in ours):
            continue
        found += _required(criterion, choice)
    return found


def _outside(
    definition: NumberDefinition, asked: Sequence[Condition], context: Context
) -> str | None:
    """Someone whom the criteria admit and of whom the formula was not made, in words."""
    population = definition.population
    assert population is not None
    try:
        inputs = set(TellingApart([population], context).values)
    except NotEnumerableError:
        return "nobody can tell"
    restrictions: list[Condition] = []
    for part in asked:
        try:
            own = set(TellingApart([part], context).values)
        except NotEnumerableError:
            continue
        if own <= inputs:
            restrictions.append(part)
    try:
        apart = TellingApart([population, *restrictions], context)
    except NotEnumerableError:
        return "nobody can tell"
    for values, (fits, *admitted) in apart.cases():
        if not fits and all(admitted):
            return apart.words(values)
    return None


def _required(criterion: Criterion, choice: str) -> Iterator[Condition]:
    """What is true of everybody whom a criterion admits among those of whom it is asked."""
    condition = criterion.condition
    if isinstance(condition, Applies) and _is_of_choice(condition.condition, choice):
        condition = condition.operand
    is_inclusion = criterion.type == "inclusion"
    together = "all" if is_inclusion else "any"
    if isinstance(condition, Junction) and condition.quantifier == together:
        parts = [branch.condition for branch in condition.branches]
    else:
        parts = [condition]
    for part in parts:
        yield part if is_inclusion else Not(operand=part)


def _is_of_choice(asked: Condition, choice: str) -> bool:
    return isinstance(asked, OneOf) and asked.path == choice


class _Reach:
    """Which derived numbers a condition uses, through definitions, too."""

    def __init__(self, protocol: Protocol) -> None:
        self.conditions = {each.id: each.condition for each in protocol.conditions}
        self.numbers = {each.id: each.number for each in protocol.numbers}

    def of(self, condition: Condition) -> set[str]:
        found: set[str] = set()
        stack: list[Condition] = [condition]
        while stack:
            for part in walk(stack.pop()):
                if isinstance(part, Refer) and part.name not in found:
                    found.add(part.name)
                    stack.append(self.conditions[part.name])
                for number in numbers(part):
                    stack += self._conditions_behind(set(names_of_number(number)), found)
        return found

    def _conditions_behind(self, names: set[str], found: set[str]) -> list[Condition]:
        """Conditions within derived numbers that are met for the first time."""
        behind: list[Condition] = []
        new = [name for name in names if name in self.numbers and name not in found]
        while new:
            name = new.pop()
            found.add(name)
            inside = [self.numbers[name]]
            while inside:
                number = inside.pop()
                inside += sides(number)
                behind += [rule for _, rule in rules(number)]
                more = names_of_number(number)
                new += [each for each in more if each in self.numbers and each not in found]
        return behind
