"""Findings about a protocol, their catalogue, and how they are shown."""

from trialc.diagnostics.diagnostic import Diagnostic, Kind, Related, Severity, in_order

__all__ = ["Diagnostic", "Kind", "Related", "Severity", "in_order"]
