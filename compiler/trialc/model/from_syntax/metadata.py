"""The `protocol` declaration: title page and synopsis."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal as Only

from trialc.diagnostics.catalog import types as kinds
from trialc.model import code_lists
from trialc.model.from_syntax.body import Body, Terms, quote, whole, yes_no
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.failures import rescreening, rescreening_is_open
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.planned_analyses import replacement
from trialc.model.from_syntax.quantities import written
from trialc.model.from_syntax.vocabulary import decided
from trialc.model.metadata import Aside, Identifier, Metadata
from trialc.syntax import tree

ONCE = (
    "title", "acronym", "version", "text", "status", "study_type", "purpose", "allocation", "model",
    "enrolment", "sites", "rescreening", "sex", "ages", "healthy_volunteers", "sponsor", "funder",
    "contact", "replacement",
)  # fmt: skip
OFTEN = ("registry", "phase", "condition")


def metadata(declaration: tree.Declaration, module: Module, context: Context) -> Metadata:
    """What stands on the title page and in the synopsis."""
    body = Body(declaration, context.found, ONCE, OFTEN, statements=(tree.Aside,))
    assert declaration.name is not None
    low, high = _ages(body, context)
    title, version = body.text("title", required=True), body.text("version", required=True)
    volunteers = body.one("healthy_volunteers", "yes or no", yes_no)
    enrolment, kind = _enrolment(body, context)
    rescreenings, after = rescreening(body, context)
    return Metadata(
        id=declaration.name.text,
        title=title,
        acronym=body.text("acronym"),
        version=version,
        identifiers=tuple(
            body.many(
                "registry", 'a registry and a number, for example `nct "NCT01234567"`', _identifier
            )
        ),
        registered_text=body.text("text"),
        status=body.code("status", code_lists.STATUS),
        phases=body.codes("phase", code_lists.PHASES),
        study_type=body.code("study_type", code_lists.STUDY_TYPES),
        purpose=body.code("purpose", code_lists.PURPOSES),
        allocation=body.code("allocation", code_lists.ALLOCATIONS),
        intervention_model=body.code("model", code_lists.MODELS),
        conditions=body.texts("condition"),
        enrolment=enrolment,
        enrolment_type=kind,
        sites=body.count("sites"),
        rescreenings=rescreenings,
        rescreening_after=after,
        rescreening_open=rescreening_is_open(body),
        sex=body.code("sex", code_lists.SEXES),
        minimum_age=low,
        maximum_age=high,
        healthy_volunteers=volunteers,
        replacement=replacement(body, module, context),
        sponsor=body.text("sponsor"),
        funder=body.text("funder"),
        contact=body.text("contact"),
        sources=body.quotes(),
        asides=tuple(
            Aside(reason=aside.reason.value, quote=quote(aside.source), where=aside.where)
            for aside in body.all(tree.Aside)
        ),
        decided=decided(body, module, context),
        renamed_from=body.older_names(""),
        where=declaration.name.where,
    )


def _identifier(terms: Terms) -> Identifier | None:
    if len(terms) == 2 and isinstance(terms[0], tree.Name) and isinstance(terms[1], tree.Text):
        return Identifier(registry=terms[0].text, value=terms[1].value, where=terms[0].where)
    return None


def _enrolment(body: Body, context: Context) -> tuple[int | None, Only["", "estimated", "actual"]]:
    """How many participants, and whether that is a plan or a count."""
    form = "a whole number, or for example `18 estimated` or `18 actual`"
    found: tuple[tree.Quantity, Only["", "estimated", "actual"]] | None = body.one(
        "enrolment", form, _counted
    )
    return (whole(found[0], context.found), found[1]) if found else (None, "")


def _counted(terms: Terms) -> tuple[tree.Quantity, str] | None:
    """A number, and the word behind it (which reads like a unit where it is on the same line)."""
    if not isinstance(terms[0], tree.Quantity):
        return None
    behind = [term.text for term in terms[1:] if isinstance(term, tree.Name)]
    said = [word for word in (terms[0].unit, *behind) if word]
    if len(behind) < len(terms) - 1 or said not in ([], ["estimated"], ["actual"]):
        return None
    return tree.Quantity(terms[0].number, where=terms[0].where), "".join(said)


def _ages(body: Body, context: Context) -> tuple[str, str]:
    """The least and the greatest age, as written; "" for one that is not stated."""
    limits: dict[str, tree.Quantity] = (
        body.one("ages", "for example `from 18 years to 70 years`", _limits) or {}
    )
    low, high = limits.get("from"), limits.get("to")
    if low and high and _unit(low) == _unit(high) and Decimal(low.number) > Decimal(high.number):
        text = f"from {written(low)} to {written(high)}"
        context.found.append(kinds.RANGE_REVERSED.at(low.where, range=text))
    return written(low) if low else "", written(high) if high else ""


def _limits(terms: Terms) -> dict[str, tree.Quantity] | None:
    """`from 18 years`, `to 70 years`, or both."""
    limits: dict[str, tree.Quantity] = {}
    if len(terms) % 2:
        return None
    for word, quantity in zip(terms[::2], terms[1::2], strict=True):
        if not isinstance(word, tree.Name) or not isinstance(quantity, tree.Quantity):
            return None
        known = word.text in ("from", "to") and word.text not in limits
        if not known or _unit(quantity) not in ("year", "month", "week", "day"):
            return None
        limits[word.text] = quantity
    return limits


def _unit(quantity: tree.Quantity) -> str:
    return quantity.unit.removesuffix("s")
