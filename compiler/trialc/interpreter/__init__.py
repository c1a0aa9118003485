"""The reference interpreter: walks the model and judges every backend. Written for clarity."""

from trialc.interpreter.screening import Screening, screen

__all__ = ["Screening", "screen"]
