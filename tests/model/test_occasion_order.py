"""Which occasions the schedule puts in order, and whether two of them may be on one day."""

from __future__ import annotations

import pytest

from trialc.model.occasion_order import occasion_order

TEXT = (
    'intervention drug "Drug" { type: drug }\n'
    'arm one "One" experimental { give drug as one at A give drug as two at B }\n'
)


@pytest.mark.parametrize(
    ("visits", "order"),
    [
        # counted from day 0
        ('visit A "A" anchor\nvisit B "B" at A + 3 months', False),
        ('visit A "A" anchor\nvisit B "B" at A + 1 day', False),
        ('visit A "A" anchor\nvisit B "B" at A + 0 days', None),
        ('visit B "B" anchor\nvisit A "A" at B - 1 week window -7 days .. +6 days', False),
        # from another visit
        ('visit D "D" anchor\nvisit A "A" at D + 1 week\nvisit B "B" at A + 1 week', False),
        # windows that meet on one day, and windows that cross
        ('visit A "A" anchor\nvisit B "B" at A + 1 week window -7 days .. +3 days', True),
        ('visit A "A" anchor\nvisit B "B" at A + 1 week window -8 days .. +3 days', None),
        (
            'visit D "D" anchor\nvisit A "A" at D + 1 week window -3 days .. +3 days\n'
            'visit B "B" at D + 2 weeks window -3 days .. +3 days',
            False,
        ),
        (
            'visit D "D" anchor\nvisit A "A" at D + 1 week window -3 days .. +4 days\n'
            'visit B "B" at D + 2 weeks window -3 days .. +3 days',
            True,
        ),
        # months: 28 days is a month in February only; 30 days are before or after one
        ('visit D "D" anchor\nvisit A "A" at D + 28 days\nvisit B "B" at D + 1 month', True),
        ('visit D "D" anchor\nvisit A "A" at D + 27 days\nvisit B "B" at D + 1 month', False),
        ('visit D "D" anchor\nvisit A "A" at D + 30 days\nvisit B "B" at D + 1 month', None),
        # hours do not tell the day
        ('visit A "A" anchor\nvisit B "B" at A + 12 hours', True),
        ('visit A "A" anchor\nvisit B "B" at A + 24 hours', False),
        ('visit D "D" anchor\nvisit A "A" at D + 12 hours\nvisit B "B" at D + 24 hours', True),
        # `before` says no date, and an order
        ('visit B "B" anchor\nvisit A "A" before B', True),
        ('visit D "D" anchor\nvisit A "A" before D\nvisit B "B" at D + 1 day', False),
        ('visit B "B" anchor\nvisit S "S" before B\nvisit A "A" at S - 1 day', False),
        ('visit B "B" anchor\nvisit S "S" before B\nvisit A "A" before S', True),
        ('visit D "D" anchor\nvisit S "S" before D\nvisit A "A" at S + 1 day\n'
         'visit B "B" at D + 9 days', None),
        # a later day 0 is after what it says; a window without limit may reach before it
        ('visit A "A" anchor\nvisit B "B" anchor after A', True),
        ('visit D "D" anchor\nvisit A "A" at D - 1 day\nvisit B "B" anchor after D', False),
        ('visit A "A" anchor\nvisit B "B" at A + 1 week window .. +1 day', None),
        ('visit A "A" anchor\nvisit B "B" at A + 1 week window -6 days ..', False),
        ('visit D "D" anchor\nvisit A "A" at D + 1 week window -1 day ..\n'
         'visit B "B" at D + 9 weeks', None),
        ('visit A "A" anchor\nvisit B "B" at A actual + 1 week', None),
        ('visit A "A" anchor\nvisit B "B" at "the end" + 1 week', None),
        # what has no date
        ('visit A "A" anchor\nvisit B "B" unscheduled', None),
    ],
)  # fmt: skip
def test_two_occasions(small, visits: str, order: bool | None) -> None:
    made = occasion_order(small(f"{TEXT}{visits}\n").protocol)
    assert made == (() if order is None else (("two", (("one", order),)),))


def test_two_occasions_of_one_visit(small) -> None:
    text = TEXT.replace("at B", "at A") + 'visit A "A" anchor\n'
    assert occasion_order(small(text).protocol) == ()


def test_arms_that_disagree_state_no_order(small) -> None:
    other = 'arm two "Two" experimental { give drug as one at B give drug as two at A }\n'
    visits = 'visit A "A" anchor\nvisit B "B" at A + 1 week\n'
    assert occasion_order(small(TEXT + visits).protocol)
    assert occasion_order(small(TEXT + other + visits).protocol) == ()


def test_only_the_nearest_are_named(small) -> None:
    """The runtime follows the chain; a table of all pairs would be long."""
    gives = " ".join(f"give drug as dose_{n} at W{n}" for n in (3, 1, 0, 2))
    text = 'intervention drug "Drug" { type: drug }\n'
    text += f'arm one "One" experimental {{ {gives} }}\nvisit W0 "Week 0" anchor\n'
    text += "".join(f'visit W{n} "Week" at W0 + {n} weeks\n' for n in (1, 2, 3))
    assert occasion_order(small(text).protocol) == tuple(
        (f"dose_{n}", ((f"dose_{n - 1}", False),)) for n in (1, 2, 3)
    )
