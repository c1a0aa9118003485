"""Events and gates: conditions over a trial's dated events."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics.catalog import entered_arms as giving
from trialc.diagnostics.catalog import transitions as kinds
from trialc.model.design import Action, Attribute, Event, Gate, Guard
from trialc.model.expression import Branch, Condition, Junction
from trialc.model.from_syntax.body import Body, distinct
from trialc.model.from_syntax.choices import Ordered
from trialc.model.from_syntax.codes import codes
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.following import following
from trialc.model.from_syntax.gate_conditions import GateConditions, occasion
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import range_reversed
from trialc.model.from_syntax.stopping import going_on, sentinel, waiting
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.source import Span
from trialc.syntax import tree

EVERY_REPORT = Junction(quantifier="all", branches=())
"""When a report counts where the protocol does not say: nothing has to hold."""


def event(symbol: Symbol, context: Context) -> Event | None:
    """A kind of event, with what is reported of it and when a report counts."""
    statements = (tree.Reports, tree.Attested)
    body = Body(symbol.declaration, context.found, statements=statements, verbs=("counts",))
    attributes = tuple(_attribute(reports, context) for reports in body.all(tree.Reports))
    distinct([reports.name for reports in body.all(tree.Reports)], context.found)
    rule = body.rule("counts")
    condition: Condition | None = EVERY_REPORT
    if rule is not None:
        condition = counting(symbol, rule.condition, context, attributes)
    if condition is None:
        return None
    names = [name for attested in body.all(tree.Attested) for name in attested.names]
    fields = {
        "attributes": attributes,
        "condition": condition,
        "by": names_of(names, symbol.unit, context, ("role",)),
    }
    return Event.model_validate({**declared(symbol, body, context), **fields})


def _attribute(reports: tree.Reports, context: Context) -> Attribute:
    context.names.is_free(reports.name)
    return Attribute(
        name=reports.name.text,
        title=reports.title.value,
        options=codes(reports.options, context.found),
        ordered=reports.ordered,
        where=reports.where,
    )


def counting(
    symbol: Symbol, rule: tree.Expression, context: Context, attributes: Sequence[Attribute]
) -> Condition | None:
    """When a report counts; the condition reads what is reported as `event.<attribute>`."""
    conditions = Conditions(context, symbol.unit, {}, reported(attributes))
    return conditions.whole(rule, symbol.id, neutral=False)


def reported(attributes: Sequence[Attribute]) -> dict[str, Sequence[str]]:
    """The names by which conditions read what is reported of an event, with their codes."""
    return {
        f"event.{one.name}": Ordered(one.options) if one.ordered else one.options
        for one in attributes
    }


def gate(symbol: Symbol, context: Context) -> Gate | None:
    """A guarded transition."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    statements = (tree.Guards, tree.Otherwise, tree.Sentinel)
    body = Body(declaration, context.found, statements=statements, verbs=("opens", "stops"))
    per = _per(head.word.text)
    if per not in ("block", "cohort", "participant", "trial"):
        body.form("per", "`block`, `cohort`, `participant` or `trial`", head.word.where)
        return None
    guards = tuple(_guard(guarded, per, symbol, context) for guarded in body.all(tree.Guards))
    stops = body.rule("stops")
    if not guards and stops is not None:
        guards = (Guard(action="everything", where=stops.where),)
    if not guards:
        body.missing("guards")
    parts = _parts(symbol, body, context)
    if parts is None:
        return None
    otherwise = tuple(
        _action(verb, name, actions.where, symbol.unit, body, context)
        for actions in body.all(tree.Otherwise)
        for verb, name in actions.actions
    )
    if not otherwise and stops is not None:
        otherwise = (Action(verb="stop", where=stops.where),)
    fields = {"per": per, "guards": guards, "otherwise": otherwise, **parts}
    return Gate.model_validate({**declared(symbol, body, context), **fields})


def _parts(symbol: Symbol, body: Body, context: Context) -> dict[str, Condition | None] | None:
    """What opens a gate: `opens when`, what a stopping rule leaves, and a sentinel group."""
    found: list[Condition | None] = []
    opens, stops = body.rule("opens"), body.rule("stops")
    if opens is not None:
        found.append(opening(symbol, opens.condition, context))
    found += [_sentinel(stated, symbol, body, context) for stated in body.all(tree.Sentinel)]
    rule = _stopping(symbol, stops, context) if stops is not None else None
    if stops is not None:
        found.append(rule and going_on(rule))
    if not found:
        body.missing("opens when")
    conditions = [condition for condition in found if condition is not None]
    if not conditions or len(conditions) < len(found):
        return None
    whole_ = _together(conditions, symbol)
    if rule is None:
        return {"condition": whole_}
    beside = conditions[:-1]
    return {
        "condition": whole_,
        "stops": rule,
        "opens": _together(beside, symbol) if beside else None,
    }


def _together(conditions: Sequence[Condition], symbol: Symbol) -> Condition:
    if len(conditions) == 1:
        return following(conditions[0])
    branches = tuple(Branch(condition=each, where=each.where) for each in conditions)
    return following(Junction(quantifier="all", branches=branches, where=symbol.where))


def _stopping(symbol: Symbol, stops: tree.Rule, context: Context) -> Condition | None:
    """A stopping rule as it is written; reported where it would wait for attestations."""
    rule = opening(symbol, stops.condition, context)
    for atom in waiting(rule) if rule else ():
        event = atom.absence.event
        context.found.append(
            kinds.STOP_WAITS.at(atom.where, event=event, help=f"write `with reported {event}`")
        )
    return rule


def _sentinel(
    stated: tree.Sentinel, symbol: Symbol, body: Body, context: Context
) -> Condition | None:
    """A sentinel group, of the one occasion that the gate guards."""
    given = [guarded.occasion for guarded in body.all(tree.Guards) if guarded.occasion]
    head = symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    if len(given) != 1 or _per(head.word.text) != "participant":
        context.found.append(kinds.SENTINEL_PLACE.at(stated.where, gate=symbol.id))
        return None
    return opening(symbol, sentinel(stated, given[0]), context)


def is_one_rule(declaration: tree.Declaration) -> bool:
    """Whether what a declaration says is its rule as it stands: no stopping rule, no sentinel."""
    return not any(
        isinstance(part, tree.Sentinel) or (isinstance(part, tree.Rule) and part.verb == "stops")
        for part in declaration.body
    )


PAUSES = ("randomisation", "dosing", "cohort")
"""What a committee pauses: the next participants, what they are given, the cohort."""


def _per(word: str) -> str:
    return "participant" if word == "patient" else word


def _guard(guarded: tree.Guards, per: str, symbol: Symbol, context: Context) -> Guard:
    if guarded.occasion:
        occasion(guarded.occasion, context)
    elif not guarded.everything and guarded.first > guarded.last:
        text = f"{guarded.first} .. {guarded.last}"
        context.found.append(range_reversed(guarded.where, text))
    action = "everything" if guarded.everything else "randomise"
    return Guard(
        action="give" if guarded.occasion else action,
        occasion=guarded.occasion.text if guarded.occasion else "",
        first=guarded.first,
        last=guarded.last,
        cohorts=_cohorts(guarded, per, symbol, context),
        where=guarded.where,
    )


def _cohorts(guarded: tree.Guards, per: str, symbol: Symbol, context: Context) -> tuple[str, ...]:
    """The cohorts that are held; reported where the gate is not asked of a cohort."""
    if guarded.cohorts and per != "cohort":
        help_ = f"write `gate {symbol.id} ... per cohort`, or leave `in cohort` out"
        where = guarded.cohorts[0].where
        context.found.append(giving.COHORT_GUARD.at(where, gate=symbol.id, per=per, help=help_))
        return ()
    conditions = GateConditions(context, symbol, per)
    known = (conditions.cohort(name) for name in guarded.cohorts)
    return tuple(dict.fromkeys(one.removeprefix("cohort:") for one in known if one))


def _action(
    verb: str, name: tree.Name | None, where: Span, module: Module, body: Body, context: Context
) -> Action:
    """What happens while a gate is held: a role is told, something is held back or paused."""
    if verb == "pause":
        if name is None or name.text not in PAUSES:
            form = f"`pause` with {', '.join(PAUSES[:-1])} or {PAUSES[-1]}"
            body.form("otherwise", form, name.where if name else where)
    elif name is None:
        if verb == "notify":
            body.form("otherwise", "`notify` with the role to be told", where)
    elif verb == "notify":
        context.names.find(name, module, ("role",))
    elif name.text not in context.occasions and name.text not in context.lost_occasions:
        context.names.find(name, module, ("intervention", "arm"))
    return Action.model_validate(
        {"verb": verb, "object": name.text if name else "", "where": where}
    )


def opening(symbol: Symbol, rule: tree.Expression, context: Context) -> Condition | None:
    """When a gate is open."""
    head = symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    conditions = GateConditions(context, symbol, _per(head.word.text))
    found = conditions.resolve(rule, symbol.id)
    return found and following(found)
