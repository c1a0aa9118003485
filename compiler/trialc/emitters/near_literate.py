"""Conditions as a medical writer would set them: a lead-in and a lettered list under it.

One-line wording is `trialc.model.wording`; what stands here is the nesting, the marks and the tails
(attribution, `unless`, applicability) of groups. ICH M11 sections 5.2 and 5.3 hold the criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trialc.model import expression as e
from trialc.model.expression import Condition
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
    return _read(condition, protocol, 0)


def in_words(condition: Condition, protocol: Protocol) -> str:
    """The whole condition on one line."""
    return wording_of(protocol).phrase(condition)


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
        name = condition.name if isinstance(condition, e.Refer) else ""
        return Reading(in_words(condition, protocol), definition=name)
    match condition:
        case e.Junction():
            return _group(condition, protocol, depth)
        case e.Attributed():
            inner = _read(condition.operand, protocol, depth)
            return replace(inner, text=f"{inner.text}, {attribution(condition, protocol)}")
        case e.Unless():
            return _unless(condition, protocol, depth)
        case e.Applies():
            inner = _read(condition.operand, protocol, depth)
            return replace(inner, text=f"{applicability(condition, protocol)}: {inner.text}")
        case e.Not():
            inner = _read(condition.operand, protocol, depth)
            return replace(inner, text=f"not {inner.text}")
        case e.Every():
            inner = _read(condition.condition, protocol, depth)
            who = f"for every participant in {scope_words(condition.scope)}"
            return replace(inner, text=f"{who}, {inner.text}")
        case _:
            return Reading(in_words(condition, protocol))


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
    kept = _read(condition.operand, protocol, depth)
    if not has_groups(condition.exception):
        words = in_words(condition.exception, protocol)
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
    """ "where sex is female": for whom an operand counts at all."""
    if _only_done(condition.condition):
        return "if done"
    return f"where {in_words(condition.condition, protocol)}"


def _only_done(condition: Condition) -> bool:
    match condition:
        case e.Done():
            return True
        case e.Junction(branches=branches):
            return all(_only_done(branch.condition) for branch in branches)
        case _:
            return False


def scope_words(scope: str) -> str:
    """ "the previous block", "this block", "block 2"."""
    return {"previous": "the previous block", "this": "this block"}.get(scope, f"block {scope}")
