"""Building CARE-SSc: from nothing, after a change, and when nothing changed."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

from measure import ROOT, interleaved, process, show

PROTOCOL = "protocol/care_ssc.proto.txt"


def run(rounds: int) -> None:
    """One table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(ROOT / "protocol", home / "protocol")
        cache = home / "cache"
        text = home / PROTOCOL
        original = text.read_text(encoding="utf-8")
        numbers = itertools.count()

        def build() -> None:
            process("-m", "trialc", "build", PROTOCOL, cwd=home, cache=cache)

        def cold() -> None:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.rmtree(home / "generated", ignore_errors=True)
            build()

        def changed() -> None:
            text.write_text(f"{original}\n# {next(numbers)}\n", encoding="utf-8")
            build()

        build()
        rivals = {
            "cold: no outputs, no cache": cold,
            "warm: nothing changed": build,
            "one comment changed": changed,
            "check only": lambda: process("-m", "trialc", "check", PROTOCOL, cwd=home, cache=cache),
        }
        show("Build of CARE-SSc, whole processes", interleaved(rivals, rounds))
