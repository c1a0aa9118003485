"""Doses in words (ICH M11 section 6.1)."""

from __future__ import annotations

from trialc.model.protocol import Dose, Protocol
from trialc.model.wording import quantity_words


def dose_words(dose: Dose, protocol: Protocol) -> str:
    """ "1,000,000 cells/kg of body weight measured at M0"."""
    words = quantity_words(dose.text)
    if dose.element:
        titles = {item.id: item.title for item in protocol.data}
        words += f" of {titles.get(dose.element) or dose.element}"
    if dose.measured_at:
        words += f" measured at {dose.measured_at}"
    return words
