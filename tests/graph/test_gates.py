"""Gates that cannot open, events that cannot count, blocks that are not there."""

from __future__ import annotations

import pytest

COUNT = "count of participants in previous block given dose_1 = 6"
SEVEN = "count of participants in previous block given dose_1 = 7"
OVER = "every participant in previous block satisfies elapsed since dose_1 >= 2 weeks"
SAFE = "every participant in previous block satisfies no sae within 2 weeks after dose_1"
SECOND = "opens when no sae within 2 weeks after dose_1\n"
CODES = "counts when event.grade = severe and event.related = related"


def opens(condition: str) -> tuple[str, str]:
    """Another condition for the gate before the second dose."""
    return SECOND, f"opens when {condition}\n"


# ---- blocks


def test_blocks_that_are_not_there(check) -> None:
    guard = "guards randomise in block 2 .. 2"
    assert check(guard, "guards randomise in block 2 .. 3") == [
        ("E0507", "guards randomise in block 2 .. 3")
    ]
    assert check(guard, "guards randomise in block 0 .. 2")[0][0] == "E0507"
    atom = COUNT.replace("previous block", "block 3")
    assert check(COUNT, atom) == [("E0507", atom)]
    atom = COUNT.replace("previous block", "block 0")
    assert check(COUNT, atom) == [("E0507", atom)]


def test_blocks_without_randomisation(messages) -> None:
    text = (
        "language 1\n"
        'protocol small { title: "Small" version: "1" }\n'
        'intervention drug "Drug" { type: drug }\n'
        'arm one "One" experimental { give drug as dose at D0 }\n'
        'gate g "G" per block {\n'
        "  guards randomise in block 1 .. 2\n"
        "  opens when count of participants in previous block given dose = 6\n"
        "}\n"
        'visit D0 "Day 0" anchor\n'
    )
    assert messages(text=text) == [
        "there is no block 1: the protocol has no `randomisation`",
        "there is no previous block: the protocol has no `randomisation`",
    ]
    without = text + 'randomisation r "R" { ratio: one 1 at: D0 }\n'
    assert "there is no block 1: the `randomisation` has no blocks" in messages(text=without)


# ---- counts


def test_more_participants_than_a_block_has(check, messages) -> None:
    seven = COUNT.replace("= 6", "= 7")
    assert check(COUNT, seven) == [("E0508", seven)]
    assert messages(COUNT, seven) == [
        "gate `next_block` can never open for block 2: only 6 participants of a block are given "
        "`dose_1`"
    ]


def test_fewer_participants_than_a_block_has(check) -> None:
    five = COUNT.replace("= 6", "= 5")
    assert check(COUNT, five) == [("W0526", five)]


def test_an_occasion_that_only_some_arms_give(check) -> None:
    some = "  give placebo as dose_2 at M1\n", ""
    masked = "masked: subject, nurse", "masked: nurse"
    count = COUNT.replace("dose_1", "dose_2")
    found = check(*some, *masked, COUNT, count)
    assert ("E0508", count) in found
    found = check(*some, *masked, COUNT, count.replace("= 6", "= 3"))
    assert {code for code, _ in found} == {"E0517", "W0519"}
    over = OVER.replace("dose_1", "dose_2")
    assert ("E0508", "elapsed since dose_2 >= 2 weeks") in check(*some, *masked, OVER, over)


def test_counts_that_exclude_each_other(check) -> None:
    other = "again: " + COUNT.replace("= 6", "= 5")
    assert ("E0508", COUNT.replace("= 6", "= 5")) in check(SAFE, f"{SAFE}\n    {other}")
    assert check(SAFE, f"{SAFE}\n    again: {COUNT}", f"dosed: {COUNT}\n", "") == []


# ---- what a gate looks at


def test_the_first_block_has_no_previous_one(check, messages) -> None:
    change = "guards randomise in block 2 .. 2", "guards randomise in block 1 .. 2"
    assert check(*change) == [("E0508", COUNT)]
    assert messages(*change) == [
        "gate `next_block` can never open for block 1: there is no previous block of block 1"
    ]
    condition = f"every participant in previous block satisfies {SECOND[11:-1]}"
    assert check(*opens(condition)) == [("E0508", condition)]


def test_a_block_waits_for_its_own_participants(check) -> None:
    this = OVER.replace("previous", "this")
    assert check(OVER, this) == [("E0508", "elapsed since dose_1 >= 2 weeks")]
    this = COUNT.replace("previous block", "block 2")
    assert check(COUNT, this) == [("E0508", this)]
    assert check(COUNT, COUNT.replace("previous block", "block 1")) == []
    three = "blocks: 2 of 6", "blocks: 3 of 6", "enrolment: 12", "enrolment: 18"
    later = COUNT.replace("previous block", "block 3")
    assert check(COUNT, later, *three) == [("E0508", later)]
    found = check(COUNT, later, *three, "order: successive", "order: concurrent")
    assert [code for code, _ in found] == ["W0530"]


def test_a_trial_looks_at_a_block(check) -> None:
    block_1 = COUNT.replace("previous block", "block 1")
    assert check("per participant {", "per trial {", *opens(block_1)) == []


def test_elapsed_time_is_never_false(check) -> None:
    condition = "none of { late: elapsed since dose_1 >= 2 weeks }"
    assert check(*opens(condition)) == [("E0508", "elapsed since dose_1 >= 2 weeks")]
    absence = "no sae within 2 weeks after dose_1"
    assert check(*opens(f"none of {{ safe: {absence} }}")) == [("W0538", absence)]


# ---- what waits for itself


def test_a_gate_waits_for_what_it_guards(check, messages) -> None:
    change = opens("elapsed since dose_2 >= 1 day")
    assert check(*change) == [("E0508", "elapsed since dose_2 >= 1 day")]
    assert messages(*change) == [
        "gate `second` can never open for any participant: `dose_2` waits for itself: "
        "dose_2 -> second -> dose_2"
    ]


def test_gates_that_wait_for_each_other(messages) -> None:
    other = (
        'gate first_gate "First dose" per participant {\n'
        "  guards give dose_1\n"
        "  opens when any of { later: elapsed since dose_2 >= 1 day }\n"
        "}\n"
        "visit SCREEN"
    )
    found = messages("visit SCREEN", other)
    assert next(text for text in found if "gate `second`" in text).endswith(
        "`dose_1` waits for itself: dose_1 -> first_gate -> dose_2 -> second -> dose_1"
    )
    assert sum("can never open" in text for text in found) == 2


def test_an_alternative_breaks_the_circle(check) -> None:
    condition = "any of { a: elapsed since dose_2 >= 1 day  b: no sae within 2 weeks after dose_1 }"
    assert check(*opens(condition)) == []


def test_another_block_may_have_had_what_is_guarded(check) -> None:
    condition = "every participant in block 1 satisfies elapsed since dose_2 >= 1 day"
    blocked = [("E0508", "elapsed since dose_2 >= 1 day")]  # block 1 waits for itself
    assert check(*opens(condition)) == blocked
    assert check(*opens(condition), "per participant {", "per trial {") == blocked


# ---- groups


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (f"any of {{ a: {COUNT}  b: {SEVEN} }}", "W0527"),
        (f"at least 1 of {{ a: {COUNT}  b: {SEVEN} }}", "W0527"),
        (f"at least 2 of {{ a: {COUNT}  b: {SEVEN} }}", "E0508"),
        (f"all of {{ a: {COUNT}  b: {SEVEN} }}", "E0508"),
        (f"none of {{ a: {SAFE}  b: {SEVEN} }}", "E0508"),
    ],
)  # fmt: skip
def test_groups(check, group: str, code: str) -> None:
    assert code in [found for found, _ in check(COUNT, group)]


def test_blocks_side_by_side_do_not_wait(check) -> None:
    found = check("order: successive", "order: concurrent")
    assert found == [("W0530", "guards randomise in block 2 .. 2")]


# ---- events


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("event.grade = severe and event.grade = mild", ["E0510"]),
        ("event.grade = severe or event.grade = mild", []),
        ("event.grade != severe and event.grade in {severe}", ["E0510"]),
        ("not (event.grade = severe or event.grade in {mild, moderate})", ["E0510"]),
        ("at least 2 of { a: event.grade = severe  b: event.grade = mild }", ["E0510"]),
        ("at least 2 of { a: event.grade = severe  b: event.related = related }", []),
        ("none of { a: event.grade = severe  b: event.related = related }", []),
        ("event.grade = severe unless event.grade = severe", ["E0510"]),
        ("event.grade = severe unless event.related = unrelated", []),
    ],
)
def test_events_that_never_count(check, condition: str, codes: list[str]) -> None:
    assert [code for code, _ in check(CODES, f"counts when {condition}")] == codes


# ---- time


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("no sae within 1 month after dose_1", []),
        ("elapsed since dose_1 >= 1 month", []),
        # The visit ends three days after the month.
        ("elapsed since dose_1 >= 5 weeks", ["E0509"]),
        ("no sae within 34 days after dose_1", ["W0528"]),
        ("elapsed since dose_1 >= 31 days", []),
        ("elapsed since dose_1 >= 32 days", ["W0528"]),
        ("elapsed since dose_1 >= 35 days", ["E0509"]),
        ("elapsed since dose_1 >= 2 months", ["E0509"]),
        ("no sae after dose_1", []),
        ("any of { a: elapsed since dose_1 >= 2 months  b: no sae after dose_1 }", []),
        ("all of { a: elapsed since dose_1 >= 2 months  b: no sae after dose_1 }", ["E0509"]),
        (
            "at least 2 of { a: elapsed since dose_1 >= 2 months  b: no sae after dose_1  "
            "c: elapsed since dose_1 >= 3 months }",
            ["E0509"],
        ),
    ],
)
def test_gates_open_in_time(check, condition: str, codes: list[str]) -> None:
    found = check(*opens(condition), "at W2, M1, ET {", "at W2, M1, ET {")
    assert [code for code, _ in found if code != "W0529"] == codes


def test_a_window_of_28_days_and_a_month(messages) -> None:
    change = (
        "at D0 + 1 month window -3 days .. +3 days",
        "at D0 + 28 days window not stated",
        *opens("elapsed since dose_1 >= 1 month"),
    )
    assert messages(*change) == [
        "if day 0 is 2027-01-01, gate `second` opens on 2027-02-01 at the earliest, and `dose_2` "
        "is due until 2027-01-29"
    ]


# ---- reviews


def test_nobody_reviews_the_event(check) -> None:
    review = 'activity safety_review "Events" at W2, M1, ET { reviews: sae }\n'
    assert check(review, "") == [
        ("W0529", "no sae within 2 weeks after dose_1"),
        ("W0529", "no sae within 2 weeks after dose_1"),
        ("W0525", "ET"),
    ]


@pytest.mark.parametrize(
    ("visits", "condition", "codes"),
    [
        ("W2", "no sae within 2 weeks after dose_1", []),
        ("W2", "no sae within 17 days after dose_1", []),
        ("W2", "no sae within 18 days after dose_1", ["W0529"]),
        ("W2", "no sae after dose_1", ["W0529"]),
        ("W2, M1", "no sae after dose_1", []),
        # An early end can be at any time.
        ("W2, ET", "no sae after dose_1", []),
    ],
)
def test_reviews_that_come_too_early(check, visits: str, condition: str, codes: list[str]) -> None:
    found = check("at W2, M1, ET { reviews", f"at {visits} {{ reviews", *opens(condition))
    assert [code for code, _ in found if code != "W0525"] == codes


# ---- harm

NONE = "no sae within 2 weeks after dose_1"


@pytest.mark.parametrize(
    ("condition", "opened"),
    [
        (NONE, False),
        (f"not {NONE}", True),
        (f"not (not {NONE})", False),
        (f"none of {{ a: {NONE} }}", True),
        (f"none of {{ a: not {NONE} }}", False),
        (f"not none of {{ a: {NONE} }}", False),
        (f"any of {{ a: elapsed since dose_1 >= 1 day  b: not {NONE} }}", True),
        (f"at least 1 of {{ a: elapsed since dose_1 >= 1 day  b: {NONE} }}", False),
        (f"every participant in block 1 satisfies {NONE}", False),
        (f"not every participant in block 1 satisfies {NONE}", True),
        (f"every participant in block 1 satisfies (not {NONE})", True),
        (f"not every participant in block 1 satisfies (not {NONE})", False),
        (f"not every participant in block 1 satisfies none of {{ a: not {NONE} }}", True),
    ],
)
def test_harm_opens_a_gate(check, condition: str, opened: bool) -> None:
    found = [where for code, where in check(*opens(condition)) if code == "W0538"]
    assert found == ([NONE] if opened else [])


def test_each_absence_that_opens_is_told(check, messages) -> None:
    both = f"none of {{ a: {NONE}  b: no sae after dose_1 }}"
    assert [text for code, text in check(*opens(both)) if code == "W0538"] == [
        NONE,
        "no sae after dose_1",
    ]
    assert messages(*opens(f"not {NONE}")) == [
        "`sae` can open gate `second`: it makes this false, and a negation makes that a reason to "
        "open"
    ]
