"""Builders of what is said of several courses of one kind: lines of therapy, tumours, exposures."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import Parts, builds


@builds("up_to")
def up_to(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead(tree.COURSES, most=parts[0], where=where)


@builds("attribute")
def attribute(parts: Parts, where: Span) -> tree.Attribute:
    name, title, head, body = parts
    return tree.Attribute(name, title, head, body or (), where=where)


@builds("of_courses")
def of_courses(parts: Parts, where: Span) -> tree.OfCourses:
    (quantifier, count), name, *asked = parts
    return tree.OfCourses(quantifier, count, name, *asked, where=where)


@builds("one_course")
def one_course(parts: Parts, where: Span) -> tree.OfCourses:
    which, name, asked = parts
    return tree.OfCourses(which.text, 0, name, asked, where=where)


@builds("count_of")
def count_of(parts: Parts, where: Span) -> tree.CountOf:
    return tree.CountOf(parts[0], where=where)


@builds("one_of_them")
def one_of_them(parts: Parts, where: Span) -> tree.OneOfThem:
    return tree.OneOfThem(tuple(parts), where=where)
