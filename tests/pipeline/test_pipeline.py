"""The spine on the real trial: stages, determinism, what is checked in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import trialc
from trialc.emitters import EMITTERS
from trialc.pipeline import Compilation, compile_protocol, emit
from trialc.source import SourceText

ROOT = Path(__file__).parent.parent.parent
PROTOCOL = ROOT / "protocol"


def read(path: str) -> SourceText | None:
    file = PROTOCOL / path
    return SourceText(path, file.read_text(encoding="utf-8")) if file.is_file() else None


@pytest.fixture(scope="module")
def care() -> Compilation:
    main = read("care_ssc.proto.txt")
    assert main is not None
    return compile_protocol(main, read, lambda: 0.0)


def test_the_trial_has_neither_errors_nor_warnings(care: Compilation) -> None:
    assert [found.kind.code for found in care.diagnostics] == ["I0609"]


def test_the_trial_is_whole(care: Compilation) -> None:
    assert care.study is not None
    protocol = care.study.protocol
    kinds = [item.type for item in protocol.criteria]
    assert (kinds.count("inclusion"), kinds.count("exclusion")) == (4, 13)
    assert [(given.visit, given.intervention) for arm in protocol.arms for given in arm.gives] == [
        ("M0", "ucmsc"), ("M3", "placebo"),
        ("M0", "ucmsc"), ("M3", "ucmsc"),
        ("M0", "placebo"), ("M3", "placebo"),
    ]  # fmt: skip
    assert care.study.evidence["coverage"].share == 1.0
    assert all(result.passed for result in care.study.evidence["tests"])
    assert all(row.true and row.false for row in care.study.evidence["branch_coverage"])


def test_what_is_checked_in_is_what_the_compiler_makes(care: Compilation) -> None:
    assert care.study is not None
    made = {artefact.path: artefact.text for artefact in emit(care.study)[0]}
    folder = ROOT / "generated" / "care_ssc"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    different = sorted(name for name in {*made, *kept} if made.get(name) != kept.get(name))
    assert not different, "`make build` writes them anew"


def test_an_emitter_can_be_asked_alone(care: Compilation) -> None:
    assert care.study is not None
    for emitter in EMITTERS:
        if emitter.name != "decisions":  # takes a second
            assert emit(care.study, [emitter.name])[0] == emitter.emit(care.study)


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Tokyo"), ("4711", "America/Toronto")])
def test_the_same_bytes_anywhere(seed: str, zone: str, tmp_path: Path) -> None:
    """In another folder, with another hash seed, time zone and locale."""
    shutil.copytree(PROTOCOL, tmp_path / "protocol")
    folders = {str(Path(trialc.__file__).parents[1]), str(ROOT / "runtime")}
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sorted(folders)),
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": "C",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    subprocess.run(
        [sys.executable, "-m", "trialc", "build"],
        cwd=tmp_path, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    for path in (tmp_path / "generated" / "care_ssc").iterdir():
        assert path.read_bytes() == (ROOT / "generated" / "care_ssc" / path.name).read_bytes()


def test_the_pipeline_fits_on_a_page() -> None:
    text = (ROOT / "compiler" / "trialc" / "pipeline.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
