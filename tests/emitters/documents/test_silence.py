"""Documents say what the protocol says, and that it is silent where it is."""

from __future__ import annotations

import re

import pytest

from trialc.emitters import document
from trialc.pipeline import compile_protocol
from trialc.source import SourceText

TRIAL = """language 1
protocol p { title: "P" version: "1" enrolment: 8 actual }
role nurse "Nurse"
intervention high "Iron" { type: drug dose: 1000 mg }
intervention low "Iron" { type: drug dose: 500 mg }
arm a "A" experimental { give high as dose at V1 }
arm b "B" experimental { give low as dose at V1 }
randomisation r "R" { blocks: 4 of 2  ratio: a 1, b 1  at: V1 }
visit V1 "Visit 1" anchor
"""


def printed(text: str) -> str:
    made = compile_protocol(SourceText("p.proto.txt", text), lambda _: None, lambda: 0.0)
    assert made.study is not None
    return "\n".join(page.text for page in document.emit(made.study))


def test_an_order_of_blocks_that_is_not_stated_is_not_made_up() -> None:
    silent = printed(TRIAL)
    assert "1 : 1 within 4 blocks of 2" in silent
    assert "4 of 2 participants, order not stated" in silent
    assert "successive" not in silent
    assert "4 successive blocks of 2" in printed(TRIAL.replace("of 2 ", "of 2 order: successive "))


@pytest.mark.parametrize(
    ("masking", "words"),
    [
        ("", "| Blinded roles | not stated |"),
        ('masking m "Open label" { masked: none }\n', "| Blinded roles | none (open label) |"),
        ('masking m "Single" { masked: nurse absent: nurse }\n', "| Blinded roles | Nurse |"),
    ],
)
def test_nobody_masked_is_not_silence(masking: str, words: str) -> None:
    assert words in printed(TRIAL + masking)


def test_the_table_of_arms_tells_two_doses_of_a_product_apart() -> None:
    text = printed(TRIAL)
    assert "| A | Experimental | 1 (4 in all) | Iron, 1000 mg |" in text.replace("\\", "")
    assert "| Trial interventions | Iron |" in text


def test_participants_that_were_counted_are_not_a_plan() -> None:
    text = printed(TRIAL).replace("\\", "")
    assert "| Participants | 8 (actual) |" in text
    assert "8 participants were enrolled" in text
    assert "8 participants are to be enrolled" in printed(TRIAL.replace(" actual", " estimated"))


def test_how_old_a_value_may_be_stands_beside_the_criterion() -> None:
    rule = (
        'window w "W" = 6 weeks\ndata e "Ejection fraction" : quantity [%] { valid: w }\n'
        'data f "Ferritin" : quantity [ug/L] { valid: 28 days }\n'
        'derive half "Half" [%] = e / 2\ndefine weak "Weak" = half < 20 %\n'
        'inclusion i [1] "I" { require weak and f < 100 ug/L }\n'
    )
    text = printed(TRIAL + rule)
    assert "- Not older than 28 days on the day of the verdict: Ferritin" in text
    assert "- Not older than 6 weeks on the day of the verdict: Ejection fraction" in text


def test_shares_are_those_of_a_block_only_where_there_are_blocks() -> None:
    assert "| Arm | Type | Of each block |" in printed(TRIAL)
    ratio = printed(TRIAL.replace("blocks: 4 of 2", ""))
    assert "| Arm | Type | Share |" in ratio
    assert "Of each block" not in ratio


def test_a_history_is_collected_once() -> None:
    text = printed(
        TRIAL
        + """data mi "Infarction" : history
data stroke "Stroke" : history
data hb.last "Last haemoglobin" : date
activity past "Past" at V1 { collects: mi, stroke.last, hb.last }
"""
    )
    assert "| Past | V1 | always | Infarction; Stroke, last day; Last haemoglobin |" in text


def test_a_section_that_is_told_in_words_is_printed_and_not_called_silent() -> None:
    told = (
        'narrative again "Rescreening" { section: "5.6"  text: "Once, after <4> weeks." }\n'
        'narrative earlier "Earlier amendments" { section: "12.3"  text: "None." }\n'
        'narrative glossary "More terms" { section: "13.1"  text: "TTS: a patch." }\n'
    )
    silent, text = printed(TRIAL), printed(TRIAL + told)
    assert "5.6 Screen failure and rescreening" in silent
    assert "5.6 Screen failure and rescreening" not in text
    assert "5.5 Lifestyle restrictions" in text
    for words in ("### 5.6 Rescreening", "12.3&ensp;Earlier amendments", "13.1&ensp;More terms"):
        assert words in text
    assert "Once, after &lt;4&gt; weeks." in text
    assert text.index("12.3&ensp;Earlier amendments") < text.index("Decisions register")


@pytest.mark.parametrize("section", ["1.2", "15.1", "0.1", "5.", "five", "5.6.1.2.3"])
def test_a_section_is_one_of_the_template(section: str) -> None:
    text = f'{TRIAL}narrative n "N" {{ section: "{section}"  text: "Words." }}\n'
    made = compile_protocol(SourceText("p.proto.txt", text), lambda _: None, lambda: 0.0)
    assert [found.kind.code for found in made.diagnostics if found.is_error] == ["E0307"]


SECTIONS = """2.1 2.3 4.1 4.2 4.3 4.4 5.1 5.2.1 5.3 5.4 6.1 6.2 6.3 6.4 6.6 6.7 6.7.4 6.8 7.1
8.1 8.2 9.1 9.2 10.2 10.9 10.11 11.1 11.2 11.3 12.1 12.4 12.5 12.6 12.7 12.8 12.9 13.2"""


def narrative(name: str, section: str) -> str:
    return f'narrative {name} "About {name}" {{ section: "{section}"  text: "Of {name}." }}\n'


def test_words_of_a_section_that_the_document_prints_stand_inside_it() -> None:
    """Each heading of the second level once, in the order of the numbers."""
    sections = tuple(SECTIONS.split())
    told = "".join(narrative(f"s{s.replace('.', '_')}", s) for s in sections)
    more = (
        'interim i "I" when 4 participants enrolled { purpose: futility }\n'
        'stopping s "Harm" { when: "Harm"  action: stop  scope: trial }\n'
    )
    for text in (TRIAL + told, TRIAL + told + more):
        pages = printed(text).split("# P\n")
        for page, heading in (
            (pages[0], r"<h3[^>]*>([\d.]+)&ensp;"),
            (pages[1], r"(?m)^### (\S+)"),
        ):
            found = [n for n in re.findall(heading, page) if n[0].isdigit()]
            assert found == sorted(set(found), key=lambda n: [int(part) for part in n.split(".")])
            for section in sections:
                assert page.count(f"Of s{section.replace('.', '_')}.") == 1, section


def test_where_the_words_of_a_printed_section_stand() -> None:
    page = printed(
        TRIAL + narrative("people", "5.1") + narrative("more", "5.2.1") + narrative("x", "5.5.1")
    )
    text = page[page.index("# P\n") :]
    order = ["### 5.1 ", "#### About people", "### 5.2 ", "#### 5.2.1 About more", "### 5.3 "]
    assert sorted(order, key=text.index) == order
    # a part of a section that has no heading is a section of its own
    assert "### 5.5.1 About" in text.replace("####", "")
    assert "#### 5.5.1 About" in printed(TRIAL + narrative("x", "5.5.1") + narrative("z", "5.5"))


def test_a_ratio_that_is_not_stated_is_not_made_up() -> None:
    text = printed(TRIAL.replace("blocks: 4 of 2  ratio: a 1, b 1", "ratio: not stated"))
    assert "- **Ratio**: not stated" in text
    assert "| A | Experimental | not stated |" in text
    assert "| Randomisation | ratio not stated |" in text
    assert "ratio not stated within 4 blocks of 2" in printed(
        TRIAL.replace("ratio: a 1, b 1", "ratio: not stated")
    )


def test_an_event_of_which_every_report_counts() -> None:
    event = 'event sae "SAE" { reports grade "Grade" {mild, severe} }\n'
    text = printed(TRIAL + event)
    assert "**Counts when** it is reported, whatever the report says" in text


def test_a_derived_number_is_collected_by_its_title() -> None:
    numbers = """data kg "Weight" : quantity [kg] { range: 1 .. 300 kg }
data cm "Height" : quantity [cm] { range: 1 .. 250 cm }
derive bmi "Body mass index" [kg/m2] = kg / (cm * cm)
activity size "Size" at V1 { collects: bmi }
"""
    assert "| Size | V1 | always | Body mass index |" in printed(TRIAL + numbers)


def test_a_decision_says_what_it_concerns_whatever_that_is() -> None:
    decided = TRIAL.replace("enrolment: 8", "decided d enrolment: 8").replace(
        'role nurse "Nurse"', 'role nurse "Nurse" { decided d }\nepoch early "Early" { decided d }'
    )
    text = printed(
        decided + 'window recent "Recent values" = 8 days { decided d }\n'
        'decision d "D" { reading: "as it says" status: open }\n'
    )
    assert "Title page and synopsis" in text
    for words in ("Role: Nurse", "Age of values: Recent values", "Other: Early"):
        assert words in text
