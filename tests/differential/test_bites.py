"""The harness bites: bugs put into the checker on purpose, each of which it must find.

A bug is a change of the generated text: of the runtime in it, of its tables, of its fast path.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from .engines import Answer, Engines, care_ssc, differing
from .protocols import Protocols
from .records import Record, Records
from .test_care_ssc import cases, engines
from .trial_logs import Logs

PARTICIPANTS, SPOILT = 900, 300
PROTOCOLS, RECORDS, LOGS = 25, 25, 400
FAST_PATH = "# ==================== the fast path"


@dataclass(frozen=True)
class Bug:
    """`old`, a pattern, becomes `new` where it first stands after the text `after`."""

    name: str
    old: str
    new: str
    after: str = ""

    def put_into(self, text: str) -> str:
        """The damaged text; AssertionError if there is nothing to damage."""
        start = text.index(self.after)
        damaged, count = re.subn(self.old, self.new, text[start:], count=1)
        assert count == 1, f"{self.name}: the text has no {self.old}"
        return text[:start] + damaged


def plain(name: str, old: str, new: str, after: str = "") -> Bug:
    """A bug that replaces a plain text, however it is broken over lines."""
    pattern = r"\s+".join(re.escape(word) for word in old.split())
    return Bug(name, pattern, new.replace("\\", r"\\"), after)


# ---- found by participants of the real protocol

IN_FAST_PATH = (
    plain("> becomes >=", "skin_mrss > 20.0", "skin_mrss >= 20.0", FAST_PATH),
    plain("a threshold off by 1e-12", "demo_age >= 18.0", "demo_age >= 18.000000000001", FAST_PATH),
    plain("the wrong rail of `or`", "hsct_ineligible is True or", "hsct_ineligible is True and",
          FAST_PATH),
    plain("missing taken for false", "bp_uncontrolled is False", "not bp_uncontrolled", FAST_PATH),
    plain("missing taken for a value", "get('lab.cd4', NAN)", "get('lab.cd4', 1e9)", FAST_PATH),
    plain("a criterion dropped", "psychiatric_outcome,", "False,", FAST_PATH),
    plain("two criteria exchanged", "hypertension_outcome, uncontrolled_infection_outcome,",
          "uncontrolled_infection_outcome, hypertension_outcome,", FAST_PATH),
    plain("a cause swapped", "marrow_anaemia_cause == 'ssc'", "marrow_anaemia_cause == 'other'",
          FAST_PATH),
    plain("a factor lost in the rough number", "demo_weight * 10000.0 / (",
          "demo_weight * 9999.0 / (", FAST_PATH),
    plain("not done taken for done", "rhc_wedge_not_done is True or", "", FAST_PATH),
    plain("no case splitting", "pregnancy_outcome = settled(PROGRAM, 5, None, values)", "pass",
          FAST_PATH),
    plain("the verdict stops at the first doubt", "undecided = True", 'return "undetermined"',
          "def verdict("),
)  # fmt: skip
IN_TABLES = (
    plain("a unit off by ten", "'g/L': (1, 10, 0, 1)", "'g/L': (1, 100, 0, 1)"),
    plain("a window a day short", "window=(28, 'day')", "window=(27, 'day')"),
    plain("a range too narrow", "high=150.0", "high=149.0"),
    plain("a role too few", "roles=('subject', 'investigator')", "roles=('subject',)"),
    plain("a branch under another path", "'severe_disease.organ_involvement.organ.renal.ckd'",
          "'severe_disease.organ_involvement.organ.renal.gfr'"),
    plain("a threshold in the tables", "('literal', 45.0)", "('literal', 45.000000000001)"),
)  # fmt: skip
IN_RUNTIME = (
    plain("a window that excludes its end", "is_fresh = on >= add(", "is_fresh = on > add("),
    plain("a stale value that counts", 'else Unknown("stale", reported.on)', "else reported"),
    plain("one role enough for a judgement", "not set(wanted.roles) <= set(by)",
          "not set(wanted.roles) & set(by)"),
    plain("any role may attest", "if known and name not in known", "if False"),
    plain("a contradiction overlooked", "if _is_stated(fields.get(item.path))", "if False"),
    plain("the end of a range excluded", "number < low", "number <= low"),
    plain("binary conversion", "mantissa, exponent = decimal_of(number)",
          "return number * factor[0] / factor[1] + factor[2] / factor[3]"),
    plain("a cause asked too early",
          'if operator in ("attributed", "unless", "applies"): '
          "if self.evaluation.truth(condition[1]) is None:",
          'if operator in ("attributed", "unless", "applies"):\n'
          "            if self.evaluation.truth(condition[1]) is False:"),
    plain("a conflict that needs nothing", "yield from needed or behind", "yield from needed"),
    plain("all branches shown", "if everything or self", "if True or self"),
    plain("an end before its start", "if days < 0: return None",
          "if days < -400:\n        return None"),
    plain("a year lost before an anniversary", "whole -= 1", "whole -= 2"),
)  # fmt: skip

# ---- found by random protocols

IN_LOGIC = (
    plain("`all` of the unknown", "if truth is None: result = None", "pass", "def all_of"),
    plain("`any` of the unknown", "if truth is None: result = None", "pass", "def any_of"),
    plain("one fewer than `at least`", "if true >= count", "if true >= count - 1"),
    plain("`at least` forgets the unknown", "true + unknown < count", "true < count"),
    plain("other causes swapped", "(found == cause) != other", "(found == cause) == other"),
    plain("an operand dropped as its opposite", "if condition[3]:", "if not condition[3]:"),
    plain("not done taken for unknown", 'if self.values.get("not_done:" + name) is True:',
          "if False:", "def _atom"),
    plain("the first completion decides",
          "if found is None or (answer is not None and found is not answer)", "if found is None"),
    plain("completions go into arithmetic", "bounds = self.plain.bounds(number)",
          "bounds = self.bounds(number)", "def _exact"),
    plain("a case before which one is open", "if truth is True and not (is_open and",
          "if truth is True and not (False and"),
    plain("a table that needs nothing", "needed = list(self._needs_of_table(number))",
          "needed = []"),
    plain("the case that is not told", '{**node, "case": case[0]} if case else node', "node"),
    plain("a function to a few digits", "_FUNCTION_DIGITS, _KEPT_DIGITS = 70, 50",
          "_FUNCTION_DIGITS, _KEPT_DIGITS = 20, 12"),
    plain("a score without its doubt", "most = 0.0 if truth is False else float(points)",
          "most = least"),
    plain("a division by zero", "except (ZeroDivisionError, OverflowError): return None",
          "except (ZeroDivisionError, OverflowError):\n        return 0.0"),
    plain("a factor on the wrong side", "above * numerator, other * denominator",
          "above * denominator, other * numerator"),
    plain("months chained", "min(day, days_in_month(year, month))", "min(day, 28)"),
    plain("other equality", "elif first[0] == first[1] == second[0] == second[1]",
          "elif first[0] <= second[1]"),
)  # fmt: skip

# ---- found by trial logs

IN_GATES = (
    plain("a window without its last day", "if on <= logged.on <= end", "if on <= logged.on < end"),
    plain("silence taken for absence", "if attested is not None and attested >= end",
          "if attested is None or attested >= end"),
    plain("an open window taken for absence", "if self.log.as_of < end:", "if False:"),
    plain("too many are enough", "count == wanted or", "count >= wanted or"),
    plain("a month too early", "truth: Truth = True if reached else None", "truth: Truth = True"),
    plain("the future is known", "if on <= self.log.as_of: self.log.events",
          "if True:\n            self.log.events"),
    plain("an empty block is safe", "or not found: truths.append(None)",
          "or False:\n            truths.append(None)"),
    plain("a block that is not guarded", "if not first <= block <= last", "if block > last"),
    plain("this block for the previous one", "else asked.block - 1", "else asked.block"),
    plain("an absence outranks an event", "False if counted else None if missing else True",
          "None if missing else True"),
    plain("the shortest absence counts", "max(known, through)", "min(known, through)"),
)  # fmt: skip


@cache
def participants() -> tuple[tuple[Record, bool, Answer], ...]:
    """Participants, and what the interpreter says of them, with every explanation."""
    spoilt = cases(76, SPOILT, explained=1, faulty=1)
    return (*cases(77, PARTICIPANTS, explained=1), *spoilt)


def found_by_participants(bug: Bug) -> str:
    """The first difference between a damaged checker of the real protocol and the interpreter."""
    damaged = engines().damaged(bug.put_into)
    found = (
        f"participant {index}: {difference}"
        for index, (record, whole, expected) in enumerate(participants())
        if (difference := differing(expected, damaged.found(record, whole)))
    )
    return next(found, "")


@cache
def small() -> tuple[tuple[Engines, tuple[tuple[Record, Answer], ...]], ...]:
    """Small protocols with records, and what the interpreter says of them."""

    def made(chance: random.Random) -> Iterator[tuple[Engines, tuple[tuple[Record, Answer], ...]]]:
        protocols = Protocols(chance)
        for protocol in (protocols.entangled(), *(protocols.one() for _ in range(PROTOCOLS))):
            small = Engines(protocol)
            records = Records(small.protocol, chance, faulty=0)
            some = [records.one() for _ in range(RECORDS)]
            yield small, tuple((record, small.interpreted(record)) for record in some)

    return tuple(made(random.Random(78)))


def found_by_protocols(bug: Bug) -> str:
    """The first difference between a damaged checker of a small protocol and the interpreter."""
    for number, (pair, known) in enumerate(small()):
        damaged = pair.damaged(bug.put_into)
        for index, (record, expected) in enumerate(known):
            difference = differing(expected, damaged.screened(record))
            if difference:
                return f"protocol {number}, participant {index}: {difference}"
    return ""


def found_by_logs(bug: Bug) -> str:
    """The first difference between damaged gates of the real protocol and the interpreter's."""
    damaged = engines().damaged(bug.put_into)
    chance = random.Random(79)
    logs = Logs(care_ssc(), chance)
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("next_block", {"block": 2}),
        ("next_block", {"block": 1}),
        ("next_block", {"block": 3}),
        ("second_infusion", {"participant": "P1"}),
    )
    for index in range(LOGS):
        log = logs.one(chance.randint(6, 7))
        for gate, whom in questions:
            difference = damaged.gate_difference(gate, log, **whom)
            if difference:
                return f"log {index}, {gate}: {difference}"
    return ""


def by_name(bug: Bug) -> str:
    return bug.name


@pytest.mark.parametrize("bug", [*IN_FAST_PATH, *IN_TABLES, *IN_RUNTIME], ids=by_name)
def test_participants_find(bug: Bug) -> None:
    assert found_by_participants(bug)


@pytest.mark.parametrize("bug", IN_LOGIC, ids=by_name)
def test_random_protocols_find(bug: Bug) -> None:
    assert found_by_protocols(bug)


@pytest.mark.parametrize("bug", IN_GATES, ids=by_name)
def test_trial_logs_find(bug: Bug) -> None:
    assert found_by_logs(bug)


@pytest.mark.parametrize("finds", [found_by_participants, found_by_protocols, found_by_logs])
def test_without_a_bug_nothing_is_found(finds: Callable[[Bug], str]) -> None:
    assert not finds(Bug("none", "", ""))
