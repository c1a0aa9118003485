"""The page of `protoc --help`. The table of commands stands here so that no command is imported."""

COMMANDS = (
    ("build", "compile protocols into documents, code and data"),
    ("check", "report everything that is wrong, write nothing"),
    ("test", "run the tests that the protocol contains"),
    ("coverage", "say of every criterion how it is written: exact, attested, lossy, free text"),
    ("explore", "walk every course of a dose escalation: how it ends, how long it takes"),
    ("screen", "ask for the verdict on participants, with the reasons"),
    ("schedule", "date the visits from the day of the anchor visit"),
    ("fmt", "bring protocol texts into the one layout"),
    ("explain", "explain a diagnostic, with an example"),
    ("graph", "draw how the parts of a protocol hang together"),
    ("decisions", "list the decisions about typos and ambiguities of the source"),
    ("library", "list the libraries that come with trialc, add them to your protocols"),
    ("lock", "record the exact libraries that a protocol was reviewed with"),
    ("completion", "print the completion script for a shell"),
)
"""Name and purpose of every command, in the order of the page; each is a module of `commands`."""


def help_page(program: str) -> str:
    """The whole page, ready to print."""
    rows = "".join(f"  {name:<12}{purpose}\n" for name, purpose in COMMANDS)
    return f"""\
Usage: {program} COMMAND [OPTIONS] [PATHS]

The compiler for clinical-trial protocols written as source code.

Commands:
{rows}
Options:
  --version   say which compiler this is
  --help      this page; `{program} COMMAND --help` has options and examples

Examples:
  {program} build                                     all of protocol/, into generated/
  {program} check protocol/care_ssc.proto.txt
  {program} screen protocol/care_ssc.proto.txt patient.json
  {program} explain E0302

Exit status: 0 fine, 1 findings, 2 wrong use or unreadable input, 3 ineligible, 4 undetermined,
70 internal error, 74 output not written, 130 interrupted.
"""
