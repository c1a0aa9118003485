"""Regimens and allocations against the words that they quote."""

from __future__ import annotations

import pytest

from trialc.analyses.frequencies_in_words import frequencies

from .test_against_words import Linked, codes

# ---- regimens


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("twice daily", "b.i.d."),
        ("twice-daily", "two times a day"),
        ("twice per day", "every 12 hours"),
        ("once daily", "QD"),
        ("every other day", "every 2 days"),
        ("weekly", "every 7 days"),
        ("every three weeks", "q3w"),
        ("3-weekly", "every 21 days"),
        ("monthly", "once a month"),
        ("as needed", "PRN"),
    ],
)
def test_frequencies_that_are_one(words: str, same: str) -> None:
    (one,), (other,) = frequencies(words), frequencies(same)
    assert one.rhythm == other.rhythm


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("drug every 3 weeks", "frequency: every 3 days", {"W0633"}),
        ("drug every 3 weeks", "frequency: every 3 weeks", set()),
        ("drug every 3 weeks", "frequency: every 21 days", set()),
        ("drug twice per day", "frequency: once daily", {"W0633"}),
        ("drug twice per day", "frequency: twice daily", set()),
        ("drug", "frequency: twice daily", set()),
        ("drug daily. Visits every 3 weeks", "frequency: once daily", set()),
        ("drug. Visits every 3 weeks", "frequency: once daily", set()),
        ("drug IV", "route: oral", {"W0634"}),
        ("drug IV", "route: intravenous", set()),
        ("drug by intravenous infusion", "route: subcutaneous", {"W0634"}),
        ("drug orally or intravenously", "route: oral", set()),
        ("drug in Phase IV and class III or IV", "route: oral", set()),
        ("drug after an oral glucose test", "route: intravenous", set()),
        ("drug infusion", "route: subcutaneous", set()),
        ("topical patch", "route: transdermal", set()),
        ("drug IV", 'route: "under the nail"', set()),
    ],
)
def test_an_intervention_is_given_as_the_words_say(
    linked: Linked, words: str, text: str, found: set[str]
) -> None:
    drug = f'intervention i "I" {{\n source """\n {words}\n """\n type: drug {text}\n}}\n'
    assert codes(linked, drug) == found


# ---- allocation

ARMS = "".join(
    f'intervention i{n} "I" {{ type: drug }}\narm a{n} "A{n}" experimental '
    f"{{ give i{n} as dosing at M0 }}\n"
    for n in (1, 2, 3)
)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("randomized 2:1", "ratio: a1 1, a2 1", {"W0635"}),
        ("randomized 2:1", "ratio: a1 2, a2 1", set()),
        ("randomized 2:1", "ratio: a1 1, a2 2", set()),
        ("randomized 2:1 to drug or placebo", "ratio: a1 1, a2 1, a3 1", set()),
        ("randomized 1:1:1", "ratio: a1 1, a2 1", {"W0635"}),
        ("randomized 1:1:1", "ratio: a1 1, a2 1, a3 2", {"W0635"}),
        ("randomized in a 2 to 1 ratio", "ratio: a1 1, a2 1", {"W0635"}),
        ("randomized in a ratio of two to one", "ratio: a1 2, a2 1", set()),
        ("randomized 2:1", "ratio: not stated", {"W0635"}),
        ("randomized at 10:30", "ratio: a1 1, a2 1", set()),
        ("titre of 1:1000, randomized", "ratio: a1 2, a2 1", set()),
        ("randomized in 3 successive blocks of 6 patients, 2:2:2",
         "blocks: 3 of 6 ratio: a1 2, a2 2, a3 2", set()),
        ("randomized in 3 successive blocks of 6 patients, 1:1",
         "blocks: 6 of 3 ratio: a1 1, a2 1, a3 1", {"W0635"}),
    ],
)  # fmt: skip
def test_a_randomisation_is_that_of_the_words(
    linked: Linked, words: str, text: str, found: set[str]
) -> None:
    groups = f'randomisation r "R" {{\n source """\n {words}\n """\n {text} at: M0\n}}\n'
    assert codes(linked, ARMS + groups) == found


MASKED = 'role subject "Participant"\nmasking m "M" { masked: subject }\n'
GIVES = (
    'intervention drug "D" {{ type: drug dose: 1 mg }}\nvisit M1 "M1" at M0 + 1 month\n'
    'arm a "A" experimental {{ give drug as first at M0 }}\n'
    'arm b "B" experimental {{ give {} }}\n'
)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("drug as first at M0", {"W0638"}),
        ("drug as first at M1", set()),
        ("drug 2 mg as first at M0", set()),
        ("drug as first at M0 for 3 weeks", set()),
        ("drug as first at M0 give drug as second at M1", set()),
    ],
)
def test_masked_arms_differ(linked: Linked, given: str, found: set[str]) -> None:
    assert codes(linked, GIVES.format(given) + MASKED) == found
    assert codes(linked, GIVES.format(given) + MASKED.replace("subject }", "none }")) == set()
