"""What the exit statuses of all commands mean. docs/cli.md has the same table for users."""

FINE = 0
FINDINGS = 1
"""Errors in the protocol, a failed test, an output that is out of date."""
BAD_USE = 2
"""Wrong arguments, an input that cannot be read as a text, a record that is refused."""
INELIGIBLE = 3
UNDETERMINED = 4
INTERNAL = 70
IO_FAILED = 74
INTERRUPTED = 130
BROKEN_PIPE = 141
"""Whoever read the output stopped reading: what a program that dies of SIGPIPE gives."""
