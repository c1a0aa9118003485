"""How fast the generated checker in JavaScript decides, in node, beside the one in Python."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from measure import ROOT, goal
from throughput import PARTICIPANTS, Values, build, load_module, participants, seconds

DRIVER = ROOT / "bench" / "throughput.mjs"
LETTERS = {True: "t", False: "f", None: "-"}
GOAL = 4_000_000
WARM = 3
"""Rounds after which the engine has compiled what it will compile."""


def run(rounds: int) -> None:
    """One table."""
    node = shutil.which("node")
    if node is None:
        print("\nThe checker in JavaScript: node is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checker = load_module(build(folder))
        example = folder / "patient.example.json"
        typical = checker.load(json.loads(example.read_text(encoding="utf-8")))
        everyone = participants(checker, typical, PARTICIPANTS)
        found = _measured(node, folder, everyone, rounds + WARM)
        size = (folder / "checker.mjs").stat().st_size
    letters = ["".join(LETTERS[o] for o in checker.outcomes(values)) for values in everyone]
    assert letters == found["found"], "outcomes differ from those of the checker in Python"
    python = seconds(checker.outcomes, everyone) / PARTICIPANTS
    print(f"\nThe checker of CARE-SSc in JavaScript: {PARTICIPANTS:,} participants")
    print(f"  {size:,} bytes, imported in {found['imported']:.1f} ms")
    print(f"  {len(letters) * len(letters[0]):,} outcomes compared with those in Python: all equal")
    each = {
        kind: median(times[WARM:]) / (300 if kind == "screen" else PARTICIPANTS)
        for kind, times in found["times"].items()
    }
    for kind, time in each.items():
        print(f"  {kind:38}{time * 1e6:10.2f} us {1 / time:12,.0f} a second")
    print(
        f"  {'outcomes in Python, one run':38}{python * 1e6:10.2f} us {1 / python:12,.0f} a second"
    )
    goal(f"outcomes of {GOAL:,} participants a second", 1 / each["outcomes"] >= GOAL)


def _measured(node: str, folder: Path, everyone: list[Values], rounds: int) -> dict[str, Any]:
    path = folder / "participants.jsonl"
    path.write_text("".join(f"{json.dumps(values)}\n" for values in everyone), encoding="utf-8")
    files = (folder / "checker.mjs", path, folder / "patient.example.json")
    done = subprocess.run(
        [node, str(DRIVER), *map(str, files), str(rounds)], capture_output=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
