"""Dose escalations: a table with exactly one step for every outcome of a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import safety
from trialc.diagnostics.catalog import transitions as kinds
from trialc.model.design import Escalation, Outcome
from trialc.model.from_syntax.body import Body, name_term, whole
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gate_conditions import absence
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import declared
from trialc.syntax import tree

BOLDNESS = ("escalate", "stay", "declare", "de_escalate", "eliminate", "stop")
"""Steps from the boldest to the most cautious."""
MOST_PARTICIPANTS = 60
"""Of one level: escalations have a dozen."""


def escalation(symbol: Symbol, context: Context) -> Escalation | None:
    """A dose escalation, with its rates written out as whole numbers of participants."""
    statements = (tree.Toxicity, tree.Outcomes)
    properties = ("levels", "start", "cohort", "maximum", "lowest")
    body = Body(symbol.declaration, context.found, properties, statements=statements)
    names = body.names("levels")
    levels = [context.names.find(name, symbol.unit, ("level",)) for name in names]
    if not names:
        body.lacks("levels")
    start = body.one("start", "the name of a dose level", name_term, required=True)
    first = context.names.find(start, symbol.unit, ("level",)) if start else None
    size, most = body.count("cohort", required=True), body.count("maximum", required=True)
    toxicities, tables = body.all(tree.Toxicity), body.all(tree.Outcomes)
    if len(toxicities) != 1:
        body.form("toxicity", "one event: `toxicity dlt within 28 days after dose_1`", symbol.where)
    if len(tables) != 1:
        body.form("table", "one table of outcomes: `table { 0 of 3: escalate ... }`", symbol.where)
    lowest = body.code("lowest", ("stop", "stay")) or "stop"
    counted = absence(toxicities[0].absence, symbol.unit, context) if toxicities else None
    known = [level.id for level in levels if level is not None]
    sound = _levels_are_sound(names, known, first, start, context)
    sizes = _sizes_are_sound(symbol, size, most, context) if size is not None and most else False
    if not (sound and sizes and counted and first and len(tables) == len(toxicities) == 1):
        return None
    assert size is not None
    assert most is not None
    rows = _Table(tables[0], size, most, context).rows()
    if rows is None:
        return None
    fields = {
        "levels": tuple(known),
        "start": first.id,
        "cohort": size,
        "maximum": most,
        "toxicity": counted,
        "lowest": lowest,
        "rows": rows,
    }
    return Escalation.model_validate({**declared(symbol, body, context), **fields})


def _levels_are_sound(
    names: Sequence[tree.Name],
    known: Sequence[str],
    first: Symbol | None,
    start: tree.Name | None,
    context: Context,
) -> bool:
    """Every level once, the first one among them."""
    if not names or len(known) < len(names):
        return False
    for k, name in enumerate(names):
        if known[k] in known[:k]:
            context.found.append(kinds.LEVEL_TWICE.at(name.where, level=known[k]))
            return False
    if first is not None and start is not None and first.id not in known:
        help_ = "write one of " + ", ".join(f"`{level}`" for level in known)
        context.found.append(kinds.START_LEVEL.at(start.where, level=first.id, help=help_))
        return False
    return first is not None


def _sizes_are_sound(symbol: Symbol, size: int, most: int, context: Context) -> bool:
    if 0 < size <= most <= MOST_PARTICIPANTS and most % size == 0:
        return True
    context.found.append(kinds.COHORT_SIZE.at(symbol.where, cohort=size, maximum=most))
    return False


@dataclass(frozen=True)
class _Row:
    """A row that is written in whole numbers."""

    participants: int
    low: int
    high: int
    row: tree.Outcome

    @property
    def words(self) -> str:
        many = str(self.low) if self.low == self.high else f"{self.low} .. {self.high}"
        return f"{many} of {self.participants}"


class _Table:
    """The rows of a table, for every number of participants that can occur."""

    def __init__(self, table: tree.Outcomes, size: int, most: int, context: Context) -> None:
        self.table = table
        self.sizes = range(size, most + 1, size)
        self.found = context.found
        self.before = len(context.found)
        self.counted = list(self._counted())
        self.rated = [row for row in table.rows if row.rate is not None]
        self.other = [row for row in table.rows if row.rate is None and row.participants is None]

    def rows(self) -> tuple[Outcome, ...] | None:
        """One step for every outcome, those of one step together; None and diagnostics where an
        outcome has none or several, or where more toxicity leads to a bolder step.
        """
        self._rates_are_shares()
        for extra in self.other[1:]:
            self.found.append(kinds.OUTCOME_OVERLAP.at(
                extra.where, outcome="what no other row names",
                related=[Related(self.other[0].where, "named here")],
            ))  # fmt: skip
        made = [row for count in self.sizes for row in self._of(count)]
        faults = any(fault.is_error for fault in self.found[self.before :])
        return None if faults else tuple(made)

    def _counted(self) -> Iterator[_Row]:
        for row in self.table.rows:
            if row.low is None or row.high is None or row.participants is None:
                continue
            numbers = [whole(n, self.found) for n in (row.participants, row.low, row.high)]
            if None in numbers:
                continue
            count, low, high = (number or 0 for number in numbers)
            found = _Row(count, low, high, row)
            if count not in self.sizes or not low <= high <= count:
                can = ", ".join(map(str, self.sizes))
                self.found.append(
                    kinds.NO_SUCH_OUTCOME.at(
                        row.where,
                        outcome=found.words,
                        help=f"a level has {can} participants, and no more toxicities than these",
                    )
                )
            yield found

    def _rates_are_shares(self) -> None:
        for row in self.rated:
            assert row.rate is not None
            if row.rate.unit not in ("", "%") or not 0 <= _share(row.rate) <= 1:
                text = f"{row.rate.number} {row.rate.unit}".strip()
                self.found.append(kinds.TOXICITY_RATE.at(row.rate.where, rate=text))
            elif row.relation == "!=":
                self.found.append(kinds.TOXICITY_RATE.at(row.where, rate="!="))

    def _of(self, count: int) -> Iterator[Outcome]:
        """The rows for one number of participants, joined where the step is the same."""
        steps: list[tree.Outcome] = []
        for toxicities in range(count + 1):
            row = self._row(count, toxicities)
            if row is None:
                return
            if steps and BOLDNESS.index(row.step) < BOLDNESS.index(steps[-1].step):
                related = [Related(steps[-1].where, f"after {toxicities - 1} of {count}")]
                self.found.append(
                    kinds.HARM_ESCALATES.at(
                        row.where,
                        more=f"{toxicities} of {count}",
                        step=row.step,
                        less=f"{toxicities - 1} of {count}",
                        before=steps[-1].step,
                        related=related,
                    )
                )
                return
            steps.append(row)
        if steps[-1].step == "escalate" and len(self.found) == self.before:
            self._worst_escalates(count, steps[-1])
        low = 0
        for high, row in enumerate(steps):
            if high == count or steps[high + 1].step != row.step:
                fields = {"participants": count, "low": low, "high": high, "step": row.step}
                yield Outcome.model_validate({**fields, "where": row.where})
                low = high + 1

    def _worst_escalates(self, count: int, row: tree.Outcome) -> None:
        """Everybody had the toxicity, and the dose goes up: said on purpose only in numbers."""
        on_purpose = row.participants is not None
        kind = safety.TOXICITY_IGNORED if on_purpose else safety.WORST_ESCALATES
        worst = f"{count} of {count}"
        advice = f"write what is done after it, such as `{worst}: eliminate`"
        self.found.append(kind.at(row.where, worst=worst, help=advice))

    def _row(self, count: int, toxicities: int) -> tree.Outcome | None:
        """The one row for an outcome: in whole numbers, else by its rate, else `otherwise`."""
        exact = [
            item.row
            for item in self.counted
            if item.participants == count and item.low <= toxicities <= item.high
        ]
        share = Fraction(toxicities, count)
        rows = exact or [row for row in self.rated if _holds(row, share)] or self.other[:1]
        if len(rows) == 1:
            return rows[0]
        outcome = f"{toxicities} of {count}"
        if rows:
            related = [Related(rows[0].where, "named here")]
            self.found.append(
                kinds.OUTCOME_OVERLAP.at(rows[1].where, outcome=outcome, related=related)
            )
        else:
            self.found.append(
                kinds.OUTCOME_GAP.at(
                    self.table.where, outcome=outcome, help=f"add a row, such as `{outcome}: stop`"
                )
            )
        return None


def _share(rate: tree.Quantity) -> Fraction:
    """0.25 and 25 % are one rate, exactly as written."""
    return Fraction(rate.number) / (100 if rate.unit == "%" else 1)


def _holds(row: tree.Outcome, share: Fraction) -> bool:
    assert row.rate is not None
    rate = _share(row.rate)
    return {
        "<": share < rate,
        "<=": share <= rate,
        ">": share > rate,
        ">=": share >= rate,
        "=": share == rate,
    }.get(row.relation, False)
