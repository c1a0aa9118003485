"""Decisions, and the protocols that their alternatives would give."""

from __future__ import annotations

import re
from typing import Any

import pytest

from trialc.interpreter import Screening
from trialc.model import expression as e
from trialc.model.contract import contract
from trialc.model.example_records import Examples
from trialc.model.inputs import inputs_of
from trialc.model.patching import attributions, branches, patched, replaced
from trialc.model.protocol import Protocol
from trialc_runtime.records import RecordRefused

DATA = """
cause ssc "SSc"
data sex "Sex" : choice {female, male}
data a "A" : boolean
data b "B" : boolean
data child "Childbearing" : boolean { applies when sex = female }
data pregnant "Pregnant" : boolean { applies when sex = female }
"""
RULE = """
exclusion x [1] "X" {
  exclude when any of {
    one: a attributed to ssc
    two [ii]: all of { three: a  four: b }
  }
}
"""


def deciding(alternative: str, rule: str = RULE) -> str:
    return f'{DATA}{rule}decision d "D" {{ status: open alternative "Other" {alternative} }}\n'


# ---- declarations


def test_a_decision_is_a_record(small: Any) -> None:
    protocol: Protocol = small(
        'decision d "D" { quote: "one" quote: "two" reading: "R" because: "B" status: confirmed '
        'by: "the sponsor" on: 2027-01-04 alternative "A" alternative "C" }\n'
        'role r "R" { decided d }\n'
    ).protocol
    (decision,) = protocol.decisions
    assert decision.quotes == ("one", "two")
    assert (decision.reading, decision.because, decision.status) == ("R", "B", "confirmed")
    assert (decision.by, decision.on) == ("the sponsor", "2027-01-04")
    assert [item.text for item in decision.alternatives] == ["A", "C"]
    assert protocol.roles[0].decided == ("d",)


def test_title_page_windows_and_all_others_name_their_decisions(whole: Any) -> None:
    protocol: Protocol = whole(
        'language 1\nprotocol p { title: "P" version: "1" decided d renamed from q }\n'
        'decision d "D" { status: open }\nwindow w "W" = 3 days { decided d }\n'
    ).protocol
    assert protocol.metadata.decided == ("d",)
    assert protocol.metadata.renamed_from == ("q",)
    assert protocol.windows[0].decided == ("d",)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('reading: "R"', "E0306"),
        ("status: maybe", "E0307"),
        ("status: confirmed on: 2027-01-04", "E0306"),
        ('status: confirmed by: "the sponsor"', "E0306"),
        ("status: open on: yesterday", "E0307"),
        ("status: open on: 2027-02-30", "E0410"),
        ("status: open status: open", "E0305"),
        ("status: open when a", "E0316"),
    ],
)
def test_what_a_decision_must_say(small: Any, body: str, code: str) -> None:
    assert small(f'decision d "D" {{ {body} }}\n').codes == [code]


@pytest.mark.parametrize(
    ("alternative", "faults"),
    [
        ("replacing y by a", [("E0302", "y")]),
        ("replacing x.five by a", [("E0302", "x.five")]),
        ("replacing a by b", [("E0302", "a")]),
        ("replacing x.one by nothing", [("E0302", "nothing")]),
        ("replacing x.one by a > 3", [("E0404", "a")]),
        ("replacing x.two by a, replacing x.two.four by b", [("E0323", "x.two.four")]),
        ("replacing x.two.four by a, replacing x.two by b", [("E0323", "x.two.four")]),
        ("replacing x.one by a, replacing x.one by b", [("E0323", "x.one")]),
        ("replacing x by a, replacing x.one by b", [("E0323", "x.one")]),
        ("replacing x.one by a attributed to ssc and b attributed to ssc", None),
        ("replacing x.one by any of { y: a y: b }", [("E0308", "y")]),
    ],
)
def test_what_an_alternative_cannot_replace(small: Any, alternative: str, faults: object) -> None:
    made = small(deciding(alternative))
    if faults is None:
        assert made.codes == ["E0301"]
    else:
        assert made.faults == faults


def test_rules_that_are_broken_are_not_reported_again(small: Any) -> None:
    rule = 'exclusion x [1] "X" { exclude when nothing }\n'
    assert small(deciding("replacing x by a, replacing x.one by b", rule)).codes == ["E0302"]


APPLIES = """
exclusion x [1] "X" {
  applies when all of { woman: sex = female  old: b }
  exclude when any of { one: a  two: b }
}
"""
SIGNS = 'inclusion y [2] "Y" { require at least 2 of { three: a  four: b  five: not a } }\n'


@pytest.mark.parametrize(
    ("alternative", "fault"),
    [
        ("dropping z", "E0302"),
        ("dropping x.one.two", "E0302"),
        ("dropping x.one, dropping x.two", "E0352"),
        ("dropping x.applies.woman, dropping x.applies.old", "E0352"),
        ("dropping y.applies", "E0352"),
        ("dropping y.three, dropping y.four", "E0352"),
        ("dropping sae", "E0352"),
        ("dropping x, replacing x.one by b", "E0323"),
        ("dropping x.applies, replacing x.applies.old by a", "E0323"),
        ("dropping y.three", None),
        ("dropping x.one, replacing x.two by a", None),
        ("replacing x by a, replacing x.applies by b", None),
        ("replacing x by a, dropping x.applies.old", None),
    ],
)
def test_what_an_alternative_cannot_drop(small: Any, alternative: str, fault: str | None) -> None:
    event = 'event sae "SAE" { reports s "S" {u, v} counts when event.s = u }\n'
    made = small(deciding(alternative, APPLIES + SIGNS + event))
    assert made.codes == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("alternative", "written"),
    [
        ("dropping x.one", ("one: a  two: b", "two: b")),
        ("dropping x.applies", ("applies when all of { woman: sex = female  old: b }", "")),
        ("dropping x.applies.old", ("woman: sex = female  old: b", "woman: sex = female")),
        ("replacing x.applies by a", ("all of { woman: sex = female  old: b }", "a")),
        ("replacing x.applies.old by a", ("old: b", "old: a")),
        ("replacing x by b", ("any of { one: a  two: b }", "b")),
    ],
)
def test_a_rule_without_a_part_is_what_the_text_would_be(
    small: Any, alternative: str, written: tuple[str, str]
) -> None:
    protocol: Protocol = small(deciding(alternative, APPLIES)).protocol
    changed: Protocol = small(DATA + APPLIES.replace(*written)).protocol
    assert patched(protocol, "d", 0).criteria[0].condition == changed.criteria[0].condition


def test_a_dropped_criterion_keeps_nobody_out(small: Any) -> None:
    protocol: Protocol = small(deciding("dropping x, dropping y", APPLIES + SIGNS)).protocol
    after = patched(protocol, "d", 0)
    record = {"as_of": "2027-01-04", "sex": "female", "a": True, "b": False, "child": False,
              "pregnant": False}  # fmt: skip
    answer = Screening(after).screen(record)
    assert answer["verdict"] == "eligible"
    assert Screening(protocol).screen(record)["verdict"] == "ineligible"


# ---- patches


def test_a_branch_is_replaced_and_the_rest_kept(small: Any) -> None:
    before: Protocol = small(deciding("replacing x.two.four by not b")).protocol
    (patch,) = before.decisions[0].alternatives[0].patches
    assert patch.path == "x.two.four"
    after = patched(before, "d", 0)
    conditions = {branch.path: branch.condition for branch in branches(after.criteria[0].condition)}
    assert conditions["x.two.four"] == patch.condition == e.Not(operand=e.Holds(path="b"))
    assert after.criteria[0].condition == replaced(
        before.criteria[0].condition, "x.two.four", patch.condition
    )
    assert after.cause_inputs == before.cause_inputs
    assert before.criteria[0].condition != after.criteria[0].condition


def test_attestations_come_and_go(small: Any) -> None:
    text = deciding(
        "replacing x.one by a, replacing x.two by all of { three: a attributed to ssc  "
        "five: b attributed to other than ssc }"
    )
    before: Protocol = small(text).protocol
    assert [cause.id for cause in before.cause_inputs] == ["x.one.cause"]
    after = patched(before, "d", 0)
    assert [cause.id for cause in after.cause_inputs] == ["x.two.three.cause", "x.two.five.cause"]
    assert {item.path for item in contract(after)} > {cause.id for cause in after.cause_inputs}


def test_what_drops_out_is_decided_anew(small: Any) -> None:
    """One guard outside of a group is enough while all its operands drop out together."""
    rule = 'exclusion x [1] "X" { exclude when any of { one: child  two: pregnant } }\n'
    before: Protocol = small(deciding("replacing x.two by b", rule)).protocol
    (patch,) = before.decisions[0].alternatives[0].patches
    assert patch.path == "x"
    written: Protocol = small(DATA + rule.replace("two: pregnant", "two: b")).protocol
    assert patched(before, "d", 0).criteria[0].condition == written.criteria[0].condition


def test_an_unknown_decision_cannot_be_applied(small: Any) -> None:
    protocol: Protocol = small(deciding("replacing x.one by a")).protocol
    for name, index in [("e", 0), ("d", 1)]:
        with pytest.raises(LookupError):
            patched(protocol, name, index)


def test_an_alternative_without_rules_changes_nothing(small: Any) -> None:
    protocol: Protocol = small(deciding("")).protocol
    assert patched(protocol, "d", 0) == protocol


# ---- every alternative of CARE-SSc


def alternatives(protocol: Protocol) -> list[tuple[str, int]]:
    return [
        (decision.id, index)
        for decision in protocol.decisions
        for index, alternative in enumerate(decision.alternatives)
        if alternative.patches
    ]


def test_every_alternative_gives_a_complete_protocol(care_ssc: Any) -> None:
    protocol: Protocol = care_ssc.protocol
    found = alternatives(protocol)
    assert len(found) >= 28
    for name, index in found:
        after = patched(protocol, name, index)
        assert after != protocol
        assert after.conditions == protocol.conditions
        used = {path for item in after.criteria for path in attributions(item.condition)}
        assert {cause.id for cause in after.cause_inputs} == used
        known = {item.path for item in contract(after)}
        known |= {item.id for item in (*after.conditions, *after.numbers)}
        for item in after.criteria:
            assert set(inputs_of(item.condition)) <= known


def test_every_alternative_can_be_screened(care_ssc: Any) -> None:
    protocol: Protocol = care_ssc.protocol
    examples = Examples(protocol)
    records = [examples.of_participant(participant) for participant in protocol.participants]
    faults = {
        fault
        for name, index in alternatives(protocol)
        for record in records
        for fault in _faults(Screening(patched(protocol, name, index)), record)
    }
    # Some examples attest a cause that another reading does not ask for.
    assert all(fault.endswith(".cause") for fault in faults)


def _faults(screening: Screening, record: dict[str, Any]) -> set[str]:
    try:
        screening.screen(record)
    except RecordRefused as refused:
        return {fault.field for fault in refused.faults}
    return set()


def test_a_branch_of_a_definition_is_replaced_with_the_rule_that_names_it(small: Any) -> None:
    text = (
        'data a "A" : boolean\ndefine weak "Weak" = any of { one: a  two: a }\n'
        'inclusion i [1] "I" { decided d require weak }\n'
        'decision d "D" { reading: "x" alternative "y" replacing PATH by a status: open }\n'
    )
    for path, words in (("weak.two", "`weak` is a definition"), ("i.two", "a labelled branch")):
        made = small(text.replace("PATH", path))
        assert made.faults == [("E0302", path)]
        assert words in made.found[0].help


REPLACING = re.compile(r"replacing\s+([\w.]+)\s+by\s")


def test_an_alternative_is_what_the_text_would_be_with_it(whole: Any, care_ssc: Any) -> None:
    """Write each one-line alternative for a branch into the rule itself, and compile that."""
    text = care_ssc.source.text
    protocol: Protocol = care_ssc.protocol
    libraries = {library.name: library for library in protocol.libraries}
    assert set(libraries) == {"acr_eular_2013", "kdigo_ckd", "contraception"}
    tried = 0
    for name, index in alternatives(protocol):
        decision = next(item for item in protocol.decisions if item.id == name)
        patches = decision.alternatives[index].patches
        if len(patches) == 1 and patches[0].path == "severe_disease.early_progressive.duration":
            words = text[patches[0].where.start : patches[0].where.end]
            rule = REPLACING.sub("", words)
            changed = text.replace("duration: ssc.duration <= 2 years", f"duration: {rule}", 1)
            assert changed != text
            (criterion,) = (
                item for item in _resolved(whole, changed).criteria if item.id == "severe_disease"
            )
            mine = next(i for i in patched(protocol, name, index).criteria if i.id == criterion.id)
            assert mine.condition == criterion.condition
            tried += 1
    assert tried >= 3


def _resolved(whole: Any, text: str) -> Protocol:
    from pathlib import Path

    folder = Path(__file__).parents[2] / "protocol" / "lib"
    texts = {
        file.name.removesuffix(".proto.txt"): file.read_text(encoding="utf-8")
        for file in folder.glob("*.proto.txt")
    }
    made: Protocol = whole(text, **texts).made
    return made
