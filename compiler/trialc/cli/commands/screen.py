"""`protoc screen`: the verdict on participants, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.cli.protocols import (
    failure_status,
    format_option,
    printable,
    protocol_argument,
    study_of,
)
from trialc.cli.records import Refused, read_record
from trialc.diagnostics.render import visible

if TYPE_CHECKING:
    from trialc.model.protocol import Protocol

STATUS = {
    "eligible": exit_status.FINE,
    "ineligible": exit_status.INELIGIBLE,
    "undetermined": exit_status.UNDETERMINED,
    "refused": exit_status.BAD_USE,
}
ONLY_IF = "applies only if "
"""How the explanation of a rule begins that is asked of some only."""
GRAVEST = ("refused", "undetermined", "ineligible", "eligible")
"""Of several participants the first of these that occurs gives the status: most need for action."""


@as_command(
    "screen",
    examples="""
        screen protocol/care_ssc.proto.txt patient.json
        screen protocol/care_ssc.proto.txt patient.json --full    every criterion with its reasons
        screen protocol/care_ssc.proto.txt - < patient.json
        screen protocol/care_ssc.proto.txt *.json --format json
        screen protocol/arrow.proto.txt patient.json --for once_daily
    """,
)
@protocol_argument
@click.argument("records", metavar="PATIENT.json...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--for",
    "whom",
    metavar="POPULATION",
    multiple=True,
    help="The population that the participants are looked at for.",
)
@click.option("--at", metavar="VISIT", help="Only the criteria that are assessed at a visit.")
@click.option("--full", is_flag=True, help="Explain every criterion, not only those that decide.")
@format_option("text", "json")
def command(
    protocol: str,
    records: tuple[str, ...],
    whom: tuple[str, ...],
    at: str | None,
    full: bool,
    form: str,
) -> int:
    """Ask for the verdict on participants, with the reasons.

    Exit status: 0 eligible, 3 ineligible, 4 undetermined, 2 when a record is refused. Of several
    participants: 2 before 4 before 3 before 0.
    """
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    asked = _looked_at_for(study.protocol, whom)
    _is_a_stage(study.protocol, at)
    verdicts: list[str] = []
    answers: list[dict[str, Any]] = []
    for path in records:
        answer = _screened(study.protocol, path, asked, at or "")
        answers.append(answer)
        verdicts.append(answer["verdict"])
        if form == "text":
            _show(answer, full)
    if form == "json":
        terminal.hand_out_json({"patients": answers})
    return STATUS[next(verdict for verdict in GRAVEST if verdict in verdicts)]


def _looked_at_for(protocol: Protocol, whom: Sequence[str]) -> dict[str, str]:
    """The answers to the choices between populations; bad use for a name that is none."""
    choices = protocol.population_choices
    asked: dict[str, str] = {}
    for name in whom:
        choice = next((choice for choice, names in choices.items() if name in names), None)
        if choice is None:
            known = ", ".join(name for names in choices.values() for name in names)
            raise click.BadParameter(
                f"{name} is no population of this protocol"
                + (f"; they are {known}" if known else ""),
                param_hint="--for",
            )
        if asked.setdefault(choice, name) != name:
            both = f"{asked[choice]} and {name}"
            raise click.BadParameter(f"{both} exclude one another", param_hint="--for")
    return asked


def _is_a_stage(protocol: Protocol, at: str | None) -> None:
    """Bad use for a visit at which no criterion is assessed, and for no name: a script that lost it
    would get the verdict over all criteria.
    """
    from trialc.model.stages import stages

    known = stages(protocol)
    if at is not None and at not in known:
        places = f"; they are at {', '.join(known)}" if known else ""
        fault = f"no criterion is assessed at {at}" if at else "no visit is named"
        raise click.BadParameter(f"{fault}{places}", param_hint="--at")


def _with_population(record: dict[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """The record with what was asked for; Refused where it says another population itself."""
    for choice, name in asked.items():
        said = record.get(choice)
        stated = cast("dict[str, Any]", said).get("value") if isinstance(said, dict) else said
        if stated not in (None, name):
            raise Refused(f"`{choice}` is {stated!r} in the record, `--for` says {name!r}")
    return {**record, **asked}


def _screened(protocol: Protocol, path: str, asked: Mapping[str, str], at: str) -> dict[str, Any]:
    """The result for one record and its `file`, with `notes` if there is something to look at
    again; `verdict` is "refused" if there are `faults`.
    """
    from trialc.interpreter import screen
    from trialc.model.off_grid import off_grid
    from trialc_runtime.records import RecordRefused

    name = printable(path)
    try:
        answer = screen(protocol, _with_population(read_record(path), asked), at)
        notes = off_grid(protocol, answer)
        return {"file": name, **answer, **({"notes": list(notes)} if notes else {})}
    except Refused as refused:
        faults = [{"field": "", "message": str(refused)}]
    except RecordRefused as refused:
        faults = [{"field": item.field, "message": item.message} for item in refused.faults]
    except ValueError as refused:  # nothing at the visit is asked of whom the record is of
        faults = [{"field": "", "message": str(refused)}]
    return {"file": name, "verdict": "refused", "faults": faults}


def _show(answer: Mapping[str, Any], full: bool) -> None:
    verdict = answer["verdict"]
    if verdict == "refused":
        terminal.complain(f"{visible(answer['file'])}: the record is refused")
        for fault in answer["faults"]:
            field = f"{fault['field']}: " if fault["field"] else ""
            terminal.complain(f"  {visible(field + fault['message'])}")
        return
    terminal.say(f"{visible(answer['file'])}: {verdict_words(answer)}")
    if answer.get("left_out"):
        terminal.say(f"  not assessed at {answer['at']}: {visible(', '.join(answer['left_out']))}")
    for note in answer.get("notes", ()):
        terminal.say(f"  note: {visible(note['input'])}: {visible(note['message'])}")
    if answer["needs"]:
        terminal.say("  needed for a verdict:")
    for need in answer["needs"]:
        words = f"{need['title']} ({need['input']}): {plain(need['reason'])}"
        terminal.say(f"    {visible(words)}")
    if any(c["id"] in answer["by"] and c["outcome"] is None for c in answer["criteria"]):
        terminal.say("  whatever the missing values are, one of these criteria is not passed:")
        terminal.say(f"    {visible(', '.join(answer['by']))}")
    aside = [] if full else [one for one in answer["criteria"] if one.get("asked", True) is False]
    for criterion in answer["criteria"]:
        if len(aside) > 1 and criterion in aside:
            continue
        for line in explained(criterion, full or decides(criterion, answer)):
            terminal.say(f"  {line}")
    if len(aside) > 1:
        whom = ", ".join(dict.fromkeys(name for one in aside for name in one["for"]))
        terminal.say(visible(f"  not asked: {len(aside)} criteria for {whom} (--full lists them)"))


def verdict_words(answer: Mapping[str, Any]) -> str:
    """ "eligible (as of 2027-01-04)"; "ineligible for now (as of ...): recheck on 2027-02-01"."""
    at = f" at {answer['at']}" if "at" in answer else ""
    if "for_now" not in answer:
        return f"{answer['verdict']}{at} (as of {answer['as_of']})"
    again = [f"on {answer['recheck_on']}"] if "recheck_on" in answer else []
    again += (visible(text) for text in answer.get("recheck_when", ()))
    when = f": recheck {', '.join(again)}" if again else ""
    return f"{answer['verdict']} for now (as of {answer['as_of']}){when}"


def explained(criterion: Mapping[str, Any], full: bool) -> Iterator[str]:
    """A criterion of an answer as lines: its outcome, and `full`, why."""
    yield _headline(criterion)
    for line in tree(criterion["because"]) if full else ():
        yield f"  {visible(line)}"


def decides(criterion: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """True for the criteria behind the verdict: those that exclude, or those that are not known."""
    if answer["verdict"] == "ineligible":
        return criterion["id"] in answer["by"]
    return answer["verdict"] == "undetermined" and criterion["outcome"] is None


def _headline(criterion: Mapping[str, Any]) -> str:
    words = {
        "inclusion": {True: "met", False: "not met", None: "not known"},
        "exclusion": {True: "applies", False: "does not apply", None: "not known"},
    }[criterion["kind"]][criterion["outcome"]]
    if criterion.get("asked", True) is False:
        words = f"not asked, it is for {', '.join(criterion['for'])}"
    if "failure" in criterion:
        words += f" ({criterion['failure']}"
        words += f", recheck {criterion['recheck']})" if "recheck" in criterion else ")"
    number = f" [{criterion['number']}]" if criterion["number"] else ""
    return visible(f"{criterion['kind']}{number} {criterion['title'] or criterion['id']}: {words}")


def tree(node: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """A node of an explanation as indented lines: the condition, its truth, its values."""
    truth = {True: "yes", False: "no", None: "not known"}[node["truth"]]
    indent = "  " * depth
    # The outermost node is the criterion itself, which the line above it names.
    label = node["path"].rpartition(".")[2] if depth else ""
    name = f"{label}: " if label else ""
    yield f"{indent}{name}{_asked_words(node) or node['text']}: {truth}"
    for value in node.get("values", ()):
        yield f"{indent}  - {_value(value)}"
    for child in node.get("because", ()):
        yield from tree(child, depth + 1)


def _asked_words(node: Mapping[str, Any]) -> str:
    """Of what is asked of some only: of whom, and that what follows is the answer, not whether this
    is one of them; "" for everything else.
    """
    if not node["text"].startswith(ONLY_IF):
        return ""
    whom = node["text"].removeprefix(ONLY_IF)
    because = node.get("because", ())
    is_other = any(child["text"] == whom and child["truth"] is False for child in because)
    return f"asked only if {whom}; {'not asked here, which counts as' if is_other else 'answer'}"


def _value(value: Mapping[str, Any]) -> str:
    """`lab.esr is 40 mm/h, on 2026-12-20, by investigator` or `lab.esr: not done`,
    `lab.esr: stale, it is of 2026-01-04`.
    """
    if "value" not in value:
        since = f", it is of {value['on']}" if value.get("on") else ""
        return f"{value['input']}: {plain(value.get('reason', 'missing'))}{since}"
    from trialc.model.wording import unit_words

    said = _plain_value(value["value"])
    said += f" ({plain(value['case'])})" if value.get("case") else ""
    unit = f" {unit_words(value['unit'])}".rstrip() if value.get("unit") else ""
    on = f", on {value['on']}" if value.get("on") else ""
    by = value.get("by")
    people = by if isinstance(by, str) else " and ".join(by or ())
    reason = f" ({plain(value['reason'])})" if value.get("reason") else ""
    return f"{value['input']} is {said}{unit}{reason}{on}{', by ' + people if people else ''}"


def _plain_value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, float):
        return str(value)
    # A calculated number has more digits than anybody reads; that some are left out is said.
    short = f"{value:.10g}"
    return short if float(short) == value else f"about {short}"


def plain(reason: str) -> str:
    """The reason of an unknown in words: `not_done` is "not done"."""
    return reason.replace("_", " ")
