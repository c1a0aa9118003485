"""schedule.csv and schedule-by-arm.csv: the visits, and what each arm is given at them.

An activity that is not done every time, or not by everybody, says so in its cell: a table has no
footnotes. `schedule.csv` is free of arms, so that it may be handed to masked roles;
`schedule-by-arm.csv` is the public protocol text of who gets what, and of the visits and activities
of some arms only. ICH M11 sections 1.3 and 6.3, RFC 4180.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from trialc import __version__
from trialc.diagnostics.render import visible
from trialc.emitters.activity_words import in_a_cell, trigger_words, visit_notes
from trialc.emitters.artefact import Artefact
from trialc.emitters.dose_words import dose_words
from trialc.emitters.schedule_words import (
    NO_LIMIT,
    in_time_order,
    moment_words,
    timing_words,
    until_words,
    without_date,
)
from trialc.emitters.treatment_words import (
    choice_words,
    frequency_words,
    length_words,
    loaded_words,
    who_words,
)
from trialc.graph.study import Study
from trialc.model.protocol import Activity, Administration, Arm, Protocol, Trigger, Visit

Cell = str | int

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212")

_VISIT_COLUMNS = (
    "visit", "title", "timing", "anchor", "offset_amount", "offset_unit",
    "window_early", "window_late", "window_unit", "last_amount", "last_unit",
    "every_amount", "every_unit", "until", "epoch", "mode", "notes", "activities",
)  # fmt: skip
_ARM_COLUMNS = (
    "arm", "arm_title", "occasion", "intervention", "intervention_title", "visit",
    "dose", "frequency", "length", "vehicle", "volume", "only_for",
)  # fmt: skip
_SEAL_COLUMNS = ("protocol_file", "protocol_sha256", "compiler")


def emit(study: Study) -> tuple[Artefact, ...]:
    """Both tables. Every row names the protocol's file, its SHA-256 and the compiler's version."""
    protocol = study.protocol
    visits = [_visit_row(protocol, visit) for visit in in_time_order(protocol)]
    visits += [
        _triggered_row(protocol, item, item.trigger)
        for item in protocol.activities
        if item.trigger and not item.visits
    ]
    given: list[tuple[Cell, ...]] = []
    for arm in protocol.arms:
        given += [_arm_row(protocol, arm, administration) for administration in arm.gives]
        given += _only_for(protocol, arm)
    return (
        Artefact("schedule.csv", table(protocol, _VISIT_COLUMNS, visits)),
        Artefact("schedule-by-arm.csv", table(protocol, _ARM_COLUMNS, given)),
    )


def _triggered_row(protocol: Protocol, activity: Activity, trigger: Trigger) -> tuple[Cell, ...]:
    """What is done whenever something happens, at no visit."""
    when = f"when this happens: {trigger_words(trigger)}"
    before = _VISIT_COLUMNS.index("activities") - 3
    untold = activity.model_copy(update={"trigger": None})
    return ("", "", when, *([""] * before), in_a_cell(untold, protocol))


def _only_for(protocol: Protocol, arm: Arm) -> Iterator[tuple[Cell, ...]]:
    """The visits and the activities that are for this arm, and not for all."""
    empty = [""] * (len(_ARM_COLUMNS) - 7)
    for visit in protocol.visits:
        if arm.id in visit.arms:
            title = visit.title or visit.id
            yield (arm.id, arm.title, "", "", "", visit.id, *empty, f"visit: {title}")
    for item in protocol.activities:
        for name in (item.visits or ("",)) if arm.id in item.arms else ():
            words = in_a_cell(item.model_copy(update={"arms": ()}), protocol)
            yield (arm.id, arm.title, "", "", "", name, *empty, f"activity: {words}")


def _visit_row(protocol: Protocol, visit: Visit) -> tuple[Cell, ...]:
    epochs = {item.id: item.title or item.id for item in protocol.epochs}
    activities = [
        in_a_cell(item, protocol) for item in protocol.activities if visit.id in item.visits
    ]
    return (
        visit.id,
        visit.title,
        timing_words(visit),
        *_counted_from(visit),
        *_window(visit),
        visit.last.amount if visit.last else "",
        visit.last.unit if visit.last else "",
        visit.every.amount if visit.every else "",
        visit.every.unit if visit.every else "",
        until_words(visit).removeprefix("until ") if visit.until else "",
        epochs.get(visit.epoch, ""),
        visit.mode,
        " ".join(visit_notes(visit.model_copy(update={"arms": ()}), protocol)),
        "; ".join(activities),
    )


def _counted_from(visit: Visit) -> tuple[Cell, Cell, Cell]:
    """Anchor, amount and unit; of several moments only the words of the timing say enough."""
    if visit.timing == "anchor":
        return visit.id, 0, "day"
    if len(visit.moments) == 1:
        moment = visit.moments[0]
        return moment_words(moment, visit.each), moment.offset.amount, moment.offset.unit
    if visit.offset is None:
        return visit.base, without_date(visit), ""
    base = f"each {visit.base}" if visit.each else visit.base
    return base, visit.offset.amount, visit.offset.unit


def _window(visit: Visit) -> tuple[Cell, Cell, Cell]:
    window, unknown = visit.window, without_date(visit)
    if window is None:
        return unknown, unknown, ""
    early = NO_LIMIT if window.early is None else window.early
    late = NO_LIMIT if window.late is None else window.late
    return early, late, window.unit


def _arm_row(protocol: Protocol, arm: Arm, given: Administration) -> tuple[Cell, ...]:
    intervention = next((i for i in protocol.interventions if i.id == given.intervention), None)
    dose = given.dose or (intervention.dose if intervention else None)
    much = dose_words(dose, protocol) if dose else ""
    if dose and intervention and intervention.loading_dose:
        much = loaded_words(protocol, intervention, dose)
    elif intervention and intervention.one_of:
        much = choice_words(protocol, intervention)
    return (
        arm.id,
        arm.title,
        given.occasion,
        given.intervention,
        intervention.title if intervention else "",
        given.visit,
        much,
        frequency_words(given, intervention),
        "; ".join(part for part in (length_words(given), who_words(protocol, given)) if part),
        intervention.vehicle if intervention else "",
        intervention.volume if intervention else "",
        "",
    )


def table(protocol: Protocol, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> str:
    """CSV, each row with the origin of the file."""
    seal: tuple[Cell, ...] = (protocol.file, protocol.sha256, f"trialc {__version__}")
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow((*columns, *_SEAL_COLUMNS))
    writer.writerows([guarded(cell) for cell in (*row, *seal)] for row in rows)
    return written.getvalue()


def guarded(cell: Cell) -> Cell:
    """The cell such that a spreadsheet takes text for text, and a terminal shows it as it is.

    Numbers stay numbers, even signed.
    """
    if isinstance(cell, int):
        return cell
    text = visible(" ".join(cell.split()))
    return "'" + text if text.startswith(_FORMULA) else text
