"""`protoc test`: the tests that a protocol contains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from trialc.cli import exit_status, terminal
from trialc.cli.commands.screen import decides, explained
from trialc.cli.group import as_command
from trialc.cli.protocols import compile_path, failure_status, format_option, protocol_argument
from trialc.diagnostics.render import summary, visible

if TYPE_CHECKING:
    from trialc.model.protocol import Protocol

TEST_FAILED = "E0703"
"""The finding that this command shows in its own way."""

Coverage = Sequence[tuple[str, int, int, int]]


@as_command(
    "test",
    examples="""
        test protocol/care_ssc.proto.txt
        test protocol/care_ssc.proto.txt --coverage     which branches no test decides
    """,
)
@protocol_argument
@click.option(
    "--coverage", is_flag=True, help="Say how often each branch came out true, false or unknown."
)
@format_option("text", "json")
def command(protocol: str, coverage: bool, form: str) -> int:
    """Run the tests that the protocol contains: `test` and `trial test`."""
    compiled = compile_path(protocol)
    study = compiled.compilation.study if compiled.compilation else None
    others = [
        item
        for item in compiled.found.diagnostics
        if item.is_error and item.kind.code != TEST_FAILED
    ]
    if study is None or others:
        compiled.found.report()
        shown = visible(compiled.opened.shown)
        terminal.complain(
            f"{shown}: {summary(compiled.found.diagnostics)}; the tests wait until that is mended"
        )
        return failure_status(compiled)
    results = cast("Sequence[Any]", study.evidence.get("tests", ()))
    branches = cast("Coverage", study.evidence.get("branch_coverage", ()))
    if form == "json":
        terminal.hand_out_json(_json(results, branches if coverage else None))
    else:
        _show(study.protocol, results)
        if coverage:
            _show_coverage(branches)
    return exit_status.FINE if all(item.passed for item in results) else exit_status.FINDINGS


def _show(protocol: Protocol, results: Sequence[Any]) -> None:
    name = protocol.metadata.id
    failed = [item for item in results if not item.passed]
    for item in failed:
        title = f' "{visible(item.test.title)}"' if item.test.title else ""
        terminal.say(f"failed: {item.test.id}{title}")
        for line in item.message.splitlines():
            terminal.say(f"  {visible(line)}")
        for line in _why(protocol, item.test):
            terminal.say(f"  {line}")
    if not results:
        terminal.say(f"{name}: the protocol contains no tests")
        return
    passed = len(results) - len(failed)
    terminal.say(f"{name}: {passed} of {len(results)} tests passed")


def _why(protocol: Protocol, test: Any) -> Iterator[str]:
    """The criteria that the test names or that decided, each with its explanation."""
    from trialc.interpreter import screen
    from trialc.model.example_records import Examples
    from trialc.model.protocol import Test

    if not isinstance(test, Test):
        return
    answer = screen(protocol, Examples(protocol).of_test(test))
    for criterion in answer["criteria"]:
        if criterion["id"] in test.by or decides(criterion, answer):
            yield from explained(criterion, True)


def _show_coverage(branches: Coverage) -> None:
    width = max((len(path) for path, *_ in branches), default=6)
    terminal.say(f"{'branch':<{width}}  {'true':>5} {'false':>5} {'unknown':>7}")
    for path, true, false, unknown in branches:
        never = [word for word, times in (("true", true), ("false", false)) if not times]
        remark = f"  never {' nor '.join(never)}" if never else ""
        terminal.say(f"{path:<{width}}  {true:>5} {false:>5} {unknown:>7}{remark}")
    decided = sum(bool(true and false) for _, true, false, _ in branches)
    terminal.say(f"{decided} of {len(branches)} branches are true in one test and false in another")


def _json(results: Sequence[Any], branches: Coverage | None) -> dict[str, object]:
    found: dict[str, object] = {
        "tests": [
            {
                "id": item.test.id,
                "title": item.test.title,
                "passed": item.passed,
                "message": item.message,
            }
            for item in results
        ],
        "passed": sum(item.passed for item in results),
        "failed": sum(not item.passed for item in results),
    }
    if branches is not None:
        found["coverage"] = [
            {"branch": path, "true": true, "false": false, "unknown": unknown}
            for path, true, false, unknown in branches
        ]
    return found
