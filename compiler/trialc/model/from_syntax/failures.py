"""What it means that somebody is not eligible: for good or for now, and when to ask again."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import populations as kinds
from trialc.diagnostics.catalog import verdicts
from trialc.diagnostics.catalog.names import DUPLICATE_PROPERTY, PROPERTY_FORM
from trialc.model.data import TemporaryBranch
from trialc.model.declared import Duration
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body, Terms, text_term, whole
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import duration
from trialc.model.patching import branches
from trialc.syntax import tree
from trialc.syntax.spelling import listed, nearest

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


def temporary(
    body: Body, owner: str, condition: Condition, context: Context
) -> tuple[TemporaryBranch, ...]:
    """The branches of a criterion whose failure is temporary, in the order of the text."""
    kinds_: dict[str, tree.BranchProperty] = {}
    again: dict[str, tree.BranchProperty] = {}
    for said in body.all(tree.BranchProperty):
        of_kind = kinds_ if said.label.text == "failure" else again
        first = of_kind.setdefault(said.branch.text, said)
        if first is not said:
            name = f"{said.label.text} of {said.branch.text}"
            related = [Related(first.where, "first given here")]
            context.found.append(
                DUPLICATE_PROPERTY.at(said.label.where, name=name, related=related)
            )
    known = [
        branch.path
        for branch in branches(condition)
        if not branch.path.startswith(f"{owner}.applies.")
    ]
    is_whole = body.text("failure") == "temporary"
    made = [
        _branch(said, again.get(path), context)
        for path, said in kinds_.items()
        if _is_of_branch(said, known, context) and _is_temporary(said, is_whole, context)
    ]
    for path, said in again.items():
        if path not in kinds_:
            advice = f"write `failure of {path}: temporary`, or leave out `recheck of {path}`"
            context.found.append(kinds.RECHECK_OF_FINAL.at(said.label.where, help=advice))
    return tuple(made)


def _is_of_branch(said: tree.BranchProperty, known: Sequence[str], context: Context) -> bool:
    path = said.branch.text
    if path in known:
        return True
    guess = next((one for one in known if one.endswith(f".{path}")), None) or nearest(path, known)
    advice = (
        f"its branches are {listed(known)}" if known else "name its branches: `any of { a: ... }`"
    )
    advice = f"did you mean `{guess}`?" if guess else advice
    context.found.append(verdicts.NOT_A_BRANCH.at(said.branch.where, name=path, help=advice))
    return False


def _is_temporary(said: tree.BranchProperty, is_whole: bool, context: Context) -> bool:
    """A branch is told apart from the rest only by being temporary where the rest is not."""
    path, words = said.branch.text, text_term(said.value)
    if words != "temporary":
        why = "only what is temporary is told of a branch"
        advice = f"write `failure of {path}: temporary`; `failure: final` is for all the others"
    elif is_whole:
        why = "the whole criterion is temporary already"
        advice = "leave it out, or write `failure: final` for all the others"
    else:
        return True
    place = said.value[0].where if words != "temporary" else said.label.where
    context.found.append(verdicts.BRANCH_FAILURE.at(place, why=why, help=advice))
    return False


def _branch(
    said: tree.BranchProperty, again: tree.BranchProperty | None, context: Context
) -> TemporaryBranch:
    length = _recheck(again.value, context) if again is not None else None
    if again is not None and length is None:
        name = f"recheck of {said.branch.text}"
        context.found.append(PROPERTY_FORM.at(again.label.where, name=name, form=RECHECK))
    return TemporaryBranch(
        path=said.branch.text,
        recheck=length if isinstance(length, Duration) else None,
        recheck_when=length if isinstance(length, str) else "",
        where=said.where,
    )


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
