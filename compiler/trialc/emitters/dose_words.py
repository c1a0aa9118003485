"""Doses in words (ICH M11 section 6.1)."""

from __future__ import annotations

from trialc.model.protocol import Dose, Protocol


def dose_words(dose: Dose, protocol: Protocol) -> str:
    """ "1e6 cell/kg (1,000,000) of body weight measured at M0"."""
    if dose.measured_at and dose.measured_at in dose.text:
        return dose.text
    words = dose.text
    if dose.amount >= 1000 and dose.amount == int(dose.amount) and "e" in dose.text.lower():
        number, _, unit = dose.text.partition(" ")
        words = f"{int(dose.amount):,}" + (f" {unit}" if unit else f" ({number})")
    if dose.element:
        titles = {item.id: item.title for item in protocol.data}
        words += f" of {titles.get(dose.element) or dose.element}"
    if dose.measured_at:
        words += f" measured at {dose.measured_at}"
    return words
