"""Do the blocks come out even, and does every arm get participants?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds_of_design
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Randomisation

RANDOMISED = ("randomised", "randomized")


def blocks_are_filled(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The ratio of each randomisation gives away every place of a block, once."""
    found = [fault for item in study.protocol.randomisations for fault in _ratio(item)]
    return study, tuple(found)


def _ratio(randomisation: Randomisation) -> Iterator[Diagnostic]:
    first = {(share.arm, share.of): share for share in reversed(randomisation.ratio)}
    for share in randomisation.ratio:
        other = first[share.arm, share.of]
        if share.where != other.where:
            related = [Related(other.where, "first named here")]
            both = other.count + share.count
            help_ = f"write one number for it, for example `{share.arm} {both}`"
            yield kinds.ARM_TWICE.at(share.where, arm=share.arm, help=help_, related=related)
    total = sum(share.count for share in randomisation.ratio)
    size = randomisation.block_size
    if randomisation.blocks and not randomisation.ratio:
        help_ = f"write how many of the {size} go to each arm: `ratio: a 1, b 1`"
        yield kinds_of_design.RATIO_OF_BLOCKS.at(
            randomisation.where, name=randomisation.id, size=size, help=help_
        )
    elif randomisation.blocks and total != size:
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
    """Randomisation leads to every arm, and each arm is in one."""
    randomisations = study.protocol.randomisations
    if not any(share.count for item in randomisations for share in item.ratio):
        return study, ()  # a ratio that allocates nobody is reported as such
    if not all(item.ratio for item in randomisations):
        return study, tuple(
            _once(randomisations)
        )  # any arm can be in one whose ratio is not stated
    found: list[Diagnostic] = []
    for arm in study.protocol.arms:
        if arm.entry is not None:
            continue
        places = [s for item in randomisations for s in item.ratio if s.arm == arm.id]
        if not sum(share.count for share in places):
            help_ = f"give it a share: `ratio: ..., {arm.id} 1`"
            related = [Related(randomisations[0].where, "participants are allocated here")]
            found.append(
                kinds.UNREACHABLE_ARM.at(arm.where, arm=arm.id, help=help_, related=related)
            )
    return study, (*found, *_once(randomisations))


def _once(randomisations: Sequence[Randomisation]) -> Iterator[Diagnostic]:
    """Each arm is in one randomisation, and one of these is in blocks."""
    first: dict[str, Randomisation] = {}
    for item in randomisations:
        for share in item.ratio:
            other = first.setdefault(share.arm, item)
            if other is not item:
                related = [Related(other.where, "it is in this one, too")]
                help_ = "declare an arm for each randomisation"
                yield kinds.ARM_IN_TWO.at(share.where, arm=share.arm, help=help_, related=related)
    in_blocks = [item for item in randomisations if item.blocks]
    for extra in in_blocks[1:]:
        related = [Related(in_blocks[0].where, "the other one")]
        help_ = "leave out the `blocks` that no gate asks for"
        yield kinds.BLOCKS_TWICE.at(extra.where, help=help_, related=related)


def enrolment_fits(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """As many participants are planned as the blocks hold. A count of those who came may differ."""
    about, randomisation = study.protocol.metadata, study.protocol.blocked
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
    if not called or study.protocol.randomisations:
        return study, ()
    help_ = "declare a `randomisation`, for example { ratio: a 1, b 1 }"
    return study, (kinds.NOT_RANDOMISED.at(about.where, help=help_),)


# ---- method


def methods_are_possible(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Minimisation has factors; blocks are filled, and their sizes are hidden from the masked."""
    found: list[Diagnostic] = []
    for item in study.protocol.randomisations:
        found += _method(item)
        found += _sizes(study, item)
    return study, tuple(found)


def _method(item: Randomisation) -> Iterator[Diagnostic]:
    minimised = item.method in ("minimisation", "minimization")
    if minimised and not item.strata:
        help_ = "name the factors: `strata: ...`"
        what = f"`{item.id}` minimises over no factors"
        yield kinds_of_design.METHOD.at(item.where, what=what, help=help_)
    if item.method not in ("", "permuted_blocks", "other") and (item.blocks or item.block_sizes):
        help_ = "leave out the blocks, or write `method: permuted_blocks`"
        what = f"`{item.id}` has blocks, and {item.method} has none"
        yield kinds_of_design.METHOD.at(item.where, what=what, help=help_)


def _sizes(study: Study, item: Randomisation) -> Iterator[Diagnostic]:
    groups: dict[str, int] = {}
    for share in item.ratio:
        groups[share.of] = groups.get(share.of, 0) + share.count
    for size in item.block_sizes:
        odd = next((total for total in groups.values() if total and size % total), 0)
        if odd:
            what = f"a block of {size} cannot be filled by a ratio of {odd}"
            help_ = f"write multiples of {odd}, for example `block_sizes: {odd}, {2 * odd}`"
            yield kinds_of_design.BLOCK_SIZES.at(item.where, what=what, help=help_)
    if item.block_sizes and item.blocks:
        what = "`blocks` already says how many participants a block has"
        help_ = "leave out `block_sizes`, or the `blocks` that no gate asks for"
        yield kinds_of_design.BLOCK_SIZES.at(item.where, what=what, help=help_)
    masking = study.protocol.masking
    for role in item.shown_to:
        if masking is not None and role in masking.masked:
            what = f"the sizes of the blocks are shown to `{role}`, who is masked"
            related = [Related(masking.where, "masked here")]
            help_ = f"leave `{role}` out of `shown_to`"
            yield kinds_of_design.BLOCK_SIZES.at(item.where, what=what, help=help_, related=related)
