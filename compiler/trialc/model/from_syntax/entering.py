"""How participants come into an arm that nothing randomises: after an event, from other arms."""

from __future__ import annotations

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import entered_arms as kinds
from trialc.diagnostics.catalog.names import DUPLICATE_PROPERTY
from trialc.model.design import Arm, Entry
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import names_of
from trialc.syntax import tree


def entry(body: Body, symbol: Symbol, context: Context) -> Entry | None:
    """The arms that participants come from, the visit, what must have happened."""
    stated = body.all(tree.Entered)
    for extra in stated[1:]:
        first = Related(stated[0].where, "first given here")
        context.found.append(DUPLICATE_PROPERTY.at(extra.where, name="entered", related=[first]))
    if not stated:
        return None
    one = stated[0]
    sources = names_of(one.sources, symbol.unit, context, ("arm",))
    visit = context.names.find(one.visit, symbol.unit, ("visit",))
    if visit is None or len(sources) < len({name.text for name in one.sources}):
        context.lost_entries.add(symbol.id)
        return None
    when = one.when.value if one.when else ""
    return Entry(sources=sources, visit=visit.id, when=when, where=one.where)


def entries_lead_from_randomised_arms(arms: tuple[Arm, ...], context: Context) -> None:
    """Reported: an arm that nobody can come into, because each way into it begins in itself."""
    by_name = {arm.id: arm for arm in arms}
    told: set[str] = set()
    for arm in arms:
        ways = list(arm.entry.sources) if arm.entry else []
        seen: set[str] = set()
        while ways:
            name = ways.pop()
            if name == arm.id and arm.entry is not None and not told & {name, *seen}:
                told |= {name, *seen}
                context.found.append(
                    kinds.ENTRY_CIRCLE.at(
                        arm.entry.where,
                        arm=arm.id,
                        help="name the arms that participants are randomised into",
                    )
                )
                break
            found = by_name.get(name)
            if name not in seen and found is not None and found.entry is not None:
                ways += found.entry.sources
            seen.add(name)
