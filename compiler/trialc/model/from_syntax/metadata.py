"""The `protocol` declaration: title page and synopsis."""

from __future__ import annotations

from trialc.model.from_syntax.body import Body, Terms, quote, words
from trialc.model.from_syntax.context import Context
from trialc.model.protocol import Aside, Identifier, Metadata
from trialc.syntax import tree

ONCE = (
    "title", "acronym", "version", "text", "status", "study_type", "purpose", "allocation", "model", "enrolment",
    "sites", "sex", "ages", "healthy_volunteers", "sponsor", "funder", "contact",
)  # fmt: skip
OFTEN = ("registry", "phase", "condition")


def metadata(declaration: tree.Declaration, context: Context) -> Metadata | None:
    """What stands on the title page and in the synopsis."""
    body = Body(declaration, context.found, ONCE, OFTEN, statements=(tree.Aside,))
    assert declaration.name is not None
    low, high = body.one("ages", "for example `from 18 years to 70 years`", _ages) or ("", "")
    title, version = body.text("title", required=True), body.text("version", required=True)
    volunteers = body.one("healthy_volunteers", "yes or no", _yes_no)
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
        enrolment=body.count("enrolment"),
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
        where=declaration.name.where,
    )


def _identifier(terms: Terms) -> Identifier | None:
    if len(terms) == 2 and isinstance(terms[0], tree.Name) and isinstance(terms[1], tree.Text):
        return Identifier(registry=terms[0].text, value=terms[1].value, where=terms[0].where)
    return None


def _yes_no(terms: Terms) -> bool | None:
    return {("yes",): True, ("no",): False}.get(words(terms))


def _ages(terms: Terms) -> tuple[str, str] | None:
    """`from 18 years`, `to 70 years`, or both."""
    limits: dict[str, str] = {}
    for word, quantity in zip(terms[::2], terms[1::2], strict=False):
        if (
            not isinstance(word, tree.Name)
            or word.text not in ("from", "to")
            or not isinstance(quantity, tree.Quantity)
        ):
            return None
        limits[word.text] = f"{quantity.number} {quantity.unit}"
    return (
        (limits.get("from", ""), limits.get("to", "")) if limits and len(terms) % 2 == 0 else None
    )
