"""Compile time against the number of criteria, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from measure import goal

from trialc.pipeline import Compilation, Timings, compile_protocol, emit
from trialc.source import SourceText

SIZES = (10, 100, 1_000, 10_000)

HEAD = """language 1

protocol scaled {
  title: "A protocol of many criteria"
  version: "1"
}

role investigator "Investigator"
cause disease "the disease"
"""


def protocol(count: int) -> SourceText:
    """A protocol with that many criteria, in the mix of CARE-SSc: nested, attributed, judged."""
    return SourceText("scaled.proto.txt", HEAD + "".join(_criterion(i) for i in range(count)))


def _criterion(i: int) -> str:
    """Three elements, a judgement and a criterion over them; all are collected at screening."""
    kind, verb = ("inclusion", "require") if i % 4 == 0 else ("exclusion", "exclude when")
    return f"""
data lab.a{i} "Marker A {i}" : quantity [g/dL] {{ range: 2 .. 25 g/dL  typical: 12 g/dL }}
data lab.b{i} "Marker B {i}" : quantity [mm/h] {{ range: 0 .. 150 mm/h  typical: 20 mm/h }}
data hist.c{i} "Finding C {i}" : boolean
judgement judged.d{i} "Judged severe {i}" by investigator

{kind} rule{i} [{i + 1}] "Rule {i}" {{
  source \"\"\"
    Marker A < {8 + i % 7} g/dL and marker B > {20 + i % 90} mm due to the disease,
    or finding C unless it is not judged severe
  \"\"\"
  {verb} any of {{
    markers: all of {{
      low: lab.a{i} < {8 + i % 7} g/dL
      high: lab.b{i} > {20 + i % 90} mm/h
    }} attributed to disease
    finding: hist.c{i} unless judged.d{i}
  }}
}}
"""


def stages(source: SourceText) -> Iterator[tuple[str, float]]:
    """Seconds of every stage, emitters included."""
    made: Compilation = compile_protocol(source, lambda _: None, time.perf_counter)
    assert made.study is not None
    assert not [found for found in made.diagnostics if found.is_error], made.diagnostics[:3]
    emitted: Timings = emit(made.study, (), time.perf_counter)[1]
    yield from made.timings
    yield from ((f"emit {name}", seconds) for name, seconds in emitted)


def run(rounds: int) -> None:
    """One table: a column for each size, medians in milliseconds."""
    found: dict[str, dict[int, float]] = {}
    megabytes: dict[int, float] = {}
    list(stages(protocol(SIZES[0])))  # the parser is made once a process
    for size in SIZES:
        source = protocol(size)
        megabytes[size] = len(source.text.encode()) / 1e6
        times: dict[str, list[float]] = {}
        for _ in range(max(1, min(rounds, 2_000 // size))):
            for name, seconds in stages(source):
                times.setdefault(name, []).append(seconds)
        for name, seconds in times.items():
            found.setdefault(name, {})[size] = 1000 * median(seconds)
    _show(found, megabytes)


def _show(found: dict[str, dict[int, float]], megabytes: dict[int, float]) -> None:
    print("\nCompile time by number of criteria, milliseconds")
    print(f"  {'stage':38}" + "".join(f"{size:>12,}" for size in SIZES))
    totals = {size: sum(row.get(size, 0.0) for row in found.values()) for size in SIZES}
    largest = SIZES[-1]
    small = {name for name, row in found.items() if row[largest] < totals[largest] / 100}
    for name, row in found.items():
        if name not in small:
            print(f"  {name:38}" + "".join(f"{row[size]:12.1f}" for size in SIZES))
    rest = {size: sum(found[name].get(size, 0.0) for name in small) for size in SIZES}
    print(f"  {f'{len(small)} others':38}" + "".join(f"{rest[size]:12.1f}" for size in SIZES))
    print(f"  {'all':38}" + "".join(f"{totals[size]:12.1f}" for size in SIZES))
    each = {size: 1000 * totals[size] / size for size in SIZES}
    print(f"  {'microseconds a criterion':38}" + "".join(f"{each[size]:12.0f}" for size in SIZES))
    speed = {size: megabytes[size] / (found["parse"][size] / 1000) for size in SIZES}
    print(f"  {'parsing, MB/s':38}" + "".join(f"{speed[size]:12.2f}" for size in SIZES))
    growth = each[largest] / each[100]
    goal(f"linear: a criterion of 10,000 takes {growth:.2f} times one of 100", growth < 1.5)
    compiling = {n: row[largest] for n, row in found.items() if not n.startswith("emit ")}
    share = compiling["parse"] / sum(compiling.values())
    dominant = max(compiling, key=lambda name: compiling[name])
    goal(
        f"parsing dominates compiling at 10,000: it takes {share:.0%}, most takes `{dominant}`",
        dominant == "parse",
    )
