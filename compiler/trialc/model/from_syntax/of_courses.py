"""Several courses in rules: how many of them fulfil a condition, whether the latest one does.

A course that does not exist fulfils nothing: `any of` none is false, `at most 2 of` none is true.
Only `all of` says nothing where there is none, and drops out (docs/semantics.md section 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trialc.diagnostics.catalog import several_courses as kinds
from trialc.model.expression import Branch, Condition, Junction, Not, Unless
from trialc.model.from_syntax.applicability import Resolved, given, guard
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module
from trialc.syntax import tree

Resolve = Callable[[tree.Expression, str], Resolved | None]
NUMBERS = {"any": (">=", 1), "none": ("<", 1)}
"""What is asked of the number where nothing is asked of each."""
GROUPS = {"latest": "any", "first": "any"}
"""The group that asks for one of them: there is no other one that is the latest."""


def room(name: tree.Name, context: Context, module: Module) -> int:
    """How many there can be; 0, and a diagnostic, of what there cannot be several."""
    most = context.room(name, module)
    known = ("data", "judgement", "derive", "define")
    if not most and context.names.find(name, module, known) is not None:
        advice = f'declare it so: `data {name.text} "..." : up to 6 {{ ... }}`'
        context.found.append(kinds.NO_COURSES.at(name.where, name=name.text, help=advice))
    return most


class OfCourses:
    """Conditions on several courses, in the conditions of one text."""

    def __init__(self, context: Context, module: Module, resolve: Resolve) -> None:
        self.context = context
        self.module = module
        self.resolve = resolve

    def room(self, name: tree.Name) -> int:
        """How many there can be; 0, and a diagnostic, of what there cannot be several."""
        return room(name, self.context, self.module)

    def number(self, asked: tree.OfCourses, path: str) -> Resolved | None:
        """`at least 5 of therapy.line`: how many there are."""
        if asked.quantifier not in (*NUMBERS, "at_least", "at_most"):
            found = kinds.WHERE_IS_MISSING.at(asked.where, name=asked.name.text)
            self.context.found.append(found)
            return None
        relations = {"at_least": (">=", asked.count), "at_most": ("<=", asked.count), **NUMBERS}
        relation, limit = relations[asked.quantifier]
        return self._compared(asked, relation, limit, path)

    def group(
        self, asked: tree.OfCourses, path: str
    ) -> tuple[tree.Group, list[Branch], Condition | None] | None:
        """The group that `at most 2 of x where ...` stands for, its branches, when it exists: each
        branch holds for a course that is there and fulfils the condition.
        """
        is_all = asked.quantifier == "all"
        branches: list[Branch] = []
        reasons: list[Condition | None] = []
        for number, test in enumerate(asked.tests, 1):
            enough = self._compared(asked, ">=", number, path)
            exactly = self._compared(asked, "=", number, path)
            if enough is None or exactly is None:
                return None
            there = guard(enough, neutral=False)
            made = self._test(test, path, there)
            if made is None:
                return None
            counts = guard(exactly, neutral=False) if asked.quantifier == "latest" else there
            whole = Resolved(made, counts)
            branches.append(Branch(condition=guard(whole, neutral=is_all), where=asked.where))
            reasons.append(there if is_all else enough.applies)
        quantifier = GROUPS.get(asked.quantifier, asked.quantifier)
        group = replace(self.of_so_many(asked, len(branches)), quantifier=quantifier)
        return group, branches, reasons[0]

    def _test(self, test: tree.Expression, path: str, there: Condition) -> Condition | None:
        """What is asked of a course that is there: what it does not have, it does not fulfil."""
        if isinstance(test, tree.Not):
            operand = self._test(test.operand, path, there)
            return operand and Not(operand=operand, where=test.where)
        if isinstance(test, tree.Unless):
            kept = self._test(test.operand, path, there)
            exception = self._test(test.exception, path, there)
            if kept is None or exception is None:
                return None
            return Unless(operand=kept, exception=exception, where=test.where)
        if isinstance(test, tree.Operators):
            parts = [self._test(operand, path, there) for operand in test.operands]
            branches = tuple(Branch(condition=one, where=test.where) for one in parts if one)
            quantifier = "all" if test.operator == "and" else "any"
            whole = Junction(quantifier=quantifier, branches=branches, where=test.where)
            return whole if len(branches) == len(parts) else None
        made = self.resolve(test, path)
        return None if made is None else guard(given(made, there), neutral=False)

    def of_so_many(self, asked: tree.OfCourses, number: int) -> tree.Group:
        """The group of so many courses, as far as their number matters."""
        items = (tree.Item(asked.name, "", asked.name),) * number
        return tree.Group(asked.quantifier, asked.count, items, where=asked.where)

    def _compared(
        self, asked: tree.OfCourses, relation: str, number: int, path: str
    ) -> Resolved | None:
        """The number of courses, compared."""
        limit = tree.Quantity(str(number), where=asked.where)
        compared = tree.Comparison(asked.name, relation, limit, where=asked.where)
        return self.resolve(compared, path)
