"""W0630 to W0639: rules against the words that they quote, and against each other."""

from trialc.diagnostics.diagnostic import Kind

OTHER_AMOUNT = Kind(
    "W0630", "other-amount", "warning",
    "`{amount}` is another amount than the registered words of `{name}` state: `{words}`",
    "The number is that of the words, and the unit is not: 9 g/L is a tenth of 9 g/dL, and 30 "
    "weeks are not 30 days. Nothing is said where the words state the amount anywhere, in whatever "
    "unit (1500/mm3 is 1.5 x10^9/L), or the number without a unit, or where the reading of a "
    "decision that the rule names states the number.\n\n"
    "Wrong:  source: hemoglobin >= 9 g/dL    rule: require lab.hemoglobin >= 9 g/L\n"
    "Right:  source: hemoglobin >= 9 g/dL    rule: require lab.hemoglobin >= 9 g/dL",
)  # fmt: skip
OTHER_SIDE_OF_DAY = Kind(
    "W0631", "other-side-of-day", "warning",
    "`{name}` looks {side} `{anchor}`, and its registered words look the other way: `{words}`",
    "A window before a day holds nothing of what a window after it holds. Words such as `prior "
    "to`, `preceding`, `last` look back; `after`, `following` look ahead. Where the words count "
    "from the event and the rule counts from the other day, both are the same, and nothing is "
    "said. Where the rule is our reading, `decided` names the decision that says why.\n\n"
    "Wrong:  source: within 30 days prior to surgery    rule: vaccine.day within 30 days after "
    "surgery.day\n"
    "Right:  source: within 30 days prior to surgery    rule: vaccine.day within 30 days before "
    "surgery.day",
)  # fmt: skip
OTHER_END_OF_TIME = Kind(
    "W0632", "other-end-of-time", "warning",
    "`{name}` treats what is exactly {length} away otherwise than its words do: `{words}`",
    "Both ends of `within` are included: `within 3 days before` holds of what is exactly 3 days "
    "ago, and `not (... within 3 days before ...)` does not. Words such as `less than`, `at "
    "least`, `more than` say to which side the last day belongs. Where the rule is our reading, "
    "`decided` names the decision that says why.\n\n"
    "Wrong:  source: without steroids for at least 3 days    rule: not (drug.steroid within 3 days "
    "before as_of)\n"
    "Right:  source: without steroids for at least 3 days    rule: not (drug.steroid within 2 days "
    "before as_of)",
)  # fmt: skip
OTHER_FREQUENCY = Kind(
    "W0633", "other-frequency", "warning",
    "`{name}` is given `{frequency}`, and its registered words say `{words}`",
    "How often something is given is copied into orders and schedules. It is compared with every "
    "frequency that the quoted words state; where they state none, or also this one, nothing is "
    "said. Where the frequency is our reading, `decided` names the decision that says why.\n\n"
    "Wrong:  source: 200 mg every 3 weeks    frequency: \"every 3 days\"\n"
    "Right:  source: 200 mg every 3 weeks    frequency: \"every 3 weeks\"",
)  # fmt: skip
OTHER_ROUTE = Kind(
    "W0634", "other-route", "warning",
    "the route of `{name}` is {route}, and its registered words say `{words}`",
    "A drug that is given by the wrong route can kill. The route is compared with every route that "
    "the quoted words name; where they name none, or also this one, nothing is said. Where the "
    "route is our reading, `decided` names the decision that says why.\n\n"
    "Wrong:  source: cyclophosphamide IV    route: oral\n"
    "Right:  source: cyclophosphamide IV    route: intravenous",
)  # fmt: skip
RANDOMISED_OTHERWISE = Kind(
    "W0635", "randomised-otherwise", "warning",
    "`{name}` has {what}, and its registered words say `{words}`",
    "The ratio decides how many participants each arm gets, and the blocks when. The parts of a "
    "ratio are compared in any order, divided by what they share, and arms may be taken together: "
    "4 and 2 of a block of six are 2:1, and so are three arms with one each. Where the text is "
    "read otherwise, the `reading` of a decision says so.\n\n"
    "Wrong:  source: randomised 2:1    ratio: drug 1, placebo 1\n"
    "Right:  source: randomised 2:1    ratio: drug 2, placebo 1",
)  # fmt: skip
REGISTRY_NUMBER_FORM = Kind(
    "W0636", "registry-number-form", "warning",
    "`{number}` is no number of {registry}: {form}",
    "By its number everybody finds the trial. One that is a figure short is the number of nothing, "
    "or of another trial.\n\n"
    "Wrong:  registry: nct \"NCT0435628\"\n"
    "Right:  registry: nct \"NCT04356287\"",
)  # fmt: skip
REGISTRY_NUMBER_NOT_IN_TEXT = Kind(
    "W0637", "registry-number-not-in-text", "warning",
    "the registered text does not have the number `{number}`, but {others}",
    "The registered text states a number of the same registry, and this one is not among those: "
    "either the number is mistyped, or the file is the text of another trial.\n\n"
    "Wrong:  text: NCT04356287    registry: nct \"NCT04356278\"\n"
    "Right:  text: NCT04356287    registry: nct \"NCT04356287\"",
)  # fmt: skip
SAME_ARMS = Kind(
    "W0638", "same-arms", "warning",
    "the arms `{name}` and `{other}` give exactly the same",
    "Participants are randomised between things that differ: in what is given, in its dose, when, "
    "or for how long. Arms that give the same to masked participants differ in nothing that "
    "anybody could find out; usually one was copied, and what it gives was to be changed.\n\n"
    "Wrong:  arm a ... {{ give drug as dose at M0 }}    arm b ... {{ give drug as dose at M0 }}\n"
    "Right:  arm a ... {{ give drug as dose at M0 }}    arm b ... {{ give placebo as dose at M0 }}",
)  # fmt: skip
IMPLIED = Kind(
    "W0639", "implied-branch", "warning",
    "`{text}` changes nothing: {because}",
    "Of two limits of one element that are joined by `or`, the wider one decides alone; joined by "
    "`and`, the narrower one. The other was meant for another element, for other participants, or "
    "with another limit.\n\n"
    "Wrong:  require lab.ast <= 2.5 xULN or lab.ast <= 5 xULN\n"
    "Right:  require lab.ast <= 2.5 xULN or (hist.metastases and lab.ast <= 5 xULN)",
)  # fmt: skip
