"""Builders of what stands in the braces of a declaration."""

from __future__ import annotations

from typing import cast

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.building import Parts, builds, present


@builds("body", "own_body", "changes", "attributes")
def statements(parts: Parts, where: Span) -> tuple[tree.Statement, ...]:
    return tuple(parts)


@builds("source")
def source(parts: Parts, where: Span) -> tree.Source:
    return cast(tree.Source, parts[0])


@builds("aside")
def aside(parts: Parts, where: Span) -> tree.Aside:
    return tree.Aside(parts[0], parts[1], where=where)


@builds("decided")
def decided(parts: Parts, where: Span) -> tree.Names:
    return tree.Names("decided", tuple(parts), where=where)


@builds("renamed")
def renamed(parts: Parts, where: Span) -> tree.Names:
    return tree.Names("renamed", tuple(parts), where=where)


def _rule(verb: str) -> None:
    @builds(verb)
    def build(parts: Parts, where: Span) -> tree.Rule:
        return tree.Rule(verb, parts[0], where=where)


for _verb in ("require", "exclude", "opens", "counts", "applies", "made", "when"):
    _rule(_verb)


@builds("reuse")
def reuse(parts: Parts, where: Span) -> tree.Reuse:
    return tree.Reuse(parts[1], where=where)


@builds("give")
def give(parts: Parts, where: Span) -> tree.Give:
    intervention, dose, frequency, occasion, visit, length, until, when = parts
    given = (intervention, occasion, visit, dose or (), frequency or ())
    return tree.Give(*given, length, until, when, where=where)


@builds("entered")
def entered(parts: Parts, where: Span) -> tree.Entered:
    _, *sources, visit, when = parts
    return tree.Entered(tuple(sources), visit, when, where=where)


@builds("unblinded")
def unblinded(parts: Parts, where: Span) -> tree.Unblinded:
    return tree.Unblinded(parts[1], where=where)


@builds("guards_randomise")
def guards_randomise(parts: Parts, where: Span) -> tree.Guards:
    return tree.Guards(first=whole(parts[0]), last=whole(parts[2]), where=where)


@builds("guards_give")
def guards_give(parts: Parts, where: Span) -> tree.Guards:
    return tree.Guards(occasion=parts[0], cohorts=parts[1] or (), where=where)


@builds("cohorts")
def cohorts(parts: Parts, where: Span) -> tuple[tree.Name, ...]:
    return tuple(parts)


@builds("guards_everything")
def guards_everything(parts: Parts, where: Span) -> tree.Guards:
    return tree.Guards(everything=True, where=where)


@builds("level_dose")
def level_dose(parts: Parts, where: Span) -> tree.LevelDose:
    return tree.LevelDose(parts[1], parts[2], where=where)


@builds("action")
def action(parts: Parts, where: Span) -> tuple[str, tree.Name | None]:
    return parts[0].text, parts[1]


@builds("otherwise")
def otherwise(parts: Parts, where: Span) -> tree.Otherwise:
    return tree.Otherwise(tuple(parts), where=where)


@builds("attested_by")
def attested_by(parts: Parts, where: Span) -> tree.Attested:
    return tree.Attested(tuple(parts), where=where)


@builds("reports")
def reports(parts: Parts, where: Span) -> tree.Reports:
    name, title, ordered, options = parts
    return tree.Reports(name, title, options, bool(ordered), where=where)


@builds("replacement")
def replacement(parts: Parts, where: Span) -> tree.Replacement:
    return tree.Replacement(parts[0], parts[1], where=where)


@builds("dropping")
def dropping(parts: Parts, where: Span) -> tree.Replacement:
    return tree.Replacement(parts[0], None, where=where)


@builds("alternative")
def alternative(parts: Parts, where: Span) -> tree.Alternative:
    return tree.Alternative(parts[0], present(parts[1:]), where=where)


@builds("terms")
def terms(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return tuple(parts)


@builds("property")
def property_(parts: Parts, where: Span) -> tree.Property:
    return tree.Property(parts[0], tuple(parts[1:]), where=where)


@builds("branch_property")
def branch_property(parts: Parts, where: Span) -> tree.BranchProperty:
    word, branch, value = parts
    label = tree.Name(word.text, where=word.where)
    return tree.BranchProperty(label, branch, value, where=where)


@builds("assignment")
def assignment(parts: Parts, where: Span) -> tree.Assignment:
    label, value, *more, on = parts
    return tree.Assignment(label, False, value, on, tuple(more), where=where)


@builds("cause_assignment")
def cause_assignment(parts: Parts, where: Span) -> tree.Assignment:
    return tree.Assignment(parts[0], True, parts[1], where=where)


@builds("started")
def started(parts: Parts, where: Span) -> tree.Started:
    return tree.Started(parts[0], parts[1], parts[2], where=where)


@builds("started_unchanged")
def started_unchanged(parts: Parts, where: Span) -> tree.Started:
    return tree.Started(parts[0], None, parts[1], where=where)
