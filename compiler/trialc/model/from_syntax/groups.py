"""Groups of participants that a randomisation treats by themselves: named conditions, yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics.catalog import design as kinds
from trialc.model.design import Allocation
from trialc.model.expression import Condition, Holds, Refer
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import not_a_number
from trialc.model.from_syntax.telling_apart import NotEnumerableError, TellingApart
from trialc.syntax import tree


def group(name: tree.Term, symbol: Symbol, context: Context) -> str | None:
    """The id of a named condition or a yes-or-no element; else None and a diagnostic."""
    if not isinstance(name, tree.Name):
        return None
    found = context.names.find(name, symbol.unit, ("data", "define", "judgement"))
    element = context.data.get(found.id) if found else None
    if element is not None and element.type != "boolean":
        advice = f'name the group: `define group "..." = {name.text} = ...`'
        wrong = not_a_number(name.where, name.text, "not yes or no", "a group", advice)
        context.found.append(wrong)
        return None
    return found.id if found else None


def check(ratio: Sequence[Allocation], in_blocks: bool, context: Context) -> None:
    """Where groups have ratios of their own, everybody has one ratio, and not two."""
    names = tuple(dict.fromkeys(share.of for share in ratio if share.of))
    if not names or any(context.is_unresolved(name) for name in names):
        return
    place = next(share.where for share in ratio if share.of)
    if in_blocks:
        what = "blocks have the same ratio for everybody"
        help_ = "leave out `blocks`; sizes of blocks within strata are `block_sizes: ...`"
        context.found.append(kinds.RATIO_OF_GROUPS.at(place, what=what, help=help_))
        return
    try:
        apart = TellingApart([_condition(name, context) for name in names], context)
    except NotEnumerableError:
        return  # nothing is claimed about groups whose limits are not fixed numbers
    has_rest = any(not share.of for share in ratio)
    for values, truths in apart.cases():
        held = [name for name, truth in zip(names, truths, strict=True) if truth]
        if len(held) > 1:
            what = f"`{held[0]}` and `{held[1]}` both hold where {apart.words(values)}"
            help_ = "make the groups such that nobody is in two of them"
        elif not held and not has_rest:
            what = f"no ratio holds where {apart.words(values)}"
            help_ = "add the ratio of all others, without `of`: `ratio: ..., a 1, b 1`"
        else:
            continue
        context.found.append(kinds.RATIO_OF_GROUPS.at(place, what=what, help=help_))
        return


def _condition(name: str, context: Context) -> Condition:
    return Refer(name=name) if name in context.conditions else Holds(path=name)
