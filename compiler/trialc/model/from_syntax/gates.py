"""Events and gates: conditions over a trial's dated events."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.model import expression as model
from trialc.model.design import Action, Attribute, Event, Gate, Guard
from trialc.model.expression import Branch, Condition, Junction
from trialc.model.from_syntax.body import Body, codes, distinct, whole
from trialc.model.from_syntax.conditions import (
    Conditions,
    Labels,
    at_least,
    junction,
    unlabelled,
)
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import duration, range_reversed
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.spelling import listed

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
    return {f"event.{attribute.name}": attribute.options for attribute in attributes}


def gate(symbol: Symbol, context: Context) -> Gate | None:
    """A guarded transition."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    body = Body(
        declaration, context.found, statements=(tree.Guards, tree.Otherwise), verbs=("opens",)
    )
    per = _per(head.word.text)
    if per not in ("block", "participant", "trial"):
        body.form("per", "`block`, `participant` or `trial`", head.word.where)
        return None
    rule = body.rule("opens")
    if rule is None:
        body.missing("opens when")
        return None
    guards = tuple(_guard(guarded, context) for guarded in body.all(tree.Guards))
    if not guards:
        body.missing("guards")
    condition = opening(symbol, rule.condition, context)
    if condition is None:
        return None
    otherwise = tuple(
        _action(verb, name, actions.where, symbol.unit, body, context)
        for actions in body.all(tree.Otherwise)
        for verb, name in actions.actions
    )
    fields = {"per": per, "guards": guards, "condition": condition, "otherwise": otherwise}
    return Gate.model_validate({**declared(symbol, body, context), **fields})


def _per(word: str) -> str:
    return "participant" if word == "patient" else word


def _guard(guarded: tree.Guards, context: Context) -> Guard:
    if guarded.occasion:
        occasion(guarded.occasion, context)
    elif guarded.first > guarded.last:
        text = f"{guarded.first} .. {guarded.last}"
        context.found.append(range_reversed(guarded.where, text))
    return Guard(
        action="give" if guarded.occasion else "randomise",
        occasion=guarded.occasion.text if guarded.occasion else "",
        first=guarded.first,
        last=guarded.last,
        where=guarded.where,
    )


def _action(
    verb: str, name: tree.Name | None, where: Span, module: Module, body: Body, context: Context
) -> Action:
    """What happens while a gate is held: a role is told, or what is given is held back."""
    if name is None:
        if verb == "notify":
            body.form("otherwise", "`notify` with the role to be told", where)
    elif verb == "notify":
        context.names.find(name, module, ("role",))
    elif name.text not in context.occasions and name.text not in context.lost_occasions:
        context.names.find(name, module, ("intervention", "arm"))
    return Action.model_validate(
        {"verb": verb, "object": name.text if name else "", "where": where}
    )


def occasion(name: tree.Name, context: Context) -> str | None:
    """An occasion that some arm gives."""
    if name.text in context.occasions:
        return name.text
    if not (context.has_lost_arms or name.text in context.lost_occasions):
        guess = context.names.guess(name.text, context.occasions)
        known = f"occasions given in the arms: {listed(context.occasions)}"
        advice = f"did you mean `{guess}`?" if guess else known
        context.found.append(name_kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice))
    return None


def opening(symbol: Symbol, rule: tree.Expression, context: Context) -> Condition | None:
    """When a gate is open."""
    head = symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    conditions = GateConditions(context, symbol.unit, _per(head.word.text))
    return conditions.resolve(rule, symbol.id)


class GateConditions:
    """Groups, `not`, and the atoms of gates; nothing of one participant's data.

    `about` is whom an atom speaks of: the gate's participant, or each one of `every`.
    """

    def __init__(self, context: Context, module: Module, per: str) -> None:
        self.context = context
        self.module = module
        self.found = context.found
        self.per = per
        self.about_one = per == "participant"
        self.within_every = False
        self.labels = Labels(context)

    def resolve(self, expression: tree.Expression, path: str) -> Condition | None:
        """A condition below `path`, or None and a diagnostic."""
        if isinstance(expression, tree.Group):
            return self._group(expression, path)
        if isinstance(expression, tree.Operators):
            parts = [self.resolve(operand, path) for operand in expression.operands]
            whole_ = [part for part in parts if part is not None]
            return unlabelled(expression, whole_) if len(whole_) == len(parts) else None
        if isinstance(expression, tree.Not):
            inner = self.resolve(expression.operand, path)
            return inner and model.Not(operand=inner, where=expression.where)
        if isinstance(expression, tree.NoEvent):
            return self._no_event(expression)
        if isinstance(expression, tree.Since):
            return self._since(expression)
        if isinstance(expression, tree.CountGiven):
            return self._count(expression)
        if isinstance(expression, tree.Every):
            return self._every(expression, path)
        self._misplaced(expression, "this", "in a gate")
        return None

    def _misplaced(
        self, expression: tree.Expression, text: str, place: str, advice: str = ""
    ) -> None:
        self.found.append(
            kinds.MISPLACED_CONDITION.at(expression.where, text=text, place=place, help=advice)
        )

    def _group(self, group: tree.Group, path: str) -> Condition | None:
        at_least(group, self.context)
        branches: list[Branch] = []
        for item in group.items:
            inner = self.labels.path(path, item.label)
            condition = self.resolve(item.body, inner)
            if condition is not None:
                branches.append(
                    Branch(
                        label=item.label.text,
                        number=item.number or None,
                        path=inner,
                        condition=condition,
                        where=item.where,
                    )
                )
        return junction(group, branches) if len(branches) == len(group.items) else None

    # ---- atoms

    def _every(self, atom: tree.Every, path: str) -> Condition | None:
        if not self._scope(atom.scope, atom):
            return None
        before, self.about_one, self.within_every = self.about_one, True, True
        inner = self.resolve(atom.condition, path)
        self.about_one, self.within_every = before, False
        return inner and model.Every(scope=atom.scope.text, condition=inner, where=atom.where)

    def _scope(self, scope: tree.Name, atom: tree.Expression) -> bool:
        """Whether a set of participants is clear: not within another one, nor without a block."""
        if self.within_every:
            self._misplaced(atom, "a set of participants", "of each participant of another set")
            return False
        if self.per == "trial" and scope.text in ("previous", "this"):
            self._misplaced(atom, f"{scope.text} block", "in a gate per trial", "name the block")
            return False
        return True

    def _is_about_one(self, atom: tree.Expression, text: str) -> bool:
        if not self.about_one:
            place = f"of a whole {self.per}"
            self._misplaced(atom, text, place, "write `every participant in ... satisfies ...`")
        return self.about_one

    def _no_event(self, atom: tree.NoEvent) -> Condition | None:
        event = self.context.names.find(atom.event, self.module, ("event",))
        after = occasion(atom.after, self.context)
        within = duration(atom.within, self.found, least=1) if atom.within else None
        if event is None or after is None or (atom.within and within is None):
            return None
        if not self._is_about_one(atom, f"no {atom.event.text} after {after}"):
            return None
        length = {"amount": within.amount, "unit": within.unit} if within else {}
        fields = {"event": event.id, "occasion": after, "where": atom.where, **length}
        return model.NoEvent.model_validate(fields)

    def _since(self, atom: tree.Since) -> Condition | None:
        since, amount = occasion(atom.occasion, self.context), duration(atom.amount, self.found)
        if atom.relation != ">=":
            self._misplaced(atom, f"elapsed since ... {atom.relation}", "in a gate", "write `>=`")
            return None
        if since is None or amount is None:
            return None
        if not self._is_about_one(atom, f"elapsed since {since}"):
            return None
        fields = {"occasion": since, "amount": amount.amount, "unit": amount.unit}
        return model.Since.model_validate({**fields, "where": atom.where})

    def _count(self, atom: tree.CountGiven) -> Condition | None:
        given, count = occasion(atom.occasion, self.context), whole(atom.count, self.found)
        if atom.relation != "=":
            self._misplaced(atom, f"count ... {atom.relation}", "in a gate", "write `=`")
            return None
        if given is None or count is None or not self._scope(atom.scope, atom):
            return None
        return model.CountGiven(
            scope=atom.scope.text, occasion=given, equals=count, where=atom.where
        )
