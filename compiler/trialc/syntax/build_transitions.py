"""Builders of the conditions of gates: sets of participants, counts, times, decisions."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import Parts, builds


@builds("no_event_within")
def no_event_within(parts: Parts, where: Span) -> tree.NoEvent:
    return tree.NoEvent(parts[0], parts[1], parts[2], where=where)


@builds("no_event")
def no_event(parts: Parts, where: Span) -> tree.NoEvent:
    return tree.NoEvent(parts[0], None, parts[1], where=where)


@builds("since")
def since(parts: Parts, where: Span) -> tree.Since:
    return tree.Since(parts[0], parts[1].text, parts[2], where=where)


@builds("count_given")
def count_given(parts: Parts, where: Span) -> tree.CountGiven:
    return tree.CountGiven(parts[0], parts[1], parts[2].text, parts[3], where=where)


@builds("count_events")
def count_events(parts: Parts, where: Span) -> tree.CountEvents:
    scope, reported, event, within, after, relation, count = parts
    absence = tree.NoEvent(event, within, after, where=event.where.to(after.where))
    made = (scope, reported is not None, absence, relation.text, count)
    return tree.CountEvents(*made, where=where)


@builds("gap")
def gap(parts: Parts, where: Span) -> tree.Gap:
    _, occasion, scope, relation, amount = parts
    return tree.Gap(occasion, scope, relation.text, amount, where=where)


@builds("decided_by")
def decided_by(parts: Parts, where: Span) -> tree.DecidedBy:
    return tree.DecidedBy(parts[0], where=where)


@builds("mtd_declared")
def mtd_declared(parts: Parts, where: Span) -> tree.MtdDeclared:
    return tree.MtdDeclared(parts[0], where=where)


@builds("every")
def every(parts: Parts, where: Span) -> tree.Every:
    return tree.Every(parts[0], parts[1], where=where)


# ---- sets of participants


@builds("scope")
def block(parts: Parts, where: Span) -> tree.Scope:
    word = parts[0]
    name = word.number if isinstance(word, tree.Quantity) else word.text
    return tree.Scope("block", name, where=where)


@builds("whole_trial")
def whole_trial(parts: Parts, where: Span) -> tree.Scope:
    return tree.Scope("trial", where=where)


@builds("this_cohort")
def this_cohort(parts: Parts, where: Span) -> tree.Scope:
    return tree.Scope("cohort", where=where)


@builds("cohort")
def cohort(parts: Parts, where: Span) -> tree.Scope:
    return tree.Scope("cohort", parts[0].text, where=where)


@builds("this_level")
def this_level(parts: Parts, where: Span) -> tree.Scope:
    return tree.Scope("level", where=where)


@builds("level_scope")
def level(parts: Parts, where: Span) -> tree.Scope:
    return tree.Scope("level", parts[0].text, where=where)


@builds("first_of")
def first_of(parts: Parts, where: Span) -> tree.Scope:
    number, given, inside = parts
    return tree.Scope("first", first=number, given=given, inside=inside, where=where)


@builds("sentinel")
def sentinel(parts: Parts, where: Span) -> tree.Sentinel:
    return tree.Sentinel(*parts[1:], where=where)


@builds("stops")
def stops(parts: Parts, where: Span) -> tree.Rule:
    return tree.Rule("stops", parts[1], where=where)


# ---- dose escalation


def step_word(text: str) -> str:
    """A step of an escalation: `expand` is another word for `stay`, `declare MTD` one step."""
    word = text.split()[0]
    return "stay" if word == "expand" else word


@builds("toxicity")
def toxicity(parts: Parts, where: Span) -> tree.Toxicity:
    _, event, within, after = parts
    return tree.Toxicity(tree.NoEvent(event, within, after, where=where), where=where)


@builds("outcomes")
def outcomes(parts: Parts, where: Span) -> tree.Outcomes:
    return tree.Outcomes(tuple(parts[1:]), where=where)


@builds("counted_outcome")
def counted_outcome(parts: Parts, where: Span) -> tree.Outcome:
    low, _, high, participants, step = parts
    word = step_word(step.text)
    return tree.Outcome(word, low, high or low, participants, where=where)


@builds("rated_outcome")
def rated_outcome(parts: Parts, where: Span) -> tree.Outcome:
    _, relation, rate, step = parts
    return tree.Outcome(step_word(step.text), relation=relation.text, rate=rate, where=where)


@builds("other_outcome")
def other_outcome(parts: Parts, where: Span) -> tree.Outcome:
    return tree.Outcome(step_word(parts[0].text), where=where)
