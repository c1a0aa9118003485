"""The base of every class of the model: frozen, closed, and equal without regard to position."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from trialc.source import NOWHERE, Span

PLACES = {"where", "expects_where", "given_where"}
"""Fields that are places in a text."""


class Node(BaseModel):
    """A value of the model. `where`, and any other place, is no part of equality or of JSON."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    where: Span = Field(default=NOWHERE, exclude=True, repr=False)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
        mine, theirs = self.__dict__, other.__dict__
        return all(mine[name] == theirs[name] for name in mine if name not in PLACES)

    def __hash__(self) -> int:
        return hash(tuple(value for name, value in self.__dict__.items() if name not in PLACES))
