"""Have registry numbers the form of their registry, and are they those of the registered text?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model.metadata import Identifier

_FORMS = {
    "nct": ("ClinicalTrials.gov", r"NCT\d{8}", "it is NCT and 8 figures"),
    "eudract": ("EudraCT", r"\d{4}-\d{6}-\d{2}", "it is the year, 6 figures and 2 figures"),
    "isrctn": ("ISRCTN", r"ISRCTN\d{8}", "it is ISRCTN and 8 figures"),
}
"""Registries whose numbers have one form. Sponsors number their trials as they like."""


def check_registry_numbers(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Numbers of a wrong form; numbers in the place of which the registered text has others."""
    about = study.protocol.metadata
    found: list[Diagnostic] = []
    for identifier in about.identifiers:
        if identifier.registry.lower() in _FORMS:
            found += _wrong(identifier, study)
    return study, tuple(found)


def _wrong(identifier: Identifier, study: Study) -> Iterator[Diagnostic]:
    registry, form, words = _FORMS[identifier.registry.lower()]
    if not re.fullmatch(form, identifier.value):
        yield kinds.REGISTRY_NUMBER_FORM.at(
            identifier.where,
            number=identifier.value,
            registry=registry,
            form=words,
            help="copy it from the registry",
        )
        return
    text = study.registered.text if study.registered is not None else ""
    others = dict.fromkeys(re.findall(rf"(?<![\w-]){form}(?![\w-])", text))
    if others and identifier.value not in others and not study.protocol.metadata.decided:
        yield kinds.REGISTRY_NUMBER_NOT_IN_TEXT.at(
            identifier.where,
            number=identifier.value,
            others=", ".join(f"`{other}`" for other in others),
            help="mend the number, or name the right file in `text`",
        )
