"""Doses in words (ICH M11 section 6.1)."""

from __future__ import annotations

from trialc.model.code_lists import TIMES_OF_DAY
from trialc.model.dose_wording import amount_words
from trialc.model.protocol import Dose, Intervention, Portion, Protocol
from trialc.model.wording import quantity_words


def dose_words(dose: Dose, protocol: Protocol) -> str:
    """ "1,000,000 cells/kg of body weight measured at M0"; "200 mg when weight < 15 kg; 400 mg
    otherwise".
    """
    if dose.number:
        number = next(item.number for item in protocol.numbers if item.id == dose.number)
        return amount_words(number, protocol)
    if dose.portions:
        return " + ".join(portion_words(one) for one in dose.portions)
    words = quantity_words(dose.text)
    if dose.element:
        titles = {item.id: item.title for item in protocol.data}
        words += f" of {titles.get(dose.element) or dose.element}"
    if dose.measured_at:
        words += f" measured at {dose.measured_at}"
    return words


def portion_words(portion: Portion) -> str:
    """ "40 mg in the morning", "160 mg trimethoprim"."""
    named = TIMES_OF_DAY.get(portion.time, portion.substance)
    return f"{quantity_words(portion.text)} {named}".rstrip()


def limit_words(item: Intervention) -> str:
    """ "rounded to a multiple of 50 mg, at most 800 mg"; "" where nothing limits the dose."""
    step = f"rounded to a multiple of {quantity_words(item.rounded)}" if item.rounded else ""
    most = f"at most {quantity_words(item.maximum)}" if item.maximum else ""
    return ", ".join(part for part in (step, most) if part)
