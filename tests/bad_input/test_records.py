"""Records of participants that are none, and arguments that make no sense: refused, in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .conftest import Protoc, Run, edit

PATH = "protocol/small.proto.txt"
MB = 1024 * 1024

GOOD: dict[str, Any] = {
    "as_of": "2027-01-04",
    "lab.hb": 10.2,
    "fit": {"value": True, "by": "investigator", "at": "2027-01-04"},
    "scores.weak": False,
}
TEXT = json.dumps(GOOD)


def changed(**values: Any) -> str:
    return json.dumps(
        {**GOOD, **{name.replace("__", "."): value for name, value in values.items()}}
    )


def with_text(name: str, text: str) -> str:
    """The good record with a value as it is written, which json would not write."""
    return changed(**{name: "?"}).replace('"?"', text)


RECORDS: dict[str, str | bytes] = {
    "not JSON": "hello",
    "cut": TEXT[:-1],
    "more behind": TEXT + " x",
    "two records": TEXT + TEXT,
    "a trailing comma": TEXT[:-1] + ",}",
    "single quotes": TEXT.replace('"', "'"),
    "a remark": TEXT[:-1] + "/* x */}",
    "NaN": with_text("lab__hb", "NaN"),
    "Infinity": with_text("lab__hb", "Infinity"),
    "-Infinity": with_text("lab__hb", "-Infinity"),
    "1e400": with_text("lab__hb", "1e400"),
    "5000 digits": with_text("lab__hb", "9" * 5000),
    "5000 digits behind the point": with_text("lab__hb", "30." + "9" * 5000),
    "a key twice": TEXT[:-1] + ', "lab.hb": 9}',
    "an inner key twice": with_text("fit", '{"value": true, "value": false}'),
    "a list": "[]",
    "a list of records": f"[{TEXT}]",
    "nothing": "null",
    "a text": '"x"',
    "a number": "1",
    "no object": "{}",
    "empty": "",
    "blank": " \n",
    "50 MB": '{"a": "' + "a" * (50 * MB) + '"}',
    "10000 lists": '{"a": ' + "[" * 10_000 + "]" * 10_000 + "}",
    "10000 objects": '{"a": ' * 10_000 + "1" + "}" * 10_000,
    "10000 lists of a good record": with_text("lab__hb", "[" * 10_000 + "]" * 10_000),
    "open lists": "[" * 100_000,
    "latin-1": '{"as_of": "é"}'.encode("latin-1"),
    "utf-16": TEXT.encode("utf-16"),
    "NUL": TEXT.encode() + b"\0",
    "NUL inside": changed(as_of="2027-01-04\0"),
    "half a surrogate pair": '{"as_of": "\\ud800", "\\udfff": 1}',
    "another script's digits": changed(as_of="\uff12\uff10\uff12\uff17-01-04"),
    "no such day": changed(as_of="2027-02-30"),
    "a time": changed(as_of="2027-01-04T00:00:00Z"),
    "a line end behind the date": changed(as_of="2027-01-04\n"),
    "a year before ours": changed(as_of="0001-01-01"),
    "true for a date": changed(as_of=True),
    "a text for a number": changed(lab__hb="10"),
    "a list for a number": changed(lab__hb=[10]),
    "true for a number": changed(lab__hb=True),
    "an object without value": changed(lab__hb={}),
    "an object in an object": changed(lab__hb={"value": {"value": 10}}),
    "a unit that is none": changed(lab__hb={"value": 10, "unit": "\x1b[31m"}),
    "a unit of something else": changed(lab__hb={"value": 10, "unit": "kg"}),
    "a list for a unit": changed(lab__hb={"value": 10, "unit": []}),
    "not possible": changed(lab__hb=-1e308),
    "1 for yes": changed(scores__weak=1),
    "nobody attested it": changed(fit=True),
    "attested by nobody known": changed(
        fit={"value": True, "by": "\x1b[31mevil", "at": "2027-01-04"}
    ),
    "attested by a list": changed(fit={"value": True, "by": [[]], "at": "2027-01-04"}),
    "attested tomorrow": changed(fit={"value": True, "by": "investigator", "at": "2027-01-05"}),
    "a key that means something elsewhere": changed(__class__=1, __proto__=1, constructor=1),
    "control characters": changed(**{"\x1b]0;x\x07\u202e": 1}),
    "a long key": changed(**{"k" * MB: 1}),
    "many keys": changed(**{f"k{number}": number for number in range(20_000)}),
    "a reason that is none": changed(lab__hb={"unknown": "\x1b[31m"}),
    "a reason and a value": changed(lab__hb={"unknown": "missing", "value": 10}),
}
FINE: dict[str, str | bytes] = {
    "as it is": TEXT,
    "with a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "with CRLF": json.dumps(GOOD, indent=2).replace("\n", "\r\n"),
    "with escapes": TEXT.replace("fit", "\\u0066it"),
}


def write(folder: Path, data: str | bytes) -> str:
    file = folder / "record.json"
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return str(file)


@pytest.mark.parametrize("name", list(RECORDS))
def test_a_record_that_is_refused(trial: Path, protoc: Protoc, name: str) -> None:
    write(trial, RECORDS[name])
    done = protoc("screen", PATH, "record.json")
    assert (done.exit_code, done.stdout) == (2, "")
    first, *reasons = done.stderr.splitlines()
    assert first == "record.json: the record is refused"
    assert reasons
    assert all(line.startswith("  ") and 5 < len(line) < 400 for line in reasons)
    assert done.stderr.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", list(FINE))
def test_a_record_that_is_fine(trial: Path, protoc: Protoc, name: str) -> None:
    write(trial, FINE[name])
    assert protoc("screen", PATH, "record.json").exit_code == 0


def test_one_bad_record_does_not_hide_the_others(trial: Path, protoc: Protoc) -> None:
    paths: list[str] = []
    for number, data in enumerate((TEXT, "[]", changed(lab__hb=12), "{", TEXT)):
        file = trial / f"{number}.json"
        file.write_text(str(data))
        paths.append(file.name)
    done = protoc("screen", PATH, *paths, "none.json", "protocol", "--format", "json")
    assert done.exit_code == 2
    verdicts = [patient["verdict"] for patient in json.loads(done.stdout)["patients"]]
    assert verdicts == [
        "eligible", "refused", "ineligible", "refused", "eligible", "refused", "refused",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["not JSON", "half a surrogate pair", "a long key", "NaN", "latin-1"]
)
def test_json_answers_are_json_whatever_was_asked(trial: Path, protoc: Protoc, name: str) -> None:
    write(trial, RECORDS[name])
    done = protoc("screen", PATH, "record.json", "--format", "json")
    assert done.stdout.isascii()
    (answer,) = json.loads(done.stdout)["patients"]
    assert answer["verdict"] == "refused"
    assert answer["faults"]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """checker.py of the small trial, imported."""
    from importlib.util import module_from_spec, spec_from_file_location

    from trialc.cli import main

    from .launcher import lay_out_small

    folder = tmp_path_factory.mktemp("checker")
    lay_out_small(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        assert main(["build", str(folder / "small.proto.txt"), "-o", str(folder)]) == 0
    spec = spec_from_file_location("small_checker", folder / "small/checker.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # Classes of the standard library look their module up.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "50 MB"])
def test_the_generated_checker_refuses_it_too(
    tmp_path: Path, checker: ModuleType, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = write(tmp_path, RECORDS[name])
    assert checker.run_command(checker.screen, [path]) == 2
    out, err = capsys.readouterr()
    assert (out, bool(err.strip())) == ("", True)
    assert err.replace("\n", "").isprintable()
    assert max(map(len, err.splitlines())) < 400


@pytest.mark.parametrize("arguments", [[], ["--help"], ["a", "b"], ["none.json"], ["."], ["\0"]])
def test_the_generated_checker_with_arguments_that_make_no_sense(
    checker: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert checker.run_command(checker.screen, arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def run_checker(checker: ModuleType, path: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """The checker as a program, with nothing but the standard library."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(checker.__file__), path],
        stderr=subprocess.PIPE, text=True, check=False, **more,
    )  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_verdict_that_cannot_be_written_is_not_lost_in_silence(
    tmp_path: Path, checker: ModuleType
) -> None:
    path = write(tmp_path, TEXT)
    with open("/dev/full", "w") as full:
        done = run_checker(checker, path, stdout=full)
    assert done.returncode not in checker.EXIT_CODES.values()
    assert (done.stderr.count("\n"), "Traceback" in done.stderr) == (1, False)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_checker_that_nobody_hears(tmp_path: Path, checker: ModuleType) -> None:
    path = write(tmp_path, TEXT)
    line = f"'{sys.executable}' -I -S '{checker.__file__}' '{path}' >&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_a_record_out_of_a_pipe(trial: Path, run: Run, protoc: Protoc) -> None:
    (trial / "record.json").write_text(TEXT)
    assert run("screen", PATH, "-", stdin=str(trial / "record.json")).status == 0
    assert run("screen", PATH, "/dev/stdin", stdin=str(trial / "record.json")).status == 0
    assert run("screen", PATH, "-").status == 2
    assert protoc("screen", PATH, "-", input=b"\xff").exit_code == 2
    if os.path.exists("/dev/zero"):
        done = run("screen", PATH, "/dev/zero")
        assert (done.status, "10 MB are the most" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "anchor",
    ["", "x", "2027-02-30", "2027-13-01", "27-01-04", "2027-1-4", "2027-01-04T00:00", "0000-01-01",
     "9999-12-31", "2027-01-04\n", " 2027-01-04", "\uff12\uff10\uff12\uff17-01-04", "-1", "=1+1",
     "\x1b[31m", "1" * 100_000, "\udcff", "today"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["table", "ics"])
def test_a_schedule_from_a_day_that_is_none(
    trial: Path, protoc: Protoc, anchor: str, form: str
) -> None:
    done = protoc("schedule", PATH, f"--anchor={anchor}", "--format", form)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: the anchor: " in done.stderr
    assert len(done.stderr) < 400
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("anchor", ["1900-01-01", "2200-12-31", "2028-02-29"])
def test_a_schedule_at_the_ends_of_the_calendar(trial: Path, protoc: Protoc, anchor: str) -> None:
    done = protoc("schedule", PATH, "--anchor", anchor)
    assert done.exit_code == (2 if anchor == "2200-12-31" else 0), "four weeks later is 2201"
    edit(trial, "D0 + 4 weeks", "D0 + 999999999 years")
    done = protoc("schedule", PATH, "--anchor", anchor)
    assert done.exit_code in (1, 2)
    assert "rror" in done.stderr


@pytest.mark.parametrize(
    "zone",
    ["America/Torono", "../../etc/passwd", "/etc/passwd", "a\x1b[31m", "A" * 5000, "Europe", ".",
     "zone.tab", "tzdata.zi", "Europe/Paris\n", "\udcff", "x\ny", "UTC+25:00", "CON"],
)  # fmt: skip
def test_a_zone_that_is_none(trial: Path, protoc: Protoc, zone: str) -> None:
    done = protoc("schedule", PATH, "--anchor=2027-01-04", f"--zone={zone}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: there is no time zone `" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("\x1b[31m",), ("build", "--only", "\x1b[31m"), ("build", "--\x1b[31m"),
     ("explain", "\x1b[31m"), ("graph", PATH, "--kinds", "\x1b[31m"), ("bui\x1bld",),
     ("check", "--format", "\x1b[31m"), ("completion", "\x1b[31m"),
     ("explain", "{0} %s \udcff\n"), ("check", "\x1b[31m")],
)  # fmt: skip
def test_what_is_no_argument_is_shown_and_does_nothing(
    trial: Path, protoc: Protoc, arguments: tuple[str, ...]
) -> None:
    done = protoc(*arguments, color=True)
    assert done.exit_code == 2
    assert "rror" in done.output
    assert "\x1b" not in done.output
