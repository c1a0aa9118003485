"""Can a masked role tell the arms apart by what it sees of them?

Seen are: that an occasion takes place, at which visit, and the route, vehicle and volume of what
is given. Nothing else of the language can depend on the arm: activities, visits and elements
depend on a participant's data, and gates on occasions.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.diagnostics.diagnostic import Kind
from trialc.graph.study import Study
from trialc.model.protocol import Administration, Arm, Intervention, Masking, Role
from trialc.source import Span

AWAY = ("assessor", "statistician", "analyst", "adjudicat", "committee", "board", "reader")
"""Words in the names of roles that need not be there when an intervention is given: a trial may
mask only them (an open trial with masked outcomes), and its arms then look as they like."""

SEEN = ("route", "vehicle", "volume")
"""What of an intervention can be seen when it is given."""


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


def arms_look_the_same(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every occasion takes place in every arm, at the same visit, and looks the same."""
    masking = study.protocol.masking
    if masking is None or not masking.masked:
        return study, ()
    roles = {role.id: role for role in study.protocol.roles}
    present = [roles[name] for name in masking.masked if name in roles and not _away(roles[name])]
    eyes = _Eyes(study, present[0] if present else None, masking)
    return study, tuple(eyes.differences())


def _away(role: Role) -> bool:
    return any(word in f"{role.id} {role.title}".lower() for word in AWAY)


class _Eyes:
    """What the masked roles see. `role` is one who is there; None: none certainly is."""

    def __init__(self, study: Study, role: Role | None, masking: Masking) -> None:
        self.arms = study.protocol.arms
        self.role = role
        self.masking = masking
        self.interventions = {item.id: item for item in study.protocol.interventions}

    def differences(self) -> Iterator[Diagnostic]:
        occasions = dict.fromkeys(given.occasion for arm in self.arms for given in arm.gives)
        for occasion in occasions:
            givers = [arm for arm in self.arms if _at(arm, occasion)]
            for arm in self.arms:
                if arm not in givers:
                    text = f"`{occasion}` is given in arm `{givers[0].id}`, not in arm `{arm.id}`"
                    there = _at(givers[0], occasion)[0].where
                    yield self.seen(arm.where, there, text, f"give a placebo as `{occasion}`")
            for arm in givers[1:]:
                yield from self.between(givers[0], arm, occasion)

    def between(self, first: Arm, second: Arm, occasion: str) -> Iterator[Diagnostic]:
        """How one occasion differs between two arms that both have it."""
        here, there = _at(second, occasion), _at(first, occasion)
        places = here[0].where, there[0].where
        visits = [{given.visit for given in side} for side in (there, here)]
        if visits[0] != visits[1]:
            shown = " and ".join(
                f"at {', '.join(f'`{visit}`' for visit in sorted(side))} in arm `{arm.id}`"
                for side, arm in zip(visits, (first, second), strict=True)
            )
            yield self.seen(*places, f"`{occasion}` is {shown}", "give both at the same visit")
        if len(here) != len(there):
            counts = f"{len(there)} in arm `{first.id}` and {len(here)} in arm `{second.id}`"
            text = f"the interventions given as `{occasion}` are {counts}"
            yield self.seen(*places, text, "give a placebo for what an arm lacks")
            return
        for name in SEEN:
            yield from self.appearance(name, (first, there), (second, here), occasion)

    def appearance(
        self,
        name: str,
        first: tuple[Arm, list[Administration]],
        second: tuple[Arm, list[Administration]],
        occasion: str,
    ) -> Iterator[Diagnostic]:
        """A route, vehicle or volume that differs; a double dummy has each of them in each arm."""
        sides = [sorted(self._stated(name, given)) for _, given in (first, second)]
        if sides[0] == sides[1]:
            return
        places = second[1][0].where, first[1][0].where
        words = [", ".join(value or "not stated" for value in side) for side in sides]
        text = (
            f"the {name} of `{occasion}` is {words[0]} in arm `{first[0].id}` and {words[1]} in "
            f"arm `{second[0].id}`"
        )
        unclear = "" in sides[0] or "" in sides[1]
        help_ = f"state the {name} of both" if unclear else f"make the {name} the same"
        yield self.seen(*places, text, help_, unclear)

    def _stated(self, name: str, side: list[Administration]) -> Iterator[str]:
        for given in side:
            intervention: Intervention = self.interventions[given.intervention]
            yield " ".join(str(getattr(intervention, name)).split())

    def seen(
        self, where: Span, other: Span, text: str, help_: str, unclear: bool = False
    ) -> Diagnostic:
        related = [Related(other, "in the other arm"), Related(self.masking.where, "masked here")]
        certain: Kind = kinds.ARM_REVEALED
        if self.role is not None and not unclear:
            who = self.role.id
            return certain.at(where, difference=text, role=f"`{who}`", help=help_, related=related)
        who = ", ".join(f"`{role}`" for role in self.masking.masked)
        return kinds.ARM_MAY_BE_REVEALED.at(
            where, difference=text, who=who, help=help_, related=related
        )


def _at(arm: Arm, occasion: str) -> list[Administration]:
    return [given for given in arm.gives if given.occasion == occasion]
