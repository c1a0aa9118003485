"""The group of all commands: each is imported only when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from trialc.cli import exit_status, terminal
from trialc.cli.guard import guarded
from trialc.cli.help_page import COMMANDS, help_page
from trialc.diagnostics.render import visible


class Group(click.Group):
    """Commands by name, imported late; statuses are what commands return."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in dict(COMMANDS):
            return None
        return import_module(f"trialc.cli.commands.{cmd_name}").command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with the nearest command named when there is no such command."""
        if args and not args[0].startswith("-") and args[0] not in dict(COMMANDS):
            from difflib import get_close_matches

            near = get_close_matches(args[0], dict(COMMANDS), n=1)
            raise click.UsageError(
                f"there is no command `{args[0]}`"
                + (f"; did you mean `{near[0]}`?" if near else ""),
                ctx,
            )
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return help_page(ctx.info_name or "trialc").rstrip("\n")

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,
    ) -> NoReturn:
        """Run and exit, with every error turned into its status."""
        given = tuple(sys.argv[1:] if args is None else args)
        sys.exit(guarded(lambda: run(given, prog_name or "trialc")))


group = Group("trialc", context_settings={"help_option_names": ["--help", "-h"]})


def run(arguments: Sequence[str], program: str) -> int:
    """Run one command; wrong use is explained on standard error and gives status 2.

    Not by click's own `main`: it has other statuses for a lost reader and for Ctrl-C.
    """
    variable = f"_{program.upper()}_COMPLETE"
    if instruction := os.environ.get(variable):
        from click.shell_completion import shell_complete

        return shell_complete(group, {}, program, variable, instruction)
    try:
        with group.make_context(program, list(arguments)) as context:
            status: object = group.invoke(context)
    except click.UsageError as error:
        shown = io.StringIO()
        error.show(shown)
        for line in shown.getvalue().splitlines():  # it often quotes the arguments
            terminal.complain(visible(line))
        return exit_status.BAD_USE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return status if isinstance(status, int) else exit_status.FINE


class Command(click.Command):
    """A command whose help ends with examples, printed as they are written."""

    examples: str = ""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        program = ctx.find_root().info_name or "trialc"
        formatter.write_paragraph()
        formatter.write("Examples:\n")
        for line in self.examples.strip().splitlines():
            formatter.write(f"  {program} {line.strip()}\n")


def as_command(name: str, examples: str) -> Callable[[Callable[..., int]], Command]:
    """Make a function a command. It returns its exit status; its docstring is the help."""

    def decorate(function: Callable[..., int]) -> Command:
        made = click.command(name, cls=Command)(function)
        made.examples = examples
        return made

    return decorate
