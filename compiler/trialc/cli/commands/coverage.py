"""`protoc coverage`: how much of the eligibility is written as rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.cli.protocols import failure_status, format_option, protocol_argument, study_of
from trialc.diagnostics.render import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trialc.analyses.written import Written
    from trialc.diagnostics import Diagnostic
    from trialc.model.protocol import Criterion, Protocol

OTHERWISE_QUOTED = ("W0606", "W0615", "W0630", "W0631", "W0632")
"""A number that the quoted words do not have, or compare otherwise, or with another unit; a window
that lies on the other side of a day, or has another last day.
"""


@as_command(
    "coverage",
    examples="""
        coverage protocol/care_ssc.proto.txt
        coverage protocol/care_ssc.proto.txt --format json
    """,
)
@protocol_argument
@format_option("text", "json")
def command(protocol: str, form: str) -> int:
    """Say of every criterion how it is written.

    exact: decided on facts. attested: with questions to named people. lossy: the rule leaves out
    what its `lossy` says. free text: one question of no stated kind stands for the whole criterion.
    Where a number, a relation, a unit or a window of a rule stands otherwise in the words that it
    quotes, the code of that warning stands beside it.
    """
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    from trialc.analyses.written import WAYS, written

    found = tuple(written(study.protocol))
    made = compiled.compilation
    doubts = doubted(study.protocol, made.diagnostics if made else ())
    count = Counter(item.how for item in found)
    counted = {way: count[way] for way in WAYS}
    if form == "json":
        criteria = [_json(item, doubts.get(item.criterion.id, ())) for item in found]
        terminal.hand_out_json({"criteria": criteria, "count": counted, "of": len(found)})
        return exit_status.FINE
    _show(found, doubts)
    summary = ", ".join(f"{number} {way}" for way, number in counted.items())
    terminal.say(f"{study.protocol.metadata.id}: {len(found)} criteria: {summary}")
    return exit_status.FINE


def doubted(protocol: Protocol, found: Iterable[Diagnostic]) -> dict[str, tuple[str, ...]]:
    """The codes of what stands otherwise in the registered words, by the criteria whose rules they
    point into: each rule stands between its name and that of the next declaration.
    """
    named = [(item.where.start, item.id) for item in protocol.declarations()
             if item.where.file == protocol.file]  # fmt: skip
    named.sort()
    codes: dict[str, tuple[str, ...]] = {}
    for one in found:
        if one.kind.code not in OTHERWISE_QUOTED or one.where.file != protocol.file:
            continue
        before = [name for start, name in named if start <= one.where.start]
        if before and one.kind.code not in codes.get(before[-1], ()):
            codes[before[-1]] = (*codes.get(before[-1], ()), one.kind.code)
    return codes


def _show(found: Sequence[Written], doubts: Mapping[str, tuple[str, ...]]) -> None:
    rows = [
        (
            _printed(item.criterion),
            item.criterion.id,
            item.how,
            "; ".join(
                filter(
                    None,
                    (
                        item.criterion.lossy or ", ".join(item.attested),
                        _see(doubts.get(item.criterion.id, ())),
                    ),
                )
            ),
        )
        for item in found
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = (visible(f"{text:<{width}}") for text, width in zip(row, widths, strict=False))
        terminal.say(f"{'  '.join(cells)}  {visible(row[3])}".rstrip())


def _printed(criterion: Criterion) -> str:
    """ "I2"; "I2 (uganda)": several populations may count from 1 each."""
    people = f" ({', '.join(criterion.populations)})" if criterion.populations else ""
    return f"{'I' if criterion.type == 'inclusion' else 'E'}{criterion.number}{people}"


def _see(codes: Sequence[str]) -> str:
    return f"not as quoted: see {', '.join(codes)}" if codes else ""


def _json(item: Written, codes: Sequence[str]) -> dict[str, object]:
    criterion = item.criterion
    return {
        "id": criterion.id,
        "type": criterion.type,
        "number": criterion.number,
        "for": list(criterion.populations),
        "title": criterion.title,
        "how": item.how,
        "attested": list(item.attested),
        "lossy": criterion.lossy,
        "not_as_quoted": list(codes),
    }
