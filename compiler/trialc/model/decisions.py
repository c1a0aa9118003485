"""How typos and ambiguities of the registered text are read, and how else they could be."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.data import CauseInput
from trialc.model.declared import Declared
from trialc.model.expression import Condition
from trialc.model.node import Node


class Patch(Node):
    """Replace the condition at a path: what an alternative reading would change."""

    path: str
    condition: Condition
    causes: tuple[CauseInput, ...] = ()
    """The attestations that this condition asks for."""


class Alternative(Node):
    text: str
    patches: tuple[Patch, ...] = ()


class Decision(Declared):
    """A typo or an ambiguity of the registered text, and how this protocol reads it."""

    quotes: tuple[str, ...] = ()
    reading: str = ""
    alternatives: tuple[Alternative, ...] = ()
    because: str = ""
    status: Only["open", "assumed", "confirmed"]
    by: str = ""
    on: str = ""
