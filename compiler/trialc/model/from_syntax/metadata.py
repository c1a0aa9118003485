"""The `protocol` declaration: title page and synopsis."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.from_syntax.body import Body, Terms, quote, whole, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.quantities import written
from trialc.model.from_syntax.vocabulary import decided
from trialc.model.metadata import Aside, Identifier, Metadata
from trialc.syntax import tree

ONCE = (
    "title", "acronym", "version", "text", "status", "study_type", "purpose", "allocation", "model",
    "enrolment", "sites", "sex", "ages", "healthy_volunteers", "sponsor", "funder", "contact",
)  # fmt: skip
OFTEN = ("registry", "phase", "condition")


def metadata(declaration: tree.Declaration, module: Module, context: Context) -> Metadata:
    """What stands on the title page and in the synopsis."""
    body = Body(declaration, context.found, ONCE, OFTEN, statements=(tree.Aside,))
    assert declaration.name is not None
    low, high = body.one("ages", "for example `from 18 years to 70 years`", _ages) or ("", "")
    title, version = body.text("title", required=True), body.text("version", required=True)
    volunteers = body.one("healthy_volunteers", "yes or no", _yes_no)
    enrolment, kind = _enrolment(body, context)
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
        status=body.text("status"),
        phases=body.texts("phase"),
        study_type=body.text("study_type"),
        purpose=body.text("purpose"),
        allocation=body.text("allocation"),
        intervention_model=body.text("model"),
        conditions=body.texts("condition"),
        enrolment=enrolment,
        enrolment_type=kind,
        sites=body.count("sites"),
        sex=body.text("sex"),
        minimum_age=low,
        maximum_age=high,
        healthy_volunteers=volunteers,
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


def _yes_no(terms: Terms) -> bool | None:
    return {"yes": True, "no": False}.get(" ".join(words(terms)))


def _ages(terms: Terms) -> tuple[str, str] | None:
    """`from 18 years`, `to 70 years`, or both."""
    limits: dict[str, str] = {}
    if len(terms) % 2:
        return None
    for word, quantity in zip(terms[::2], terms[1::2], strict=True):
        if not isinstance(word, tree.Name) or not isinstance(quantity, tree.Quantity):
            return None
        known = word.text in ("from", "to") and word.text not in limits
        if not known or quantity.unit.removesuffix("s") not in ("year", "month", "week", "day"):
            return None
        limits[word.text] = written(quantity)
    return limits.get("from", ""), limits.get("to", "")
