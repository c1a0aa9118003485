"""E03xx: names, properties, libraries."""

from trialc.diagnostics.diagnostic import Kind

DUPLICATE_ID = Kind(
    "E0301", "duplicate-id", "error", "`{name}` is declared twice",
    "An id is the identity of a thing for ever: in explanations, attestations, comparisons. One "
    "name, one thing.\n\n"
    'Wrong:  role nurse "Nurse"\n'
    '        visit nurse "Nurse visit" unscheduled\n'
    'Right:  role nurse "Nurse"\n'
    '        visit nurse_visit "Nurse visit" unscheduled',
)  # fmt: skip
UNKNOWN_NAME = Kind(
    "E0302", "unknown-name", "error", "nothing is called `{name}`",
    "Every name must be declared in this text or in a library that it uses.\n\n"
    "Wrong:  require lab.ers > 25 mm/h\n"
    "Right:  require lab.esr > 25 mm/h",
)  # fmt: skip
WRONG_KIND_OF_NAME = Kind(
    "E0303", "wrong-kind-of-name", "error", "`{name}` is {found}; here {wanted} is needed",
    "The name is declared, but as something else.\n\n"
    "Wrong:  give one_infusion as infusion_1 at M0   (one_infusion is an arm)\n"
    "Right:  give ucmsc as infusion_1 at M0",
)  # fmt: skip
UNKNOWN_PROPERTY = Kind(
    "E0304", "unknown-property", "error", "`{name}` is no property of {thing}",
    "Each kind of declaration has its own properties, listed in the language reference.\n\n"
    'Wrong:  role nurse "Nurse" {{ phone: "1" }}\n'
    'Right:  role nurse "Nurse"',
)  # fmt: skip
DUPLICATE_PROPERTY = Kind(
    "E0305", "duplicate-property", "error", "`{name}` is given twice",
    "Two values for one property: nobody could tell which one holds.\n\n"
    "Wrong:  sites: 1  sites: 2\n"
    "Right:  sites: 2",
)  # fmt: skip
GIVEN_TWICE = {
    "failure": "write `failure of BRANCH: temporary` for the branch that is not final",
    "recheck": 'write both into one text, for example `recheck: "after recovery, and not within 28 '
    'days"`, or make two criteria of it',
}
"""What to write in place of a second one of these properties."""
MISSING_PROPERTY = Kind(
    "E0306", "missing-property", "error", "{thing} `{name}` has no `{property}`",
    "The declaration cannot mean anything without this part.\n\n"
    'Wrong:  randomisation main "Randomisation" {{ ratio: a 1, b 1 }}\n'
    'Right:  randomisation main "Randomisation" {{ blocks: 3 of 2  ratio: a 1, b 1 }}',
)  # fmt: skip
PROPERTY_FORM = Kind(
    "E0307", "property-form", "error", "`{name}` takes {form}",
    "The value does not have the form that this property needs.\n\n"
    "Wrong:  blocks: three of six\n"
    "Right:  blocks: 3 of 6",
)  # fmt: skip
DUPLICATE_LABEL = Kind(
    "E0308", "duplicate-label", "error", "two alternatives of one group are called `{name}`",
    "The label is the address of the alternative; two alternatives cannot share one, nor can two "
    "codes of a choice.\n\n"
    "Wrong:  any of {{ a: x  a: y }}\n"
    "Right:  any of {{ a: x  b: y }}",
)  # fmt: skip
LIBRARY_NOT_FOUND = Kind(
    "E0310", "library-not-found", "error",
    "there is no library `{name}`; it would be the file `{file}`",
    "`use lib.x` reads the file lib/x.proto.txt beside the protocol.\n\n"
    'Wrong:  use lib.kdigo version "2012.1" as kdigo\n'
    'Right:  use lib.kdigo_ckd version "2012.1" as kdigo',
)  # fmt: skip
LIBRARY_OUTSIDE = Kind(
    "E0311", "library-outside", "error", "`{name}` points outside of the folder of libraries",
    "Libraries live in the folder lib/ beside the protocol, so that a protocol can be moved, "
    "signed and compared as one folder.\n\n"
    'Wrong:  use other.kdigo_ckd version "1" as k\n'
    'Right:  use lib.kdigo_ckd version "1" as k',
)  # fmt: skip
LIBRARY_CYCLE = Kind(
    "E0312", "library-cycle", "error", "libraries use one another in a circle: {path}",
    "A library cannot use itself, directly or through others. Move what both need into a third "
    "one.\n\n"
    "Wrong:  a uses b, b uses a\n"
    "Right:  a uses c, b uses c",
)  # fmt: skip
LIBRARY_VERSION = Kind(
    "E0313", "library-version", "error",
    "`{name}` is at version {found}, the protocol asks for {wanted}",
    "A protocol names the exact version of what it uses, so that nothing changes under it "
    "unnoticed. Write the version that was reviewed, and review again when it changes.\n\n"
    'Wrong:  use lib.kdigo_ckd version "2012" as ckd\n'
    'Right:  use lib.kdigo_ckd version "2012.1" as ckd',
)  # fmt: skip
LOCK_MISMATCH = Kind(
    "E0314", "lock-mismatch", "error",
    "library `{name}` {version} is not the text that protoc.lock records",
    "The lock file keeps the content hash of every library that the protocol was reviewed with. "
    "The library changed without a new version.\n\n"
    "Wrong:  lib/kdigo_ckd.proto.txt changed, its version and protoc.lock as before\n"
    "Right:  a new version of the library, or `protoc lock --reviewed` after a review",
)  # fmt: skip
DAMAGED_LOCK = Kind(
    "E0350", "damaged-lock", "error", "protoc.lock cannot be read: {reason}",
    "Nothing is known of the libraries that the protocol was reviewed with. Bring the file back "
    "from version control, or write it anew after a review of the libraries.\n\n"
    "Wrong:  a protoc.lock in which two versions of it were merged by hand\n"
    "Right:  `protoc lock --reviewed`, after a review",
)  # fmt: skip
RETIRED_ID = Kind(
    "E0315", "retired-id", "error", "`{name}` is an id of the past and must not be used again",
    "An id that was retired or renamed still stands in old records and old explanations. A new "
    "thing gets a new id.\n\n"
    "Wrong:  retired lab.crp\n"
    '        data lab.crp "C-reactive protein" : quantity [mg/L]\n'
    "Right:  retired lab.crp\n"
    '        data lab.hs_crp "C-reactive protein" : quantity [mg/L]',
)  # fmt: skip
MISPLACED_STATEMENT = Kind(
    "E0316", "misplaced-statement", "error", "`{verb}` does not belong into {thing}",
    "Each kind of declaration has its own statements, listed in the language reference.\n\n"
    'Wrong:  visit M1 "Month 1" anchor {{ give drug as dose_1 at M1 }}\n'
    'Right:  arm active "Active" experimental {{ give drug as dose_1 at M1 }}',
)  # fmt: skip
PROTOCOL_COUNT = Kind(
    "E0317", "protocol-count", "error",
    "a protocol text has one `protocol` declaration; this one has {count}",
    "The `protocol` declaration names the trial and its version.\n\n"
    "Wrong:  (a text without it, or with two)\n"
    'Right:  protocol care_ssc {{ title: "..." version: "1.0.0" }}',
)  # fmt: skip
DUPLICATE_NUMBER = Kind(
    "E0318", "duplicate-number", "error", "two {kind} criteria carry the number [{number}]",
    "The printed number is how people cite a criterion; it is unique among the inclusions and "
    "among the exclusions.\n\n"
    "Wrong:  exclusion a [1] ...  exclusion b [1] ...\n"
    "Right:  exclusion a [1] ...  exclusion b [2] ...",
)  # fmt: skip
BINDING_MISMATCH = Kind(
    "E0319", "binding-mismatch", "error",
    "`{name}` cannot stand for the library's `{wanted}`: {why}",
    "`with x = y` lets the protocol's element y stand for the library's element x. Both need the "
    "same type and unit, and the library's choices must be among the protocol's.\n\n"
    'Wrong:  use lib.kdigo_ckd version "2012.1" as kdigo with gfr = lab.creatinine\n'
    'Right:  use lib.kdigo_ckd version "2012.1" as kdigo with gfr = renal.gfr',
)  # fmt: skip
LIBRARY_CONTENT = Kind(
    "E0320", "library-content", "error", "a library cannot declare {thing}",
    "A library holds shared definitions: data, judgements, derived numbers, named conditions. A "
    "trial's own design belongs to the protocol.\n\n"
    'Wrong:  visit M0 "Month 0" anchor   (in a library)\n'
    'Right:  visit M0 "Month 0" anchor   (in the protocol that uses it)',
)  # fmt: skip
MISSING_STATEMENT = Kind(
    "E0321", "missing-statement", "error", "{thing} `{name}` has no `{statement}`",
    "The declaration cannot mean anything without this statement.\n\n"
    'Wrong:  inclusion adult [1] "Adult" {{ source """Adults""" }}\n'
    'Right:  inclusion adult [1] "Adult" {{ source """Adults""" require age >= 18 years }}',
)  # fmt: skip
NOT_LOCKED = Kind(
    "W0322", "not-locked", "warning", "library `{name}` is not in protoc.lock",
    "The lock file keeps the content hash of every library that the protocol was reviewed with, "
    "so that a changed library cannot pass unnoticed.\n\n"
    "Wrong:  a new `use` without a new lock file\n"
    "Right:  protoc lock protocol/care_ssc.proto.txt",
)  # fmt: skip
OVERLAPPING_REPLACEMENTS = Kind(
    "E0323", "overlapping-replacements", "error",
    "`{inner}` is a part of `{outer}`, which is replaced as a whole",
    "The replacements of one alternative are applied together, so none of them may lie within "
    "another one.\n\n"
    "Wrong:  replacing severe.organ by lung.ild, replacing severe.organ.renal by renal.crisis\n"
    "Right:  replacing severe.organ by lung.ild or renal.crisis",
)  # fmt: skip
TOO_MANY_LIBRARIES = Kind(
    "E0324", "too-many-libraries", "error", "libraries are used more than {limit} times in all",
    "Libraries may use libraries, and every use brings all their names once more. A protocol has "
    "a handful of them.\n\n"
    "Wrong:  a library that uses another one ten times, which uses a third one ten times\n"
    "Right:  one use of each library",
)  # fmt: skip
ONLY_ONE = Kind(
    "E0325", "only-one", "error", "a protocol has one `{thing}`; this is a second one",
    "Nobody could tell which of the two holds.\n\n"
    "Wrong:  masking double ... masking quadruple ...\n"
    "Right:  masking quadruple ...",
)  # fmt: skip
CANNOT_DROP = Kind(
    "E0352", "cannot-drop", "error", "`{path}` cannot be dropped: {why}",
    "`dropping` leaves a branch out of a rule, whom a criterion applies to (`c.applies`), or a "
    "whole criterion. What is left must still be a rule: a group keeps a branch, and as many as "
    "it asks for.\n\n"
    "Wrong:  at least 2 of {{ fever: ... rash: ... }}    dropping signs.rash\n"
    "Right:  replacing signs by sign.fever",
)  # fmt: skip
