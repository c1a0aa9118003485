"""Classes of histories, and what is suspected or planned. The day of the verdict is 2027-01-04."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, resolved, whole, words

from trialc.model.expression import Holds

DATA = """
data keto "Ketoconazole" : history
data clari "Clarithromycin" : history
data strong "Strong inhibitor" : history { members: keto, clari }
"""
NONE = {"keto": False, "clari": False, "strong": False}
LATELY = "strong within 14 days before as_of"


# ---- a class is each of its members, and any other


@pytest.mark.parametrize("who", ["keto", "clari", "strong"])
@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        ("strong", {"": True}, {"": False}),
        ("strong ongoing", {"ongoing": True}, {"ongoing": False}),
        (
            "strong ongoing for at least 6 weeks",
            {"ongoing": True, "since": "2026-11-23"},
            {"ongoing": True, "since": "2026-11-24"},
        ),
        (
            LATELY,
            {"ongoing": False, "last": "2026-12-21"},
            {"ongoing": False, "last": "2026-12-20"},
        ),
        (LATELY, {"ongoing": True}, {"": False}),
        ("strong planned", {"planned": True}, {"planned": False}),
        (
            "strong planned within 4 weeks after as_of",
            {"planned": True, "planned_for": "2027-02-01"},
            {"planned": True, "planned_for": "2027-02-02"},
        ),
    ],
)
def test_one_of_them_is_enough_and_all_are_needed(
    who: str, rule: str, yes: dict[str, Any], no: dict[str, Any]
) -> None:
    def record(said: dict[str, Any]) -> dict[str, Any]:
        parts = {f"{who}__{part}" if part else who: value for part, value in said.items()}
        others = {name: value for name, value in NONE.items() if name != who}
        plans = {f"{name}__planned": False for name in NONE} if "planned" in rule else {}
        return {**others, who: "" not in said or said[""], **plans, **parts}

    assert outcome(DATA, rule, **record(yes)) is True
    assert outcome(DATA, rule, **record(no)) is False


@pytest.mark.parametrize("unknown", ["keto", "clari", "strong"])
def test_an_unknown_member_leaves_the_class_unknown_unless_another_decides(unknown: str) -> None:
    known = {name: value for name, value in NONE.items() if name != unknown}
    assert outcome(DATA, LATELY, **known) is None
    assert needs(DATA, LATELY, **known) == [unknown]
    other = next(iter(known))
    assert outcome(DATA, LATELY, **{**known, other: True, f"{other}__ongoing": True}) is True


def test_not_the_class_is_none_of_its_members() -> None:
    assert outcome(DATA, "not strong", **NONE) is True
    assert outcome(DATA, "not strong", **{**NONE, "clari": True}) is False


def test_members_that_exist_for_some_are_asked_of_these() -> None:
    data = """
    data sex "Sex" : choice {female, male}
    data pill "Contraceptive" : history { applies when sex = female }
    data hormone "Hormone" : history { members: pill }
    """.replace("\n    ", "\n")
    assert outcome(data, "hormone", sex="male", hormone=False) is False
    assert outcome(data, "hormone", sex="female", hormone=False) is None
    assert outcome(data, "hormone", sex="female", hormone=False, pill=True) is True
    assert outcome(data, "not hormone", sex="male", hormone=False) is True


def test_a_class_is_not_unchanged_because_one_of_it_is() -> None:
    assert "E0375" in codes(excluding(DATA, "strong unchanged for at least 4 weeks"))
    assert not codes(excluding(DATA, "keto unchanged for at least 4 weeks"))


def test_the_days_of_any_other_exist_for_whom_it_is_another() -> None:
    data = {each.id: each for each in whole(f'{DATA}define r "R" = strong suspected').data}
    assert data["strong.ongoing"].applies == Holds(path="strong")
    assert "keto" not in repr(data["strong.suspected"].applies)


def test_members_are_read_before_what_asks_the_class() -> None:
    data = """
data sex "Sex" : choice {female, male}
data flag "Flag" : boolean { applies when hormone }
data hormone "Hormone" : history { members: pill }
data pill "Contraceptive" : history { applies when sex = female }
"""
    assert outcome(data, "flag", sex="male", hormone=False) is False
    assert needs(data, "flag", sex="female", hormone=False) == ["pill"]


# ---- classes of classes, exceptions

DEEP = """
data ada "Adalimumab" : history
data eta "Etanercept" : history
data tnf "TNF inhibitor" : history { members: ada, eta }
data rtx "Rituximab" : history
data bio "Biologic" : history { members: tnf, rtx, ada }
"""
ALL = ("ada", "eta", "tnf", "rtx", "bio")


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("bio", {"bio", "tnf", "ada", "eta", "rtx"}),
        ("tnf", {"tnf", "ada", "eta"}),
        ("bio except rtx", {"bio", "tnf", "ada", "eta"}),
        ("bio except tnf", {"bio", "rtx"}),
        ("bio except {tnf, rtx}", {"bio"}),
        ("bio except ada", {"bio", "tnf", "eta", "rtx"}),
        ("tnf except ada", {"tnf", "eta"}),
        ("ada", {"ada"}),
    ],
)
def test_what_a_question_asks(rule: str, asked: set[str]) -> None:
    assert set(needs(DEEP, rule)) == asked
    for name in ALL:
        record = {**dict.fromkeys(ALL, False), name: True}
        assert outcome(DEEP, rule, **record) is (name in asked)


@pytest.mark.parametrize("seed", range(30))
def test_a_class_by_chance_is_the_or_of_what_it_is_made_of(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"h{number}" for number in range(7)]
    members = {name: chance.sample(names[:k], min(k, chance.randrange(4)))
               for k, name in enumerate(names)}  # fmt: skip
    lines = [
        f'data {name} "T {name}" : history'
        + (f" {{ members: {', '.join(members[name])} }}" if members[name] else "")
        for name in names
    ]
    chance.shuffle(lines)
    data = "\n".join(lines)

    def within(name: str) -> set[str]:
        return {name}.union(*(within(one) for one in members[name]))

    top = max(names, key=lambda name: len(within(name)))
    below = sorted(within(top) - {top})
    out = chance.sample(below, chance.randint(1, len(below)))
    asked = within(top) - set().union(*map(within, out))
    record = {name: chance.choice((True, False, False, None)) for name in names}
    said = {name: value for name, value in record.items() if value is not None}
    for rule, ids in ((top, within(top)), (f"{top} except {{{', '.join(out)}}}", asked)):
        values = {record[name] for name in ids}
        expected = True if True in values else None if None in values else False
        assert outcome(data, rule, **said) is expected


def test_half_lives_are_those_of_each_member() -> None:
    data = """
data short "Short" : history { half_life: 1 day }
data long "Long" : history { half_life: 20 days }
data any_ "Class" : history { members: short, long  half_life: 30 days }
"""
    rule = "any_ within 5 half-lives before as_of"
    for who, days in (("short", ("12-30", "12-29")), ("long", ("09-26", "09-25"))):
        none = {name: False for name in ("short", "long", "any_") if name != who}
        inside, outside = (
            outcome(data, rule, **none, **{who: True, f"{who}__ongoing": False, f"{who}__last": on})
            for on in (f"2026-{day}" for day in days)
        )
        assert (inside, outside) == (True, False)
    unstated = excluding(data.replace("  half_life: 30 days", ""), rule)
    assert "E0444" in codes(unstated)


def test_an_element_holds_the_half_life_of_a_member() -> None:
    data = """
data short "Short" : history { half_life: 1 day }
data long "Long" : history { half_life: held }
data held "Held" : quantity [d] { applies when long }
data any_ "Class" : history { members: short, long  half_life: 30 days }
"""
    none = {"short": False, "any_": False}
    for rule in ("any_", "any_ except short"):
        rule += " within 5 half-lives before as_of"
        ended: dict[str, Any] = {**none, "long": True, "long__ongoing": False}
        ended["long__last"] = "2026-11-30"
        assert outcome(data, rule, **ended, held=7) is True
        assert outcome(data, rule, **ended, held=6) is False
        assert outcome(data, rule, **ended) is None
        assert needs(data, rule, **ended) == ["held"]
        assert outcome(data, rule, **none, long=False) is False


def test_a_definition_waits_for_the_half_lives_of_members() -> None:
    data = """
define lately "Lately" = any_ except short within 5 half-lives before as_of
data any_ "Class" : history { members: short, long  half_life: 30 days }
data short "Short" : history { half_life: 1 day }
data long "Long" : history { half_life: held }
derive held "Held" [d] = first of { slow: 20 d when old  quick: 1 d otherwise }
data old "Old" : boolean
"""
    ended: dict[str, Any] = {"any_": False, "long": True, "long__ongoing": False}
    assert outcome(data, "lately", **ended, long__last="2026-11-30", old=True) is True
    assert outcome(data, "lately", **ended, long__last="2026-11-30", old=False) is False


# ---- what a class is not asked


def test_if_done_asks_no_class() -> None:
    for rule in ("strong ongoing", "strong", LATELY, "strong except keto ongoing"):
        assert codes(excluding(DATA, f"({rule}) if done")) == ["E0376"]
    named = f'{DATA}define r "R" = strong ongoing\n'
    assert "E0376" in codes(excluding(named, "r if done"))
    each = "strong except {keto, clari} ongoing if done or keto ongoing if done or"
    each += " clari ongoing if done"
    assert codes(excluding(DATA, each)) == []
    open_ = {"strong": {"unknown": "not_done"}, "clari": {"unknown": "not_done"}}
    assert outcome(DATA, each, keto=True, keto__ongoing=True, **open_) is True


def test_any_other_is_not_unchanged_either() -> None:
    rule = "strong except {keto, clari} unchanged for at least 4 weeks"
    assert codes(excluding(DATA, rule)) == ["E0375"]
    deep = "bio except {rtx, ada} unchanged for at least 4 weeks"
    assert codes(excluding(DEEP, deep)) == ["E0375"]


def test_no_advice_asks_a_class_for_a_day() -> None:
    for rule in (
        "strong within 4 weeks after as_of",
        "strong except keto within 4 weeks of as_of",
        "strong.day > as_of",
    ):
        (found,) = resolved(excluding(DATA, rule))[1]
        assert found.kind.code in ("E0404", "E0339")
        assert "each member" in found.help
        assert "strong.last" not in found.help


@pytest.mark.parametrize("kind", ["history", "occurrence"])
@pytest.mark.parametrize("part", ["last", "ongoing", "since", "suspected", "planned"])
def test_what_is_advised_in_place_of_a_part_is_accepted(part: str, kind: str) -> None:
    data = DATA.replace('inhibitor" : history', f'inhibitor" : {kind}')
    found = resolved(excluding(data, f"strong.{part}"))[1]
    advised = next(one for one in found if one.kind.code == "E0372").help.split("`")[1]
    assert set(codes(excluding(data, advised))) <= {"W0470"}


def test_what_is_wrong_of_all_members_is_said_once() -> None:
    assert codes(excluding(DATA, "strong within 4 weeks before nothing")) == ["E0302"]
    assert codes(excluding(DATA, "strong ongoing for at least 4 mg")) == ["E0417"]


# ---- examples, activities, words

EXAMPLE = (
    DATA
    + """
role investigator "I"
define r "R" = strong ongoing
patient p "P" { as_of: 2027-01-04  %s }
activity ask "Ask" at V { collects: strong }
visit V "V" anchor
"""
)


def test_never_of_a_class_is_said_of_its_members() -> None:
    made = whole(EXAMPLE % "strong: never  clari: ongoing")
    said = {each.path: each.value for each in made.participants[0].assignments if not each.unknown}
    assert said == {"strong": False, "keto": False, "clari": True, "clari.ongoing": True}
    made = whole(EXAMPLE % "strong: ongoing")
    assert {each.path.split(".")[0] for each in made.participants[0].assignments} == {"strong"}


def test_an_activity_collects_the_members() -> None:
    made = whole(EXAMPLE % "strong: never")
    assert set(made.activities[0].collects) == {each.id for each in made.data}
    both = whole((EXAMPLE % "strong: never").replace("collects: strong", "collects: keto, strong"))
    assert sorted(both.activities[0].collects) == sorted(made.activities[0].collects)


def test_the_words() -> None:
    when = "ongoing or within 14 days before the day of the verdict"
    assert (
        words(DATA, LATELY) == f"Strong inhibitor (Ketoconazole, Clarithromycin, any other), {when}"
    )
    assert words(DATA, f"strong except keto {LATELY[7:]}") == (
        f"Strong inhibitor other than Ketoconazole (Clarithromycin, any other), {when}"
    )
    assert words(DEEP, "bio except tnf ongoing") == (
        "Biologic other than TNF inhibitor (Rituximab, any other), ongoing"
    )
    assert words(DATA, "strong except {keto, clari} ongoing") == (
        "Strong inhibitor other than Ketoconazole, Clarithromycin, ongoing"
    )
    assert words(DATA, "strong except {keto, clari}") == (
        "Strong inhibitor other than Ketoconazole, Clarithromycin, ever"
    )
    assert (
        words(DATA, "strong") == "Strong inhibitor (Ketoconazole, Clarithromycin, any other), ever"
    )
    assert words(DATA, "keto suspected") == "Ketoconazole, suspected"
    assert words(DATA, "keto planned within 4 weeks after as_of") == (
        "Ketoconazole, planned no later than 4 weeks after the day of the verdict"
    )


def test_members_that_are_asked_for_different_times_are_told_one_by_one() -> None:
    data = """
data short "Short" : history { half_life: 1 day }
data all_ "Class" : history { members: short  half_life: 30 days }
"""
    made = words(data, "all_ within 5 half-lives before as_of")
    assert "5 half-lives (150 days)" in made
    assert "5 half-lives (5 days)" in made


# ---- libraries, names of older texts

LIBRARY = """language 1
library l version "1" { title: "L" citation: "C" }
data k "Ketoconazole" : history
data c "Clarithromycin" : history
data strong "Strong inhibitor" : history { members: k, c }
define lately "Lately" = strong within 14 days before as_of
"""


def test_a_library_has_classes_whose_members_others_stand_for() -> None:
    text = """use lib.l version "1" as l with k = keto
data keto "Ketoconazole here" : history
inclusion i [1] "I" { require l.lately or (l.strong except keto) planned }
"""
    text = text.replace("(l.strong except keto)", "l.strong except keto")
    made = whole(text, l=LIBRARY)
    names = {each.id: each.members for each in made.data}
    assert names["l.strong"] == ("keto", "l.c")
    assert "l.k" not in names
    assert "l.c.planned" in names
    assert "keto.planned" not in names


def test_a_quota_may_ask_how_long() -> None:
    _, found = resolved(f'{DATA}quota q "Q" = keto ongoing for at least 6 weeks at most 10 %\n')
    assert not [one for one in found if one.is_error]


def test_a_history_beside_another_condition_widens_nothing() -> None:
    data = f'{DATA}data sign "Sign" : boolean'
    for rule in ("keto ongoing", "strong ongoing", LATELY, "keto planned", "keto suspected"):
        assert "W0420" not in codes(excluding(data, f"{rule} and sign"))


def test_what_drops_out_only_where_a_history_beside_it_is_false_widens_nothing() -> None:
    data = f'{DATA}data severe "Severe" : boolean {{ applies when keto }}'
    lately = "keto within 14 days before as_of"
    assert "W0420" not in codes(excluding(data, f"{lately} and severe"))
    assert "W0420" in codes(excluding(data, "clari within 14 days before as_of and severe"))


def test_words_of_the_language_stay_names() -> None:
    data = """
data planned "A" : history
data suspected "B" : history
data except "C" : history { members: planned }
data members "D" : boolean
"""
    rule = "planned planned and suspected suspected and except except planned ongoing and members"
    assert codes(excluding(data, rule)) == ["W0470"]
    older = 'data op "O" : history\ndata op.planned "P" : date\n'
    assert not codes(excluding(older, "op or op.planned > as_of"))
