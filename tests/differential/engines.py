"""The two engines of one protocol side by side, and what they say differently of a record."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import networkx as nx

from trialc.emitters.checker import emit_checker
from trialc.graph.study import Study
from trialc.interpreter.gates import Gates
from trialc.interpreter.screening import Screening
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.model.stages import stages
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather
from trialc_runtime.records import RecordRefused

FOLDER = Path(__file__).resolve().parents[2] / "protocol"

Answer = dict[str, Any]


EXAMPLES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("examples/*.txt"))
"""The example trials."""


def care_ssc() -> Protocol:
    """The first trial."""
    return protocol_of("care_ssc.proto.txt")


@cache
def protocol_of(path: str) -> Protocol:
    """A real protocol, from its text below `protocol/`."""
    main, _ = parse(_text(path))
    libraries, _ = gather(main, lambda name: _text(name) if (FOLDER / name).exists() else None)
    protocol, _ = resolve(main, libraries)
    assert protocol is not None
    return protocol


def _text(name: str) -> SourceText:
    return SourceText(name, (FOLDER / name).read_text(encoding="utf-8"))


def checker_text(protocol: Protocol) -> str:
    """The text of the generated checker."""
    (artefact,) = emit_checker(Study(protocol, nx.MultiDiGraph()))
    return artefact.text


def module_of(text: str) -> ModuleType:
    """A generated checker, loaded from its text."""
    module = ModuleType("checker")
    exec(compile(text, "checker.py", "exec"), module.__dict__)
    return module


class Engines:
    """The checker of a protocol, and the interpreter that judges it.

    `damage` changes the text of the checker before it is loaded: to see that it is noticed.
    """

    def __init__(
        self, protocol: Protocol, damage: Callable[[str], str] = lambda text: text
    ) -> None:
        self.protocol = protocol
        self.text = checker_text(protocol)
        self.screening = Screening(protocol)
        self.stages = {visit: Screening(protocol, visit) for visit in stages(protocol)}
        self.gates = Gates(protocol)
        self.checker: Any = module_of(damage(self.text))

    def damaged(self, damage: Callable[[str], str]) -> Engines:
        """The same engines with another checker."""
        other = copy(self)
        other.checker = module_of(damage(self.text))
        return other

    def difference(self, record: Any, *, whole: bool = True) -> str:
        """What the engines say differently of a record; "" if they agree.

        `whole`: the explanation too. The fast path of the checker is always compared.
        """
        return differing(self.expected(record, whole), self.found(record, whole))

    def expected(self, record: Any, whole: bool) -> Answer:
        """What the interpreter says of a record."""
        return self.interpreted(record) if whole else self.judged(record)

    def found(self, record: Any, whole: bool) -> Answer:
        """What the checker says of a record."""
        return self.screened(record) if whole else self.checked(record)

    def difference_at(self, record: Any, visit: str) -> str:
        """What the engines say differently of a record as of a visit; "" if they agree."""
        try:
            expected = self.stages[visit].screen(record)
        except RecordRefused as refused:
            expected = {"faults": [str(fault) for fault in refused.faults]}
        except ValueError as refused:
            expected = {"refused": str(refused)}
        try:
            found = self.checker.screen(record, at=visit)
        except self.checker.RecordRefused as refused:
            found = {"faults": [str(fault) for fault in refused.faults]}
        except ValueError as refused:
            found = {"refused": str(refused)}
        return differing(expected, found)

    # ---- the interpreter

    def interpreted(self, record: Any) -> Answer:
        """Everything that the interpreter says of a record."""
        try:
            return self.screening.screen(record)
        except RecordRefused as refused:
            return {"faults": [str(fault) for fault in refused.faults]}

    def judged(self, record: Any) -> Answer:
        """What the interpreter says without explaining it."""
        try:
            evaluation, values = self.screening.evaluate(record)
        except RecordRefused as refused:
            return {"faults": [str(fault) for fault in refused.faults]}
        found = self.screening.judge(evaluation)
        return {
            "verdict": found.verdict,
            "by": list(found.by),
            "needs": [
                (name, getattr(values[name], "reason", "conflicting")) for name in found.needs
            ],
            "outcomes": tuple(found.outcomes.values()),
        }

    # ---- the checker

    def screened(self, record: Any) -> Answer:
        """Everything that the checker says of a record; its fast path must say the same."""
        try:
            found: Answer = self.checker.screen(record)
        except self.checker.RecordRefused as refused:
            return {"faults": [str(fault) for fault in refused.faults]}
        values = self.checker.load(record)
        for item, fast in zip(found["criteria"], self.checker.outcomes(values), strict=True):
            if item["outcome"] is not fast:
                item["outcome"] = [item["outcome"], f"but {fast} on the fast path"]
        if found["verdict"] != self.checker.verdict(values):
            found["verdict"] += f", but {self.checker.verdict(values)} on the fast path"
        return found

    def checked(self, record: Any) -> Answer:
        """What the checker's fast path says of a record, and its needs."""
        of = self.checker
        try:
            reading = of.read_for(of.PROGRAM, record)
        except of.RecordRefused as refused:
            return {"faults": [str(fault) for fault in refused.faults]}
        values = of.canonical(of.INPUTS, reading)
        outcomes, verdict = of.outcomes(values), of.verdict(values)
        needs: list[tuple[str, str]] = []
        if verdict == "undetermined":
            explanation = of.Explanation(of.Evaluation(of.PROGRAM, values), reading)
            asked = of._needs(of.PROGRAM, outcomes, explanation)
            needs = [(need["input"], need["reason"]) for need in asked]
        by = of.deciding(of.PROGRAM, outcomes, values) if verdict == "ineligible" else []
        return {"verdict": verdict, "by": by, "needs": needs, "outcomes": outcomes}

    # ---- gates

    def gate_difference(self, name: str, log: Any, **whom: Any) -> str:
        """What the engines say differently of a gate; "" if they agree."""
        return differing(self.asked(name, log, **whom), self.answered(name, log, **whom))

    def answered(self, name: str, log: Any, **whom: Any) -> Answer:
        """What the checker says of a gate."""
        of = self.checker
        return _asked(lambda: of.gate(name, log, **whom), of.RecordRefused)

    def asked(self, name: str, log: Any, **whom: Any) -> Answer:
        """What the interpreter says of a gate."""
        return _asked(lambda: self.gates.ask(name, log, **whom), RecordRefused)


def _asked(ask: Callable[[], Answer], refused: type[Exception]) -> Answer:
    try:
        return ask()
    except refused as error:
        return {"faults": [str(fault) for fault in getattr(error, "faults", ())]}
    except ValueError:
        return {"faults": ["the question makes no sense"]}


def differing(expected: Answer, found: Answer) -> str:
    """Where two answers differ, as a path and both sides; "" where they are the same JSON."""
    first, second = json.dumps(expected), json.dumps(found)
    return "" if first == second else _where(json.loads(first), json.loads(second), "")


def _where(expected: Any, found: Any, path: str) -> str:
    ours, theirs = _parts(expected), _parts(found)
    if ours and [name for name, _ in ours] == [name for name, _ in theirs]:
        pairs = zip(ours, theirs, strict=True)
        inside = (_where(a, b, f"{path}{name}") for (name, a), (_, b) in pairs)
        return next((text for text in inside if text), "")
    if json.dumps(expected) == json.dumps(found):
        return ""
    return f"{path}: expected {expected!r:.300}, found {found!r:.300}"


def _parts(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f".{name}", part) for name, part in cast("dict[str, Any]", value).items()]
    if isinstance(value, list):
        return [(f"[{place}]", part) for place, part in enumerate(cast("list[Any]", value))]
    return []
