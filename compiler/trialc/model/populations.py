"""Who is asked about: groups of participants with criteria of their own, and how many of them."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared
from trialc.model.expression import Condition
from trialc.model.node import Node

CHOICE = "population"
"""The input by which a record says which population it is looked at for; where populations are of
several kinds, each kind has its own: `population.country`.
"""
TITLES = {
    "": "Population",
    "cohort": "Cohort",
    "part": "Part of the trial",
    "country": "Country",
    "entry": "Randomisation that is entered",
    "arm": "Arm that is entered",
}
"""The kinds of populations, and what the choice between those of one kind is called."""


class Share(Node):
    """So many participants, or so many percent of some."""

    participants: int = 0
    percent: str = ""
    """Decimal text; "" where participants are counted."""
    of: int = 0
    """Of how many the percentage is; 0: of all participants."""

    @property
    def words(self) -> str:
        """ "10 % of 1200 participants", "63 participants"."""
        if not self.percent:
            return f"{self.participants} participant{'' if self.participants == 1 else 's'}"
        return f"{self.percent} % of {self.of or 'all'} participants"


class Population(Declared):
    """A group that criteria can be for: a cohort, a part, a country, an entry."""

    type: Only["cohort", "part", "country", "entry", "arm", ""] = ""
    element: str
    """Id of the choice whose code the population is."""
    assessed: tuple[str, ...] = ()
    """Ids of the visits at which its criteria are assessed; () where it is not said."""
    note: str = ""
    enrolment: int = 0
    """How many participants are planned; 0: not stated."""
    cap: Share | None = None
    """The most that are enrolled."""


class Quota(Declared):
    """How many of the participants may, or must, be such. A fact for the conduct of the trial: it
    decides nothing about one participant.
    """

    condition: Condition
    bound: Only["most", "least"]
    share: Share

    @property
    def words(self) -> str:
        """ "at most 10 % of 1200 participants"."""
        return f"at {self.bound} {self.share.words}"
