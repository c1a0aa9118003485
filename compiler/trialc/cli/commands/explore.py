"""`protoc explore`: every course that a dose escalation of a protocol can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.cli.protocols import failure_status, protocol_argument, study_of

if TYPE_CHECKING:
    from trialc.analyses.escalations import Courses


@as_command(
    "explore",
    examples="""
        explore protocol/first_in_human.proto.txt
    """,
)
@protocol_argument
def command(protocol: str) -> int:
    """Walk every course that the dose escalations of a protocol can take."""
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    from trialc.analyses.escalations import walk

    plans = study.protocol.escalations
    if not plans:
        terminal.say("the protocol has no `escalation`")
        return exit_status.FINE
    explored = [walk(plan) for plan in plans]
    for courses in explored:
        terminal.say(description(courses))
    sound = all(courses.is_whole and not courses.broken for courses in explored)
    return exit_status.FINE if sound else exit_status.FINDINGS


def description(courses: Courses) -> str:
    """What the courses of one escalation come to, ready to print."""
    from trialc.analyses.escalations import INVARIANTS, MOST_STATES

    plan = courses.plan
    lines = [f'{plan.id} "{plan.title}"']
    if not courses.is_whole:
        lines.append(f"  more than {MOST_STATES:,} states: not all walked, nothing claimed")
        return "\n".join(lines)
    most = courses.longest * plan.cohort
    lines += [
        f"  {courses.states:,} states, up to the exchange of participants",
        f"  the longest course has {courses.longest} cohorts, {most} participants",
        "  ends:",
    ]
    for (step, level), count in sorted(
        courses.ends.items(), key=lambda item: (item[0][1] is None, item[0][1] or 0)
    ):
        what = "no MTD" if level is None else f"MTD {plan.levels[level]}"
        lines.append(f"    {what} ({step}): {count:,} {'state' if count == 1 else 'states'}")
    broken = {one.invariant: one.course for one in courses.broken}
    for invariant in INVARIANTS:
        course = broken.get(invariant)
        said = f"NOT SO: {'; '.join(course)}" if course else "holds on every course"
        lines.append(f"  {invariant}: {said}")
    lines.append("  every course ends: each cohort fills a level, and every level has a maximum")
    return "\n".join(lines)
