"""Every course of an escalation: what it comes to, and what breaks it."""

from __future__ import annotations

import pytest

from trialc.analyses import escalations
from trialc.analyses.escalations import INVARIANTS, walk
from trialc.cli.commands.explore import description
from trialc.interpreter.escalations import Move, move, step_at
from trialc.model import expression as e
from trialc.model.protocol import Escalation

THREE = ((3, 0, 0, "escalate"), (3, 1, 1, "stay"), (3, 2, 3, "eliminate"))
THREE_PLUS_THREE = (*THREE, (6, 0, 1, "escalate"), (6, 2, 6, "eliminate"))


def plan(
    rows: tuple[tuple[int, int, int, str], ...] = THREE_PLUS_THREE,
    levels: tuple[str, ...] = ("low", "middle", "high"),
    lowest: str = "stop",
) -> Escalation:
    names = ("participants", "low", "high", "step")
    return Escalation.model_validate(
        {
            "id": "plan",
            "title": "Plan",
            "levels": levels,
            "start": levels[0],
            "cohort": 3,
            "maximum": max(row[0] for row in rows),
            "lowest": lowest,
            "toxicity": e.NoEvent(event="dlt", occasion="dose", amount=28),
            "rows": tuple(dict(zip(names, row, strict=True)) for row in rows),
        }
    )


def test_three_plus_three_on_one_level_by_hand() -> None:
    """0 of 3 treats three more; 1 of 3 too; then 0 or 1 of 6 is the MTD, more is none."""
    courses = walk(plan(levels=("only",)))
    assert (courses.longest, courses.broken, courses.is_whole) == (2, [], True)
    # treated 3: 0, 1 (go on), 2, 3 (none); treated 6: 0 .. 3 from 0, 1 .. 4 from 1
    assert courses.ends == {("declare", 0): 2, ("stop", None): 2 + 3}
    assert courses.states == 3 + 7


def test_every_level_can_be_the_one() -> None:
    courses = walk(plan())
    assert set(courses.ends) == {("declare", 0), ("declare", 1), ("declare", 2), ("stop", None)}
    assert courses.reached == {0, 1, 2}
    assert courses.longest == 6
    assert not courses.broken


def test_too_many_states_are_not_walked() -> None:
    courses = walk(plan(), limit=20)
    assert not courses.is_whole
    assert "nothing claimed" in description(courses)


@pytest.mark.parametrize(
    ("wrong", "invariant", "course"),
    [
        (lambda at: Move("escalate", at + 2), INVARIANTS[0], ("0 of 3 at low",)),
        (lambda at: Move("eliminate", at), INVARIANTS[1], ("2 of 3 at low",)),
        (lambda at: Move("stay", at), INVARIANTS[2], ("0 of 3 at low", "0 of 3 at low")),
        (lambda at: Move("escalate", at + 1), INVARIANTS[3], ("1 of 3 at low",)),
        (lambda at: Move("declare", at), INVARIANTS[4], ("2 of 3 at low",)),
    ],
)
def test_a_wrong_move_is_found_by_a_shortest_course(
    monkeypatch: pytest.MonkeyPatch, wrong: object, invariant: str, course: tuple[str, ...]
) -> None:
    assert callable(wrong)

    def moved(plan: Escalation, treated: object, steps: object, at: int) -> object:
        return wrong(at) if at < 1 else Move("stop", None)

    monkeypatch.setattr(escalations, "move", moved)
    courses = walk(plan())
    assert {broken.invariant: broken.course for broken in courses.broken}[invariant] == course
    assert "NOT SO: " + "; ".join(course) in description(courses)


# ---- steps and moves


@pytest.mark.parametrize(
    ("treated", "least", "most", "step"),
    [
        (3, 0, 0, "escalate"),
        (3, 0, 1, None),
        (3, 1, 1, "stay"),
        (3, 1, 2, None),
        (3, 2, 2, "eliminate"),
        (3, 2, 3, "eliminate"),
        (2, 0, 0, None),  # the third one may have it
        (2, 2, 2, "eliminate"),  # whatever happens to the third one
        (6, 0, 1, "escalate"),
        (6, 1, 2, None),
        (7, 0, 1, "escalate"),  # one too many: the rows of six
        (7, 1, 2, None),
        (7, 2, 3, "eliminate"),
        (7, 7, 7, "eliminate"),
        (0, 0, 0, None),
    ],
)
def test_the_step_is_what_every_outcome_leads_to(
    treated: int, least: int, most: int, step: str | None
) -> None:
    assert step_at(plan(), treated, least, most) == step


@pytest.mark.parametrize(
    ("treated", "steps", "at", "expected"),
    [
        ((3, 0, 0), ("escalate", None, None), 0, Move("escalate", 1)),
        ((3, 0, 0), ("stay", None, None), 0, Move("stay", 0)),
        ((6, 0, 0), ("stay", None, None), 0, Move("declare", 0)),
        ((3, 3, 0), ("escalate", "eliminate", None), 1, Move("eliminate", 0)),
        ((6, 3, 0), ("escalate", "eliminate", None), 1, Move("declare", 0)),
        ((6, 3, 0), ("escalate", "eliminate", None), 0, Move("declare", 0)),
        ((3, 3, 3), ("escalate", "escalate", "escalate"), 2, Move("stay", 2)),
        ((3, 3, 6), ("escalate", "escalate", "escalate"), 2, Move("declare", 2)),
        ((3, 0, 0), ("eliminate", None, None), 0, Move("stop", None)),
        ((3, 0, 0), ("de_escalate", None, None), 0, Move("stop", None)),
        ((3, 3, 0), ("stop", None, None), 0, Move("stop", None)),
        ((3, 3, 0), ("eliminate", "escalate", None), 1, Move("stop", None)),  # known late
    ],
)
def test_a_step_goes_where_there_is_room(
    treated: tuple[int, ...], steps: tuple[str | None, ...], at: int, expected: Move
) -> None:
    assert move(plan(), treated, steps, at) == expected


def test_the_lowest_level_may_stay_in_use() -> None:
    down = (None, None)
    assert move(plan(lowest="stay"), (3, 0, 0), ("de_escalate", *down), 0) == Move("stay", 0)
    assert move(plan(lowest="stay"), (6, 0, 0), ("de_escalate", *down), 0) == Move("stop", None)
    assert move(plan(lowest="stay"), (3, 0, 0), ("eliminate", *down), 0) == Move("stop", None)
