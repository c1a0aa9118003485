"""Do the registered words compare a number in the same direction as the rule?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from trialc.analyses.amounts_in_words import amounts
from trialc.analyses.figures import is_of_an_element
from trialc.analyses.words_behind import unit_of
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition, Literal
from trialc.model.inputs import parts
from trialc.model.protocol import Criterion
from trialc.source import Span

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Compared(NamedTuple):
    """A number as a rule compares it; `relations`: which words would say so."""

    literal: Literal
    relations: tuple[str, ...]
    where: Span


def check_comparisons(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Limits that every quoted comparison with that number contradicts; decisions excuse."""
    found: list[Diagnostic] = []
    for item in study.protocol.criteria:
        if item.sources and not item.decided:
            words = " ".join(c for quote in item.sources for c in quote.clauses)
            found += _contradictions(item, words)
    return study, tuple(found)


def _contradictions(item: Criterion, words: str) -> Iterator[Diagnostic]:
    for compared in _compared(item.condition, negated=False):
        text = compared.literal.text
        if is_of_an_element(text):
            continue
        number, _, measured = text.partition(" ")
        value, own = Decimal(number), unit_of(measured)
        # The same number of something else is looked at with its unit (W0630).
        quoted = [each for each in amounts(words) if each.is_of(value, own) is not False]
        if quoted and not any(each.relation in (None, *compared.relations) for each in quoted):
            yield kinds.COMPARED_OTHERWISE.at(
                compared.where,
                name=item.id,
                words=quoted[0].words,
                help="mend the rule, or name the decision behind it: `decided <name>`",
            )


# ---- the rule


def _compared(condition: Condition, negated: bool) -> Iterator[Compared]:
    if isinstance(condition, e.Compare) and isinstance(condition.right, Literal):
        relation = condition.relation
        if relation in OPPOSITE:
            # "not (x < 8)" and "x >= 8" are both how one would read it.
            both = (relation, OPPOSITE[relation]) if negated else (relation,)
            yield Compared(condition.right, both, condition.where)
    elif isinstance(condition, e.Within):
        for side, relation in ((condition.low, ">="), (condition.high, "<=")):
            if isinstance(side, Literal):
                both = (relation, OPPOSITE[relation]) if negated else (relation,)
                yield Compared(side, both, condition.where)
    negated = negated or isinstance(condition, e.Not) or _is_none_of(condition)
    for part in parts(condition):
        yield from _compared(part, negated)


def _is_none_of(condition: Condition) -> bool:
    return isinstance(condition, e.Junction) and condition.quantifier == "none"
