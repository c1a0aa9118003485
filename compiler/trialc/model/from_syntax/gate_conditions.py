"""Conditions of gates: over sets of participants, and over a trial's dated events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import dose_levels as levels
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import safety
from trialc.diagnostics.catalog import transitions as kinds
from trialc.diagnostics.catalog.types import MISPLACED_CONDITION
from trialc.model import expression as model
from trialc.model.declared import Duration
from trialc.model.expression import Branch, Condition, Scope
from trialc.model.from_syntax.body import date, whole
from trialc.model.from_syntax.conditions import Labels, at_least, junction, unlabelled
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import DAYS, duration
from trialc.syntax import tree
from trialc.syntax.spelling import listed


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


def absence(atom: tree.NoEvent, module: Module, context: Context) -> model.NoEvent | None:
    """That an event does not occur within a time after an occasion, or after it until now."""
    event = context.names.find(atom.event, module, ("event",))
    after = occasion(atom.after, context)
    within = _days(atom.within, context.found) if atom.within else None
    if event is None or after is None or (atom.within and within is None):
        return None
    length = {"amount": within.amount, "unit": within.unit} if within else {}
    fields = {"event": event.id, "occasion": after, "where": atom.where, **length}
    return model.NoEvent.model_validate(fields)


def _days(length: tree.Quantity, found: list[Diagnostic]) -> Duration | None:
    """A window of events, which are dated by the day: 48 h are 2 days."""
    if _is_in_hours(length):
        days, rest = divmod(Decimal(length.number), 24)
        if rest or not days:
            found.append(kinds.NO_WHOLE_DAYS.at(length.where, text=f"{length.number} h"))
            return None
        length = tree.Quantity(str(days), "days", where=length.where)
    return duration(length, found, least=1)


GATES_READ = (
    "a gate waits for doses, events, days and decisions; ask what is measured in a criterion that "
    "is `assessed` at a visit, or let an event say it"
)


class GateConditions:
    """Groups, `not`, and the atoms of gates; nothing of one participant's data.

    `about` is whom an atom speaks of: the gate's participant, or each one of `every`.
    """

    def __init__(self, context: Context, symbol: Symbol, per: str) -> None:
        self.context = context
        self.module = symbol.unit
        self.gate = symbol.id
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
        if isinstance(expression, tree.Every):
            return self._every(expression, path)
        if self._asks_an_escalation(expression):
            return None
        make = self.ATOMS.get(type(expression))
        if make is not None:
            return make(self, expression)
        self._of_data(expression)
        return None

    def _asks_an_escalation(self, expression: tree.Expression) -> bool:
        """`plan = declare`: told what a gate can wait for."""
        left = expression.left if isinstance(expression, tree.Comparison) else expression
        symbol = (
            self.context.names.look_up(left.text, self.module)
            if isinstance(left, tree.Name)
            else None
        )
        if symbol is None or symbol.kind != "escalation":
            return False
        advice = f"write `{symbol.id} has declared MTD`, or `decided by` with who decides"
        found = levels.ESCALATION_ASKED.at(expression.where, escalation=symbol.id, help=advice)
        self.found.append(found)
        return True

    def _of_data(self, expression: tree.Expression) -> None:
        """What a gate cannot read: told what it can wait for instead."""
        names = sorted(tree.nodes_in(expression, tree.Name), key=lambda name: name.where.start)
        known = [one for one in names if self._kind(one)]
        name = next(iter(known or names), None)
        if name is None:
            self._misplaced(expression, "this", "in a gate", GATES_READ)
            return
        advice = {
            "event": f"write `no {name.text} after ...`, or count the participants with it",
            "occasion": f"write `elapsed since {name.text} >= ...`, or count those given it",
        }.get(self._kind(name), GATES_READ)
        self._misplaced(expression, name.text, "in a gate", advice)

    def _kind(self, name: tree.Name) -> str:
        """The keyword of what a name stands for, `occasion`, or ""."""
        if name.text in self.context.occasions:
            return "occasion"
        symbol = self.context.names.look_up(name.text, self.module)
        return symbol.kind if symbol is not None else ""

    def _misplaced(
        self, expression: tree.Expression, text: str, place: str, advice: str = ""
    ) -> None:
        self.found.append(
            MISPLACED_CONDITION.at(expression.where, text=text, place=place, help=advice)
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

    # ---- sets of participants

    def _every(self, atom: tree.Every, path: str) -> Condition | None:
        scope = self._scope(atom.scope, atom)
        if scope is None:
            return None
        before, self.about_one, self.within_every = self.about_one, True, True
        inner = self.resolve(atom.condition, path)
        self.about_one, self.within_every = before, False
        return inner and model.Every(scope=scope, condition=inner, where=atom.where)

    def _scope(self, scope: tree.Scope, atom: tree.Expression) -> Scope | None:
        """A set of participants; None where it is not clear: within another one, or without whom
        it is asked for.
        """
        if self.within_every:
            self._misplaced(atom, "a set of participants", "of each participant of another set")
            return None
        if scope.kind == "first":
            return self._first(scope, atom)
        return self._whole_set(scope, atom)

    def _first(self, scope: tree.Scope, atom: tree.Expression) -> Scope | None:
        assert scope.first is not None
        assert scope.given is not None
        given, first = occasion(scope.given, self.context), whole(scope.first, self.found)
        inside = scope.inside or tree.Scope("trial", where=scope.where)
        if inside.kind == "first":
            self._misplaced(atom, "first", "of those that are the first", "name one number")
            return None
        if first == 0:
            self._misplaced(atom, "first 0 participants", "in a gate", "write how many they are")
            return None
        outer = self._whole_set(inside, atom)
        if given is None or first is None or outer is None:
            return None
        return model.GivenIn(occasion=given, scope=outer, first=first, where=scope.where)

    def _whole_set(self, scope: tree.Scope, atom: tree.Expression) -> str | None:
        """The name by which the model knows a set."""
        if scope.kind == "level" and scope.name:
            level = self.context.names.find(
                tree.Name(scope.name, where=scope.where), self.module, ("level",)
            )
            return f"level:{level.id}" if level else None
        if scope.kind == "cohort" and scope.name:
            return self.cohort(tree.Name(scope.name, where=scope.where))
        is_relative = scope.kind == "block" and scope.name in ("this", "previous")
        if is_relative and self.per not in ("block", "participant"):
            text, place = f"{scope.name} block", f"in a gate per {self.per}"
            self._misplaced(atom, text, place, "name the block")
            return None
        if scope.kind == "cohort" and self.per not in ("cohort", "participant"):
            place = f"in a gate per {self.per}"
            self._misplaced(atom, "this cohort", place, "name the cohort, or write `per cohort`")
            return None
        if scope.kind == "level" and self.per != "participant":
            self._misplaced(atom, "dose level", f"in a gate per {self.per}", "name the dose level")
            return None
        return scope.name if scope.kind == "block" else scope.kind

    def cohort(self, name: tree.Name) -> str | None:
        """A set that logs know by its name: one that nothing declares would always be empty."""
        names = self.context.names
        symbol = names.look_up(name.text, self.module)
        if symbol is not None and symbol.kind == "population":
            return f"cohort:{symbol.id}"
        if names.is_broken(name.text, self.module):
            return None
        known = [one.id.removeprefix(self.module.prefix) for one in names.of_kind("population")]
        guess = names.guess(name.text, known)
        advice = f'declare it: `population {name.text} "..." {{ kind: cohort }}`'
        if guess:
            advice = f"did you mean `{guess}`?"
        if symbol is not None and symbol.kind == "level":
            advice = f"write `level {name.text}`: it is a dose level"
        self.found.append(safety.UNKNOWN_COHORT.at(name.where, cohort=name.text, help=advice))
        return None

    def _is_about_one(self, atom: tree.Expression, text: str) -> bool:
        if not self.about_one:
            place = f"of a whole {self.per}"
            self._misplaced(atom, text, place, "write `every participant in ... satisfies ...`")
        return self.about_one

    # ---- atoms

    def _no_event(self, atom: tree.NoEvent) -> model.NoEvent | None:
        made = absence(atom, self.module, self.context)
        text = f"no {atom.event.text} after {atom.after.text}"
        return made if made and self._is_about_one(atom, text) else None

    def _time(self, length: tree.Quantity, least: int = 0) -> Duration | None:
        """A length of time that may be in hours."""
        calendar = replace(length, unit="hours") if _is_in_hours(length) else length
        return duration(calendar, self.found, units=(*DAYS, "hour"), least=least)

    def _since(self, atom: tree.Since) -> Condition | None:
        since, amount = occasion(atom.occasion, self.context), self._time(atom.amount)
        if atom.relation != ">=":
            self._misplaced(atom, f"elapsed since ... {atom.relation}", "in a gate", "write `>=`")
            return None
        if since is None or amount is None:
            return None
        if not self._is_about_one(atom, f"elapsed since {since}"):
            return None
        fields = {"occasion": since, "amount": amount.amount, "unit": amount.unit}
        return model.Since.model_validate({**fields, "where": atom.where})

    def _gap(self, atom: tree.Gap) -> Condition | None:
        given, amount = occasion(atom.occasion, self.context), self._time(atom.amount, least=1)
        if atom.relation != ">=":
            self._misplaced(atom, f"gap ... {atom.relation}", "in a gate", "write `>=`")
            return None
        if self.per != "participant":
            advice = "write `per participant`: a gap is that to the participants before this one"
            self._misplaced(atom, "gap between", f"in a gate per {self.per}", advice)
            return None
        if atom.scope.kind == "first":
            self._misplaced(atom, "first", "of a gap", "name the whole set")
            return None
        scope = self._scope(atom.scope, atom)
        if given is None or amount is None or scope is None:
            return None
        fields = {"occasion": given, "amount": amount.amount, "unit": amount.unit}
        return model.Gap.model_validate({**fields, "scope": scope, "where": atom.where})

    def _on_day(self, atom: tree.Comparison) -> Condition | None:
        """`as_of >= 2028-01-31`: the only comparison in a gate."""
        is_day = isinstance(atom.left, tree.Name) and atom.left.text == "as_of"
        if not is_day:
            self._of_data(atom)
            return None
        if not isinstance(atom.right, tree.DateText) or atom.relation in ("=", "!="):
            advice = "write `as_of >= 2028-01-31` if the day of asking is meant"
            self._misplaced(atom, f"as_of {atom.relation} ...", "in a gate", advice)
            return None
        day = date(atom.right, self.found)
        fields = {"relation": atom.relation, "day": day, "where": atom.where}
        return model.OnDay.model_validate(fields) if day else None

    def _decided_by(self, atom: tree.DecidedBy) -> Condition | None:
        role = self.context.names.find(atom.role, self.module, ("role",))
        if self.within_every:
            self._misplaced(atom, "decided by", "of each participant of a set", "write it outside")
            return None
        return role and model.DecidedBy(gate=self.gate, role=role.id, where=atom.where)

    def _mtd_declared(self, atom: tree.MtdDeclared) -> Condition | None:
        plan = self.context.names.find(atom.escalation, self.module, ("escalation",))
        if self.within_every:
            text, place = "has declared MTD", "of each participant of a set"
            self._misplaced(atom, text, place, "write it outside")
            return None
        return plan and model.MtdDeclared(escalation=plan.id, where=atom.where)

    def _count_given(self, atom: tree.CountGiven) -> Condition | None:
        given, wanted = occasion(atom.occasion, self.context), self._compared(atom)
        if atom.scope.kind == "first":
            advice = "name the whole set: the first ones of it are those who were given something"
            self._misplaced(atom, "first", "of a count of those who were given something", advice)
            return None
        scope = self._scope(atom.scope, atom)
        if given is None or wanted is None or scope is None:
            return None
        relation, count = wanted
        fields = {"scope": scope, "occasion": given, "equals": count, "relation": relation}
        written = _written(atom, count)
        return model.CountGiven.model_validate({**fields, "written": written, "where": atom.where})

    def _count_events(self, atom: tree.CountEvents) -> Condition | None:
        counted, wanted = absence(atom.absence, self.module, self.context), self._compared(atom)
        scope = self._scope(atom.scope, atom)
        if counted is None or wanted is None or scope is None:
            return None
        relation, count = wanted
        fields = {"scope": scope, "absence": counted, "count": count, "relation": relation}
        fields["written"] = _written(atom, count)
        return model.CountEvents.model_validate(
            {**fields, "reported": atom.reported, "where": atom.where}
        )

    def _compared(self, atom: tree.CountGiven | tree.CountEvents) -> tuple[str, int] | None:
        """`>` and `<` as `>=` and `<=` of the next number; a count is never below none."""
        count, relation = whole(atom.count, self.found), atom.relation
        if count is None:
            return None
        relation, count = {
            ">": (">=", count + 1),
            "<": ("<=", count - 1),
        }.get(relation, (relation, count))
        never = count < 0
        if never or relation == "!=" or (relation == ">=" and count == 0):
            text = f"{atom.relation} {atom.count.number}"
            why = "is true of no count" if never else "is true of every count"
            if relation == "!=":
                why = "does not say on which side of it the gate is open"
            self.found.append(kinds.COUNT_RELATION.at(atom.where, text=text, why=why))
            return None
        return relation, count

    ATOMS: ClassVar[dict[type, Callable[[GateConditions, Any], Condition | None]]] = {
        tree.NoEvent: _no_event,
        tree.Since: _since,
        tree.CountGiven: _count_given,
        tree.CountEvents: _count_events,
        tree.Gap: _gap,
        tree.DecidedBy: _decided_by,
        tree.MtdDeclared: _mtd_declared,
        tree.Comparison: _on_day,
    }


def _written(atom: tree.CountGiven | tree.CountEvents, count: int) -> str:
    """The number of a count as it stands in the text, where the model has its neighbour."""
    return "" if atom.count.number == str(count) else atom.count.number


def _is_in_hours(length: tree.Quantity) -> bool:
    return length.unit in ("h", "hour", "hours")
