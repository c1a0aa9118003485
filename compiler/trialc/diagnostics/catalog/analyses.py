"""E06xx: what the analyses find: registered words, numbers, decisions, exactness."""

from trialc.diagnostics.diagnostic import Kind

QUOTE_NOT_FOUND = Kind(
    "E0601", "quote-not-found", "error", "these words are not in the registered text: `{words}`",
    "`source` and `quote` hold the words of the registered text, verbatim, one clause a "
    "line. Line breaks and repeated spaces do not matter; every other character does. Words "
    "that nobody registered must not look as if they were.\n\n"
    "Wrong:  Age under 18 years\n"
    "Right:  Age < 18 years",
)  # fmt: skip
QUOTE_OUT_OF_ORDER = Kind(
    "E0602", "quote-out-of-order", "error",
    "these words do not come after the line before them: `{words}`",
    "The lines of one `source` stand in the order of the registered text; words between them "
    "may be left out. Words that stand elsewhere in the text get a `source` of their own, so "
    "that nobody reads a sentence that was never written.\n\n"
    "Wrong:  one source with the description of the trial under an exclusion criterion\n"
    "Right:  two sources, one below the other",
)  # fmt: skip
NO_REGISTERED_TEXT = Kind(
    "E0603", "no-registered-text", "error", "the registered text `{file}` is not there",
    "`text` of the protocol names the file that all quotes are checked against, relative to "
    "the protocol. Without it no quote can be trusted.\n\n"
    'Wrong:  text: "NCT04356287.txt"\n'
    'Right:  text: "source/NCT04356287.txt"',
)  # fmt: skip
NOTHING_TO_CHECK = Kind(
    "W0604", "unregistered", "warning",
    "no registered text is named: nothing can be checked against it",
    "A protocol stands on the text that was registered. `text` names the file, `source` quotes "
    "it rule by rule; every quote, every number and the share that nobody quotes are then "
    "checked.\n\n"
    "Wrong:  protocol small {{ title: \"A small trial\" version: \"1\" }}\n"
    'Right:  text: "source/NCT04356287.txt"',
)  # fmt: skip
NO_SOURCE = Kind(
    "W0605", "no-source", "warning", "`{name}` quotes no registered words and names no decision",
    "Criteria, arms, gates and the other rules of a trial stand on the registered text: "
    "`source` quotes it. A rule that the text does not state is a decision of ours: it names "
    "one.\n\n"
    "Wrong:  exclusion weight [14] {{ exclude when demo.weight > 120 kg }}\n"
    'Right:  exclusion weight [14] {{ source """Weight > 120 kg""" exclude when demo.weight '
    "> 120 kg }}",
)  # fmt: skip
NUMBER_NOT_IN_SOURCE = Kind(
    "W0606", "number-not-in-source", "warning",
    "`{number}` is neither in the registered words of `{name}` nor in a decision that it names",
    "A number in a rule should stand in the words it quotes, or the same amount in another unit. "
    "A slip of the finger here is a wrong threshold for every participant. Where the number is our "
    "reading, `decided` names the decision that says why, and its `reading` states the number.\n\n"
    "Wrong:  source: hemoglobin < 11 g/dL    rule: lab.hemoglobin < 12 g/dL\n"
    "Right:  source: hemoglobin < 11 g/dL    rule: lab.hemoglobin < 11 g/dL",
)  # fmt: skip
UNQUOTED = Kind(
    "I0607", "unquoted-text", "info",
    "{share} of the registered text is quoted; `{words}` is the longest part that is not",
    "Words of the registered text that no `source` quotes may hold a rule that this protocol "
    "lacks. The document lists all of them. Words that are no part of the protocol (a menu, "
    'a heading) are set aside: aside "headings of the web page" with the words.',
)  # fmt: skip
UNUSED_DECISION = Kind(
    "W0608", "unused-decision", "warning",
    "no declaration says that decision `{name}` interprets it",
    "A decision says how words are read. `decided` on the criterion, element or gate "
    "concerned shows readers where the reading bites.\n\n"
    "Right:  exclusion organ_damage [3] {{ decided rhc_optional ... }}",
)  # fmt: skip
OPEN_DECISIONS = Kind(
    "I0609", "open-decisions", "info", "{what} open",
    "An open decision is a question that only the investigator or the sponsor can answer. "
    "Drafts show it in the margin; `protoc build --release` refuses it. `protoc decisions` "
    "prints all of them as a page to be answered and signed.\n\n"
    'Right:  status: confirmed  by: "the sponsor"  on: 2027-01-04',
)  # fmt: skip
INEXACT = Kind(
    "I0610", "inexact", "info",
    "`{name}` may stay undetermined although every possible value of {inputs} gives the same "
    "outcome",
    "Unknown values are handled by three-valued logic, and where one input feeds several "
    "conditions its possible values are tried one by one. That is not possible here: the "
    "value is compared with another unknown value, or there are too many combinations. The "
    "verdict is then still never wrong; it may only ask for a value that could not change it.",
)  # fmt: skip
FOREGONE = Kind(
    "W0611", "foregone", "warning", "every participant answers `{text}` alike",
    "No value that the element can have makes a difference here: the limit lies at the end of its "
    "range, or all codes of a choice are named. Either the rule or the range is not what was "
    "meant.\n\n"
    "Wrong:  data demo.age : quantity [year] {{ range: 18 .. 75 years }}   require demo.age >= 18 "
    "years\n"
    "Right:  data demo.age : quantity [year] {{ range: 0 .. 120 years }}",
)  # fmt: skip
EVERYBODY = Kind(
    "W0612", "everybody-passes", "warning", "everybody passes `{name}`, whatever is found",
    "The criterion keeps nobody out: every possible value leads to the same outcome.\n\n"
    "Wrong:  require lab.hb >= 8 g/dL or lab.hb < 11 g/dL\n"
    "Right:  require lab.hb >= 8 g/dL and lab.hb < 11 g/dL",
)  # fmt: skip
NOBODY = Kind(
    "E0613", "nobody-passes", "error", "nobody can be eligible: nobody passes {names}",
    "Whatever is found of a participant, these criteria keep everybody out.\n\n"
    "Wrong:  inclusion adult {{ require demo.age >= 18 years }}\n"
    "        exclusion old {{ exclude when demo.age > 17 years }}\n"
    "Right:  exclusion old {{ exclude when demo.age > 75 years }}",
)  # fmt: skip
REPEATED = Kind(
    "W0614", "repeated-criterion", "warning", "`{name}` asks the same as `{other}`",
    "Two criteria with the same condition decide as one. Usually one of them was copied, and its "
    "condition was to be changed.\n\n"
    "Wrong:  exclusion alt {{ exclude when lab.ast > 3 xULN }}    exclusion ast {{ exclude when "
    "lab.ast > 3 xULN }}\n"
    "Right:  exclusion alt {{ exclude when lab.alt > 3 xULN }}",
)  # fmt: skip
COMPARED_OTHERWISE = Kind(
    "W0615", "compared-otherwise", "warning",
    "`{name}` does not compare as its registered words do: `{words}`",
    "A rule that looks the other way than its source, or that leaves out the limit itself, is "
    "wrong for every participant at or beyond it. The relation beside the quoted number (`<`, at "
    "least, 18 years or older) is compared with the rule's, wherever the words state the same "
    "amount, in whatever unit; where they have none once, nothing is said. Amounts themselves are "
    "compared by W0630, lengths of time before and after a day by W0631 and W0632. Where the rule "
    "is our reading of other words, `decided` names the decision that says why.\n\n"
    "Wrong:  source: hemoglobin < 11 g/dL    rule: exclude when lab.hemoglobin > 11 g/dL\n"
    "Right:  source: hemoglobin < 11 g/dL    rule: exclude when lab.hemoglobin < 11 g/dL",
)  # fmt: skip
POPULATION_DIFFERS = Kind(
    "W0616", "population-differs", "warning", "{stated}: {what} such a participant",
    "Whoever finds the trial by its title page must be whom the criteria admit, and nobody else. "
    "Elements called `age` (in the unit of `ages`) and `sex` are compared, at the limit and one "
    "step beyond it.\n\n"
    "Wrong:  ages: from 21 years    inclusion adult {{ require demo.age >= 18 years }}\n"
    "Right:  ages: from 18 years    inclusion adult {{ require demo.age >= 18 years }}",
)  # fmt: skip
CODE_WRONG = Kind(
    "W0621", "code-wrong", "warning", "`{code}` is no code of {system}: {why}",
    "Data are merged by their codes. A digit that is wrong is the code of something else, or of "
    "nothing; terminologies have check digits for that.\n\n"
    'Wrong:  code: loinc "718-8"\n'
    'Right:  code: loinc "718-7"',
)  # fmt: skip
NUMBER_GAP = Kind(
    "W0622", "number-gap", "warning",
    "before {side} {number} the numbers leave out {missing}",
    "The numbers of criteria are those that the registered text prints. One that is missing is "
    "often a criterion that nobody wrote down; a text that leaves it out itself (a criterion that "
    "an amendment deleted) is a decision.\n\n"
    "Wrong:  inclusion adult [1] ...   inclusion consent [3] ...\n"
    "Right:  inclusion adult [1] ...   inclusion anaemia [2] ...   inclusion consent [3] ...",
)  # fmt: skip
