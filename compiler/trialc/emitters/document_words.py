"""What every protocol document says in the same words, whatever the trial."""

from __future__ import annotations

GATES = (
    "A gate stands before an action. It is open when its condition is shown to be true, held when "
    "an event forbids it, and closed as long as something has not happened yet or nobody has "
    "attested it. Only an open gate lets the action through; a later event turns an open gate "
    "into a held one."
)
ELIGIBLE = (
    "A participant is eligible when every inclusion criterion is met and no exclusion criterion "
    "applies. An unknown value is never taken for a normal one: while it could change the verdict, "
    "the verdict is “undetermined” and says what is missing."
)
GLOSSARY = (
    ("Attested", "Said by a named role, with a date. What nobody attested is unknown, never “no”."),
    ("Attributed to", "The finding is present, and its attested cause is the one named."),
    (
        "Decision",
        "How this protocol reads an error or an ambiguity of the registered text: open, assumed or "
        "confirmed.",
    ),
    ("Not stated", "The registered text is silent, and nothing was invented in its place."),
    (
        "Occasion",
        "What masked people see of an administration: that something is given, not what.",
    ),
    ("Undetermined", "The verdict depends on something that is still unknown."),
)
