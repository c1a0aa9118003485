"""Interventions, arms, masking, randomisation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trialc.diagnostics.catalog import design as kinds
from trialc.model import code_lists
from trialc.model.design import (
    Arm,
    Everyone,
    Intervention,
    Level,
    LevelDose,
    Masking,
)
from trialc.model.from_syntax.body import (
    Body,
    Terms,
    not_listed,
    quantity_term,
)
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.doses import (
    DOSE,
    LIMIT,
    STEP,
    check_limits,
    dose_of,
    loading_dose,
    maximum,
    rounding,
)
from trialc.model.from_syntax.entering import entry as entered
from trialc.model.from_syntax.frequencies import frequency
from trialc.model.from_syntax.giving import given
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.periods import given_in_periods
from trialc.model.from_syntax.quantities import (
    find_unit,
    mismatch,
    written,
)
from trialc.model.from_syntax.titration import titration
from trialc.model.from_syntax.treatment_choices import choice
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.units import compatible, unit
from trialc.syntax import tree


def intervention(symbol: Symbol, context: Context) -> Intervention:
    """What is given, how, how much."""
    properties = (
        "type", "route", "form", "dose", "loading_dose", "vehicle", "volume", "instructions",
        "half_life", "maximum", "rounded", "step_up", "step_down", "chosen_by",
    )  # fmt: skip
    body = Body(symbol.declaration, context.found, properties, ("steps", "one_of", "frequency"))
    if body.terms("one_of"):
        return choice(symbol, body, context)
    dose = body.one("dose", DOSE, lambda terms: dose_of(terms, symbol, context))
    check_limits(body, dose, context)
    volume = body.one(
        "volume", "a volume, for example `50 mL`", lambda terms: _volume(terms, context)
    )
    fields = {
        "type": body.code("type", code_lists.INTERVENTION_TYPES, required=True),
        "route": body.code_or_text("route", code_lists.ROUTES),
        "form": body.code_or_text("form", code_lists.FORMS),
        "dose": dose,
        "loading_dose": loading_dose(body, dose, symbol, context),
        "maximum": body.one("maximum", LIMIT, maximum) or "",
        "rounded": body.one("rounded", STEP, rounding) or "",
        "titration": titration(body, symbol, context),
        "frequency": frequency(body, context),
        "vehicle": body.text("vehicle"),
        "volume": volume or "",
        "instructions": body.text("instructions"),
        "half_life": body.one("half_life", HALF_LIFE, _half_life) or "",
    }
    return Intervention.model_validate({**declared(symbol, body, context), **fields})


HALF_LIFE = "a time such as `9 h`, `30 min` or `7 days`"


def _half_life(terms: Terms) -> str | None:
    """ "9 h", "7 days"."""
    time = quantity_term(terms)
    units = ("min", "h", "hours", "day", "days", "week", "weeks")
    known = time is not None and time.unit in units and Decimal(time.number) > 0
    return written(time) if known and time is not None else None


def level(symbol: Symbol, context: Context) -> Level:
    """A dose level: how much of what is given at it."""
    body = Body(symbol.declaration, context.found, statements=(tree.LevelDose,))
    doses: list[LevelDose] = []
    for stated in body.all(tree.LevelDose):
        given = context.names.find(stated.intervention, symbol.unit, ("intervention",))
        dose = dose_of((stated.dose,), symbol, context)
        if dose is None:
            body.form("dose of", "an amount, for example `200 mg`", stated.dose.where)
        elif given is not None:
            doses.append(LevelDose(intervention=given.id, dose=dose, where=stated.where))
    return Level.model_validate({**declared(symbol, body, context), "doses": tuple(doses)})


def _volume(terms: Terms, context: Context) -> str | None:
    amount = terms[0]
    if len(terms) != 1 or not isinstance(amount, tree.Quantity) or not amount.unit:
        return None
    known = find_unit(amount.unit, amount.where, context.found)
    litre = unit("L")
    if known is not None and litre is not None and not compatible(known, litre):
        context.found.append(
            mismatch(amount.where, "volume", litre.display, written(amount), known.display)
        )
    return written(amount)


def occasions_written(context: Context) -> Iterator[str]:
    """The names of what arms give, before it is known what they give."""
    for symbol in context.names.of_kind("everyone", "arm", "period"):
        if symbol.kind == "period":
            yield symbol.id
        gives = (part for part in symbol.declaration.body if isinstance(part, tree.Give))
        yield from (give.occasion.text for give in gives)


def arm(symbol: Symbol, context: Context) -> Arm:
    """An arm and what is given in it."""
    declaration = symbol.declaration
    head = declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    is_sequence = declaration.keyword == "sequence"
    statement = tree.GiveIn if is_sequence else tree.Give
    entering = () if is_sequence else (tree.Entered,)
    lists = () if is_sequence else ("population",)
    body = Body(declaration, context.found, (), lists, (statement, *entering))
    read = given_in_periods if is_sequence else given
    own = tuple(read(body, symbol, context))
    entry = entered(body, symbol, context)
    # Who changes arms was given before what everybody is given.
    gives = own if entry or symbol.id in context.lost_entries else (*context.everyone, *own)
    if not body.all(statement):
        body.missing("give")
    kind, known = head.word.text, code_lists.ARM_TYPES
    if kind not in known:
        context.found.append(not_listed(kind, "arm", known, head.word.where))
    return Arm.model_validate(
        {
            **declared(symbol, body, context),
            "type": head.word.text,
            "gives": gives,
            "entry": entry,
            "populations": names_of(body.names("population"), symbol.unit, context, POPULATION),
        }
    )


POPULATION = ("population",)


def everyone(symbol: Symbol, context: Context) -> Everyone:
    """What every arm gives; the arms that are resolved from now on have it."""
    body = Body(symbol.declaration, context.found, statements=(tree.Give,))
    gives = tuple(
        one.model_copy(update={"everyone": symbol.id}) for one in given(body, symbol, context)
    )
    if not body.all(tree.Give):
        body.missing("give")
    elif not context.names.of_kind("arm") and not context.names.broken:
        help_ = 'declare the arm, if there is only one, too: `arm all "All" experimental { ... }`'
        context.found.append(kinds.EVERYONE_WITHOUT_ARMS.at(symbol.where, help=help_))
    context.everyone = (*context.everyone, *gives)
    return Everyone.model_validate({**declared(symbol, body, context), "gives": gives})


def masking(symbol: Symbol, context: Context) -> Masking:
    """Who must not learn the allocation, who may, and who is not there when something is given."""
    lists = ("masked", "unmasked", "absent")
    body = Body(symbol.declaration, context.found, (), lists, (tree.Unblinded,))
    open_label = [name.text for name in body.names("masked")] == ["none"]
    sides = {
        side: tuple(
            role.id
            for name in (() if open_label and side == "masked" else body.names(side))
            if (role := context.names.find(name, symbol.unit, ("role",))) is not None
        )
        for side in lists
    }
    fields = {
        **declared(symbol, body, context),
        **sides,
        "open_label": open_label,
        "unblinded": tuple(one.when.value for one in body.all(tree.Unblinded)),
    }
    return Masking.model_validate(fields)
