"""Conditions in the model: groups, paths, attestations, and operands that may drop out."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model import expression as e
from trialc.model.from_syntax.applicability import both, either
from trialc.model.patching import branches
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording

DATA = """
role doctor "Doctor"
cause ssc "SSc"
data sex "Sex" : choice {female, male}
data old "Old" : boolean
data a "A" : boolean
data b "B" : boolean
data child "Childbearing" : boolean { applies when sex = female }
data partner "Partner" : boolean { applies when sex = male }
data frail "Frail" : boolean { applies when old }
data mpap "mPAP" : quantity [mmHg] { range: 1 .. 100 mmHg }
data wedge "Wedge" : quantity [mmHg] { range: 1 .. 100 mmHg }
data mi "Infarction" : history
judgement fit "Fit" by doctor
define some "Some" = a or b
define pressure "Pressure" = mpap > 25 mmHg
"""


def rule(small: Any, text: str, kind: str = "exclusion") -> tuple[Protocol, e.Condition]:
    verb = "exclude when" if kind == "exclusion" else "require"
    made = small(f'{DATA}{kind} x [1] "X" {{ {verb} {text} }}\n')
    assert set(made.codes) <= {"W0420"}
    assert made.made is not None
    return made.made, made.made.criteria[0].condition


def said(small: Any, text: str, kind: str = "exclusion") -> str:
    """The condition in words, with what may drop out."""
    protocol, condition = rule(small, text, kind)
    return Wording(protocol).phrase(condition)


# ---- groups and paths


def test_labels_make_paths(small: Any) -> None:
    _, condition = rule(small, "any of { one [i]: a  two: all of { three: a  four [b]: b } }")
    assert [(branch.path, branch.number) for branch in branches(condition)] == [
        ("x.one", "i"),
        ("x.two", None),
        ("x.two.three", None),
        ("x.two.four", "b"),
    ]


def test_and_and_or_are_groups_without_labels(small: Any) -> None:
    _, condition = rule(small, "a and b and (a or b)")
    assert isinstance(condition, e.Junction)
    assert condition.quantifier == "all"
    assert [branch.label for branch in condition.branches] == [None, None, None]
    assert condition.branches[2].condition == rule(small, "a or b")[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("not a", "not"),
        ("a unless b", "unless"),
        ("a attributed to ssc", "attributed"),
        ("a attributed to other than ssc", "attributed"),
        ("some", "refer"),
        ("fit", "holds"),
        ("sex = female", "one_of"),
        ("sex != female", "not"),
        ("sex in {female, male, female}", "one_of"),
        ("mpap in 20 .. 30 mmHg", "within"),
        ("none of { y: a }", "junction"),
        ("at least 1 of { y: a }", "junction"),
    ],
)
def test_every_form_has_its_node(small: Any, text: str, kind: str) -> None:
    assert rule(small, text)[1].kind == kind


def test_attestations_belong_to_the_innermost_label(small: Any) -> None:
    protocol, _ = rule(
        small,
        "any of { one: a attributed to ssc  two: any of { three: b attributed to ssc } "
        "attributed to other than ssc }",
    )
    assert [cause.id for cause in protocol.cause_inputs] == [
        "x.one.cause",
        "x.two.three.cause",
        "x.two.cause",
    ]
    assert [cause.branch for cause in protocol.cause_inputs] == ["x.one", "x.two.three", "x.two"]
    assert rule(small, "a attributed to ssc")[0].cause_inputs[0].id == "x.cause"


def test_two_findings_under_one_label_cannot_be_attributed(small: Any) -> None:
    made = small(
        DATA + 'exclusion x [1] "X" { exclude when a attributed to ssc or b attributed to ssc }\n'
    )
    assert made.codes == ["E0301"]
    assert "label of its own" in made.found[0].help


# ---- what drops out: docs/semantics.md, section 4


def test_an_element_that_always_exists_needs_no_guard(small: Any) -> None:
    assert said(small, "a and b") == "A and B"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("child", "Childbearing (applies only if Sex is female)"),
        ("child or a", "(Childbearing (applies only if Sex is female)) or A"),
        ("not child", "not (Childbearing) (applies only if Sex is female)"),
        ("child and child", "(Childbearing and Childbearing) (applies only if Sex is female)"),
        ("child unless a", "(Childbearing, unless A) (applies only if Sex is female)"),
        ("a unless child", "A, unless (Childbearing (applies only if Sex is female))"),
        ("child or partner", "(Childbearing (applies only if Sex is female)) or "
         "(Partner (applies only if Sex is male))"),
        ("mpap > 25 mmHg if done", "mPAP > 25 mmHg (applies only if mPAP was measured)"),
        ("pressure if done", "Pressure (applies only if mPAP was measured)"),
    ],
)  # fmt: skip
def test_what_may_drop_out_is_guarded(small: Any, text: str, words: str) -> None:
    assert said(small, text) == words


def neutrals(condition: e.Condition) -> list[bool]:
    from trialc.model.inputs import walk

    return [part.neutral for part in walk(condition) if isinstance(part, e.Applies)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("child", "inclusion", [True]),
        ("child", "exclusion", [False]),
        ("child and a", "inclusion", [True]),
        ("child or a", "inclusion", [False]),
        ("all of { y: child z: a }", "exclusion", [True]),
        ("none of { y: child z: a }", "exclusion", [False]),
        ("at least 1 of { y: child z: a }", "inclusion", [False]),
        ("child or frail", "inclusion", [True, False, False]),
        ("child and partner", "inclusion", [True, True]),
        ("child or partner", "exclusion", [False, False]),
    ],
)
def test_a_dropped_operand_is_neutral(
    small: Any, text: str, kind: str, expected: list[bool]
) -> None:
    assert neutrals(rule(small, text, kind)[1]) == expected


def test_reasons_that_cover_a_choice_are_no_reasons(small: Any) -> None:
    """Everybody is female or male: what either of them has, everybody has."""
    protocol: Protocol = small(
        DATA + 'define either "Either" = child or partner\n'
        'exclusion x [1] "X" { exclude when either and not fit }\n'
    ).protocol
    assert neutrals(protocol.criteria[0].condition) == []


def test_definitions_drop_out_as_what_they_are_made_of(small: Any) -> None:
    protocol: Protocol = small(
        DATA + 'define d "D" = child and not child\nderive half "Half" [mmHg] = mpap / 2\n'
        'data late "Late" : quantity [mmHg] { range: 1 .. 9 mmHg  applies when old }\n'
        'derive sums "Sums" [mmHg] = late + mpap\n'
        'exclusion x [1] "X" { exclude when d or sums > 3 mmHg or half > 3 mmHg }\n'
    ).protocol
    words = Wording(protocol).phrase(protocol.criteria[0].condition)
    assert words == (
        "(D (applies only if Sex is female)) or (Sums > 3 mmHg (applies only if Old)) or "
        "Half > 3 mmHg"
    )


def test_applies_when_may_use_definitions_that_come_later(small: Any) -> None:
    protocol: Protocol = small(
        'data a "A" : boolean { applies when later and bmi > 30 kg }\n'
        'define later "Later" = b\nderive bmi "BMI" [kg] = weight + weight\n'
        'data b "B" : boolean\ndata weight "Weight" : quantity [kg]\n'
    ).protocol
    assert protocol.data[0].applies is not None
    assert Wording(protocol).phrase(protocol.data[0].applies) == "Later and BMI > 30 kg"


def test_only_what_is_measured_can_be_not_done(small: Any) -> None:
    made = small(DATA + 'exclusion x [1] "X" { exclude when fit if done }\n')
    assert made.codes == ["E0413"]
    assert made.found[0].message == "`if done` cannot be asked where nothing is measured"


def test_only_data_elements_can_be_inapplicable(small: Any) -> None:
    made = small(DATA + 'judgement j "J" by doctor { applies when sex = female }\n')
    assert made.codes == ["E0316"]
    assert made.found[0].message == "`applies when` does not belong into a judgement"
    assert "where the judgement is used" in made.found[0].help


def test_reasons_are_flat_and_distinct() -> None:
    a, b, c = (e.Holds(path=path) for path in "abc")
    assert either([a, None], {}) is None
    assert either([a, a], {}) == a
    assert either([either([a, b], {}), c, a], {}) == either([a, b, c], {})
    assert both([]) is None
    assert both([None, a]) == a
    assert both([both([a, b]), c]) == both([a, b, c])


def test_long_reasons_are_refused(small: Any) -> None:
    options = ", ".join(f"c{i}" for i in range(300))
    any_of = " or ".join(f"k = c{i}" for i in range(250))
    made = small(
        f'data k "K" : choice {{{options}}}\ndata x "X" : boolean {{ applies when {any_of} }}\n'
    )
    assert made.codes == ["E0419"]
    named = small(
        f'data k "K" : choice {{{options}}}\ndefine n "N" = {any_of}\n'
        'data x "X" : boolean { applies when n }\n'
    )
    assert named.codes == []


# ---- exclusions that get wider


@pytest.mark.parametrize(
    ("kind", "text", "warned"),
    [
        ("exclusion", "child and not fit", True),
        ("exclusion", "all of { y: child z: a }", True),
        ("exclusion", "sex = female and child and not fit", False),
        ("exclusion", "a and mi within 2 years before as_of", False),
        ("exclusion", "a and mi ongoing", False),
        ("exclusion", "mi ongoing and child", True),
        ("exclusion", "child or a", False),
        ("exclusion", "child and frail", False),
        ("exclusion", "mpap > 25 mmHg if done and a", True),
        ("exclusion", "(mpap > 25 mmHg and a) if done", False),
        ("exclusion", "a unless (child and b)", False),
        ("exclusion", "not (child and a)", False),
        ("inclusion", "child and a", False),
        ("inclusion", "not (child and a)", True),
        ("inclusion", "none of { y: child and a }", True),
        ("inclusion", "a unless (child and b)", True),
    ],
)
def test_an_exclusion_that_gets_wider_is_warned_of(
    small: Any, kind: str, text: str, warned: bool
) -> None:
    verb = "exclude when" if kind == "exclusion" else "require"
    made = small(f'{DATA}{kind} x [1] "X" {{ {verb} {text} }}\n')
    assert [code for code in made.codes if code != "W0490"] == ["W0420"] * warned


def test_a_definition_is_followed_into_exclusions(small: Any) -> None:
    text = DATA + 'define d "D" = child and a\n'
    assert small(text + 'inclusion x [1] "X" { require d }\n').codes == []
    made = small(text + 'exclusion x [1] "X" { exclude when d or b }\n')
    assert made.faults == [("W0420", "child")]
    assert made.found[0].help == "add `sex = female` as a condition beside it"


NEGATED = """data dm "DM" : boolean
data oam.a "A" : boolean { applies when dm }
data oam.b "B" : boolean { applies when dm }
define any_oam "Any" = oam.a or oam.b
data ok "OK" : boolean
data born "Sex" : choice {female, male}
data p "P" : boolean { applies when born = female }
"""


@pytest.mark.parametrize(
    ("rule", "helps"),
    [
        ("require not any_oam or ok", ["add `not dm` as an alternative beside it"]),
        ("require any of { one: not p  two: ok }",
         ["add `not (born = female)` as an alternative beside it"]),
        ("require at least 1 of { one: not p  two: ok }",
         ["add `not (born = female)` as an alternative beside it"]),
        ("require not any_oam or not dm or ok", []),
        ("require not p or born = male or ok", []),
        ("require not any_oam and ok", []),
        ("require not any_oam", []),
        ("require any_oam or ok", []),
        ("require not (p if done) or ok", []),
        ("require not (p and ok)", ["add `born = female` as a condition beside it"]),
    ],
)  # fmt: skip
def test_a_negation_that_drops_out_is_warned_of(small: Any, rule: str, helps: list[str]) -> None:
    made = small(f'{NEGATED}inclusion x [1] "X" {{ {rule} }}\n')
    assert [found.help for found in made.found] == helps


def test_in_an_exclusion_it_is_none_of_them(small: Any) -> None:
    rule = "exclude when none of { one: not p  two: ok }"
    assert small(f'{NEGATED}exclusion x [1] "X" {{ {rule} }}\n').codes == ["W0471"]
    rule = "exclude when not p or ok"
    assert small(f'{NEGATED}exclusion x [1] "X" {{ {rule} }}\n').codes == []


def test_care_ssc_dealt_with_it(care_ssc: Any) -> None:
    assert care_ssc.codes == []


# ---- how deep


def test_definitions_are_opened_when_depth_is_counted(small: Any) -> None:
    text = 'data a "A" : boolean\ndefine d0 "D" = a\n'
    chain = "".join(f'define d{i + 1} "D" = not d{i}\n' for i in range(60))
    assert small(text + chain).faults == [("E0204", "d50")]
    numbers = 'data a "A" : quantity [kg]\nderive n0 "N" [kg] = a\n' + "".join(
        f'derive n{i + 1} "N" [kg] = n{i} + a\n' for i in range(60)
    )
    assert small(numbers).codes == ["E0204"]


@pytest.mark.parametrize(
    ("criterion", "told"),
    [
        ('inclusion x [1] "X" { require a unless b }', True),
        ('inclusion x [1] "X" { require all of { one: a  two: a unless b } }', True),
        ('exclusion x [1] "X" { exclude when not (a unless b) }', True),
        ('exclusion x [1] "X" { exclude when a unless b }', False),
        ('inclusion x [1] "X" { require not (a unless b) }', False),
        ('define d "D" = a unless b\ninclusion x [1] "X" { require d }', False),
    ],
)
def test_an_exception_from_what_is_required_is_told(small: Any, criterion: str, told: bool) -> None:
    made = small(f'data a "A" : boolean\ndata b "B" : boolean\n{criterion}\n')
    assert made.codes == ["W0490"] * told
