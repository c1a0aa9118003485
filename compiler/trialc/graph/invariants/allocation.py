"""Do the blocks come out even, and does every arm get participants?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Randomisation

RANDOMISED = ("randomised", "randomized")


def blocks_are_filled(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The ratio gives away every place of a block, once."""
    randomisation = study.protocol.randomisation
    return study, tuple(_ratio(randomisation)) if randomisation is not None else ()


def _ratio(randomisation: Randomisation) -> Iterator[Diagnostic]:
    first = {share.arm: share for share in reversed(randomisation.ratio)}
    for share in randomisation.ratio:
        if share is not first[share.arm] and share.where != first[share.arm].where:
            related = [Related(first[share.arm].where, "first named here")]
            both = first[share.arm].count + share.count
            help_ = f"write one number for it, for example `{share.arm} {both}`"
            yield kinds.ARM_TWICE.at(share.where, arm=share.arm, help=help_, related=related)
    total = sum(share.count for share in randomisation.ratio)
    size = randomisation.block_size
    if total != size:
        shares = ", ".join(
            f"{share.arm} {share.count * size // total}" for share in randomisation.ratio if total
        )
        fits = total and all(share.count * size % total == 0 for share in randomisation.ratio)
        yield kinds.RATIO.at(
            randomisation.where,
            total=total,
            size=size,
            help=f"in a block of {size} this ratio is `ratio: {shares}`"
            if fits
            else f"write numbers of participants that add up to {size}",
            related=[Related(share.where, f"{share.count} here") for share in randomisation.ratio],
        )


def every_arm_is_reached(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Randomisation leads to every arm."""
    randomisation = study.protocol.randomisation
    if randomisation is None or not any(share.count for share in randomisation.ratio):
        return study, ()  # a ratio that allocates nobody is reported as such
    places = Counter[str]()
    for share in randomisation.ratio:
        places[share.arm] += share.count
    return study, tuple(
        kinds.UNREACHABLE_ARM.at(
            arm.where,
            arm=arm.id,
            help=f"give it a share of the block: `ratio: ..., {arm.id} 1`",
            related=[Related(randomisation.where, "participants are allocated here")],
        )
        for arm in study.protocol.arms
        if not places[arm.id]
    )


def enrolment_fits(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """As many participants are planned as the blocks hold. A count of those who came may differ."""
    about, randomisation = study.protocol.metadata, study.protocol.randomisation
    if randomisation is None or about.enrolment is None or about.enrolment_type == "actual":
        return study, ()
    total = randomisation.blocks * randomisation.block_size
    if total == about.enrolment:
        return study, ()
    found = kinds.ENROLMENT.at(
        randomisation.where,
        enrolment=about.enrolment,
        total=f"{randomisation.blocks} x {randomisation.block_size} = {total}",
        help="mend `enrolment` of the protocol, or `blocks`",
        related=[Related(about.where, "`enrolment` is stated in here")],
    )
    return study, (found,)


def randomised_trials_randomise(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """What is called randomised says how."""
    about = study.protocol.metadata
    called = about.allocation in RANDOMISED and len(study.protocol.arms) > 1
    if not called or study.protocol.randomisation is not None:
        return study, ()
    help_ = "declare a `randomisation`, for example { blocks: 5 of 4  ratio: a 2, b 2 }"
    return study, (kinds.NOT_RANDOMISED.at(about.where, help=help_),)
