"""Events and gates: conditions over a trial's dated events."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.model import expression as model
from trialc.model.expression import Branch, Condition, Junction
from trialc.model.from_syntax.body import Body, whole
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import duration
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.protocol import Action, Attribute, Event, Gate, Guard
from trialc.syntax import tree


def event(symbol: Symbol, context: Context) -> Event | None:
    """A kind of event, with what is reported of it and when a report counts."""
    body = Body(symbol.declaration, context.found, statements=(tree.Reports,), verbs=("counts",))
    attributes = tuple(
        Attribute(
            name=reports.name.text,
            title=reports.title.value,
            options=tuple(option.text for option in reports.options.names),
            where=reports.where,
        )
        for reports in body.all(tree.Reports)
    )
    rule = body.rule("counts")
    if rule is None:
        body.missing("counts when")
        return None
    condition = counting(symbol, rule.condition, context, attributes)
    if condition is None:
        return None
    return Event.model_validate(
        {**declared(symbol, body, context), "attributes": attributes, "condition": condition}
    )


def counting(
    symbol: Symbol, rule: tree.Expression, context: Context, attributes: Sequence[Attribute]
) -> Condition | None:
    """When a report counts; the condition reads what is reported as `event.<attribute>`."""
    context.attributes = {f"event.{attribute.name}": attribute.options for attribute in attributes}
    condition = Conditions(context, symbol.unit).whole(rule, symbol.id, neutral=False)
    context.attributes = {}
    return condition


def gate(symbol: Symbol, context: Context, occasions: Sequence[str]) -> Gate | None:
    """A guarded transition."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.WordHead) and isinstance(head.word, tree.Name)
    body = Body(
        declaration, context.found, statements=(tree.Guards, tree.Otherwise), verbs=("opens",)
    )
    per = {"patient": "participant"}.get(head.word.text, head.word.text)
    if per not in ("block", "participant", "trial"):
        body.form("per", "`block`, `participant` or `trial`", head.word.where)
        return None
    rule = body.rule("opens")
    if rule is None:
        body.missing("opens when")
        return None
    guards = tuple(
        Guard(
            action="give" if guarded.occasion else "randomise",
            occasion=guarded.occasion.text if guarded.occasion else "",
            first=guarded.first,
            last=guarded.last,
            where=guarded.where,
        )
        for guarded in body.all(tree.Guards)
    )
    if not guards:
        body.missing("guards")
    resolver = GateConditions(context, symbol.unit, occasions)
    for guarded in body.all(tree.Guards):
        if guarded.occasion:
            resolver.occasion(guarded.occasion)
    condition = opening(symbol, rule.condition, context, occasions)
    if condition is None:
        return None
    otherwise = tuple(
        Action.model_validate(
            {"verb": verb, "object": name.text if name else "", "where": actions.where}
        )
        for actions in body.all(tree.Otherwise)
        for verb, name in actions.actions
    )
    fields = {"per": per, "guards": guards, "condition": condition, "otherwise": otherwise}
    return Gate.model_validate({**declared(symbol, body, context), **fields})


def opening(
    symbol: Symbol, rule: tree.Expression, context: Context, occasions: Sequence[str]
) -> Condition | None:
    """When a gate is open."""
    return GateConditions(context, symbol.unit, occasions).resolve(rule, symbol.id)


class GateConditions:
    """Groups, `not`, and the atoms of gates; nothing of one participant's data."""

    def __init__(self, context: Context, module: Module, occasions: Sequence[str]) -> None:
        self.context = context
        self.module = module
        self.occasions = occasions

    def resolve(self, expression: tree.Expression, path: str) -> Condition | None:
        if isinstance(expression, tree.Group):
            return self._group(expression, path)
        if isinstance(expression, tree.Operators):
            return self._operators(expression, path)
        if isinstance(expression, tree.NoEvent):
            return self._no_event(expression)
        if isinstance(expression, tree.Since):
            return self._since(expression)
        if isinstance(expression, tree.CountGiven):
            return self._count(expression)
        if isinstance(expression, tree.Every):
            inner = self.resolve(expression.condition, path)
            return inner and model.Every(
                scope=expression.scope.text, condition=inner, where=expression.where
            )
        found = kinds.MISPLACED_CONDITION.at(expression.where, text="this", place="in a gate")
        self.context.found.append(found)
        return None

    def _group(self, group: tree.Group, path: str) -> Condition | None:
        branches: list[Branch] = []
        for item in group.items:
            inner = f"{path}.{item.label.text}"
            condition = self.resolve(item.body, inner)
            if condition is not None:
                branches.append(
                    Branch(
                        label=item.label.text,
                        number=item.number or None,
                        path=inner,
                        condition=condition,
                        where=item.where,
                    )  # fmt: skip
                )
        if len(branches) < len(group.items):
            return None
        fields = {
            "quantifier": group.quantifier,
            "count": group.count,
            "branches": branches,
            "where": group.where,
        }
        return Junction.model_validate(fields)

    def _operators(self, operators: tree.Operators, path: str) -> Condition | None:
        operands = [self.resolve(operand, path) for operand in operators.operands]
        branches = tuple(Branch(condition=operand) for operand in operands if operand is not None)
        if len(branches) < len(operands):
            return None
        quantifier = "all" if operators.operator == "and" else "any"
        return Junction(quantifier=quantifier, branches=branches, where=operators.where)

    def _no_event(self, atom: tree.NoEvent) -> Condition | None:
        event = self.context.names.find(atom.event, self.module, ("event",))
        occasion = self.occasion(atom.after)
        within = duration(atom.within, self.context.found) if atom.within else None
        if event is None or occasion is None or (atom.within and within is None):
            return None
        length = {"amount": within.amount, "unit": within.unit} if within else {}
        fields = {"event": event.id, "occasion": occasion, "where": atom.where, **length}
        return model.NoEvent.model_validate(fields)

    def _since(self, atom: tree.Since) -> Condition | None:
        occasion, amount = self.occasion(atom.occasion), duration(atom.amount, self.context.found)
        if atom.relation != ">=":
            text = f"elapsed since ... {atom.relation}"
            self.context.found.append(
                kinds.MISPLACED_CONDITION.at(
                    atom.where, text=text, place="in a gate", help="write `>=`"
                )
            )
            return None
        if occasion is None or amount is None:
            return None
        fields = {
            "occasion": occasion,
            "amount": amount.amount,
            "unit": amount.unit,
            "where": atom.where,
        }
        return model.Since.model_validate(fields)

    def _count(self, atom: tree.CountGiven) -> Condition | None:
        occasion, count = self.occasion(atom.occasion), whole(atom.count, self.context.found)
        if atom.relation != "=":
            text = f"count ... {atom.relation}"
            self.context.found.append(
                kinds.MISPLACED_CONDITION.at(
                    atom.where, text=text, place="in a gate", help="write `=`"
                )
            )
            return None
        if occasion is None or count is None:
            return None
        return model.CountGiven(
            scope=atom.scope.text, occasion=occasion, equals=count, where=atom.where
        )

    def occasion(self, name: tree.Name) -> str | None:
        """An occasion that some arm gives."""
        if name.text in self.occasions:
            return name.text
        known = ", ".join(sorted(set(self.occasions))) or "none"
        self.context.found.append(
            name_kinds.UNKNOWN_NAME.at(
                name.where, name=name.text, help=f"occasions given in the arms: {known}"
            )
        )
        return None
