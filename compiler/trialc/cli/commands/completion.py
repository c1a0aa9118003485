"""`protoc completion`: completion of commands, options and files by the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command, group


@as_command(
    "completion",
    examples="""
        completion bash >> ~/.bashrc
        completion zsh >> ~/.zshrc
        completion fish > ~/.config/fish/completions/protoc.fish
    """,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the completion script for a shell, for the name under which this command was called."""
    program = ctx.find_root().info_name or "trialc"
    kind = get_completion_class(shell)
    assert kind is not None, shell
    made = kind(group, {}, program, f"_{program.upper()}_COMPLETE")
    # Not `made.source()`: that starts the shell to ask for its version.
    terminal.hand_out(made.source_template % made.source_vars() + "\n")
    return exit_status.FINE
