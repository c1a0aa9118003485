"""Every kind of diagnostic, once, by the stage that finds it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from trialc.diagnostics.diagnostic import Kind


def every_kind() -> tuple[Kind, ...]:
    """The whole catalogue by number: a warning stands among the errors of its subject."""
    found: dict[str, Kind] = {}
    for module in pkgutil.iter_modules(__path__):
        held = vars(import_module(f"{__name__}.{module.name}"))
        found.update((kind.code, kind) for kind in held.values() if isinstance(kind, Kind))
    return tuple(sorted(found.values(), key=lambda kind: (kind.code[1:], kind.code)))
