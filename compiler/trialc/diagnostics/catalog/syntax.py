"""E02xx: the text does not have the form of the language."""

from trialc.diagnostics.diagnostic import Kind

UNCLOSED_STRING = Kind(
    "E0201", "unclosed-string", "error", "this string has no end",
    'A title stands between two quotation marks on one line, registered words between two `"""`. '
    "Without the second one the rest of the text would be swallowed.\n\n"
    'Wrong:  title: "CARE-SSc\n'
    'Right:  title: "CARE-SSc"',
)  # fmt: skip
UNCLOSED_BRACKET = Kind(
    "E0202", "unclosed-bracket", "error",
    "`{bracket}` is opened here and not closed before the next declaration",
    "Every brace and every parenthesis must be closed in the declaration that opens it. Braces, "
    "not the layout, say what belongs together.\n\n"
    "Wrong:  require any of {{ a: x  b: y\n"
    "Right:  require any of {{ a: x  b: y }}",
)  # fmt: skip
STRAY_BRACKET = Kind(
    "E0203", "stray-bracket", "error", "`{bracket}` closes nothing",
    "There is one closing bracket too many, or the opening one has the other shape.\n\n"
    "Wrong:  require (a or b}}\n"
    "Right:  require (a or b)",
)  # fmt: skip
TOO_DEEP = Kind(
    "E0204", "too-deep", "error", "this is nested deeper than {limit} levels",
    "Nobody can follow a condition this deep, definitions opened. Give inner groups a name of "
    "their own with `define`, and do not build definitions on more than a few others.\n\n"
    "Wrong:  require (((( ... ))))\n"
    'Right:  define active_disease "Active disease" = any of {{ ... }}\n'
    "        require active_disease and age >= 18 years",
)  # fmt: skip
STRAY_TEXT = Kind(
    "E0205", "stray-text", "error", "this text belongs to no declaration",
    "A protocol text is a list of declarations. Each starts with its keyword in the first column; "
    "remarks start with `#`.\n\n"
    'Wrong:  "The trial has three arms."\n'
    "Right:  # The trial has three arms.",
)  # fmt: skip
UNKNOWN_KEYWORD = Kind(
    "E0206", "unknown-keyword", "error", "`{word}` does not start a declaration",
    "A line that starts in the first column starts a declaration, with one of the keywords of the "
    "language. Lines inside a declaration are indented.\n\n"
    'Wrong:  inclussion age [1] "Adults" {{ ... }}\n'
    'Right:  inclusion age [1] "Adults" {{ ... }}',
)  # fmt: skip
UNEXPECTED = Kind(
    "E0207", "unexpected", "error", "`{found}` cannot stand here; expected {expected}",
    "The words before this place need something else to follow. The list says what could stand "
    "here.\n\n"
    "Wrong:  exclude when age < years\n"
    "Right:  exclude when age < 18 years",
)  # fmt: skip
MIXED_AND_OR = Kind(
    "E0208", "mixed-and-or", "error", "`and` and `or` are mixed without parentheses",
    "People read `a and b or c` in two ways. Say which one is meant.\n\n"
    "Wrong:  require a and b or c\n"
    "Right:  require a and (b or c)",
)  # fmt: skip
BAD_CHARACTER = Kind(
    "E0209", "bad-character", "error", "the character `{character}` ({code}) means nothing here",
    "Outside of strings and comments only letters, digits and the signs of the language may "
    "stand. Pasted typography (curly quotation marks, dashes, no-break spaces, ≤ ≥ ×) is "
    "understood.\n\n"
    "Wrong:  lab.esr > 25 mm/h;\n"
    "Right:  lab.esr > 25 mm/h",
)  # fmt: skip
UNFINISHED = Kind(
    "E0210", "unfinished", "error",
    "the declaration of `{name}` ends too early; expected {expected}",
    "Something that must follow is missing before the next declaration starts.\n\n"
    'Wrong:  data lab.esr "ESR" :\n'
    'Right:  data lab.esr "ESR" : quantity [mm/h]',
)  # fmt: skip
LANGUAGE_VERSION = Kind(
    "E0211", "language-version", "error", "this compiler reads language 1, not `{version}`",
    "The first declaration says which version of the language the text is written in, so that an "
    "old protocol keeps its meaning under a new compiler.\n\n"
    "Wrong:  language 2\n"
    "Right:  language 1",
)  # fmt: skip
NO_LANGUAGE = Kind(
    "E0212", "no-language", "error", "the text does not begin with the version of its language",
    "The first declaration of every text is its language version, also of a library.\n\n"
    "Wrong:  protocol care_ssc {{ ... }}\n"
    "Right:  language 1\n"
    "        protocol care_ssc {{ ... }}",
)  # fmt: skip
MISSING_LABEL = Kind(
    "E0213", "missing-label", "error", "an alternative needs a label before its condition",
    "Every operand of `all of`, `any of`, `none of` and `at least n of` has a label: the address "
    "that explanations, attestations, tests and comparisons of amendments use.\n\n"
    "Wrong:  any of {{ lab.esr > 25 mm/h }}\n"
    "Right:  any of {{ esr: lab.esr > 25 mm/h }}",
)  # fmt: skip
RESERVED_NAME = Kind(
    "E0214", "reserved-name", "error", "`{name}` is a word of the language and cannot be a name",
    "Words of the language cannot be used as names, so that a later reader never wonders which is "
    "meant.\n\n"
    'Wrong:  data any "Any finding" : boolean\n'
    'Right:  data any_finding "Any finding" : boolean',
)  # fmt: skip
DECIMAL_COMMA = Kind(
    "E0215", "decimal-comma", "error",
    "`{number}` is written with a comma; numbers take a decimal point",
    "A comma separates the members of a list. Numbers are written with a decimal point and "
    "without thousands separators.\n\n"
    "Wrong:  lab.neutrophils < 0,5 x10^9/L\n"
    "Right:  lab.neutrophils < 0.5 x10^9/L",
)  # fmt: skip
NUMBER_SIZE = Kind(
    "E0216", "number-size", "error",
    "`{number}` is no number of a protocol: too many digits, or too large a power of ten",
    "Numbers have at most 30 digits and powers of ten up to 30. Anything beyond is a slip of the "
    "finger: the dose of largest power that trials name is 1e15 vector genomes.\n\n"
    "Wrong:  dose: 1e99 cell/kg\n"
    "Right:  dose: 1e9 cell/kg",
)  # fmt: skip
MISSING_COLON = Kind(
    "E0218", "missing-colon", "error", "a `:` is missing behind `{name}`",
    "A property, and a value of a participant, has a label with a colon; without one, nobody can "
    "tell the label from the value before it.\n\n"
    'Wrong:  title "Iron in anaemia"\n'
    'Right:  title: "Iron in anaemia"',
)  # fmt: skip
LAYOUT_REFUSED = Kind(
    "E0217", "layout-refused", "error", "the layout of `protoc fmt` would {damage}",
    "`protoc fmt` reads what it made and compares it with your text: the same declarations, the "
    "same comments at the same places, the same registered words, nothing left to format. Here it "
    "failed, and your text was left as it is. This is a fault of the formatter, not of your text: "
    "please report it with the declaration at this place. Usually a comment between two words of "
    "a condition is behind it.\n\n"
    "Wrong:  require # adults\n"
    "          demo.age >= 18 years\n"
    "Right:  # adults\n"
    "        require demo.age >= 18 years",
)  # fmt: skip
