"""What masked roles could learn the arm from."""

from __future__ import annotations

import pytest

MASKED = "  masked: subject, nurse\n"
GIVEN = "give placebo as dose_2 at M1"
PLACEBO = 'route: intravenous  vehicle: "saline"  volume: 50 mL }'


def test_both_masked_and_unmasked(check) -> None:
    assert check("unmasked: pharmacist", "unmasked: pharmacist, nurse") == [("E0515", "double")]


def test_masking_without_arms(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
    )
    assert check(text=text) == [("E0516", "double")]


def test_a_population_that_is_an_arm(check) -> None:
    arm = 'population treated "Treated" { kind: arm }\nmasking'
    assert check("\nmasking", f"\n{arm}") == [("E0517", "treated")]
    assert check("\nmasking", f"\n{arm.replace('kind: arm', 'kind: part')}") == []


def test_an_occasion_in_one_arm_only(check, messages) -> None:
    assert check(f"  {GIVEN}\n", "") == [("E0517", "control")]
    assert messages(f"  {GIVEN}\n", "") == [
        "`dose_2` is given in arm `active`, not in arm `control`: a masked `subject` can tell the "
        "arm from it"
    ]


def test_an_occasion_at_another_visit(check) -> None:
    later = GIVEN.replace("M1", "W2"), '"Second dose" at M1', '"Second dose" at W2, M1'
    assert check(GIVEN, *later) == [("E0517", later[0])]


@pytest.mark.parametrize(
    ("appearance", "codes"),
    [
        ('route: oral  vehicle: "saline"  volume: 50 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "glucose"  volume: 50 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "saline"  volume: 100 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "saline" }', ["W0518", "W0518"]),
        ("route: intravenous  volume: 50 mL }", ["W0518", "W0518"]),
        ('route: intravenous  vehicle: "Saline"  volume: 0.05 L }', []),
        ('route: intravenous  vehicle: "saline"  volume: 50.0 mL }', []),
        ('route: intravenous  vehicle: "saline"  dose: 50 mL }', []),
        ('route: intravenous  vehicle: "saline"  volume: 50 mL  dose: 9 mg }', []),
        ('route: intravenous  vehicle: "saline"  volume: 50 mL  form: solution }', ["W0518"] * 2),
        ("}", ["W0518"] * 6),
    ],
)
def test_appearance(check, appearance: str, codes: list[str]) -> None:
    assert [code for code, _ in check(PLACEBO, appearance)] == codes


def test_a_double_dummy_looks_the_same(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
        'intervention drip "Drip" { type: drug route: intravenous volume: 50 mL }\n'
        'intervention pill "Pill" { type: drug route: oral form: tablet }\n'
        'intervention no_drip "No drip" { type: other route: intravenous volume: 0.05 L }\n'
        'intervention no_pill "No pill" { type: other route: oral form: tablet }\n'
        'arm one "One" experimental { give drip as dose at D0 give no_pill as dose at D0 }\n'
        'arm two "Two" experimental { give pill as dose at D0 give no_drip as dose at D0 }\n'
        'visit D0 "Day 0" anchor\n'
    )
    assert check(text=text) == []
    assert check(" give no_drip as dose at D0", "", text=text) == [
        ("W0519", "no_drip"),
        ("E0517", "give pill as dose at D0"),
    ]


LOOKS = (
    'language 1\nprotocol small { title: "Small" version: "1" }\n'
    'role subject "Participant"\n'
    'masking double "Double" { masked: subject }\n'
    'data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }\n'
    'intervention one_thing "One" { ONE }\n'
    'intervention other_thing "Other" { OTHER }\n'
    'arm one "One" experimental { give one_thing as dose at D0 }\n'
    'arm two "Two" experimental { give other_thing as dose at D0 }\n'
    'visit D0 "Day 0" anchor\n'
    'activity dosing "Dose" at D0 { collects: demo.weight gives: dose }\n'
)
TABLET = "type: drug  route: oral  form: tablet"


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        # what kind of thing it is
        ("type: procedure", TABLET, ["E0517"]),
        ("type: surgery", TABLET.replace("drug", "dietary_supplement"), ["E0517"]),
        ("type: procedure", "type: procedure", []),
        ("type: procedure", "type: other", ["W0518"]),
        ("type: procedure", "type: device", ["W0518"]),
        (TABLET, TABLET.replace("drug", "other"), []),
        (TABLET, TABLET.replace("drug", "dietary_supplement"), []),
        # form and number
        (TABLET, TABLET.replace("tablet", '"Tablet"'), []),
        (TABLET, TABLET.replace("tablet", "capsule"), ["E0517"]),
        (f"{TABLET}  dose: 1 tablet", f"{TABLET}  dose: 2 tablets", ["E0517"]),
        (f"{TABLET}  dose: 1 tablet", f"{TABLET}  dose: 1 capsule", ["E0517"]),
        (f"{TABLET}  dose: 2 tablets", f"{TABLET}  dose: 2.0 tablets", []),
        (f"{TABLET}  dose: 2 tablets", TABLET, ["W0518"]),
        (f"{TABLET}  dose: 20 mg", f"{TABLET}  dose: 50 mg", []),
        (f"{TABLET}  dose: 20 mg", TABLET, []),
        # volumes, by value; a dose in a volume is one, a dose per kg in a volume does not show
        ("type: drug route: oral volume: 50 mL", "type: other route: oral volume: 0.05 L", []),
        ("type: drug route: oral volume: 50 mL", "type: other route: oral dose: 5 mL", ["E0517"]),
        (
            "type: drug route: oral volume: 50 mL dose: 1 mg/kg of demo.weight at D0",
            "type: other route: oral volume: 50 mL",
            [],
        ),
        # what neither states is told once, and is no difference
        ("type: drug", "type: other", ["I0536"]),
        ("type: drug  route: oral", "type: other  route: oral", ["I0536"]),
        ("type: drug  form: tablet", "type: other  form: tablet", ["I0536"]),
        ("type: drug  route: oral", "type: other", ["W0518", "I0536"]),
    ],
)
def test_what_shows(check, one: str, other: str, codes: list[str]) -> None:
    found = check(text=LOOKS.replace("ONE", one).replace("OTHER", other))
    assert sorted(code for code, _ in found if code != "W0519") == sorted(codes)


def test_what_is_not_stated_in_words(messages) -> None:
    text = LOOKS.replace("ONE", "type: drug").replace("OTHER", "type: other")
    assert (
        "nothing states the route, form or volume of `one_thing` and `other_thing`: whether "
        "a masked `subject` can tell them apart is not known"
    ) in messages(text=text)


THREE = (
    'language 1\nprotocol small { title: "Small" version: "1" }\n'
    'role subject "Participant"\n'
    'masking double "Double" { masked: subject }\n'
    'intervention a "A" { type: drug route: oral A }\n'
    'intervention b "B" { type: drug route: oral volume: 50 mL }\n'
    'intervention c "C" { type: drug route: oral C }\n'
    'arm one "One" experimental { give a as dose at D0 }\n'
    'arm two "Two" experimental { give b as dose at D0 }\n'
    'arm three "Three" experimental { give c as dose at D0 }\n'
    'visit D0 "Day 0" anchor\n'
)


def test_every_arm_is_compared_with_every_other(check) -> None:
    """The first arm states nothing: it does not hide that the other two differ."""
    differ = THREE.replace(" A }", " }").replace(" C }", " volume: 20 mL }")
    assert check(text=differ) == [
        ("W0518", "give b as dose at D0"),
        ("E0517", "give c as dose at D0"),
    ]
    told_once = THREE.replace(" A }", " volume: 50 mL }").replace(" C }", " volume: 0.05 L }")
    assert check(text=told_once) == []


def test_a_double_dummy_with_volumes_exchanged_is_seen(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
        'intervention drip "Drip" { type: drug route: intravenous volume: 50 mL }\n'
        'intervention syrup "Syrup" { type: drug route: oral volume: 10 mL }\n'
        'intervention no_drip "No drip" { type: other route: intravenous volume: 10 mL }\n'
        'intervention no_syrup "No syrup" { type: other route: oral volume: 50 mL }\n'
        'arm one "One" experimental { give drip as dose at D0 give no_syrup as dose at D0 }\n'
        'arm two "Two" experimental { give syrup as dose at D0 give no_drip as dose at D0 }\n'
        'visit D0 "Day 0" anchor\n'
    )
    assert [code for code, _ in check(text=text)] == ["E0517"]


def masked_are(*lists: str) -> tuple[str, ...]:
    """The nurse gets another name, and the masking other lists."""
    return "  masked: subject, nurse\n", "".join(f"  {line}\n" for line in lists)


ORAL = PLACEBO, PLACEBO.replace("intravenous", "oral")
ASSESSOR = 'role nurse "Nurse"', 'role nurse "Nurse"\nrole assessor "Onboarding assessor"'


def test_who_is_not_there_sees_no_looks(check) -> None:
    """That a role is there is not guessed from its name; the masking says who is not."""
    there = check(*ASSESSOR, *masked_are("masked: assessor"), *ORAL)
    assert there == [
        ("W0519", "subject"),
        ("E0517", "give placebo as dose_1 at D0"),
        ("E0517", GIVEN),
    ]
    away = masked_are("masked: assessor", "absent: assessor")
    assert check(*ASSESSOR, *away, *ORAL) == [("W0519", "subject")]
    one_of_two = masked_are("masked: assessor, nurse", "absent: assessor")
    assert ("E0517", GIVEN) in check(*ASSESSOR, *one_of_two, *ORAL)


def test_who_is_not_there_may_still_see_the_visits(check) -> None:
    away = masked_are("masked: assessor", "absent: assessor")
    found = check(*ASSESSOR, *away, f"  {GIVEN}\n", "")
    assert found == [("W0519", "subject"), ("W0518", "control")]


def test_the_absent_are_masked(check) -> None:
    assert check(*masked_are("masked: subject, nurse", "absent: pharmacist")) == [
        ("E0537", "double")
    ]


def test_the_way_out_names_the_absent(found) -> None:
    assert found(*ORAL)[0].help == (
        "make the route the same; if `subject` is not there when it is given, `absent: subject`"
    )


def test_nobody_is_masked(check) -> None:
    masking = 'masking double "Double" {\n  masked: subject, nurse\n  unmasked: pharmacist\n}\n'
    assert check(masking, "", PLACEBO, PLACEBO.replace("intravenous", "oral")) == [
        ("W0519", "subject")
    ]


@pytest.mark.parametrize(
    ("doses", "codes"),
    [
        (("5 mL/kg of w at D0", "5 mL/kg of w at D0"), []),
        (("5 mL/kg of w at D0", "5.0 mL/kg of w at D0"), []),
        (("5 mL/kg of w at D0", "10 mL/kg of w at D0"), ["E0517"]),
        (("5 mL/kg of w at D0", "300 mL"), ["E0517"]),
        (("5 mL/h", "10 mL/h"), ["E0517"]),
        (("5 cm2", "10 cm2"), ["E0517"]),
        (("5 mg/kg of w at D0", "10 mg/kg of w at D0"), []),
    ],
)
def test_a_dose_that_shows(check, doses: tuple[str, str], codes: list[str]) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
        'data w "Weight" : quantity [kg] { range: 2 .. 250 kg }\n'
        f'intervention a "A" {{ type: drug route: oral form: solution dose: {doses[0]} }}\n'
        f'intervention b "B" {{ type: drug route: oral form: solution dose: {doses[1]} }}\n'
        'arm one "One" experimental { give a as dose at D0 }\n'
        'arm two "Two" experimental { give b as dose at D0 }\n'
        'visit D0 "Day 0" anchor\nactivity weigh "Weigh" at D0 { collects: w }\n'
    )
    found = [code for code, _ in check(text=text)]
    assert [code for code in found if code in ("E0517", "W0518", "I0536")] == codes


@pytest.mark.parametrize(
    ("per", "action", "codes"),
    [
        ("participant", "withhold dose_2, notify nurse", []),
        ("participant", "withhold drug", ["E0517"]),
        ("participant", "stop control", ["E0517"]),
        ("trial", "stop control", ["W0518"]),
    ],
)
def test_what_a_held_gate_does_falls_on_every_arm(
    check, per: str, action: str, codes: list[str]
) -> None:
    others = {
        "participant": ("  otherwise withhold\n", f"  otherwise {action}\n"),
        "trial": (
            "gate second",
            'gate whole "All" per trial { guards give dose_2 opens when every participant in block '
            f"1 satisfies no sae after dose_1 otherwise {action} }}\ngate second",
        ),
    }
    found = check(*others[per])
    assert [code for code, _ in found if code in ("E0517", "W0518")] == codes
