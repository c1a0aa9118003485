"""How much of the eligibility is written as rules: exact, attested, lossy, or free text?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Only

from trialc.model import expression as e
from trialc.model.opened import Opened
from trialc.model.protocol import Criterion, Protocol

How = Only["exact", "attested", "lossy", "free text"]
WAYS: tuple[How, ...] = ("exact", "attested", "lossy", "free text")


@dataclass(frozen=True, slots=True)
class Written:
    """How a criterion is written, the attestations that it asks for, and what it loses."""

    criterion: Criterion
    how: How
    attested: tuple[str, ...]


def written(protocol: Protocol) -> Iterator[Written]:
    """One `Written` a criterion, in the order of the text.

    `exact`: decided on facts. `attested`: with questions to people or causes that somebody attests.
    `lossy`: the author says what the rule leaves out. `free text`: nothing but one question, of
    which nothing says what kind it is (consent, opinion, ...).
    """
    opened = Opened(protocol)
    judgements = {item.id: item for item in protocol.judgements}
    causes = {item.id for item in protocol.cause_inputs}
    for item in protocol.criteria:
        names = opened.names(item.condition)
        attested = tuple(name for name in names if name in judgements or name in causes)
        how: How = "attested" if attested else "exact"
        if item.lossy:
            how = "lossy"
        elif isinstance(item.condition, e.Holds) and attested:
            how = "attested" if judgements[item.condition.path].type else "free text"
        yield Written(item, how, attested)
