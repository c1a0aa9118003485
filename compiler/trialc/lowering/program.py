"""Conditions of the model as the tuples that generated checkers walk (`trialc_runtime.program`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialc.lowering.exactness import Splitting
from trialc.model import expression as e
from trialc.model.cells import Cells
from trialc.model.contract import contract, stated_units
from trialc.model.expression import Condition, Number
from trialc.model.gate_wording import toxicity_words
from trialc.model.guarded_blocks import deciders, guarded_blocks, guarded_cohorts
from trialc.model.occasion_order import occasion_order
from trialc.model.protocol import Escalation, Protocol
from trialc.model.stages import stages
from trialc.model.standing import standing
from trialc.model.visit_rows import visit_row
from trialc.model.wording import Wording
from trialc_runtime.calendar import parse_date
from trialc_runtime.dose_levels import EscalationRule
from trialc_runtime.gates import GateRule, GateTables
from trialc_runtime.inputs import Input
from trialc_runtime.program import Criterion as RuntimeCriterion
from trialc_runtime.program import Program
from trialc_runtime.trial_log import EventKind

Row = tuple[Any, ...]

DEEPEST = 16
"""Levels in one literal: Python reads 200 brackets inside one another, a level takes three."""


class Tables:
    """Writes conditions as tuples, and keeps what they refer to: definitions, and parts cut off."""

    def __init__(self, protocol: Protocol) -> None:
        self.wording = Wording(protocol)
        self.per = {gate.id: gate.per for gate in protocol.gates}
        self._numbers = {item.id: item.number for item in protocol.numbers}
        self._conditions = protocol.named_conditions
        self.numbers: dict[str, Row] = {}
        self.conditions: dict[str, Row] = {}
        self.parts: dict[str, Row] = {}

    # ---- conditions

    def condition(self, condition: Condition, depth: int = 0) -> Row:
        """The tuple of a condition; from DEEPEST levels down, of a part that stands elsewhere."""
        if depth < DEEPEST:
            return self._row(condition, depth + 1)
        name = f"part {len(self.parts) + 1}"
        self.parts[name] = ()
        self.parts[name] = self._row(condition, 1)
        return ("part", name)

    def _row(self, condition: Condition, depth: int) -> Row:
        text = self.wording.condition(condition)
        match condition:
            case e.Junction():
                branches = tuple(
                    (branch.path, self.condition(branch.condition, depth))
                    for branch in condition.branches
                )
                return ("junction", condition.quantifier, condition.count, branches, text)
            case e.Not():
                return ("not", self.condition(condition.operand, depth), text)
            case e.Attributed():
                operand = self.condition(condition.operand, depth)
                attested = self.wording.cause_atom(condition)
                cause = condition.cause
                return (
                    "attributed",
                    operand,
                    condition.path,
                    cause,
                    condition.other,
                    attested,
                    text,
                )
            case e.Unless():
                operand = self.condition(condition.operand, depth)
                return ("unless", operand, self.condition(condition.exception, depth), text)
            case e.Applies():
                exists = self.condition(condition.condition, depth)
                operand = self.condition(condition.operand, depth)
                return ("applies", exists, operand, condition.neutral, text)
            case e.Every():
                inner = self.condition(condition.condition, depth)
                return ("every", _scope(condition.scope), inner, text)
            case _:
                return self._atom(condition, depth, text)

    def _atom(self, condition: Condition, depth: int, text: str) -> Row:
        match condition:
            case e.Holds():
                return ("holds", condition.path, text)
            case e.OneOf():
                return ("one_of", condition.path, condition.codes, text)
            case e.Done():
                return ("done", condition.path, text)
            case e.Refer():
                self._define(condition.name)
                return ("refer", condition.name, text)
            case e.Compare():
                left = self.number(condition.left, depth)
                return (
                    "compare",
                    left,
                    condition.relation,
                    self.number(condition.right, depth),
                    text,
                )
            case e.Within():
                low, high = self.number(condition.low), self.number(condition.high)
                return ("within", self.number(condition.value, depth), low, high, text)
            case e.CountGiven():
                relation = () if condition.relation == "=" else (condition.relation,)
                wanted = (condition.occasion, condition.equals, *relation)
                return ("count_given", _scope(condition.scope), *wanted, text)
            case e.CountEvents():
                absence = self._row(condition.absence, depth)
                wanted = (condition.reported, condition.relation, condition.count)
                return ("count_events", _scope(condition.scope), absence, *wanted, text)
            case e.Gap():
                length = (condition.amount, condition.unit)
                return ("gap", condition.scope, condition.occasion, *length, text)
            case e.OnDay():
                return ("on_day", condition.relation, parse_date(condition.day), text)
            case e.DecidedBy():
                per = self.per[condition.gate]
                follows = condition.follows and self._row(condition.follows, depth)
                return ("decided_by", condition.gate, condition.role, per, follows, text)
            case e.MtdDeclared():
                return ("mtd_declared", condition.escalation, text)
            case e.Since():
                return ("since", condition.occasion, condition.amount, condition.unit, text)
            case e.NoEvent():
                amount, unit = condition.amount, condition.unit
                return ("no_event", condition.event, condition.occasion, amount, unit, text)
            case _:
                raise TypeError(f"{condition.kind} has no tuple")

    def _define(self, name: str) -> None:
        if name not in self.conditions:
            self.conditions[name] = ()
            self.conditions[name] = self.condition(self._conditions[name])

    # ---- numbers

    def number(self, number: Number, depth: int = 0) -> Row:
        """The tuple of a number."""
        match number:
            case e.Literal() | e.Date():
                return ("literal", constant(number))
            case e.Value():
                return ("value", number.path)
            case e.NumberOf():
                if number.name not in self.numbers:
                    self.numbers[number.name] = ()
                    self.numbers[number.name] = self.number(self._numbers[number.name])
                return ("number_of", number.name)
            case e.Elapsed():
                return ("elapsed", number.unit, number.start, number.end)
            case e.Day():
                return ("day", number.start, number.amount, number.step)
            case e.Arithmetic():
                left, right = self.number(number.left, depth), self.number(number.right, depth)
                ratio = (number.numerator, number.denominator)
                return ("arithmetic", number.operator, left, right, *ratio)
            case e.Function():
                inside = tuple(self.number(argument, depth) for argument in number.arguments)
                return ("function", number.name, inside, number.exponent)
            case e.Choose():
                cases = tuple(self._case(case, depth) for case in number.cases)
                return ("choose", number.unique, cases)
            case e.Score():
                return ("score", number.combine, tuple(self._item(i, depth) for i in number.items))

    def _case(self, case: e.Case, depth: int) -> Row:
        when = None if case.when is None else self.condition(case.when, depth + 1)
        return (case.label, self.number(case.value, depth + 1), when)

    def _item(self, item: e.ScoreItem, depth: int) -> Row:
        if item.score is not None:
            return (None, self.number(item.score, depth + 1))
        assert item.when is not None
        return (item.points, self.condition(item.when, depth + 1))


def _scope(scope: e.Scope) -> str | Row:
    if isinstance(scope, e.GivenIn):
        return ("given", scope.occasion, scope.scope, scope.first)
    return scope


def constant(number: e.Literal | e.Date) -> float:
    """The value of a literal; for a date its day number."""
    if isinstance(number, e.Literal):
        return number.value
    day = parse_date(number.value)
    assert day is not None
    return day


def program_of(protocol: Protocol) -> Program:
    """Everything that `trialc_runtime.screening` needs to screen records against a protocol."""
    tables = Tables(protocol)
    cells = Cells(protocol)
    splitting = Splitting(cells)
    # The verdict on one criterion is its outcome: only several can still share an input.
    several = protocol.criteria if len(protocol.criteria) > 1 else ()
    shared = cells.shared(item.condition for item in several)
    criteria = tuple(
        RuntimeCriterion(
            item.id,
            item.type,
            item.number,
            item.title,
            item.source_words,
            tables.condition(item.condition),
            splitting.shared(item.condition),
            _uses(item.condition, shared, cells),
            standing(protocol, item, tables.condition),
        )
        for item in protocol.criteria
    )
    inputs = inputs_of_records(protocol, tables)
    split = dict.fromkeys((*shared, *(name for item in criteria for name in item.shared)))
    return Program(
        inputs=inputs,
        criteria=criteria,
        numbers=tables.numbers,
        conditions=tables.conditions,
        parts=tables.parts,
        shared=shared,
        cells={name: cells.by_name[name] for name in split},
        roles=tuple(role.id for role in protocol.roles),
        stages=stages(protocol),
        units={n: unit for n, unit in stated_units(protocol).items() if n in tables.numbers},
    )


def tables_of(program: Program) -> dict[str, object]:
    """The tables of a program beside its inputs and criteria, those that are not empty."""
    tables: dict[str, object] = {
        "numbers": program.numbers,
        "conditions": program.conditions,
        "parts": program.parts,
        "shared": program.shared,
        "cells": program.cells,
        "roles": program.roles,
        "stages": program.stages,
        "units": program.units,
    }
    return {name: table for name, table in tables.items() if table}


def _uses(condition: Condition, shared: Iterable[str], cells: Cells) -> dict[str, int]:
    uses = cells.uses(condition)
    return {name: uses[name] for name in shared if uses[name]}


def inputs_of_records(protocol: Protocol, tables: Tables) -> tuple[Input, ...]:
    """The contract of records, with the conditions under which elements exist."""
    inputs = contract(protocol)
    for item in inputs:
        if item.applies is not None:
            item.applies = tables.condition(item.applies)
    return inputs


def gates_of(protocol: Protocol) -> GateTables:
    """Everything that `trialc_runtime.gates` needs to answer for a protocol's gates."""
    tables = Tables(protocol)
    kinds = tuple(
        EventKind(
            item.id,
            item.title or item.id,
            {attribute.name: attribute.options for attribute in item.attributes},
            tables.condition(item.condition),
            item.by,
        )
        for item in protocol.events
    )
    gates = tuple(
        GateRule(
            item.id,
            item.title,
            item.per,
            tables.condition(item.condition),
            guarded_blocks(item, protocol.blocked),
            guarded_cohorts(item),
        )
        for item in protocol.gates
    )
    occasions = tuple(dict.fromkeys(given.occasion for arm in protocol.arms for given in arm.gives))
    roles = tuple(role.id for role in protocol.roles)
    program = Program(
        inputs=(), criteria=(), numbers=tables.numbers, conditions=tables.conditions,
        parts=tables.parts, roles=roles,
    )  # fmt: skip
    orders, levels = occasion_order(protocol), tuple(level.id for level in protocol.levels)
    plans = tuple(_escalation(item, tables) for item in protocol.escalations)
    return GateTables(program, gates, kinds, occasions, orders, levels, deciders(protocol), plans)


def _escalation(plan: Escalation, tables: Tables) -> EscalationRule:
    rows = tuple((row.participants, row.low, row.high, row.step) for row in plan.rows)
    sizes = (plan.start, plan.cohort, plan.maximum, plan.lowest)
    text = toxicity_words(plan.toxicity, tables.wording.title)
    return EscalationRule(plan.id, plan.levels, *sizes, rows, tables.condition(plan.toxicity), text)


def visits_of(protocol: Protocol) -> tuple[Row, ...]:
    """The visits in the form of `trialc_runtime.schedule`."""
    return tuple(map(visit_row, protocol.visits))
