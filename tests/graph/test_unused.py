"""What nothing in the protocol would miss."""

from __future__ import annotations

import pytest

from trialc.graph.invariants import INVARIANTS


@pytest.mark.parametrize(
    ("declaration", "name"),
    [
        ('data lab.crp "CRP" : quantity [mg/L]', "lab.crp"),
        ('judgement frail "Frail" by nurse', "frail"),
        ('define heavy "Heavy" = demo.weight > 100 kg', "heavy"),
        ('derive half "Half" [kg] = demo.weight / 2', "half"),
        ('cause drug_itself "The drug"', "drug_itself"),
        ('window old "Old" = 90 days', "old"),
        ('role monitor "Monitor"', "monitor"),
        ('intervention cream "Cream" { type: drug }', "cream"),
        ('event fall "Fall" { reports hurt "Hurt" {a, b} counts when event.hurt = a }', "fall"),
    ],
)  # fmt: skip
def test_unused(check, declaration: str, name: str) -> None:
    assert check("window recent", f"{declaration}\nwindow recent") == [("W0519", name)]


def test_only_the_root_is_reported(check) -> None:
    both = 'data n.y "Y" : boolean\ndefine top "Top" = n.y\nwindow recent'
    assert check("window recent", both) == [("W0519", "top")]


def test_what_is_collected_is_used(check) -> None:
    extra = 'data lab.crp "CRP" : quantity [mg/L]\nwindow recent'
    assert check("window recent", extra, "collects: lab.hb", "collects: lab.hb, lab.crp") == []


def test_what_an_alternative_reads_is_used(check) -> None:
    extra = (
        'data lab.crp "CRP" : quantity [mg/L]\n'
        'decision inflamed "Inflamed" {\n'
        '  alternative "CRP" replacing anaemia by lab.crp > 5 mg/L\n'
        "  status: open\n"
        "}\n"
        "window recent"
    )
    assert check("window recent", extra) == []


def test_roles_and_causes_can_be_chosen_where_causes_are_attested(check) -> None:
    extra = 'role monitor "M"\ncause ckd "CKD"\ncause flu "Flu"\nwindow recent'
    attributed = "require lab.hb < 11 g/dL attributed to ckd"
    assert check("window recent", extra, "require lab.hb < 11 g/dL", attributed) == []


def test_a_role_that_is_told_is_used(check) -> None:
    extra = 'role monitor "Monitor"\nwindow recent'
    assert check("window recent", extra, "otherwise withhold", "otherwise notify monitor") == []


def test_what_a_library_offers_need_not_be_used(study) -> None:
    library = (
        'language 1\nlibrary signs version "1" { title: "Signs" citation: "None" }\n'
        'data fever "Fever" : boolean\ndata rash "Rash" : boolean\n'
    )
    text = (
        'language 1\nuse lib.signs version "1" as s\n'
        'protocol small { title: "Small" version: "1" }\n'
        'inclusion fever [1] "Fever" { require s.fever }\n'
    )
    linked = study(text, {"lib/signs.proto.txt": library})
    assert [each(linked)[1] for each in INVARIANTS if each(linked)[1]] == []


def test_a_history_is_used_where_one_of_its_elements_is(check) -> None:
    text = 'language 1\nprotocol small { title: "Small" version: "1" }\ndata mi "MI" : history\n'
    rule = 'exclusion mi_now [1] "MI" { exclude when mi ongoing }\n'
    assert check(text=text + rule) == []
    assert check(text=text) == [("W0519", "mi")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", [("W0480", "hb")]),
        ('activity blood "Blood" at V { collects: hb }\nvisit V "V" anchor\n', [("W0480", "hb")]),
        ('exclusion low [1] "Low" { exclude when hb < 9 g/dL }\n', []),
        ('decision second "Second" { alternative "Retest" replacing x by '
         'hb < 8 g/dL status: open }\n'
         'exclusion x [1] "X" { exclude when sick }\ndata sick "Sick" : boolean\n', []),
    ],
)  # fmt: skip
def test_a_retest_that_no_rule_reads(check, rule: str, expected: list[tuple[str, str]]) -> None:
    text = 'language 1\nprotocol small { title: "Small" version: "1" }\n'
    data = 'data hb "Haemoglobin" : quantity [g/dL] { retest: once }\n'
    assert check(text=text + data + rule) == expected


def test_an_objective_without_an_endpoint(check) -> None:
    extra = 'objective efficacy secondary "Efficacy"\nendpoint sae_free'
    assert check("endpoint sae_free", extra) == [("W0520", "efficacy")]
    text = 'language 1\nprotocol small { title: "Small" version: "1" }\n'
    assert check(text=text + 'objective efficacy primary "Efficacy"\n') == []
