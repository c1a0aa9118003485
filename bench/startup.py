"""How long it takes until something happens: `protoc --help`, importing a generated checker."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from measure import goal, interleaved, process, show
from throughput import build


def run(rounds: int) -> None:
    """Both tables."""
    help_rivals = {
        "python -c pass": lambda: process("-c", "pass"),
        "protoc --help": lambda: process("-m", "trialc", "--help"),
    }
    times = interleaved(help_rivals, 3 * rounds)
    show("Cold start", times, against="python -c pass")
    ratio = median(times["protoc --help"]) / median(times["python -c pass"])
    goal("at most 2.5 times a bare Python", ratio <= 2.5)
    with tempfile.TemporaryDirectory() as folder:
        checker = build(Path(folder))
        bare = f"import sys; sys.path.insert(0, {str(checker.parent)!r})"
        import_rivals = {
            "bare interpreter": lambda: _isolated(bare),
            "and import checker": lambda: _isolated(f"{bare}; import checker"),
        }
        _isolated(f"{bare}; import checker")  # once, so that the compiled form is there
        times = interleaved(import_rivals, 4 * rounds)
    show("Import of the generated checker of CARE-SSc", times)
    pairs = zip(times["and import checker"], times["bare interpreter"], strict=True)
    extra = 1000 * median(one - other for one, other in pairs)
    print(f"  importing adds {extra:.1f} ms, the median of {4 * rounds} pairs")
    goal("at most 5 ms over a bare interpreter", extra <= 5)


def _isolated(code: str) -> None:
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
