"""Checks of the whole study on its graph: one group a module, one shape for all."""

from trialc.graph.study import Pass

INVARIANTS: tuple[Pass, ...] = ()
