"""Courses in examples: `line: { kind: a }, { kind: b }`, `line: 2`, as values of their elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import several_courses as kinds
from trialc.model.courses import course
from trialc.model.from_syntax.texts import Courses
from trialc.syntax import tree

NONE = ("none", "never", "no")
"""Words for no course at all."""


def assigned(
    statements: Sequence[tree.Statement],
    known: Mapping[str, Courses],
    changed: Mapping[str, Courses],
    found: list[Diagnostic],
) -> Iterator[tree.Statement]:
    """The values of an example. `changed`: courses of which the example may change others, whose
    attributes it then has to take back.
    """
    given = {each.path.text for each in statements if isinstance(each, tree.Assignment)}
    for statement in statements:
        if not isinstance(statement, tree.Assignment) or statement.cause:
            yield statement
            continue
        values = (statement.value, *statement.more)
        courses = known.get(statement.path.text)
        listed = [value for value in values if isinstance(value, tree.OneOfThem)]
        if courses is None:
            if listed:
                name = statement.path.text
                place, advice = listed[0].where, "give it a value"
                found.append(kinds.NO_COURSES_GIVEN.at(place, name=name, help=advice))
            else:
                yield statement
        elif listed and (len(listed) < len(values) or statement.on is not None):
            found.append(_not_a_list(statement, statement.path.text))
        else:
            is_change = statement.path.text in changed
            yield from _Example(statement, courses, found).values(listed, is_change, given)


def _not_a_list(statement: tree.Assignment, name: str) -> Diagnostic:
    advice = f"write `{name}: {{ ... }}, {{ ... }}`, one for each"
    return kinds.FORM_OF_COURSES.at(statement.where, name=name, help=advice)


class _Example:
    """What one line of an example says of courses."""

    def __init__(
        self, statement: tree.Assignment, courses: Courses, found: list[Diagnostic]
    ) -> None:
        self.statement = statement
        self.name = statement.path
        self.courses = courses
        self.found = found

    def values(
        self, listed: Sequence[tree.OneOfThem], is_change: bool, given: set[str]
    ) -> Iterator[tree.Assignment]:
        """How many there are, and what is said of each; in a change, nothing of all others."""
        count = len(listed) if listed else self.count()
        if listed and len(listed) > self.courses.most:
            number = kinds.TOO_MANY_COURSES
            most, name = self.courses.most, self.name.text
            advice = f"declare it `up to {len(listed)}`, or more"
            fault = number.at(self.name.where, name=name, most=most, given=count, help=advice)
            self.found.append(fault)
            return
        said = {path: value for path, value in self.said(listed) if path not in given}
        if count is None:
            yield self.statement
        else:
            number = tree.Quantity(str(count), where=self.statement.value.where)
            yield replace(self.statement, value=number, more=())
        if is_change and count is not None:
            for path, reason in self.others(count, bool(listed)):
                if path not in said and path not in given:
                    value = tree.Name(reason, where=self.name.where)
                    yield self.made(path, value)
        yield from said.values()

    def count(self) -> int | None:
        """How many an example says that there are; None where it does not say it in a number."""
        value = self.statement.value
        if isinstance(value, tree.Name) and value.text in NONE:
            return 0
        is_number = isinstance(value, tree.Quantity) and not value.unit
        if is_number and isinstance(value, tree.Quantity) and value.number.isdecimal():
            return int(value.number)
        return None

    def said(self, listed: Sequence[tree.OneOfThem]) -> Iterator[tuple[str, tree.Assignment]]:
        for number, one in enumerate(listed, 1):
            for each in one.said:
                path = f"{course(self.name.text, number)}.{each.path.text}"
                if each.cause or isinstance(each.value, tree.OneOfThem):
                    self.found.append(_not_a_list(each, self.name.text))
                    continue
                yield path, replace(each, path=tree.Name(path, where=each.path.where))

    def others(self, count: int, is_list: bool) -> Iterator[tuple[str, str]]:
        """The attributes that a change leaves out: of courses that are not there, and of those that
        are told anew.
        """
        for number in range(1, self.courses.most + 1):
            for attribute in self.courses.attributes:
                path = f"{course(self.name.text, number)}.{attribute}"
                if number > count:
                    yield path, "not_applicable"
                elif is_list:
                    yield path, "missing"

    def made(self, path: str, value: tree.Name) -> tree.Assignment:
        name = tree.Name(path, where=self.name.where)
        return replace(self.statement, path=name, value=value, on=None, more=())
