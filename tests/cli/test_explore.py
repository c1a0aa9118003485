"""`protoc explore`, and the protocol of the page on transitions: its tests, documents, checker."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

PAGE = Path(__file__).parents[2] / "docs" / "language" / "transitions.md"
Protoc = Callable[..., Result]


@pytest.fixture
def trial(home: Path) -> str:
    """The path of the page's protocol."""
    block = re.search(r"^```protocol\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    assert block is not None
    (home / "protocol" / "fih.proto.txt").write_text(block[1], encoding="utf-8")
    return "protocol/fih.proto.txt"


def test_every_course_is_told_as_the_page_shows_it(trial: str, protoc: Protoc) -> None:
    done = protoc("explore", trial)
    assert done.exit_code == 0
    shown = re.search(r"^plan \"3\+3\"\n(.*?)^\.\.\.$", PAGE.read_text("utf-8"), re.M | re.S)
    assert shown is not None
    assert shown[1] in done.stdout
    assert done.stdout.count("holds on every course") == 5


def test_a_protocol_without_escalation_has_nothing_to_explore(home: Path, protoc: Protoc) -> None:
    text = 'language 1\nprotocol tiny { title: "Tiny" version: "1" }\n'
    (home / "protocol" / "tiny.proto.txt").write_text(text, encoding="utf-8")
    done = protoc("explore", "protocol/tiny.proto.txt")
    assert (done.exit_code, done.stdout) == (0, "the protocol has no `escalation`\n")


def test_the_page_passes_its_tests_and_fails_others(home: Path, trial: str, protoc: Protoc) -> None:
    assert protoc("test", trial).exit_code == 0
    file = home / trial
    text = file.read_text("utf-8")
    file.write_text(text.replace("due stay to d200", "due escalate"), encoding="utf-8")
    done = protoc("test", trial)
    assert done.exit_code == 1
    assert "on 2027-02-15 plan has due: stay to d200" in done.stdout + done.stderr


def test_documents_and_checker_have_all_of_it(home: Path, trial: str, protoc: Protoc) -> None:
    assert protoc("build", trial, "-o", "made").exit_code == 0
    made = home / "made" / "first_in_human"
    page = (made / "protocol.md").read_text("utf-8")
    for words in (
        "- **Dose levels**: 200 mg (Drug 200 mg); 400 mg (Drug 400 mg); 600 mg (Drug 600 mg)",
        "- **After 2 to 3 of 3**: the next lower level; nobody is treated at this level or above",
        "- **Stands before**: everything that is done in the trial",
        "Safety review committee decided to open it",
        "at least 24 hours after first dose of others in this cohort",
        "it is 2029-12-31 or later",
        "at least 30 participants in the trial have had first dose",
    ):
        assert words in page
    assert "After 0 of 3" in (made / "protocol.html").read_text("utf-8")
    log = {
        "as_of": "2027-02-15",
        "participants": [{"id": f"P{n}", "level": "d200"} for n in (1, 2, 3)],
        "given": [
            {"participant": f"P{n}", "occasion": "first_dose", "on": "2027-01-04"}
            for n in (1, 2, 3)
        ],
        "absences": [
            {"participant": f"P{n}", "event": "dlt", "through": "2027-02-01", "by": "investigator"}
            for n in (1, 2, 3)
        ],
    }
    asked = f"import checker, json; print(json.dumps(checker.escalation('plan', {log!r})))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=made, capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    assert (answer["due"], answer["to"], answer["missing"]) == ("escalate", "d400", [])
