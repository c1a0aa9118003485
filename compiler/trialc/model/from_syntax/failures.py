"""What it means that somebody is not eligible: for good or for now, and when to ask again."""

from __future__ import annotations

from trialc.diagnostics.catalog import populations as kinds
from trialc.model.declared import Duration
from trialc.model.from_syntax.body import Body, Terms, whole
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import duration
from trialc.syntax import tree

FAILURES = ("final", "temporary")
RECHECK = 'for example `after 28 days`, or text such as `"after recovery"`'
RESCREENING = "`no`, `once`, `twice` or `3 times`, and perhaps `, after 4 weeks`; or `not stated`"
TIMES = {"no": 0, "once": 1, "twice": 2}


def failure(body: Body, context: Context) -> dict[str, object]:
    """What the failure of a criterion means; asking again is for a temporary one."""
    kind = body.code("failure", FAILURES)
    again = body.one("recheck", RECHECK, lambda terms: _recheck(terms, context))
    if again is not None and kind != "temporary":
        where = body.values["recheck"][0].label.where
        help_ = "write `failure: temporary`, or leave out `recheck`"
        context.found.append(kinds.RECHECK_OF_FINAL.at(where, help=help_))
        again = None
    said = isinstance(again, str)
    return {
        "failure": kind,
        "recheck": None if said else again,
        "recheck_when": again if said else "",
    }


def _recheck(terms: Terms, context: Context) -> Duration | str | None:
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value or None
    return _after(terms, context)


def _after(terms: Terms, context: Context) -> Duration | None:
    """`after 28 days`."""
    if len(terms) != 2:
        return None
    word, length = terms
    if not (isinstance(word, tree.Name) and word.text == "after"):
        return None
    return duration(length, context.found, least=1) if isinstance(length, tree.Quantity) else None


def rescreening_is_open(body: Body) -> bool:
    """Whether the author says that the source does not say it: `rescreening: not stated`."""
    values = body.terms("rescreening")
    words = [term.text for term in values[0][0] if isinstance(term, tree.Name)] if values else []
    return len(values) == 1 and words == ["not", "stated"]


def rescreening(body: Body, context: Context) -> tuple[int | None, Duration | None]:
    """How often somebody may be screened again, and after what time at least."""
    values = body.terms("rescreening")
    if not values or rescreening_is_open(body):
        return None, None
    times = _times(values[0][0], context)
    length = _after(values[1][0], context) if len(values) == 2 else None
    is_whole = times is not None and len(values) == (1 if length is None else 2)
    if not is_whole or (times == 0 and length is not None):
        body.form("rescreening", RESCREENING, values[0][1])
        return None, None
    return times, length


def _times(terms: Terms, context: Context) -> int | None:
    """`once`; `3 times`, whose word reads like a unit where it is on the same line."""
    first, *behind = terms
    if isinstance(first, tree.Name):
        return TIMES.get(first.text) if not behind else None
    said = [term.text for term in behind if isinstance(term, tree.Name)]
    if not isinstance(first, tree.Quantity) or [first.unit, *said] not in (
        ["times"],
        ["", "times"],
    ):
        return None
    return whole(tree.Quantity(first.number, where=first.where), context.found)
