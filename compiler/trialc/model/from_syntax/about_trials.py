"""What only gates ask: of a whole trial, not of the data of one participant."""

from __future__ import annotations

from trialc.syntax import tree

ABOUT_TRIALS: dict[type[tree.Syntax], str] = {
    tree.NoEvent: "no ... after",
    tree.Since: "elapsed since",
    tree.CountGiven: "count of participants",
    tree.Every: "every participant",
    tree.CountEvents: "count of participants",
    tree.Gap: "gap between",
    tree.DecidedBy: "decided by",
    tree.MtdDeclared: "has declared MTD",
}
"""How the conditions of gates begin."""
