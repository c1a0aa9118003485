"""The base of every class of the model: frozen, closed, and equal without regard to position."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from trialc.source import NOWHERE, Span


class Node(BaseModel):
    """A value of the model. `where`, its place in a text, is no part of equality or of JSON."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    where: Span = Field(default=NOWHERE, exclude=True, repr=False)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
        mine, theirs = self.__dict__, other.__dict__
        return all(mine[name] == theirs[name] for name in mine if name != "where")

    def __hash__(self) -> int:
        return hash(tuple(value for name, value in self.__dict__.items() if name != "where"))
