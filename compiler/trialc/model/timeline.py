"""Visits, and what is done at them."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared, Duration
from trialc.model.expression import Condition
from trialc.model.node import Node


class Window(Node):
    """Days, or hours, around a target date: `early` and `late` as stated, signed; None: that side
    has no limit.
    """

    early: int | None
    late: int | None
    unit: Only["hour", "day", "week", "month"]


class Epoch(Declared):
    """A part of the trial's course: screening, treatment, follow-up (USDM StudyEpoch)."""


class Moment(Node):
    """What a visit is counted from, where it is not the planned day of one other visit: the
    `planned` or the `actual` day of a visit, the `last_dose` of an occasion or an intervention
    ("": of anything), or a `happening` in words. `text`: its title in documents.
    """

    kind: Only["planned", "actual", "last_dose", "happening"]
    name: str
    text: str
    offset: Duration
    """Signed amount: negative is before it."""


class Visit(Declared):
    """`timing`: `anchor` (day 0), `after` (an anchor of its own, some time after `base`), `offset`
    from `base`, `span` (on a day from `offset` to `last`, both counted from `base`), `counted` from
    `moments`, `before` the base, or `unscheduled`.
    """

    timing: Only["anchor", "after", "offset", "span", "counted", "before", "unscheduled"]
    base: str = ""
    offset: Duration | None = None
    """Signed amount: negative is before the base."""
    last: Duration | None = None
    """Of a span: its last day, signed."""
    day: str = ""
    """The number of its day, as the text calls it: "15", "-1"; of an anchor "0" or "1". "" where it
    is not numbered.
    """
    day_from_base: bool = False
    """The number counts from `base`, as in "day 9 of CYCLE", and not from the trial's first day."""
    last_day: str = ""
    """Of a span: the number of its last day."""
    window: Window | None = None
    """None: the source states none."""
    every: Duration | None = None
    """It is repeated so often from then on, `until` something ends it."""
    chained: bool = False
    """Each repeat is counted from the actual day of the one before it, not from the first."""
    until: str = ""
    most: int = 0
    """How often a cycle takes place at most, whatever ends it; 0: no limit."""
    each: str = ""
    """The visit `until` something that it takes place once for each repeat of; "": for none."""
    moments: tuple[Moment, ...] = ()
    whichever: Only["earlier", "later", ""] = ""
    """Of several moments, which one counts."""
    epoch: str = ""
    mode: Only["clinic", "telephone", "home", "remote", "inpatient", ""] = ""
    note: str = ""
    arms: tuple[str, ...] = ()
    """It takes place for these arms only; (): for everybody."""
    in_order: bool = False
    """What is done at it is done in the order of the text."""

    @property
    def bases(self) -> tuple[str, ...]:
        """The visits that its day depends on."""
        named = (item.name for item in self.moments if item.kind in ("planned", "actual"))
        return tuple(dict.fromkeys((*([self.base] if self.base else ()), *named)))


class Timepoint(Node):
    """A time relative to what is given at the visit; negative is before it. `text`: as written."""

    minutes: float
    text: str


class Calculated(Node):
    """A derived number that an activity collects. `inputs`: what it collects for that, because no
    other activity collects it at its visits.
    """

    number: str
    inputs: tuple[str, ...] = ()


class Trigger(Node):
    """What makes an activity necessary: a declared event, or something in words."""

    event: str = ""
    text: str
    within: str = ""
    """How soon it is done: "24 h"; "": not stated."""


class Repetition(Node):
    """How an activity is repeated, at a visit or from its trigger on: so many `times`, or `until`
    something; neither: as long as its span goes on.
    """

    every: str
    times: int = 0
    until: str = ""
    most: int = 0
    """At most so many times, whatever ends it; 0: no limit."""


class Activity(Declared):
    """What is done at visits, or whenever something triggers it."""

    visits: tuple[str, ...]
    first: str = ""
    last: str = ""
    """It goes on from the first to the last of its visits, also between them; "": it does not."""
    trigger: Trigger | None = None
    repetition: Repetition | None = None
    arms: tuple[str, ...] = ()
    """It is done for these arms only; (): for everybody."""
    collects: tuple[str, ...] = ()
    calculates: tuple[Calculated, ...] = ()
    gives: tuple[str, ...] = ()
    """Occasions."""
    reviews: tuple[str, ...] = ()
    """Events."""
    does: tuple[Only["consent", "eligibility", "randomisation"], ...] = ()
    when: Condition | None = None
    reuse: Duration | None = None
    """A result that young is not asked for again."""
    optional: bool = False
    mode: Only["clinic", "telephone", "home", "remote", "inpatient", ""] = ""
    """How it takes place, where that is not how the visit does."""
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """Activities that are done before, and after, this one at the same visit."""
    days: tuple[int, ...] = ()
    """On which days of its visits it is done, by the numbers of the text; (): it is not said."""
    timepoints: tuple[Timepoint, ...] = ()
    tolerance: str = ""
    """How far from a timepoint is on time: "10 %", "5 min"."""
    note: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether it takes place at its visits, and not only if something happens or at will."""
        return not (self.trigger or self.optional)
