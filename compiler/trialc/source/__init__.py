"""Texts and places in them."""

from trialc.source.text import NOWHERE, SourceText, Span

__all__ = ["NOWHERE", "SourceText", "Span"]
