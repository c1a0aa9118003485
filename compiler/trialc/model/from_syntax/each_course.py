"""What is asked of each of several courses: the same test, once for each, by its own name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import several_courses as kinds
from trialc.model.courses import course
from trialc.model.from_syntax.about_trials import ABOUT_TRIALS
from trialc.model.from_syntax.texts import Courses
from trialc.syntax import tree
from trialc.syntax.spelling import listed, nearest

NOT_OF_ONE: Mapping[type[tree.Syntax], str] = {
    **ABOUT_TRIALS,
    tree.Group: "a group in braces",
    tree.OfCourses: "another `where`",
    tree.CountOf: "`count of`",
    tree.Each: "a condition on several measurements",
    tree.Summary: "a number of several measurements",
    tree.Confirmed: "`confirmed after`",
    tree.Attributed: "`attributed to`",
    tree.IfDone: "`if done`",
    tree.OfCriterion: "the outcome of a criterion",
    tree.Score: "a score",
    tree.Table: "a table",
}
"""What has a meaning of its own, or several, and is not asked of one course after the other."""


APART = "put `( )` around what is asked of each, and the rest outside"


def asked(
    part: tree.Syntax, own: Mapping[str, Courses], codes: Collection[str], found: list[Diagnostic]
) -> tree.Syntax | None:
    """What is asked of courses, spelled out; None for everything else.

    `codes`: the names of elements that are compared with codes.
    """
    if isinstance(part, tree.CountOf) and part.name.text in own:
        return part.name
    if not isinstance(part, tree.OfCourses) or part.name.text not in own:
        return None
    known, test = own[part.name.text], part.where_each
    if test is None:
        return part
    before = len(found)
    found += _faults(test, part.name, known, codes)
    if len(found) > before:
        return part
    last = 1 if part.quantifier == "first" else known.most
    tests = tuple(of_one(test, part.name, k, known, codes) for k in range(1, last + 1))
    return replace(part, where_each=None, tests=tests)


def of_one(
    expression: tree.Expression,
    name: tree.Name,
    number: int,
    known: Courses,
    codes: Collection[str],
) -> tree.Expression:
    """A condition with the attributes of one course in place of their short names. A code keeps its
    name, whatever attribute is called so.
    """

    def is_coded(left: tree.Expression) -> bool:
        if not isinstance(left, tree.Name):
            return False
        attribute = known.attributes.get(left.text)
        return left.text in codes if attribute is None else attribute.head.options is not None

    def renamed(part: tree.Syntax) -> tree.Syntax | None:
        if isinstance(part, tree.Options):
            return part
        if isinstance(part, tree.Comparison) and is_coded(part.left):
            left = tree.replaced(part.left, renamed)
            return tree.Comparison(left, part.relation, part.right, where=part.where)
        if isinstance(part, tree.Between) and is_coded(part.left):
            left = tree.replaced(part.left, renamed)
            return tree.Between(left, part.low, part.high, where=part.where)
        if isinstance(part, tree.Name) and part.text in known.attributes:
            return tree.Name(f"{course(name.text, number)}.{part.text}", where=part.where)
        return None

    return tree.replaced(expression, renamed)


def is_of_one(
    expression: tree.Expression, name: tree.Name, known: Courses, codes: Collection[str]
) -> bool:
    """Whether every part of a condition asks for an attribute of one course."""
    return not any(_faults(expression, name, known, codes))


def _faults(
    expression: tree.Expression, name: tree.Name, known: Courses, codes: Collection[str]
) -> Iterator[Diagnostic]:
    """What of a condition cannot be asked of each course, and what says nothing of one."""
    inner: tuple[tree.Expression, ...] = ()
    if isinstance(expression, tree.Operators):
        inner = expression.operands
    elif isinstance(expression, tree.Not):
        inner = (expression.operand,)
    elif isinstance(expression, tree.Unless):
        inner = (expression.operand, expression.exception)
    for part in inner:
        yield from _faults(part, name, known, codes)
    if inner:
        return
    for part in tree.nodes_in(expression, tuple(NOT_OF_ONE)):
        text = NOT_OF_ONE[type(part)]
        yield kinds.NOT_OF_ONE_COURSE.at(part.where, text=text, name=name.text, help=APART)
        return
    if of_one(expression, name, 1, known, codes) == expression:
        advice = _advice(expression, known)
        yield kinds.NOT_ABOUT_A_COURSE.at(expression.where, name=name.text, help=advice)


def _advice(expression: tree.Expression, known: Courses) -> str:
    has = listed([f"`{one}`" for one in known.attributes]) or "no attributes"
    for name in tree.names_in(expression):
        if guess := nearest(name.text, known.attributes):
            return f"did you mean `{guess}`? It has {has}"
    return f"it has {has}; for all else, {APART}"
