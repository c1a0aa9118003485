"""Do the registered words look to the same side of a day, and include the same last day?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from trialc.analyses.amounts_in_words import Amount, amounts
from trialc.analyses.reaches import MIRRORED, OPPOSITE, Reach, reaches
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model.histories import LAST, ONGOING
from trialc.model.protocol import ConditionDefinition, Criterion
from trialc.model.units import unit

_BACK = r"prior|before|preceding|previous|past|last|earlier|ago"
_AHEAD = r"after|following|post|subsequent|next|later|thereafter"
_BEHIND_IT = re.compile(
    rf"\W*(?:(?:immediately|directly|or more|or less|or longer|of)\s+)?"
    rf"(?:(?P<before>{_BACK})|(?P<after>{_AHEAD}))\b(?:\s+to\b)?(?P<rest>[^,;.()]*)",
    re.IGNORECASE,
)
_AHEAD_OF_IT = re.compile(rf"\b(?:(?P<before>{_BACK})|(?P<after>{_AHEAD}))\s*$", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:over|under|above|below)\s+(?:a |an |the )?$", re.IGNORECASE)
"""Of lengths mostly "during", not "more than": "over the 3 weeks before"."""
_DEMANDS = re.compile(
    r"\b(?:must|should|shall|required?|unless|except|without|no|not|free|washout|wash-out|since)\b",
    re.IGNORECASE,
)
"""Such words in an exclusion may say what keeps nobody out."""
_WORD = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_SAYS_NOTHING = {
    "the", "and", "any", "for", "with", "from", "that", "was", "has", "had", "have", "been", "date",
    "day", "days", "last", "first", "study", "trial", "ever", "use", "within", "their", "its",
    "this", "patient", "patients", "participant", "participants", "subject", "subjects",
}  # fmt: skip
_SUBJECT = 8
_OBJECT = 6
"""Words on either side of a length that can name what it is measured between."""
_ALIKE = 5
"""Letters that two forms of a word share: vaccine, vaccination."""
_IN_DAYS = {"day": 1, "week": 7}


def check_windows(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Lengths of time that every quoted comparison with them contradicts; decisions excuse."""
    found: list[Diagnostic] = []
    for item in (*study.protocol.criteria, *study.protocol.conditions):
        if item.sources and not item.decided:
            words = item.source_words
            for reach in reaches(item.condition):
                found += _contradictions(item, reach, words, study)
    return study, tuple(found)


def _contradictions(
    item: Criterion | ConditionDefinition, reach: Reach, words: str, study: Study
) -> Iterator[Diagnostic]:
    own = unit(reach.step)
    quoted = [each for each in amounts(words) if each.is_of(Decimal(reach.amount), own)]
    if not quoted:
        return
    if all(_looks_away(each, reach, study) for each in quoted):
        other = "after" if reach.side == "before" else "before"
        yield kinds.OTHER_SIDE_OF_DAY.at(
            reach.where,
            name=item.id,
            side=reach.side,
            anchor=reach.anchor,
            words=_shown(quoted[0]),
            help=f"write `{other}`, or name the decision behind it: `decided <name>`",
        )
        return
    is_demand = isinstance(item, Criterion) and item.type == "exclusion" and _DEMANDS.search(words)
    agreed = {reach.relation}
    if reach.negated or is_demand or not isinstance(item, Criterion):
        agreed.add(OPPOSITE[reach.relation])
    relations = [None if _SPREAD.search(each.before) else each.relation for each in quoted]
    if all(relation is not None and relation not in agreed for relation in relations):
        yield kinds.OTHER_END_OF_TIME.at(
            reach.where,
            name=item.id,
            length=reach.length,
            words=_shown(quoted[0]),
            help=f"{_way_out(reach, str(relations[0]), study)}, or name the decision behind it: "
            "`decided <name>`",
        )


def _shown(amount: Amount) -> str:
    """The words of an amount, with what it is counted from."""
    side = _side(amount)
    behind = side.words if side is not None else ""
    return f"{amount.words} {behind}".strip()


# ---- which last day


def _way_out(reach: Reach, said: str, study: Study) -> str:
    """What to type in its place, below the same `not`: the last day is on the other side of it."""
    is_turned = MIRRORED[said][0] == reach.relation[0]  # `<` against `>`, whatever the last day is
    wanted = OPPOSITE[said] if is_turned and reach.negated else said
    if wanted[0] != reach.relation[0]:
        return "the rule looks the other way: write it with `not`, or without"
    if not reach.is_window:
        op = MIRRORED[wanted] if reach.side == "before" else wanted
        sign = "-" if reach.side == "before" else "+"
        return f"write `{reach.value} {op} {reach.anchor} {sign} {reach.length}` instead"
    days = reach.amount * _IN_DAYS.get(reach.step, 0) - 1
    if days < 1 or not reach.side:
        return f"write `{_by_its_day(reach, study)}` instead"
    length = f"{days} day{'' if days == 1 else 's'}"
    return f"write `{reach.value} within {length} {reach.side} {reach.anchor}` instead"


def _by_its_day(reach: Reach, study: Study) -> str:
    """Months have no day before their last one: the day itself is compared."""
    path = reach.value
    has_last = f"{path}.{LAST}" in study.declared
    day = f"{path}.{LAST}" if has_last else path
    before = f"{day} > {reach.anchor} - {reach.length}"
    after = f"{day} < {reach.anchor} + {reach.length}"
    whole = {
        "before": f"({before} and {day} <= {reach.anchor})",
        "after": f"({after} and {day} >= {reach.anchor})",
        "": f"({before} and {after})",
    }[reach.side]
    if has_last:  # days to come are within, too
        whole = f"({path} ongoing or {before})" if f"{path}.{ONGOING}" in study.declared else before
    return whole


# ---- which side of the day


class _Side(NamedTuple):
    """Which way words look from a day, which they may name, and what they say of it."""

    side: str
    day: str
    words: str


def _side(amount: Amount) -> _Side | None:
    ahead = _AHEAD_OF_IT.search(amount.before)
    behind = _BEHIND_IT.match(amount.after)
    if behind is not None:
        side = "before" if behind["before"] else "after"
        day = " ".join(behind["rest"].split()[:_OBJECT])
        return _Side(side, day, " ".join(behind.group().split()[: 2 + _OBJECT]))
    if ahead is not None:
        return _Side("before" if ahead["before"] else "after", "", "")
    return None


def _looks_away(amount: Amount, reach: Reach, study: Study) -> bool:
    """Whether words certainly look to the other side of the day than the rule. A length after the
    event is the same as one before the other day: what they are called decides, where it does.
    """
    said = _side(amount)
    if said is None or not reach.side:
        return False
    value, anchor = _names(reach.value, study), _names(reach.anchor, study)
    value, anchor = value - anchor, anchor - value
    day, subject = _stems(said.day), _stems(" ".join(amount.before.split()[-_SUBJECT:]))
    is_turned = bool(subject & anchor) and not subject & value
    if said.side == reach.side:
        return is_turned and bool(day & value) and not day & anchor
    if day & anchor or day & value:
        return bool(day & anchor) and not day & value
    return reach.side == "after" and not is_turned


def _names(path: str, study: Study) -> set[str]:
    return _stems(f"{study.title(path)} {path.replace('.', ' ').replace('_', ' ')}")


def _stems(words: str) -> set[str]:
    found = (word.lower() for word in _WORD.findall(words))
    return {word[:_ALIKE] for word in found if word not in _SAYS_NOTHING}
