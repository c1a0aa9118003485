"""`protoc explain`: what a diagnostic means, with the wrong text and the right one."""

from __future__ import annotations

import click

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.diagnostics import Kind
from trialc.diagnostics.catalog import every_kind
from trialc.diagnostics.render import visible


@as_command(
    "explain",
    examples="""
        explain             every code with its name
        explain E0302
        explain unknown-name
    """,
)
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain a diagnostic, with an example; without CODE, list all of them."""
    kinds = every_kind()
    if code is None:
        for kind in kinds:
            terminal.say(f"{kind.code}  {kind.severity:<8} {kind.name}")
        return exit_status.FINE
    wanted = code.strip()
    found = [kind for kind in kinds if wanted.upper() == kind.code or wanted.lower() == kind.name]
    if not found:
        raise click.UsageError(_unknown(wanted, kinds))
    terminal.say(explanation(found[0]))
    return exit_status.FINE


def explanation(kind: Kind) -> str:
    """Code, name, message and explanation, ready to print."""
    head = f"{kind.code} {kind.name} ({kind.severity})"
    return f"{head}\n\n{_plain(kind.message)}\n\n{_plain(kind.explanation)}"


def _plain(text: str) -> str:
    """Braces that were doubled for filling in fields, once again single."""
    return text.replace("{{", "{").replace("}}", "}")


def _unknown(wanted: str, kinds: tuple[Kind, ...]) -> str:
    from difflib import get_close_matches

    # One code is as good as another to difflib, so only the usual slip is mended: a letter O for 0.
    code = wanted.upper().replace("O", "0")
    near = [kind.code for kind in kinds if kind.code == code]
    near = near or get_close_matches(wanted.lower(), [kind.name for kind in kinds], 1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return f"there is no diagnostic `{visible(wanted)}`{hint}"
