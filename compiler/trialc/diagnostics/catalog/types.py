"""E04xx: types, units and numbers."""

from trialc.diagnostics.diagnostic import Kind

UNKNOWN_UNIT = Kind(
    "E0401", "unknown-unit", "error", "`{unit}` is not a unit of the registry",
    "Units are UCUM codes and their everyday spellings, from a closed list, so that a typing "
    "error cannot become a new unit.\n\n"
    "Wrong:  lab.esr > 25 mmm/h\n"
    "Right:  lab.esr > 25 mm/h",
)  # fmt: skip
UNIT_MISMATCH = Kind(
    "E0402", "unit-mismatch", "error",
    "{left} is in {left_unit}, {right} is in {right_unit}: they do not go together",
    "Units are part of the type. Years, months, weeks and days are distinct; `%`, `% predicted` "
    "and `x ULN` are distinct; GFR in mL/min and in mL/min/1.73m2 are distinct. Both sides of a "
    "comparison between two elements are in one unit.\n\n"
    "Wrong:  lab.hemoglobin > 25 mm/h\n"
    "Right:  lab.hemoglobin > 11 g/dL",
)  # fmt: skip
NOT_A_CONDITION = Kind(
    "E0403", "not-a-condition", "error", "`{text}` is {found}, not something that is true or false",
    "A condition is a comparison, a yes-or-no element, a judgement, a named condition, or a group "
    "of these.\n\n"
    "Wrong:  require skin.mrss\n"
    "Right:  require skin.mrss > 15",
)  # fmt: skip
NOT_A_NUMBER = Kind(
    "E0404", "not-a-number", "error", "`{text}` is {found}; here {wanted} is needed",
    "Only numbers and dates can be compared by size.\n\n"
    "Wrong:  heart.av_block > first_degree\n"
    "Right:  heart.av_block in {{second_degree, third_degree}}",
)  # fmt: skip
UNKNOWN_CODE = Kind(
    "E0405", "unknown-code", "error", "`{code}` is not a value of `{name}`",
    "A choice has only the values that its declaration lists.\n\n"
    "Wrong:  demo.sex = femal\n"
    "Right:  demo.sex = female",
)  # fmt: skip
NEEDS_UNIT = Kind(
    "E0406", "needs-unit", "error", "`{number}` needs a unit: `{name}` is in {unit}",
    "A number without a unit is how tenfold errors happen. Only scores, counts and pure numbers "
    "stand alone.\n\n"
    "Wrong:  demo.age < 18\n"
    "Right:  demo.age < 18 years",
)  # fmt: skip
OUT_OF_RANGE = Kind(
    "E0407", "out-of-range", "error",
    "`{number}` is outside of the range of `{name}`, {range}",
    "The comparison would always come out the same, because no value of the element can be beyond "
    "its range.\n\n"
    "Wrong:  skin.mrss > 60   (the score ends at 51)\n"
    "Right:  skin.mrss > 20",
)  # fmt: skip
RANGE_REVERSED = Kind(
    "E0408", "range-reversed", "error",
    "the range `{range}` is empty: its low end is not below its high end",
    "Write the smaller number first.\n\n"
    "Wrong:  in 89 .. 30 mL/min\n"
    "Right:  in 30 .. 89 mL/min",
)  # fmt: skip
DIVISOR_ZERO = Kind(
    "E0409", "divisor-zero", "error", "the divisor can be zero",
    "Give the element a range without zero, so that the result always exists.\n\n"
    'Wrong:  data height "Height" : quantity [cm]   (and then: weight / height)\n'
    'Right:  data height "Height" : quantity [cm] {{ range: 50 .. 250 cm }}',
)  # fmt: skip
IMPOSSIBLE_DATE = Kind(
    "E0410", "impossible-date", "error",
    "`{date}` is not a date of the calendar between 1900 and 2200",
    "Dates are written year-month-day.\n\n"
    "Wrong:  2027-02-30\n"
    "Right:  2027-02-28",
)  # fmt: skip
SCORE_COMPARISON = Kind(
    "E0411", "score-comparison", "error", "a score can only be compared with a number of points",
    "While parts of a score are unknown it is a span of points; only its comparison with a fixed "
    "number is defined.\n\n"
    "Wrong:  acr.total >= other.total\n"
    "Right:  acr.total >= 9",
)  # fmt: skip
AT_LEAST_COUNT = Kind(
    "E0412", "at-least-count", "error", "`{which} {count}` of {size} alternatives {consequence}",
    "The number must be between 1 and the number of alternatives, and for `at most` below it.\n\n"
    "Wrong:  at least 3 of {{ a: x  b: y }}\n"
    "Right:  at least 2 of {{ a: x  b: y }}",
)  # fmt: skip
MISPLACED_CONDITION = Kind(
    "E0413", "misplaced-condition", "error", "`{text}` cannot be asked {place}",
    "A criterion looks at one participant's data on one day; a gate looks at the dated events of "
    "a set of participants; an event looks at its own report.\n\n"
    "Wrong:  require no trsae after infusion_1   (in a criterion)\n"
    "Right:  opens when no trsae after infusion_1   (in a gate)",
)  # fmt: skip
TYPICAL_VALUE = Kind(
    "E0414", "typical-value", "error",
    "the typical value of `{name}` is not one that the element can have",
    "The typical value is shown in examples and must be allowed by the type and the range.\n\n"
    'Wrong:  data age "Age" : quantity [year] {{ range: 0 .. 120 years  typical: 200 years }}\n'
    'Right:  data age "Age" : quantity [year] {{ range: 0 .. 120 years  typical: 45 years }}',
)  # fmt: skip
OFF_GRID = Kind(
    "W0415", "off-grid", "warning",
    "`{number}` lies between two values that `{name}` can have (step {step})",
    "The element is reported in steps; a threshold between two steps means one of the steps, and "
    "readers will differ on which. Write the value itself, or declare a finer `resolution`.\n\n"
    "Wrong:  skin.mrss > 20.5\n"
    "Right:  skin.mrss > 20",
)  # fmt: skip
NOT_WHOLE = Kind(
    "E0416", "not-whole", "error", "`{number}` must be a whole number, not below zero",
    "Points, counts and calendar units are whole, and none is negative.\n\n"
    "Wrong:  blocks: 3 of 6.5\n"
    "Right:  blocks: 3 of 6",
)  # fmt: skip
NOT_CALENDAR = Kind(
    "E0417", "not-calendar", "error", "`{text}` is no length of calendar time",
    "Offsets and windows are counted in days, weeks, months or years. A record has civil dates, "
    "without a time of day, so 72 hours are 3 days.\n\n"
    "Wrong:  at M0 + 3 kg\n"
    "Right:  at M0 + 3 months",
)  # fmt: skip
OWN_ZERO = Kind(
    "E0418", "own-zero", "error", "{unit} has a zero of its own: it cannot be calculated with",
    "38 °C is not 38 degrees above nothing, so sums, products and converted differences of such "
    "readings mean nothing, and 1 °C of fever is 1.8 °F, but 37 °C is 98.6 °F. A reading can be "
    "compared with a number in either unit.\n\n"
    'Wrong:  derive fever "Fever" [Cel] = vitals.temperature - vitals.usual\n'
    "Right:  vitals.temperature >= 38.5 Cel",
)  # fmt: skip
LONG_APPLICABILITY = Kind(
    "E0419", "long-applicability", "error",
    "the condition under which this exists has more than {limit} parts",
    "`applies when` is asked wherever the element is used, and shown there. Give long conditions "
    "a name.\n\n"
    "Wrong:  applies when any of {{ a: ... 200 alternatives ... }}\n"
    'Right:  define at_risk "At risk" = any of {{ a: ... }}    applies when at_risk',
)  # fmt: skip
WIDENED = Kind(
    "W0420", "widened", "warning",
    "where `{text}` drops out, the rest of this `and` keeps participants out alone",
    "An element that does not exist for a participant drops out: in `and` and `all of` it is no "
    "obstacle. In an exclusion that makes the rule wider, not narrower: whoever is not asked is "
    "excluded by what is left.\n\n"
    "Wrong:  exclude when childbearing and not adequate     (excludes a man for `not adequate`)\n"
    "Right:  exclude when demo.sex = female and childbearing and not adequate",
)  # fmt: skip
NEGATION_DROPS_OUT = Kind(
    "W0471", "negation-drops-out", "warning",
    "where it drops out, `{text}` counts as false: the other alternatives are required alone",
    "What does not exist for a participant drops out, and so does its negation: among the "
    "alternatives of `or` it is no help. Whoever reads `not on_insulin` takes it for true of those "
    "whom nobody asks about insulin; the rule takes it for false, and keeps them out unless "
    "another alternative holds.\n\n"
    "Wrong:  require not insulin.changed or stable       (insulin.changed applies when diabetes)\n"
    "Right:  require not diabetes or not insulin.changed or stable",
)  # fmt: skip
TOO_LONG = Kind(
    "E0421", "too-long", "error",
    "definitions opened, this comes to {count} parts; nobody can follow more than {limit}",
    "A definition stands for its whole text wherever it is named. Definitions that name others "
    "twice double at every step, and so do the explanations of every verdict.\n\n"
    'Wrong:  define d2 "Two" = any of {{ a: d1  b: not d1 }}   (and so on, up to d18)\n'
    "Right:  definitions that name each fact once",
)  # fmt: skip
NO_HISTORY = Kind(
    "E0440", "no-history", "error",
    "`{name}` is neither a history nor a date: `{word}` cannot be asked",
    "`ongoing` is asked of a history: of something that never happened, goes on, or ended on a "
    "day. `within ... before` is asked of a history or of a date.\n\n"
    'Wrong:  data hist.mi "Myocardial infarction" : boolean    exclude when hist.mi ongoing\n'
    'Right:  data hist.mi "Myocardial infarction" : history    exclude when hist.mi ongoing',
)  # fmt: skip
UNLESS_REQUIRED = Kind(
    "W0490", "unless-required", "warning",
    "`{text}` keeps out here: what is required `unless` it holds is not met where it does",
    "`X unless Y` is X and not Y: in an exclusion the exception lets in. In what must be met it "
    "keeps out, and people read the opposite: \"bilirubin at most 1.5 x ULN unless Gilbert's "
    "syndrome\" is meant to let in.\n\n"
    "Wrong:  require lab.bilirubin <= 1.5 xULN unless hist.gilbert\n"
    "Right:  require lab.bilirubin <= 1.5 xULN or hist.gilbert",
)  # fmt: skip
PASSED_OVER = Kind(
    "W0470", "passed-over", "warning",
    "`{name}` exists for nobody in whom it {whom}: they are passed over",
    "What goes on has no last day, and what does not go on has no day since when. A rule that asks "
    "only for that day says nothing of the others: an exclusion of recent treatment would let in "
    "who is being treated.\n\n"
    "Wrong:  exclude when drug.esa.last within 30 days before dose.day\n"
    "Right:  exclude when drug.esa within 30 days before dose.day",
)  # fmt: skip
OUTSIDE_ORDER = Kind(
    "E0441", "outside-order", "error", "`{text}` {consequence}",
    "A comparison of an ordinal scale must leave some of its values on each side.\n\n"
    "Wrong:  data nyha ... : ordinal {{I, II, III, IV}}    exclude when nyha > IV\n"
    "Right:  exclude when nyha >= IV",
)  # fmt: skip
