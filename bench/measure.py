"""Interleaved runs: rivals take turns, so that all meet the same moods of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent

Times = dict[str, list[float]]
"""Seconds of every run, by the name of the rival."""


def interleaved(rivals: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Every rival once a round."""
    times: Times = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, run in rivals.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return times


def process(*arguments: str, cwd: Path = ROOT, cache: Path | None = None) -> None:
    """A Python process with the checkout's packages; its output is thrown away."""
    folders = os.pathsep.join(str(ROOT / name) for name in ("compiler", "runtime"))
    environment = {**os.environ, "PYTHONPATH": folders}
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, check=True, capture_output=True
    )


def show(title: str, times: Times, against: str = "") -> None:
    """A table of medians with quartiles, in milliseconds; ratios to one of the rivals."""
    print(f"\n{title}")
    base = median(times[against]) if against else 0.0
    for name, found in times.items():
        low, middle, high = (1000 * q for q in quartiles(found))
        ratio = f"{median(found) / base:8.2f} x" if against else ""
        print(f"  {name:38}{middle:10.1f} ms  ({low:.1f} to {high:.1f}){ratio}")


def quartiles(found: Sequence[float]) -> tuple[float, float, float]:
    """First quartile, median, third quartile."""
    if len(found) < 2:
        return found[0], found[0], found[0]
    low, middle, high = quantiles(found, n=4, method="inclusive")
    return low, middle, high


def goal(words: str, reached: bool) -> None:
    """Say whether a goal was reached, and no less loudly when it was not."""
    print(f"  {'reached' if reached else 'MISSED'}: {words}")
