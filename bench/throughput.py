"""How fast a generated checker decides, beside the best hand-written code for the same criteria.

Both sides take the same 100,000 participants, made by chance around the protocol's typical one,
and every outcome of every criterion is compared. The runs alternate, so that both meet the same
moods of the machine; times are medians.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from handwritten_care_ssc import outcomes as by_hand
from measure import ROOT, goal

from trialc.pipeline import compile_protocol, emit
from trialc.source import SourceText

PROTOCOL = ROOT / "protocol" / "care_ssc.proto.txt"
PARTICIPANTS = 100_000
MISSING, CHANGED = 0.01, 0.02
"""How often an input is unknown, and how often it has another value than the typical one."""

Values = dict[str, Any]
Decide = Callable[[Values], tuple[bool | None, ...]]


def build(folder: Path) -> Path:
    """Compile CARE-SSc's checker and example record into a folder; the checker's path."""

    def read(name: str) -> SourceText | None:
        path = PROTOCOL.parent / name
        return SourceText(name, path.read_text(encoding="utf-8")) if path.exists() else None

    main = SourceText(PROTOCOL.name, PROTOCOL.read_text(encoding="utf-8"))
    study = compile_protocol(main, read, time.perf_counter).study
    assert study is not None
    artefacts, _ = emit(study, ("checker", "javascript", "patient-schema"))
    for artefact in artefacts:
        (folder / artefact.path).write_text(artefact.text, encoding="utf-8")
    return folder / "checker.py"


def load_module(path: Path) -> ModuleType:
    """A generated checker as a module."""
    spec = importlib.util.spec_from_file_location("checker", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def participants(checker: ModuleType, typical: Values, count: int) -> list[Values]:
    """Canonical values around a typical participant, the same at every run."""
    chance = random.Random(20270104)
    inputs = [item for item in checker.INPUTS if item.path in typical or chance.random() < 0.5]
    made: list[Values] = []
    for _ in range(count):
        values = dict(typical)
        for item in inputs:
            roll = chance.random()
            if roll < MISSING:
                values.pop(item.path, None)
            elif roll < MISSING + CHANGED or item.kind == "quantity":
                values[item.path] = _another(item, values.get(item.path), chance)
                values.pop(f"not_done:{item.path}", None)
        made.append(values)
    return made


def _another(item: Any, value: Any, chance: random.Random) -> Any:
    if item.kind in ("boolean", "judgement"):
        return chance.random() < 0.5
    if item.kind in ("choice", "cause"):
        return chance.choice(item.options)
    if item.kind == "date":
        return (value or 739_000) + chance.randrange(-900, 400)
    if item.kind == "score":
        return float(chance.randint(int(item.low), int(item.high)))
    spread = chance.gauss(1.0, 0.12)
    middle = value if value is not None else (item.low + item.high) / 8
    return min(max(round(middle * spread, 1), item.low), item.high)


def compare(decide: Decide, everyone: Sequence[Values]) -> int:
    """How many outcomes were compared; AssertionError with the participant where two differ."""
    for values in everyone:
        generated, written = decide(values), by_hand(values)
        assert generated == written, (generated, written, values)
    return len(everyone) * len(by_hand(everyone[0]))


def seconds(decide: Decide, everyone: Sequence[Values]) -> float:
    """Time for all participants, one after another."""
    start = time.perf_counter()
    for values in everyone:
        decide(values)
    return time.perf_counter() - start


def run(rounds: int) -> None:
    """One table."""
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder))
        checker = load_module(path)
        example = json.loads((path.parent / "patient.example.json").read_text(encoding="utf-8"))
    everyone = participants(checker, checker.load(example), PARTICIPANTS)
    compared = compare(checker.outcomes, everyone)
    spread = Counter(checker.verdict(values) for values in everyone)
    sides: dict[str, Decide] = {
        "generated outcomes": checker.outcomes,
        "hand-written outcomes": by_hand,
        "generated verdict": checker.verdict,
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    gc.disable()
    for _ in range(rounds):
        for name, decide in sides.items():
            times[name].append(seconds(decide, everyone))
    gc.enable()
    print(f"\nThe checker of CARE-SSc: {PARTICIPANTS:,} participants ({_share(spread)})")
    print(f"  {compared:,} outcomes compared with hand-written code: all equal")
    for name, found in times.items():
        each = median(found) / PARTICIPANTS
        print(f"  {name:38}{each * 1e6:10.2f} us {1 / each:12,.0f} a second")
    ratio = median(times["hand-written outcomes"]) / median(times["generated outcomes"])
    goal(f"as fast as hand-written code: {ratio:.2f} times as fast", ratio >= 1)
    screened = seconds(checker.screen, [example] * 300)
    print(f"  {'screen, with explanation':38}{screened / 300 * 1e6:10.0f} us")


def _share(spread: Counter[str]) -> str:
    return ", ".join(f"{100 * n / spread.total():.0f} % {name}" for name, n in spread.most_common())
