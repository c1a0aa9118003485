"""Conditions as a medical writer would set them: a lead-in and a lettered list under it.

One-line wording is `trialc.model.wording`; what stands here is the nesting, the marks and the tails
(attribution, `unless`, applicability) of groups. ICH M11 sections 5.2 and 5.3 hold the criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trialc.emitters.told_once import told_once
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.gate_wording import among
from trialc.model.protocol import Protocol
from trialc.model.wording import wording_of

QUANTIFIERS = {"all": "all of the following", "any": "any of the following"}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a condition, with the lines under it.

    `mark` is the number as printed in the source ("ii)"), or, where the source prints none, a
    letter in parentheses that the compiler assigned. `definition` names what the line refers to.
    """

    text: str
    parts: tuple[Reading, ...] = ()
    mark: str = ""
    printed: bool = False
    label: str = ""
    path: str = ""
    definition: str = ""

    def lines(self, depth: int = 0) -> Iterator[tuple[int, Reading]]:
        """This line and all under it, in reading order, with their depth."""
        yield depth, self
        for part in self.parts:
            yield from part.lines(depth + 1)


def reading(condition: Condition, protocol: Protocol) -> Reading:
    """The condition as nested lines; a condition without labelled alternatives is one line."""
    return _read(told_once(condition), protocol, 0)


def in_words(condition: Condition, protocol: Protocol) -> str:
    """The whole condition on one line."""
    return wording_of(protocol).phrase(told_once(condition))


def letter(position: int) -> str:
    """a, b, ... z, aa, ab, ... for positions from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def has_groups(condition: Condition) -> bool:
    """Whether a labelled alternative stands anywhere in the condition, so that it needs a list."""
    match condition:
        case e.Junction(branches=branches):
            return any(b.label is not None or has_groups(b.condition) for b in branches)
        case e.Attributed(operand=operand) | e.Applies(operand=operand) | e.Not(operand=operand):
            return has_groups(operand)
        case e.Unless(operand=operand, exception=exception):
            return has_groups(operand) or has_groups(exception)
        case e.Every(condition=inner):
            return has_groups(inner)
        case _:
            return False


def _read(condition: Condition, protocol: Protocol, depth: int) -> Reading:
    if not has_groups(condition):
        is_definition = isinstance(condition, e.Refer) and any(
            item.id == condition.name for item in protocol.conditions
        )
        name = condition.name if isinstance(condition, e.Refer) and is_definition else ""
        return Reading(in_words(condition, protocol), definition=name)
    match condition:
        case e.Junction():
            return _group(condition, protocol, depth)
        case e.Attributed():
            inner = _before_a_tail(condition.operand, protocol, depth)
            return replace(inner, text=f"{inner.text}, {attribution(condition, protocol)}")
        case e.Unless():
            return _unless(condition, protocol, depth)
        case e.Applies():
            lead = f"{applicability(condition, protocol)}: "
            return _behind_a_lead(lead, condition.operand, protocol, depth)
        case e.Not(operand=e.Junction(quantifier="at_least", count=count) as group):
            inner = _read(group, protocol, depth)
            return replace(inner, text=f"at most {count - 1} of the following")
        case e.Not():
            return _behind_a_lead("not ", condition.operand, protocol, depth)
        case e.Every():
            whom = among(condition.scope, wording_of(protocol).title)
            lead = f"for every participant {whom}, "
            return _behind_a_lead(lead, condition.condition, protocol, depth)
        case _:
            return Reading(in_words(condition, protocol))


def _behind_a_lead(lead: str, operand: Condition, protocol: Protocol, depth: int) -> Reading:
    """ "not any of the following"; what has a lead or a tail of its own stands a level deeper."""
    if isinstance(operand, e.Junction):
        inner = _read(operand, protocol, depth)
        return replace(inner, text=f"{lead}{inner.text}")
    return _deeper(lead, operand, protocol, depth)


def _before_a_tail(operand: Condition, protocol: Protocol, depth: int) -> Reading:
    """What a tail can follow on the same line, read from left to right; else a level deeper."""
    match operand:
        case e.Junction() | e.Attributed():
            return _read(operand, protocol, depth)
        case e.Unless(exception=exception) if not has_groups(exception):
            return _read(operand, protocol, depth)
        case _:
            return _deeper("", operand, protocol, depth)


def _deeper(lead: str, operand: Condition, protocol: Protocol, depth: int) -> Reading:
    return Reading(f"{lead}the following", (_read(operand, protocol, depth),))


def _group(group: e.Junction, protocol: Protocol, depth: int) -> Reading:
    text = QUANTIFIERS.get(group.quantifier) or (
        "none of the following"
        if group.quantifier == "none"
        else f"at least {group.count} of the following"
    )
    parts = tuple(
        _branch(branch, position, protocol, depth) for position, branch in enumerate(group.branches)
    )
    return Reading(text, parts)


def _branch(branch: e.Branch, position: int, protocol: Protocol, depth: int) -> Reading:
    inner = _read(branch.condition, protocol, depth + 1)
    printed = bool(branch.number)
    return replace(
        inner,
        mark=f"{branch.number})" if printed else _assigned(position, depth),
        printed=printed,
        label=(branch.label or "").replace("_", " "),
        path=branch.path,
    )


def _assigned(position: int, depth: int) -> str:
    """Alternating styles, so that a reference such as (b)(ii) is unambiguous within a criterion."""
    if depth % 3 == 1:
        return f"({_ROMAN[position]})" if position < len(_ROMAN) else f"({position + 1})"
    name = letter(position)
    return f"({name.upper() if depth % 3 == 2 else name})"


def _unless(condition: e.Unless, protocol: Protocol, depth: int) -> Reading:
    kept = _before_a_tail(condition.operand, protocol, depth)
    if not has_groups(condition.exception):
        words = wording_of(protocol).operand(condition.exception)
        return replace(kept, text=f"{kept.text}, unless {words}")
    exception = _read(condition.exception, protocol, depth)
    tail = replace(exception, text=f"unless {exception.text}", mark="")
    return replace(kept, parts=(*kept.parts, tail))


def attribution(condition: e.Attributed, protocol: Protocol) -> str:
    """ "attributed to systemic sclerosis": what the attestation behind a finding must say."""
    titles = {cause.id: cause.title for cause in protocol.causes}
    cause = titles.get(condition.cause) or condition.cause
    return f"attributed to {'a cause other than ' if condition.other else ''}{cause}"


def applicability(condition: e.Applies, protocol: Protocol) -> str:
    """ "where sex is female", "if done (wedge pressure)": for whom an operand counts at all."""
    measured = _done(condition.condition)
    if measured:
        titles = (wording_of(protocol).title(path) for path in measured)
        return f"if done ({'; '.join(titles)})"
    return f"where {in_words(condition.condition, protocol)}"


def _done(condition: Condition) -> tuple[str, ...]:
    """What is asked to have been done, where nothing else is asked; else ()."""
    match condition:
        case e.Done(path=path):
            return (path,)
        case e.Junction(branches=branches):
            each = [_done(branch.condition) for branch in branches]
            return tuple(path for paths in each for path in paths) if all(each) else ()
        case _:
            return ()
