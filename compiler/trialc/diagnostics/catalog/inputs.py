"""E01xx: files that cannot be read as a text, and outputs that cannot be written."""

from trialc.diagnostics.diagnostic import Kind

UNREADABLE = Kind(
    "E0101", "unreadable-file", "error", "this file cannot be read: {reason}",
    "The compiler reads the protocol, the libraries it uses from the folder lib/ beside it, and "
    "the registered text. A file that does not exist, is a folder, or must not be read by you "
    "stops it: guessing what stood there is no option.\n\n"
    "Wrong:  protoc build protcol/care_ssc.proto.txt\n"
    "Right:  protoc build protocol/care_ssc.proto.txt",
)  # fmt: skip
NOT_UTF8 = Kind(
    "E0102", "not-utf-8", "error",
    "this file is not UTF-8: byte {byte} at offset {offset}, line {line}",
    "Protocol texts are UTF-8, so that `≥`, `é` and `µ` are the same characters on every computer. "
    "In another encoding a sign can turn into a different one without anybody noticing: `≥` into "
    "`=`, or `µg` into `ľg`.\n\n"
    "Wrong:  a file saved as Windows-1252, Latin-1 or UTF-16\n"
    "Right:  the same text saved as UTF-8 (in most editors: Save as, Encoding, UTF-8)",
)  # fmt: skip
EMPTY = Kind(
    "E0103", "empty-file", "error", "this file is empty",
    "An empty protocol would accept everybody and schedule nothing. An empty file is nearly always "
    "a save or a copy that failed.\n\n"
    "Wrong:  (nothing)\n"
    "Right:  language 1\n        protocol care_ssc ...",
)  # fmt: skip
TOO_LARGE = Kind(
    "E0104", "too-large", "error", "this file has {size} MB; {limit} MB are the most that is read",
    "The longest protocols have well under 1 MB of text. A larger file is something else: a scan, "
    "an archive, a data export.\n\n"
    "Wrong:  protoc check registry-export.json\n"
    "Right:  protoc check protocol/care_ssc.proto.txt",
)  # fmt: skip
NUL_BYTE = Kind(
    "E0105", "nul-byte", "error",
    "this file is not plain text: NUL byte at offset {offset}, line {line}",
    "No text holds a NUL byte. The file is a binary file (a word processor's document, for "
    "example), or a disk damaged it.\n\n"
    "Wrong:  protoc check protocol.docx\n"
    "Right:  protoc check protocol/care_ssc.proto.txt",
)  # fmt: skip
UNWRITABLE = Kind(
    "E0106", "output-unwritable", "error", "the output cannot be written: {reason}",
    "Outputs are written as a whole: when one of them cannot be, the old ones stay as they were, "
    "and nothing half new is left behind. Free some space, ask for the right to write there, or "
    "choose another folder.\n\n"
    "Wrong:  protoc build -o /usr/share/trial\n"
    "Right:  protoc build -o generated",
)  # fmt: skip
OPEN_DECISION = Kind(
    "E0108", "open-decision", "error", "decision `{name}` is open: a release needs an answer",
    "A draft may leave a question about the registered words open; its documents show the question "
    "in the margin. A release may not: somebody would have to guess. `protoc decisions PROTOCOL` "
    "prints the questions as a page to be answered and signed.\n\n"
    "Wrong:  status: open\n"
    'Right:  status: confirmed  by: "the sponsor"  on: 2027-01-04',
)  # fmt: skip
ID_TAKEN = Kind(
    "E0109", "id-taken", "error", "`{name}` is the id of `{other}`, too",
    "The id names the trial, and the folder of its outputs: two protocols with one id would "
    "overwrite each other. A protocol that begins as a copy of another needs an id of its own; "
    "where the other one is gone, remove the folder of outputs that it left.\n\n"
    "Wrong:  protocol care_ssc {{ ... }}   in two files\n"
    "Right:  protocol care_ssc_2 {{ ... }}",
)  # fmt: skip
INTERNAL = Kind(
    "E0001", "internal-error", "error", "internal error: {what}",
    "The compiler itself is wrong here, not your protocol. Nothing was written. Please report it "
    "with the protocol and with what the same command prints when TRIALC_DEBUG=1 is set.\n\n"
    "Wrong:  protoc build\n"
    "Right:  TRIALC_DEBUG=1 protoc build",
)  # fmt: skip
