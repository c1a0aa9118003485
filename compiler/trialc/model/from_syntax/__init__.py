"""Resolve: syntax trees to the model, names bound, types and units checked, literals converted."""

from trialc.model.from_syntax.resolve import resolve

__all__ = ["resolve"]
