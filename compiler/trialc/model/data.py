"""What is known of a participant, what is derived from it, and who may take part."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Code, Declared, Duration
from trialc.model.expression import Condition, Number
from trialc.model.node import Node


class Cause(Declared):
    """Something a finding can be attributed to."""


class Role(Declared):
    """A person or body with a part in the trial."""


class ValidityWindow(Declared):
    """How old a value may be on the day of the verdict (`window`); elements refer to its id."""

    length: Duration


class ReferenceRange(Node):
    """What a laboratory calls normal, both ends included: numbers, or what they are named by. None:
    no limit on that side.
    """

    low: Number | None = None
    high: Number | None = None


class Data(Declared):
    """A data element. Numbers are in `unit` (UCUM code); scores are whole numbers in `{score}`."""

    type: Only["quantity", "score", "boolean", "choice", "date"]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    normal: ReferenceRange | None = None
    resolution: str = ""
    """The step at which the value is reported, decimal text, in `unit`."""
    typical: str = ""
    """A value an ordinary participant may have, as a record would state it."""
    options: tuple[str, ...] = ()
    option_titles: tuple[str, ...] = ()
    """What documents print instead of each option, "" for the option itself; () for all of them."""
    ordered: bool = False
    """Whether the options are an ordinal scale, the least first."""
    window: Duration | None = None
    """How old a value may be on the day of the verdict."""
    valid: str = ""
    """Id of the validity window that `window` was taken from; "" for a length of its own."""
    molar_mass: str = ""
    """g/mol, decimal text: allows mass and substance concentrations to be converted."""
    codes: tuple[Code, ...] = ()
    half_life: str = ""
    """Of a medicine, how long half of it takes to leave the body: "7 days"."""
    half_life_of: str = ""
    """Of a medicine that the text does not know: the id of what holds its half-life, an element or
    a derived number.
    """
    method: str = ""
    """How it is measured: "ELISA, confirmed by Western blot"."""
    specimen: str = ""
    laboratory: Only["central", "local", ""] = ""
    about: str = ""
    """Who it is known of, if not the participant: "caregiver"."""
    includes: tuple[str, ...] = ()
    """Examples that the registered text lists, word for word: "malaria", "helminthiasis"."""
    members: tuple[str, ...] = ()
    """Ids of the histories of which it is the class; it is itself asked for any other."""
    by: tuple[str, ...] = ()
    """Roles that report it."""
    past: bool = False
    """A day on which something has happened: it is never after the day of the verdict."""
    not_before: str = ""
    """Id of the date that this one is never before; "" for none."""
    applies: Condition | None = None
    """The element exists only for participants of whom this is true."""

    @property
    def option_words(self) -> dict[str, str]:
        """How documents print each option."""
        titles = self.option_titles or ("",) * len(self.options)
        return {
            code: title or code.replace("_", " ")
            for code, title in zip(self.options, titles, strict=True)
        }

    @property
    def range_words(self) -> str:
        """What a number can be: "0 to 120", "0 or more", "any number"."""
        match self.low, self.high:
            case None, None:
                return "any number"
            case float(low), None:
                return f"{_plain(low)} or more"
            case None, float(high):
                return f"{_plain(high)} or less"
            case low, high:
                return f"{_plain(low)} to {_plain(high)}"


class Judgement(Declared):
    """A question that named roles answer yes or no, with their name and the date."""

    by: tuple[str, ...]
    type: Only["opinion", "consent", "willingness", "ability", "plan", "approval", ""] = ""
    """What is attested; "" where the protocol does not say."""
    includes: tuple[str, ...] = ()
    """Examples that the registered text lists, word for word."""


class CauseInput(Declared):
    """The attestation behind one `attributed to`: asked only where the finding is present."""

    branch: str
    """Path of the branch or criterion whose finding is attributed."""


class NumberDefinition(Declared):
    """A derived number or a score."""

    unit: str
    number: Number
    population: Condition | None = None
    """Of whom the formula was made; it says nothing of others."""


class ConditionDefinition(Declared):
    """A named condition."""

    condition: Condition


class TemporaryBranch(Node):
    """A labelled branch of a criterion whose failure is temporary, and when it is asked again."""

    path: str
    recheck: Duration | None = None
    recheck_when: str = ""


class Criterion(Declared):
    """`condition` true means: an inclusion is met; an exclusion applies."""

    type: Only["inclusion", "exclusion"]
    number: str
    condition: Condition
    assessed: tuple[str, ...] = ()
    """Ids of the visits at which it is assessed; () where it is at every review of eligibility."""
    lossy: str = ""
    """What of the text the rule leaves out, and why."""
    failure: Only["final", "temporary", ""] = ""
    """What it means that somebody does not pass it; "" where the source does not say."""
    recheck: Duration | None = None
    """How long after the verdict it is asked again."""
    recheck_when: str = ""
    """What must have happened before it is asked again, in words: "after recovery"."""
    temporary: tuple[TemporaryBranch, ...] = ()
    """Branches whose failure is temporary, while that of the others is `failure`."""
    populations: tuple[str, ...] = ()
    """Ids of the populations that it is for; () where it holds for all. `condition` says so, too.
    """


def _plain(number: float | None) -> str:
    """A number for people: no trailing ".0"."""
    assert number is not None
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
