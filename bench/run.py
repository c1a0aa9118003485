"""Every benchmark with its peers: `make bench`, or `python bench/run.py --only scaling`.

Runs take turns, medians are shown, and goals are printed as reached or missed.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
for _folder in ("compiler", "runtime", "bench"):
    sys.path.insert(0, str(ROOT / _folder))

import building  # noqa: E402
import javascript  # noqa: E402
import scaling  # noqa: E402
import startup  # noqa: E402
import throughput  # noqa: E402

BENCHMARKS = {
    "startup": startup.run,
    "building": building.run,
    "scaling": scaling.run,
    "throughput": throughput.run,
    "javascript": javascript.run,
}


def main() -> None:
    """Run the benchmarks that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="several allowed")
    parser.add_argument("--rounds", type=int, default=9, help="of each measurement (default: 9)")
    chosen = parser.parse_args()
    print(f"{platform.python_implementation()} {platform.python_version()}, {_processor()}")
    for name, run in BENCHMARKS.items():
        if not chosen.only or name in chosen.only:
            run(chosen.rounds)


def _processor() -> str:
    """The model of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} x {models[0]}" if models else platform.machine()


if __name__ == "__main__":
    main()
