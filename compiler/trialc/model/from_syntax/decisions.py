"""Decisions: how typos and ambiguities of the registered text are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialc.diagnostics.catalog import names as name_kinds
from trialc.model.expression import Condition, Junction
from trialc.model.from_syntax.body import Body, Terms, date
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gates import GateConditions, attributes_of
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.inputs import walk
from trialc.model.protocol import Alternative, Criterion, Decision, Event, Gate, Patch
from trialc.syntax import tree
from trialc.syntax.spelling import nearest

STATUSES = ("open", "assumed", "confirmed")


@dataclass(frozen=True)
class Replaceable:
    """What alternatives may replace: the declaration that owns each path, and how its conditions are resolved."""

    owners: Mapping[str, Criterion | Event | Gate]
    occasions: Sequence[str]

    def resolve(self, path: str, expression: tree.Expression, module: Module, context: Context) -> Condition | None:
        """A condition to stand at a path instead of the one that is there."""
        owner = self.owners[path]
        if isinstance(owner, Gate):
            return GateConditions(context, module, self.occasions).resolve(expression, path)
        context.attributes = attributes_of(owner) if isinstance(owner, Event) else {}
        neutral = isinstance(owner, Criterion) and owner.type == "inclusion"
        condition = Conditions(context, module).whole(expression, path, "", neutral)
        context.attributes = {}
        return condition


def replaceable(owners: Iterable[Criterion | Event | Gate], occasions: Sequence[str]) -> Replaceable:
    """The conditions of declarations and of their labelled branches, by path."""
    found: dict[str, Criterion | Event | Gate] = {}
    for owner in owners:
        found[owner.id] = owner
        for condition in walk(owner.condition):
            if isinstance(condition, Junction):
                found.update((branch.path, owner) for branch in condition.branches if branch.label)
    return Replaceable(found, occasions)


def decision(symbol: Symbol, context: Context, paths: Replaceable) -> Decision | None:
    """One decision. `paths` are the conditions that an alternative may replace."""
    body = Body(
        symbol.declaration, context.found, ("reading", "because", "status", "by", "on"), ("quote",),
        statements=(tree.Alternative,),
    )  # fmt: skip
    status = body.text("status", required=True)
    if status and status not in STATUSES:
        body.form(
            "status", "`open`, `assumed` or `confirmed`", body.values["status"][0].label.where
        )
    if status not in STATUSES:
        return None
    causes = dict(context.cause_branches)  # an alternative asks for no attestation of its own
    alternatives = tuple(
        Alternative(
            text=alternative.text.value,
            patches=tuple(
                patch
                for replacement in alternative.replacements
                if (patch := _patch(replacement, symbol, context, paths)) is not None
            ),
            where=alternative.where,
        )
        for alternative in body.all(tree.Alternative)
    )
    context.cause_branches = causes
    fields = {
        "quotes": body.texts("quote"),
        "reading": body.text("reading"),
        "alternatives": alternatives,
        "because": body.text("because"),
        "status": status,
        "by": body.text("by"),
        "on": body.one("on", "a date", lambda terms: _date(terms, context)) or "",
    }
    return Decision.model_validate({**declared(symbol, body, context), **fields})


def _date(terms: Terms, context: Context) -> str | None:
    return (
        date(terms[0], context.found)
        if len(terms) == 1 and isinstance(terms[0], tree.DateText)
        else None
    )


def _patch(
    replacement: tree.Replacement, symbol: Symbol, context: Context, paths: Replaceable
) -> Patch | None:
    path = replacement.path.text
    if path not in paths.owners:
        guess = nearest(path, paths.owners)
        advice = (
            f"did you mean `{guess}`?"
            if guess
            else "write the path of a criterion or of a labelled branch"
        )
        context.found.append(
            name_kinds.UNKNOWN_NAME.at(replacement.path.where, name=path, help=advice)
        )
        return None
    for cause in [cause for cause in context.cause_branches if cause.startswith(path + ".")]:
        del context.cause_branches[
            cause
        ]  # the replaced condition's own attestations may be asked again
    resolved = paths.resolve(path, replacement.condition, symbol.unit, context)
    return resolved and Patch(path=path, condition=resolved, where=replacement.where)
