"""Conditions: names bound, types checked, operands that may drop out guarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog.facts import CLASS_IF_DONE
from trialc.diagnostics.catalog.syntax import RESERVED_NAME
from trialc.model import expression as model
from trialc.model.expression import Branch, Condition, Junction
from trialc.model.from_syntax.applicability import Resolved, both, guard, guard_all
from trialc.model.from_syntax.atoms import Atoms
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.done import asked_together, measured_as_one
from trialc.model.from_syntax.extents import extent, too_much
from trialc.model.from_syntax.names import CAUSE, Module
from trialc.model.from_syntax.numbers import Scores
from trialc.model.from_syntax.of_courses import OfCourses
from trialc.model.from_syntax.summaries import Several
from trialc.model.inputs import inputs_of
from trialc.source import Span
from trialc.syntax import tree

Maybe = Resolved | None


class Labels:
    """The labels of one declaration: paths, each used once."""

    def __init__(self, context: Context) -> None:
        self.found = context.found
        self.names = context.names
        self.places: dict[str, Span] = {}

    def path(self, above: str, label: tree.Name) -> str:
        """The path of a branch; a label that is taken is reported, and one under which records
        keep what was attested. Words of the language are free: a colon stands behind each label.
        """
        path = f"{above}.{label.text}"
        if path in self.places:
            related = [Related(self.places[path], "first used here")]
            self.found.append(
                name_kinds.DUPLICATE_LABEL.at(label.where, name=label.text, related=related)
            )
        symbol = self.names.symbols.get(path)
        if symbol is not None:
            related = [Related(symbol.where, "declared here")]
            advice = f"`{above}` and the label `{label.text}` make this name: choose another label"
            self.found.append(
                name_kinds.DUPLICATE_ID.at(label.where, name=path, help=advice, related=related)
            )
        if CAUSE in label.text.split("."):
            advice = f"choose another label, such as `{CAUSE}_1`"
            self.found.append(RESERVED_NAME.at(label.where, name=CAUSE, help=advice))
        self.places.setdefault(path, label.where)
        return path


class Conditions:
    """Resolves the conditions of one declaration.

    `causes` takes the attestations that they ask for. `attributes` are those of the event whose
    `counts when` is resolved: names that begin with `event.`, and their codes. `asks_criteria`:
    whether they may ask for the outcome of other criteria.
    """

    def __init__(
        self,
        context: Context,
        module: Module,
        causes: dict[str, None] | None = None,
        attributes: Mapping[str, Sequence[str]] | None = None,
        asks_criteria: bool = False,
    ) -> None:
        self.context = context
        self.module = module
        self.asks_criteria = asks_criteria
        self.found = context.found
        self.causes = context.causes if causes is None else causes
        self.of_event = attributes is not None
        self.labels = Labels(context)
        self.atoms = Atoms(context, module, attributes)
        self.numbers = self.atoms.numbers
        self.several = Several(self.numbers, self.resolve)
        self.courses = OfCourses(context, module, self.resolve)
        self.handlers: dict[type[tree.Syntax], Callable[[Any, str], Maybe]] = {
            tree.Operators: self._operators,
            tree.Group: self._group,
            tree.Not: self._not,
            tree.Unless: self._unless,
            tree.Attributed: self._attributed,
            tree.IfDone: self._if_done,
            tree.OfCriterion: self._of_criterion,
            tree.Each: self._each,
            tree.OfCourses: self._of_courses,
            tree.Confirmed: self._confirmed,
        }

    # ---- what others call

    def whole(self, expression: tree.Expression, path: str, neutral: bool) -> Condition | None:
        """A declaration's condition; where it drops out entirely it counts as `neutral`."""
        resolved = self.resolve(expression, path)
        if resolved is None:
            return None
        condition = guard(resolved, neutral)
        return condition if self.can_be_followed(condition, expression.where) else None

    def resolve(self, expression: tree.Expression, path: str) -> Maybe:
        """A condition below `path` (the innermost labelled branch), or None and a diagnostic."""
        handler = self.handlers.get(type(expression))
        return self.atoms.resolve(expression) if handler is None else handler(expression, path)

    def score(self, expression: tree.Score, path: str) -> model.Score | None:
        """A weighted score."""
        scores = Scores(self.numbers, lambda when, inner: self.whole(when, inner, neutral=False))
        return scores.score(expression, path, self.labels.path)

    def can_be_followed(self, condition: Condition, where: Span) -> bool:
        """Whether a condition, definitions opened, can still be followed; else a diagnostic."""
        fault = too_much(extent(condition, self.context.extents), where)
        if fault is not None:
            self.found.append(fault)
        return fault is None

    # ---- groups

    def _group(self, group: tree.Group, path: str) -> Maybe:
        at_least(group, self.context)
        parts: list[Maybe] = []
        paths: list[str] = []
        for item in group.items:
            paths.append(self.labels.path(path, item.label))
            parts.append(self.resolve(item.body, paths[-1]))
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        neutral = group.quantifier == "all"
        guarded, applies = guard_all(whole, neutral, self.context.data)
        branches = [
            Branch(
                label=item.label.text,
                number=item.number or None,
                path=inner,
                condition=condition,
                where=item.where,
            )
            for item, inner, condition in zip(group.items, paths, guarded, strict=True)
        ]
        return Resolved(junction(group, branches), applies)

    def _operators(self, operators: tree.Operators, path: str) -> Maybe:
        parts = [self.resolve(operand, path) for operand in operators.operands]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        neutral = operators.operator == "and"
        guarded, applies = guard_all(whole, neutral, self.context.data)
        return Resolved(unlabelled(operators, guarded), applies)

    def _each(self, each: tree.Each, path: str) -> Maybe:
        """How many of several measurements."""
        if self._is_misplaced(each, "measurements"):
            return None
        made = self.several.each(each, path)
        if made is None:
            return None
        group, branches, applies = made
        at_least(group, self.context)
        return Resolved(junction(group, branches), applies)

    def _of_courses(self, asked: tree.OfCourses, path: str) -> Maybe:
        """How many of several courses; without `where`, perhaps of measurements of yes or no."""
        name, module = asked.name, self.courses.module
        is_bare = asked.where_each is None and not asked.tests
        if is_bare and not self.context.room(name, module):
            each = tree.Each(asked.quantifier, asked.count, name, False, name, where=asked.where)
            return self._each(each, path)
        if self._is_misplaced(asked, "... of ... where"):
            return None
        room = self.courses.room(asked.name)
        if not room or asked.where_each is not None:
            return None
        if not asked.tests:
            before = len(self.found)
            at_least(self.courses.of_so_many(asked, room), self.context)
            return self.courses.number(asked, path) if len(self.found) == before else None
        made = self.courses.group(asked, path)
        if made is None:
            return None
        group, branches, applies = made
        at_least(group, self.context)
        return Resolved(junction(group, branches), applies)

    def _confirmed(self, confirmed: tree.Confirmed, path: str) -> Maybe:
        return (
            None
            if self._is_misplaced(confirmed, "confirmed")
            else self.several.confirmed(confirmed, path)
        )

    # ---- operators

    def _not(self, expression: tree.Not, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        if operand is None:
            return None
        negated = model.Not(operand=operand.condition, where=expression.where)
        return Resolved(negated, operand.applies)

    def _unless(self, expression: tree.Unless, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        exception = self.resolve(expression.exception, path)
        if operand is None or exception is None:
            return None
        unless = model.Unless(
            operand=operand.condition,
            exception=guard(exception, neutral=False),
            where=expression.where,
        )
        return Resolved(unless, operand.applies)

    def _attributed(self, expression: tree.Attributed, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        cause = self.context.names.find(expression.cause, self.module, ("cause",))
        if self._is_misplaced(expression, "attributed to"):
            return None
        cause_path = f"{path}.cause"
        if cause_path in self.causes:
            advice = "give each attributed finding a label of its own"
            self.found.append(
                name_kinds.DUPLICATE_ID.at(expression.where, name=cause_path, help=advice)
            )
        self.causes[cause_path] = None
        if operand is None or cause is None:
            return None
        attributed = model.Attributed(
            operand=operand.condition,
            cause=cause.id,
            other=expression.other,
            path=cause_path,
            where=expression.where,
        )
        return Resolved(attributed, operand.applies)

    def _if_done(self, expression: tree.IfDone, path: str) -> Maybe:
        operand = self.resolve(expression.operand, path)
        if operand is None or self._is_misplaced(expression, "if done"):
            return None
        names = self.context.elements_of(inputs_of(operand.condition))
        if (asked := asked_together(names, self.context)) is not None:
            advice = "write `{0} except {{{1}, ...}} ... if done or {1} ... if done or ...`"
            help_ = advice.format(*asked)
            self.found.append(CLASS_IF_DONE.at(expression.where, name=asked[0], help=help_))
            return None
        done = [_any_done(paths, expression) for paths in measured_as_one(names, self.context)]
        if not done:
            self._cannot_be_asked(expression, "if done", "where nothing is measured")
            return None
        return Resolved(operand.condition, both([operand.applies, *done]))

    def _of_criterion(self, asked: tree.OfCriterion, path: str) -> Maybe:
        """The outcome of another criterion, which passes where it drops out."""
        if not self.asks_criteria:
            text = f"criterion {asked.name.text}"
            self._cannot_be_asked(asked, text, "outside of the rule of a criterion")
            return None
        symbol = self.context.names.find(asked.name, self.module, ("inclusion", "exclusion"))
        if symbol is None or symbol.id in self.context.unresolved:
            return None
        return Resolved(model.Refer(name=symbol.id, where=asked.where), None)

    def _is_misplaced(self, expression: tree.Expression, text: str) -> bool:
        """What is asked of a participant's record cannot be asked of a report of an event."""
        if self.of_event:
            self._cannot_be_asked(expression, text, "of what is reported of an event")
        return self.of_event

    def _cannot_be_asked(self, expression: tree.Expression, text: str, place: str) -> None:
        self.found.append(kinds.MISPLACED_CONDITION.at(expression.where, text=text, place=place))


def _any_done(paths: Sequence[str], expression: tree.IfDone) -> Condition:
    done = [model.Done(path=path, where=expression.where) for path in paths]
    if len(done) == 1:
        return done[0]
    branches = tuple(Branch(condition=one, where=expression.where) for one in done)
    return model.Junction(quantifier="any", branches=branches, where=expression.where)


# ---- groups, which gates have, too


def at_least(group: tree.Group, context: Context) -> None:
    """Report a number of alternatives that makes no sense."""
    size, count = len(group.items), group.count
    consequence = ""
    if group.quantifier == "at_least" and not 1 <= count <= size:
        consequence = "is always true" if count < 1 else "can never be true"
    elif group.quantifier == "at_most" and not 1 <= count < size:
        consequence = "is `none of`" if count < 1 else "is always true"
    if consequence:
        which = group.quantifier.replace("_", " ")
        context.found.append(
            kinds.AT_LEAST_COUNT.at(
                group.where, which=which, count=count, size=size, consequence=consequence
            )
        )


def junction(group: tree.Group, branches: Sequence[Branch]) -> Condition:
    """A group of labelled branches; `at most n of` is not at least one more."""
    at_most = group.quantifier == "at_most"
    fields = {
        "quantifier": "at_least" if at_most else group.quantifier,
        "count": group.count + at_most,
        "branches": tuple(branches),
    }
    made = Junction.model_validate({**fields, "where": group.where})
    return model.Not(operand=made, where=group.where) if at_most else made


def unlabelled(operators: tree.Operators, conditions: Sequence[Condition]) -> Junction:
    """`and` or `or`."""
    branches = tuple(Branch(condition=part, where=part.where) for part in conditions)
    quantifier = "all" if operators.operator == "and" else "any"
    return Junction(quantifier=quantifier, branches=branches, where=operators.where)
