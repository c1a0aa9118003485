"""decisions.html and decisions.md."""

from __future__ import annotations

import re
from dataclasses import replace

from trialc.emitters import decisions_page
from trialc.emitters.document_appendix import bites
from trialc.graph.study import Study
from trialc.model.populations import Population


def texts(study: Study) -> dict[str, str]:
    return {a.path: a.text for a in decisions_page.emit(study)}


def test_open_questions_have_boxes_for_every_alternative(study: Study) -> None:
    html, markdown = texts(study).values()
    part = markdown[markdown.index("Length of one month") : markdown.index("Age of a")]
    assert part.count("- [ ]") == 4
    assert "Concerns: Event: Treatment-related severe adverse event; Gate: Opening" in part
    assert "- [ ] **Our reading:** One calendar month.\n- [ ] 30 days.\n" in part
    assert html.count('class="question"') == 2
    assert html.count('class="question assumed"') == 1
    assert "M. Hudson, 2027-01-01" in html


def test_effects_of_alternatives(study: Study) -> None:
    impact = {"one_month": ((("esr_25", "eligible", "ineligible"),), ())}
    shown = texts(replace(study, evidence={"decision_impact": impact}))
    for text in shown.values():
        assert "ligible → ineligible: “ESR of exactly 25”" in text
        assert "hanges no test of the protocol" in text


def test_many_effects_are_counted(study: Study) -> None:
    changed = tuple((f"test_{k}", "eligible", f"ineligible {k % 2}") for k in range(9))
    impact = {"one_month": (changed, ())}
    for text in texts(replace(study, evidence={"decision_impact": impact})).values():
        assert "“test_0”, “test_2”, “test_4” and 2 more tests" in text
        assert re.search(r"and 1 more test\b", text)


def test_with_no_decisions_the_page_says_so(study: Study) -> None:
    bare = replace(study, protocol=study.protocol.model_copy(update={"decisions": ()}))
    assert "No open decisions" in texts(bare)["decisions.html"]


def test_hostile_text_stays_text(hostile_study: Study) -> None:
    html, markdown = texts(hostile_study).values()
    assert "<script" not in html
    assert "<img" not in html
    assert "<script" not in markdown
    assert "](javascript" not in markdown.replace("\\](", "")


def test_a_criterion_is_named_with_its_population(study: Study) -> None:
    """Several populations may count from 1 each."""
    protocol = study.protocol
    group = Population(id="later", title="Once daily", element="population")
    criterion = next(item for item in protocol.criteria if item.decided)
    theirs = criterion.model_copy(update={"populations": ("later",)})
    changed = protocol.model_copy(update={"populations": (group,), "criteria": (theirs,)})
    words = f"{criterion.type.capitalize()} {criterion.number} (Once daily)"
    assert words in list(bites(changed, criterion.decided[0]))
