"""Quotes are verbatim, in order, whole words; what nobody quotes is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.analyses.registered_text import Coverage, Registered, check_quotes
from trialc.graph.study import Study

Linked = Callable[..., Study]

REGISTERED = """Inclusion criteria

  1. Hemoglobin < 11 g/dL,
     not explained by other causes

  2. Age between 18-80

Exclusion criteria

  1. Age between 18-80 but pregnant
"""


def criterion(*clauses: str, name: str = "hb") -> str:
    lines = "\n".join(f"    {clause}" for clause in clauses)
    return (
        f'inclusion {name} [{len(name)}] "A criterion" {{\n'
        f'  source """\n{lines}\n  """\n  require ok\n}}\n'
    )


def found(linked: Linked, *texts: str, registered: str | None = REGISTERED) -> list[str]:
    study = linked('data ok "Fine" : boolean\n' + "\n".join(texts), registered)
    return [f"{one.kind.code} {one.message}" for one in check_quotes(study)[1]]


def coverage(linked: Linked, *texts: str) -> Coverage:
    study, _ = check_quotes(linked('data ok "Fine" : boolean\n' + "\n".join(texts), REGISTERED))
    assert isinstance(study.evidence["coverage"], Coverage)
    return study.evidence["coverage"]


def test_line_breaks_do_not_matter_and_every_other_character_does(linked: Linked) -> None:
    assert "E0601" not in str(found(linked, criterion("Hemoglobin < 11 g/dL, not explained by")))
    (error, *_) = found(linked, criterion("Hemoglobin < 12 g/dL"))
    assert error == "E0601 these words are not in the registered text: `Hemoglobin < 12 g/dL`"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("Hemoglobin < 12 g/dL", "Hemoglobin < 11 g/dL"),
        ("A sex and an age between 18-80 years", "Age between 18-80"),
        ("Ages between 18-80 but pregnant", "Age between 18-80 but pregnant"),
        ("explained by some other causes of anaemia", "not explained by other causes"),
        ("something else altogether", ""),
    ],
)
def test_the_nearest_words_are_whole_and_of_one_item(words: str, near: str) -> None:
    assert Registered(REGISTERED).nearest(words) == near


def test_clauses_may_leave_words_out_but_not_change_places(linked: Linked) -> None:
    assert "E06" not in str(found(linked, criterion("Hemoglobin < 11 g/dL", "other causes")))
    errors = found(linked, criterion("other causes", "Hemoglobin < 11 g/dL"))
    assert errors[0].startswith("E0602")


@pytest.mark.parametrize("words", ["moglobin", "Hemoglob", "ge between 18-8"])
def test_a_part_of_a_word_is_no_quote(linked: Linked, words: str) -> None:
    assert found(linked, criterion(words))[0].startswith("E0601")


def test_every_wrong_clause_is_reported_at_its_own_line(linked: Linked) -> None:
    text = 'data ok "Fine" : boolean\n' + criterion("Hemoglobin < 12 g/dL", "causes", "Aged 18")
    study = linked(text, REGISTERED)
    _, errors = check_quotes(study)
    main = study.texts[0]
    assert [main[one.where] for one in errors] == ["Hemoglobin < 12 g/dL", "Aged 18"]


def test_the_closest_places_count_where_words_occur_twice(linked: Linked) -> None:
    places, stuck = Registered(REGISTERED).in_order(["Age between 18-80", "but pregnant"])
    assert (stuck, places[1][0] - places[0][1]) == ("", 1)
    unquoted = coverage(linked, criterion("Age between 18-80", "but pregnant")).unquoted
    assert unquoted[-1] == "Age between 18-80 Exclusion criteria"


def test_nothing_of_the_text_is_lost_in_the_count(linked: Linked) -> None:
    everything = (
        criterion("Inclusion criteria", name="heading"),
        criterion("Hemoglobin < 11 g/dL,", "not explained by other causes"),
        criterion("Age between 18-80", "Exclusion criteria", "Age between 18-80 but pregnant"),
    )
    with pytest.raises(AssertionError):
        coverage(linked, *everything)  # two criteria of one name: the text itself is wrong
    whole = coverage(linked, *everything[:2], everything[2].replace("hb [2]", "age [3]"))
    assert (whole.share, whole.unquoted) == (1.0, ())
    assert 0 < whole.aside < 0.1  # the numbers of the list
    part = coverage(linked, everything[1])
    assert 0 < part.share < 1
    assert part.unquoted == (
        "Inclusion criteria",
        "Age between 18-80 Exclusion criteria",
        "Age between 18-80 but pregnant",
    )


def test_quotes_of_decisions_are_looked_up(linked: Linked) -> None:
    decision = 'decision d "?" { quote: "Hemoglobin < 9" reading: "as it says" status: open }\n'
    assert found(linked, decision)[0].startswith("E0601")


def test_a_text_that_is_not_there(linked: Linked) -> None:
    assert found(linked, criterion("anything"), registered=None) == [
        "E0603 the registered text `registered.txt` is not there"
    ]


@pytest.mark.parametrize("mark", ["1.", "5.3.", "10.4.2)", "[1]", "[31b]", "o", "-"])
def test_marks_of_lists_are_layout(mark: str) -> None:
    assert Registered(f"Words\n{mark} more words").markers == ((6, 6 + len(mark)),)


@pytest.mark.parametrize("word", ["5.3", "[x]", "of", "[1", "1mg"])
def test_other_words_are_not(word: str) -> None:
    assert Registered(f"Words\n{word} more words").markers == ()
