"""For whom an element exists is told once, and days read as days."""

from __future__ import annotations

from itertools import product

import pytest

from trialc.emitters.near_literate import in_words
from trialc.emitters.told_once import told_once
from trialc.interpreter.evaluation import Evaluation, Model
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc_runtime.values import Unknown

HEAD = """language 1
protocol p { title: "P" version: "1" }
data sex "Sex" : choice {female, male}
data fertile "Fertile" : boolean { applies when sex = female }
data tested "Tested" : boolean { applies when sex = female }
data willing "Willing" : boolean { applies when sex = female and fertile }
data mi "Infarction" : history
data dose.day "Dose" : date
data scan.day "Scan" : date
"""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("fertile", "Fertile (applies only if Sex is female)"),
        ("sex = female and fertile and not tested", "Sex is female and Fertile and not (Tested)"),
        (
            "not (sex = male) and fertile",
            "Sex is not male and (Fertile (applies only if Sex is female))",
        ),
        (
            "willing",
            "Willing (applies only if Sex is female and Fertile)",
        ),
        ("sex = female or fertile", "Sex is female or (Fertile (applies only if Sex is female))"),
        (
            "mi.last <= dose.day - 1 month",
            "(Infarction, last day on or before the day 1 month before Dose) "
            "(applies only if Infarction has ended)",
        ),
        ("mi within 1 month before dose.day", "Infarction, ongoing or within 1 month before Dose"),
        ("scan.day >= dose.day - 3 months", "Scan on or after the day 3 months before Dose"),
        ("scan.day > 2027-01-04", "Scan after 2027-01-04"),
        ("scan.day < dose.day", "Scan before Dose"),
        ("scan.day = as_of", "Scan on the day of the verdict"),
    ],
)
def test_words_of_a_rule(rule: str, words: str) -> None:
    tree, _ = parse(SourceText("p", f'{HEAD}exclusion e [1] "E" {{ exclude when {rule} }}\n'))
    protocol, _ = resolve(tree, ())
    assert protocol is not None
    printed = in_words(protocol.criteria[0].condition, protocol)
    assert printed.startswith(words)
    assert printed.count("applies only if") == words.count("applies only if")


def test_a_criterion_for_some_tells_for_whom_once() -> None:
    text = 'exclusion e [1] "E" { applies when sex = female exclude when fertile and tested }\n'
    tree, _ = parse(SourceText("p", HEAD + text))
    protocol, _ = resolve(tree, ())
    assert protocol is not None
    printed = in_words(protocol.criteria[0].condition, protocol)
    assert printed == "(Fertile and Tested) (applies only if Sex is female)"


def test_what_is_told_once_means_the_same() -> None:
    """For everybody of whom everything is known: every rule of these parts, two levels deep."""
    leaves = ["sex = female", "sex = male", "fertile", "not tested", "mi.last < 2027-01-04"]
    forms = ("({} and {})", "({} or {})", "({} unless {})")
    once = [form.format(x, y) for form in forms for x, y in product(leaves, leaves)]
    twice = [form.format(x, y) for form in forms for x, y in product(once, [*leaves, *once[::15]])]
    rules = enumerate([*once, *twice])
    text = "".join(f'exclusion e{i} [{i}] "E" {{ exclude when {rule} }}\n' for i, rule in rules)
    tree, _ = parse(SourceText("p", HEAD + text))
    protocol, _ = resolve(tree, ())
    assert protocol is not None
    made = [item.condition for item in protocol.criteria]
    shortened = [(one, told_once(one)) for one in made if told_once(one) != one]
    assert len(shortened) > 200
    model, none = Model(protocol), Unknown("not_applicable")
    women = [
        {"sex": "female", "fertile": x, "tested": y} for x, y in product((True, False), repeat=2)
    ]
    ended = ({"mi": True, "mi.ongoing": False, "mi.last": float(day)} for day in (739_000, 741_000))
    days = [
        {"mi": False, "mi.ongoing": none, "mi.last": none},
        {"mi": True, "mi.ongoing": True, "mi.last": none},
        *ended,
    ]
    for who, history in product([*women, {"sex": "male", "fertile": none, "tested": none}], days):
        evaluation = Evaluation(model, {**who, **history}, "2027-01-04")
        for one, other in shortened:
            assert evaluation.truth(one) is evaluation.truth(other), (one, who, history)
