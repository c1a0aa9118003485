"""Can a masked role tell the arms apart by what it sees of them?

Seen are: that an occasion takes place, at which visit, how what is given looks, what becomes of
a participant whose gate is held, and visits and activities that take place for some arms, or on
days that depend on what was given. Nothing else of the language can depend on the arm: other
activities, visits and elements depend on a participant's data, and gates on occasions. Whether a
role is there when something is given is never guessed from its name: whoever is masked is there,
unless the masking says `absent`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import giving
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.appearance import Difference, differences, unstated
from trialc.graph.invariants.arms_compared import Arms, compared, left_out, telling
from trialc.graph.invariants.of_some_arms import listed
from trialc.graph.study import Study
from trialc.model.dose_wording import amount_words, is_fixed
from trialc.model.protocol import (
    Action,
    Activity,
    Administration,
    Arm,
    Gate,
    Intervention,
    Masking,
    Modification,
    Visit,
)
from trialc.model.wording import wording_of
from trialc.source import Span

MOST_PAIRED = 5
"""Interventions of one occasion that are paired in every way; more are paired as they stand."""

Side = tuple[Arm, list[Administration]]


def masking_is_possible(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """There is something to conceal, and nobody is on both sides."""
    masking = study.protocol.masking
    return study, tuple(_sides(study, masking)) if masking is not None else ()


def _sides(study: Study, masking: Masking) -> Iterator[Diagnostic]:
    if not study.protocol.arms:
        yield kinds.MASKING_WITHOUT_ARMS.at(
            masking.where, masking=masking.id, help="declare the arms, or leave the masking out"
        )
    for role in dict.fromkeys(masking.masked):
        if role in masking.unmasked:
            yield kinds.MASKED_AND_UNMASKED.at(
                masking.where,
                role=role,
                help=f"leave `{role}` out of one of the two lists",
                related=[Related(study.declared[role].where, "declared here")],
            )
    for item in study.protocol.interventions:
        if item.chosen_by and item.chosen_by in masking.masked:
            yield giving.CHOOSER_MASKED.at(
                item.where,
                role=item.chosen_by,
                drug=item.id,
                help="name a role that is not masked, or leave the role out of `masked`",
                related=[Related(masking.where, "masked here")],
            )
    for role in masking.absent:
        if role not in masking.masked:
            yield kinds.ABSENT_NOT_MASKED.at(
                masking.where,
                role=role,
                help=f"add `{role}` to `masked`, or leave it out of `absent`",
                related=[Related(study.declared[role].where, "declared here")],
            )


def arms_look_the_same(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every occasion takes place in every arm, at the same visit, and looks the same."""
    masking = study.protocol.masking
    if masking is None or not masking.masked:
        return study, ()
    eyes = _Eyes(study, masking)
    course = (*study.protocol.visits, *study.protocol.activities)
    found = (
        *(fault for arms in compared(study) for fault in eyes.all(arms)),
        *eyes.entries(),
        *eyes.actions(study.protocol.gates),
        *eyes.modifications(),
        *eyes.course(course),
        *eyes.populations(),
    )
    return study, found


class _Eyes:
    """What the masked roles see. `role` is the first who is there; "": they are all absent."""

    def __init__(self, study: Study, masking: Masking) -> None:
        self.study = study
        self.protocol = study.protocol
        self.arms = study.protocol.arms
        self.groups = compared(study)
        self.role = next((name for name in masking.masked if name not in masking.absent), "")
        self.masking = masking
        self.interventions = {item.id: item for item in study.protocol.interventions}

    def all(self, arms: Arms) -> Iterator[Diagnostic]:
        silent: dict[frozenset[str], Diagnostic] = {}
        for occasion in dict.fromkeys(given.occasion for arm in arms for given in arm.gives):
            givers = [(arm, _at(arm, occasion)) for arm in arms]
            first, *others = [side for side in givers if side[1]]
            for arm, given in givers:
                if not given:
                    there = first[1][0].where
                    text = f"`{occasion}` is given in arm `{first[0].id}`, not in arm `{arm.id}`"
                    yield self.seen(arm.where, there, text, f"give a placebo as `{occasion}`")
            for number, side in enumerate(others):
                yield from self.visits(first, side, occasion)
                if self.role:  # the absent see visits, and not what is given
                    yield from self.looks((first, *others[:number]), side, occasion)
                    for pair in self.pairs(first, side):
                        for found in self.silence(*pair):
                            silent.setdefault(frozenset(item.intervention for item in pair), found)
        yield from silent.values()

    def entries(self) -> Iterator[Diagnostic]:
        """Who enters an arm is not in the arms of which nobody does."""
        for arm, other in telling(self.study):
            assert arm.entry is not None
            when = arm.entry.when or "what happens before"
            text = f"participants enter arm `{arm.id}`, and those of arm `{other.id}` do not"
            advice = f'write `unblinded when "{when}"` in `{self.masking.id}` where they are'
            yield self.seen(arm.entry.where, other.where, text, advice, place="this arm")

    def actions(self, gates: Iterable[Gate]) -> Iterator[Diagnostic]:
        """What a held gate does is seen, and must not fall on the participants of some arms."""
        for gate, group in product(gates, self.groups):
            for action in gate.otherwise:
                arms = [arm for arm in group if _falls_on(action, arm)]
                if arms and len(arms) < len(group):
                    names = ", ".join(f"`{arm.id}`" for arm in arms)
                    text = (
                        f"`{action.verb} {action.object}` of gate `{gate.id}` concerns {names} only"
                    )
                    advice = "name the occasion, which every arm has"
                    certain = gate.per != "trial"
                    yield self.seen(
                        action.where, arms[0].where, text, advice, certain, "in this arm"
                    )

    def modifications(self) -> Iterator[Diagnostic]:
        """What becomes of a dose after an event is seen: in every arm something has that table."""
        tables = self.protocol.modifications
        for table, group in product(tables, self.groups):
            same = [other for other in tables if _as_one(other) == _as_one(table)]
            names = {name for other in same for name in other.interventions}
            left = [arm for arm in group if not names & _own(arm)]
            if left and len(left) < len(group):
                what = ", ".join(f"`{name}`" for name in table.interventions)
                text = (
                    f"after `{table.event}` the dose of {what} is modified, and nothing in arm "
                    f"`{left[0].id}`"
                )
                yield self.seen(table.where, left[0].where, text, STANDS_FOR)
            elif not left and table is same[0]:
                first, *others = [(arm, _named(arm, names)) for arm in group]
                for other in others:
                    yield from self.modified(table, first, other)

    def modified(self, table: Modification, first: Side, second: Side) -> Iterator[Diagnostic]:
        """What is modified in two arms is on the same occasions, and looks the same: of a double
        dummy, the placebo of the one drug and the other drug do not.
        """
        sides = first, second
        for occasion in dict.fromkeys(given.occasion for side in sides for given in side[1]):
            here, there = ([g for g in gives if g.occasion == occasion] for _, gives in sides)
            whole = [(arm, _at(arm, occasion)) for arm, _ in sides]
            if self._certain(whole[0], whole[1]):
                continue  # that the arms differ there is reported as such
            if len(here) == len(there) and not self._certain((first[0], here), (second[0], there)):
                continue
            words = [
                listed(given.intervention for given in side) or "nothing" for side in (here, there)
            ]
            text = (
                f"after `{table.event}`, of what is given as `{occasion}`, {words[0]} is modified "
                f"in arm `{first[0].id}` and {words[1]} in arm `{second[0].id}`"
            )
            yield self.seen(table.where, second[0].where, text, STANDS_FOR)
            return

    def _certain(self, first: Side, second: Side) -> bool:
        """Whether two arms certainly differ in how something looks, as far as it can be paired."""
        return any(
            found.certain for pair in self.pairs(first, second) for found in self._apart(*pair)
        )

    def course(self, course: Iterable[Visit | Activity]) -> Iterator[Diagnostic]:
        """What takes place for some arms only, or is counted from what only some are given."""
        for item in course:
            thing = "visit" if isinstance(item, Visit) else "activity"
            for arm in left_out(self.study, item.arms)[:1]:
                text = f"{thing} `{item.id}` is for {listed(item.arms)}, not for arm `{arm.id}`"
                advice = "leave `for` out: masked participants have one schedule"
                yield self.seen(item.where, arm.where, text, advice, place="not for this arm")
            for moment in item.moments if isinstance(item, Visit) else ():
                names = {moment.name} if moment.kind == "last_dose" else set[str]()
                given = [arm.id for arm in self.arms if _is_given(arm, names)]
                for arm in left_out(self.study, given)[:1]:
                    text = (
                        f"visit `{item.id}` is counted from the last dose of `{moment.name}`, "
                        f"which arm `{arm.id}` is not given"
                    )
                    advice = "count it from an occasion, which every arm has"
                    yield self.seen(moment.where, arm.where, text, advice, place="in this arm")

    def populations(self) -> Iterator[Diagnostic]:
        """A population that is an arm stands in the record of everybody who is in it."""
        for population in self.protocol.populations:
            if population.type == "arm":
                text = f"records say who is in the arm `{population.id}`"
                advice = "ask what holds for some arms of everybody, or of those who enter it"
                yield self.seen(population.where, self.masking.where, text, advice, place="masked")

    def visits(self, first: Side, second: Side, occasion: str) -> Iterator[Diagnostic]:
        sides = [{given.visit for given in side[1]} for side in (first, second)]
        if sides[0] != sides[1]:
            shown = " and ".join(
                f"at {', '.join(f'`{visit}`' for visit in sorted(side))} in arm `{arm.id}`"
                for side, (arm, _) in zip(sides, (first, second), strict=True)
            )
            text, places = f"`{occasion}` is {shown}", (second[1][0].where, first[1][0].where)
            yield self.seen(*places, text, "give both at the same visit")

    def looks(self, others: tuple[Side, ...], side: Side, occasion: str) -> Iterator[Diagnostic]:
        """Each thing by which an arm differs from one before it, once. What is not certain is told
        of the first arm only: of three arms, each pair would say the same again.
        """
        told: dict[str, Diagnostic] = {}
        for certain in (True, False):
            for other in others if certain else others[:1]:
                if len(other[1]) != len(side[1]):
                    told.setdefault("count", self.counts(other, side, occasion))
                for there, here in self.pairs(other, side):
                    for found in self._apart(there, here):
                        if found.certain is certain and found.name not in told:
                            arms, places = (other[0], side[0]), (there.where, here.where)
                            told[found.name] = self.differs(found, arms, places, occasion)
        yield from told.values()

    def counts(self, first: Side, second: Side, occasion: str) -> Diagnostic:
        counts = (
            f"{len(first[1])} in arm `{first[0].id}` and {len(second[1])} in arm `{second[0].id}`"
        )
        text = f"the interventions given as `{occasion}` are {counts}"
        places = second[1][0].where, first[1][0].where
        return self.seen(*places, text, "give a placebo for what an arm lacks")

    def differs(
        self, found: Difference, arms: tuple[Arm, Arm], places: tuple[Span, Span], occasion: str
    ) -> Diagnostic:
        words = [word or "not stated" for word in (found.first, found.second)]
        text = (
            f"the {found.name} of `{occasion}` is {words[0]} in arm `{arms[0].id}` and "
            f"{words[1]} in arm `{arms[1].id}`"
        )
        help_ = f"make the {found.name} the same" if found.stated else (
            f"state the {found.name} of both"
        )  # fmt: skip
        help_ += f"; if `{self.role}` is not there when it is given, `absent: {self.role}`"
        return self.seen(places[1], places[0], text, help_, found.certain)

    def silence(self, there: Administration, here: Administration) -> Iterator[Diagnostic]:
        first, second = self._of(there), self._of(here)
        what = unstated(first, second)
        if what and not (first.one_of or second.one_of):
            yield kinds.LOOKS_UNSTATED.at(
                here.where,
                what=what,
                first=first.id,
                second=second.id,
                role=f"`{self.role}`",
                help="state it for both where the source does",
                related=[Related(item.where, "declared here") for item in (first, second)],
            )

    def pairs(self, first: Side, second: Side) -> Iterable[tuple[Administration, Administration]]:
        """What stands for what, such that as little as can be differs: a double dummy has a
        counterpart for everything in each arm, in any order.
        """
        ones, others = first[1], second[1]
        if len(ones) != len(others):
            return ()
        ways = permutations(others) if len(others) <= MOST_PAIRED else [tuple(others)]
        return min((tuple(zip(ones, way, strict=True)) for way in ways), key=self._distance)

    def _distance(
        self, pairs: tuple[tuple[Administration, Administration], ...]
    ) -> tuple[int, int]:
        found = [d for one, two in pairs for d in self._apart(one, two)]
        return sum(d.certain for d in found), len(found)

    def _of(self, given: Administration) -> Intervention:
        """The intervention, in the dose in which it is given at this occasion."""
        item = self.interventions[given.intervention]
        dose, maximum = given.dose or item.dose, item.maximum
        if dose is not None and dose.number:  # what it comes to shows, not what it is called
            number = next(one.number for one in self.protocol.numbers if one.id == dose.number)
            dose = dose.model_copy(update={"text": amount_words(number, self.protocol)})
            # No fixed amount of a table is above the maximum: there it changes nothing.
            maximum = "" if is_fixed(number) else maximum
        frequency = given.frequency or item.frequency
        fields = {"dose": dose, "maximum": maximum, "frequency": frequency}
        return item.model_copy(update=fields)

    def _can_be(self, given: Administration) -> Iterator[Administration]:
        """What is given in the end: each that can be chosen of several."""
        for name in self.interventions[given.intervention].one_of or (given.intervention,):
            yield given.model_copy(update={"intervention": name})

    def _apart(self, one: Administration, two: Administration) -> Iterator[Difference]:
        """How two things look different, and how long they go on."""
        if one.intervention != two.intervention or not self.interventions[one.intervention].one_of:
            told: dict[str, Difference] = {}
            for first, second in product(self._can_be(one), self._can_be(two)):
                for found in differences(self._of(first), self._of(second)):
                    told.setdefault(found.name, found)
            yield from told.values()
        first, second = (_length(given) for given in (one, two))
        if first != second:
            yield Difference("length", first, second, bool(first and second))
        if one.when != two.when:
            in_words = wording_of(self.protocol).condition
            who = (given.when and in_words(given.when) for given in (one, two))
            first, second = (words or "none: everybody is given it" for words in who)
            yield Difference("condition", first, second, True)

    def seen(
        self,
        where: Span,
        other: Span,
        text: str,
        help_: str,
        certain: bool = True,
        place: str = "in the other arm",
    ) -> Diagnostic:
        related = [Related(other, place), Related(self.masking.where, "masked here")]
        if self.role and certain:
            return kinds.ARM_REVEALED.at(
                where, difference=text, role=f"`{self.role}`", help=help_, related=related
            )
        who = ", ".join(f"`{role}`" for role in self.masking.masked)
        return kinds.ARM_MAY_BE_REVEALED.at(
            where, difference=text, who=who, help=help_, related=related
        )


STANDS_FOR = "name what stands for it, too: `intervention: drug, placebo`"


def _named(arm: Arm, names: set[str]) -> list[Administration]:
    """What an arm gives of some interventions, and not everybody is given."""
    return [given for given in arm.gives if given.intervention in names and not given.everyone]


def _own(arm: Arm) -> set[str]:
    """What an arm gives that not everybody is given."""
    return {given.intervention for given in arm.gives if not given.everyone}


def _as_one(table: Modification) -> tuple[object, ...]:
    """What a table says, without the labels of its rows."""
    return table.event, table.unique, tuple((row.action, row.when) for row in table.rows)


def _is_given(arm: Arm, names: set[str]) -> bool:
    return any({one.intervention, one.occasion} & names for one in arm.gives)


def _falls_on(action: Action, arm: Arm) -> bool:
    given = (name for one in arm.gives for name in (one.intervention, one.occasion))
    return action.object == arm.id or action.object in given


def _length(given: Administration) -> str:
    length = given.length
    days = f"{length.amount} {length.unit}s" if length else ""
    return ", ".join(part for part in (days, given.until) if part)


def _at(arm: Arm, occasion: str) -> list[Administration]:
    return [given for given in arm.gives if given.occasion == occasion]
