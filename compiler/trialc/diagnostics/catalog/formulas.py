"""E043x: tables and functions."""

from trialc.diagnostics.diagnostic import Kind

TABLE_GAP = Kind(
    "E0430", "table-gap", "error", "no case of this table holds where {case}",
    "A table has a number for every participant. Its cases together cover everything that their "
    "conditions can tell apart, or its last case is `otherwise`.\n\n"
    "Wrong:  first of {{ young: 20 % when age < 36 months  old: 15 % when age > 36 months }}\n"
    "Right:  first of {{ young: 20 % when age < 36 months  old: 15 % otherwise }}",
)  # fmt: skip
TABLE_OVERLAP = Kind(
    "E0431", "table-overlap", "error", "`{first}` and `{second}` both hold where {case}",
    "In `unique of` no two cases ever hold together: each row is true by itself, in whatever order "
    "one reads them. Where the order is meant to decide, write `first of`.\n\n"
    "Wrong:  unique of {{ a: 20 % when age <= 36 months  b: 15 % when age >= 36 months }}\n"
    "Right:  unique of {{ a: 20 % when age < 36 months  b: 15 % when age >= 36 months }}",
)  # fmt: skip
TABLE_NOT_PROVED = Kind(
    "E0432", "table-not-proved", "error", "whether {question} cannot be worked out: {reason}",
    "Gaps and overlaps are looked for by trying a value from between all limits. That works for "
    "choices, yes-or-no elements, and numbers that are compared with fixed numbers.\n\n"
    "Wrong:  unique of {{ a: 1 when lab.alt > lab.ast  b: 2 when lab.alt <= lab.ast }}\n"
    "Right:  first of {{ a: 1 when lab.alt > lab.ast  b: 2 otherwise }}",
)  # fmt: skip
OUTSIDE_DOMAIN = Kind(
    "E0433", "outside-domain", "error", "`{name}` has no value for a number {least}",
    "A logarithm needs a number above zero, a root or a power one that is not below it. The ranges "
    "of the elements must say that it always is.\n\n"
    'Wrong:  data lab.inr "INR" : quantity [1]   (and then: ln(lab.inr))\n'
    'Right:  data lab.inr "INR" : quantity [1] {{ range: 0.5 .. 20 }}',
)  # fmt: skip
FUNCTION_ARGUMENTS = Kind(
    "E0434", "function-arguments", "error", "`{name}` takes {wanted}",
    "Functions of published formulas take pure numbers: write the unit in which the formula counts "
    "behind the element.\n\n"
    "Wrong:  power(lab.creatinine, lab.exponent)\n"
    "Right:  power(lab.creatinine [mg/dL], -1.154)",
)  # fmt: skip
TABLE_PLACE = Kind(
    "E0435", "table-place", "error", "a table stands by itself",
    "Explanations show a table by its name, with the number that it came to.\n\n"
    'Wrong:  derive dose "Dose" [mg] = 2 * first of {{ ... }}\n'
    'Right:  derive factor "Factor" [1] = first of {{ ... }}   (and then: 2 mg * factor)',
)  # fmt: skip
OTHERWISE_LAST = Kind(
    "E0436", "otherwise-last", "error", "`otherwise` is {place} of this table",
    "`otherwise` stands for all that the cases before it leave, so it is the last case, and not "
    "the only one.\n\n"
    "Wrong:  first of {{ old: 15 % otherwise  young: 20 % when demo.age < 36 months }}\n"
    "Right:  first of {{ young: 20 % when demo.age < 36 months  old: 15 % otherwise }}",
)  # fmt: skip
