"""Names: one thing each, found where they mean something, never used again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from trialc.model.protocol import Protocol
from trialc.syntax.grammar import RESERVED
from trialc.syntax.to_text import format_text

TWO_ARMS = Path(__file__).parents[1] / "cases/two_arms/protocol.proto.txt"
LIBRARY = """language 1
library kidney version "1" { title: "Kidney" citation: "KDIGO" }
data gfr "GFR" : quantity [mL/min] { range: 1 .. 200 mL/min }
define failure "Failure" = gfr < 15 mL/min
judgement dialysis "On dialysis" by doctor
"""
USE = 'use lib.kidney version "1" as ckd\nrole doctor "Doctor"\n'


def test_a_name_means_one_thing(small: Any) -> None:
    made = small('role a "A"\ncause a "A"\n')
    assert made.faults == [("E0301", "a")]
    assert made.found[0].related[0].label == "first declared here"


def test_a_history_that_cannot_be_called_so_is_told_once(small: Any) -> None:
    assert small('data all "A" : history').faults == [("E0214", "all")]
    twice = small('data mi "A" : history\ndata mi "B" : history')
    assert twice.faults == [("E0301", "mi")]


def test_a_criterion_and_its_label_make_a_name_that_is_taken(small: Any) -> None:
    made = small(
        'role doctor "D"\njudgement consent.able "A" by doctor\n'
        'inclusion consent [1] "C" { require all of { able: consent.able } }'
    )
    assert made.faults == [("E0301", "able")]
    assert made.found[0].help == (
        "`consent` and the label `able` make this name: choose another label"
    )


def test_what_stands_for_an_element_of_a_library_must_suit_its_formulas(small: Any) -> None:
    rate = """language 1
library rates version "1" { title: "Rates" citation: "None" }
data weight "Weight" : quantity [kg] { range: 1 .. 200 kg }
data age "Age" : quantity [year] { range: 1 .. 120 years }
derive a "A" [1] = power(age [year], -0.2)
derive b "B" [1] = weight [kg] / age [year]
"""
    use = 'use lib.rates version "1" as r with weight = kg, age = old\n'
    data = 'data kg "KG" : quantity [kg] { range: 2 .. 3 kg }\n'
    old = 'data old "Old" : quantity [year] { range: 0 .. 120 years }\n'
    made = small(use + data + old, rates=rate)
    assert made.faults == [("E0409", "old"), ("E0433", "old")]
    assert {found.help for found in made.found} == {"give `old` a `range` above zero"}
    assert small(use + data + old.replace("0 ..", "1 .."), rates=rate).codes == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('define x "X" = nothing', ("E0302", "nothing")),
        ('define x "X" = when', ("E0214", "when")),
        ('role a "A"\ndefine x "X" = a', ("E0303", "a")),
        ('data a "A" : boolean { by: nobody }', ("E0302", "nobody")),
        ('data a "A" : boolean { valid: never }', ("E0302", "never")),
        ('judgement a "A" by nobody', ("E0302", "nobody")),
        ('endpoint e primary "E" { objective: none_such }', ("E0302", "none_such")),
        ('role a "A" { decided d }', ("E0302", "d")),
        ('data a "A" : boolean\ndefine x "X" = a attributed to c', ("E0302", "c")),
        ('visit a "A" at b + 3 days', ("E0302", "b")),
        ('activity a "A" at b', ("E0302", "b")),
        ('visit v "V" anchor\nactivity a "A" at v { gives: d }', ("E0302", "d")),
        ('visit v "V" anchor\nactivity a "A" at v { reviews: e }', ("E0302", "e")),
        ('test t "T" { given nobody expect eligible }', ("E0302", "nobody")),
    ],
)
def test_a_name_must_be_declared_as_what_is_needed(
    small: Any, text: str, fault: tuple[str, str]
) -> None:
    assert small(text).faults == [fault]


def test_the_nearest_name_is_offered(small: Any) -> None:
    made = small('data lab.esr "ESR" : boolean\ndefine x "X" = lab.ers\ndefine y "Y" = esr\n')
    assert [fault.help for fault in made.found] == ["did you mean `lab.esr`?"] * 2


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("any", "any"),
        ("when.lab", "when"),
        ("lab.cause", "cause"),
        ("lab.cause.other", "cause"),
        ("as_of", "as_of"),
        ("measured", "measured"),
        ("event.severity", "event"),
    ],
)
def test_words_with_a_meaning_of_their_own_are_no_names(small: Any, name: str, word: str) -> None:
    made = small(f'data {name} "A" : boolean\n')
    assert made.codes == ["E0214"]
    assert f"`{word}`" in made.found[0].message


@pytest.mark.parametrize("word", sorted(RESERVED - {"cause"}))
def test_behind_a_dot_nothing_is_a_word_of_the_language(small: Any, word: str) -> None:
    made = small(
        f'data a.{word} "A" : boolean\ndata b.{word}.c "B" : quantity [g] {{ typical: 1 g }}\n'
        f'inclusion i [1] "I" {{ require a.{word} and (not a.{word} or b.{word}.c > 1 g) }}\n'
        f'patient p "P" {{ as_of: 2027-01-04  a.{word}: yes  b.{word}.c: 2 g }}\n'
    )
    assert made.codes == []


@pytest.mark.parametrize("word", sorted((RESERVED | {"made", "first", "level"}) - {"cause"}))
def test_a_label_may_be_a_word_of_the_language(small: Any, word: str) -> None:
    """A colon stands behind each, so that nothing can be mistaken: after a number, too."""
    text = (
        'data a "A" : boolean\ndata b "B" : quantity [g]\ndata k "K" : score 0 .. 9\n'
        'cause sc "SSc"\n'
        f'exclusion i [1] "I" {{ exclude when any of {{ x: b > 1 g\n'
        f"  {word}: a attributed to sc\n  y: k > 5 {word}.z [1]: b > 7 g\n z: any of {{\n"
        f" x: k > 5 {word}: not a }} }} }}\n"
        f'derive s "S" [points] = sum of {{ x: 1 when a {word}: 2 when not a }}\n'
        f'derive t "T" [g] = first of {{ {word}: b when a  of: b + 1 g otherwise }}\n'
        f'patient p "P" {{ as_of: 2027-01-04  b: 2 g  cause of i.{word}: sc }}\n'
    )
    if word == "of":
        text = text.replace("of: b + 1 g", "by: b + 1 g")
    made = small(text)
    assert made.codes == []
    found, faults = format_text(made.source)
    assert not faults
    assert found is not None
    assert re.search(rf"\n +{word}: a attributed to sc\n", found)


def test_labels_attributes_and_occasions_are_names(small: Any) -> None:
    made = small(
        'data a "A" : boolean\ndefine x "X" = any of { cause: a }\n'
        'event e "E" { reports any "S" {b} counts when event.any = b }\n'
        'visit v "V" anchor\nintervention i "I" { type: drug }\n'
        'arm r "R" experimental { give i as per at v }\n'
    )
    assert made.codes == ["E0214"] * 3


def test_labels_are_unique_where_they_give_paths(small: Any) -> None:
    text = 'data a "A" : boolean\ndefine x "X" = {}\n'
    for rule, labels in [
        ("any of { b: a  b: a }", ["b"]),
        ("any of { b: a } and all of { b: a }", ["b"]),
        ("any of { b: any of { b: a } }", []),
        ("any of { b: a } unless any of { b: a }", ["b"]),
    ]:
        made = small(text.replace("{}", rule))
        assert made.faults == [("E0308", f"{label}") for label in labels]


def test_a_path_is_no_other_things_name(small: Any) -> None:
    made = small('data a "A" : boolean\ndata x.b "B" : boolean\ndefine x "X" = any of { b: a }\n')
    assert made.faults == [("E0301", "b")]


def test_codes_of_a_choice_are_unique_and_no_reasons(small: Any) -> None:
    assert small('data a "A" : choice {x, y, x}').faults == [("E0308", "x")]
    assert small('data a "A" : choice {x, unknown}').faults == [("E0214", "unknown")]
    assert small('data a "A" : choice {none, no, other}').codes == []


# ---- the past


def test_ids_of_the_past_stay_used(small: Any) -> None:
    retired = 'retired a, b.c\ndata {} "A" : boolean\n'
    assert small(retired.format("a")).codes == ["E0315"]
    assert small(retired.format("b.c")).codes == ["E0315"]
    assert small(retired.format("b")).codes == []
    made = small('data b "B" : boolean { renamed from a }\ndata a "A" : boolean\n')
    assert made.codes == ["E0315"]
    assert made.found[0].related[0].label == "renamed here"


def test_the_past_is_in_the_model(small: Any) -> None:
    made: Protocol = small(
        'retired z, y\ndata b "B" : boolean { renamed from a, c.d }\n'
        'window w "W" = 3 days { renamed from v }\n'
    ).protocol
    assert made.retired == ("y", "z")
    assert made.data[0].renamed_from == ("a", "c.d")
    assert made.windows[0].renamed_from == ("v",)


# ---- libraries


def test_names_of_a_library_begin_with_its_alias(small: Any) -> None:
    made: Protocol = small(USE + 'define x "X" = ckd.failure\n', kidney=LIBRARY).protocol
    assert [item.id for item in made.data] == ["ckd.gfr"]
    assert [item.id for item in made.conditions] == ["ckd.failure", "x"]
    (library,) = made.libraries
    assert (library.name, library.alias, library.version) == ("kidney", "ckd", "1")
    assert (library.title, library.citation) == ("Kidney", "KDIGO")


def test_roles_of_a_library_are_those_of_the_protocol(small: Any) -> None:
    made: Protocol = small(USE, kidney=LIBRARY).protocol
    assert made.judgements[0].by == ("doctor",)
    assert small(USE.replace("role doctor", "role nurse"), kidney=LIBRARY).codes == ["E0302"]


def test_a_library_does_not_see_the_names_of_the_protocol(small: Any) -> None:
    text = LIBRARY + 'define mine "Mine" = hist.asthma\n'
    made = small(USE + 'data hist.asthma "Asthma" : boolean\n', kidney=text)
    assert made.codes == ["E0302"]


def test_an_element_of_the_protocol_stands_for_one_of_the_library(small: Any) -> None:
    use = USE.replace("ckd\n", "ckd with gfr = renal.gfr\n")
    ours = 'data renal.gfr "GFR" : quantity [mL/min] { range: 1 .. 150 mL/min }\n'
    made: Protocol = small(use + ours, kidney=LIBRARY).protocol
    assert [item.id for item in made.data] == ["renal.gfr"]
    assert "renal.gfr" in made.conditions[0].model_dump_json()


@pytest.mark.parametrize(
    ("binding", "why"),
    [
        ("gfr = lab.none", "it is not declared"),
        ("gfr = doctor", "it is a role"),
        ("gfr = hist.asthma", "it is a boolean, the library's is a quantity"),
        ("gfr = renal.absolute", "it is in mL/min/1.73 m², the library's is in mL/min"),
        ("failure = hist.asthma", "the library has no data element `failure`"),
        ("kind = lab.kind", "it cannot be `b`"),
    ],
)
def test_what_stands_for_an_element_must_fit(small: Any, binding: str, why: str) -> None:
    ours = (
        'data hist.asthma "Asthma" : boolean\ndata lab.kind "Kind" : choice {a}\n'
        'data renal.absolute "GFR" : quantity [mL/min/1.73m2]\n'
    )
    text = LIBRARY + 'data kind "Kind" : choice {a, b}\ndefine k "K" = kind = b\n'
    made = small(USE.replace("ckd\n", f"ckd with {binding}\n") + ours, kidney=text)
    assert made.codes == ["E0319"]
    assert made.found[0].message.endswith(why)


def test_a_library_holds_definitions_only(small: Any) -> None:
    for declaration in ('visit v "V" anchor', 'patient p "P" { }', 'protocol p { title: "P" }'):
        assert small(USE, kidney=f"{LIBRARY}{declaration}\n").codes == ["E0320"]
    decided = LIBRARY.replace('citation: "KDIGO"', "decided d")
    assert small(USE, kidney=decided).codes == ["E0316"]
    assert small('library l version "1" { }\n').codes == ["E0316"]


# ---- properties


@pytest.mark.parametrize(
    ("text", "name", "advice"),
    [
        ('protocol p { title: "T"\n  acronym "A"\n  version: "1" }', "acronym", "`acronym: ...`"),
        ('protocol p { title: "T" version "1" }', "version", "`version: ...`"),
        ('protocol p { title: "T" acronym "A" version "1" }', "acronym", "`acronym: ...`"),
    ],
)
def test_a_property_without_its_colon_is_told_at_its_place(
    whole: Any, text: str, name: str, advice: str
) -> None:
    made = whole(f"language 1\n{text}\n")
    assert made.faults == [("E0218", name)]
    assert advice in made.found[0].help


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("sponsor: 3", 'write `"3"`'),
        ("sponsor: Phase 3", 'write `"Phase 3"`'),
        ('sponsor: "a" "b"', ""),
    ],
)
def test_a_text_without_quotation_marks_is_shown_with_them(
    whole: Any, value: str, advice: str
) -> None:
    made = whole(f'language 1\nprotocol p {{ title: "T" version: "1" {value} }}\n')
    assert made.faults == [("E0307", "sponsor")]
    assert made.found[0].help == advice


@pytest.mark.parametrize("value", ["3", '"3"', "Phase 3", '"Phase 3"', "phase_33"])
def test_a_phase_is_told_how_it_is_written(whole: Any, value: str) -> None:
    made = whole(f'language 1\nprotocol p {{ title: "T" version: "1" phase: {value} }}\n')
    assert [found.kind.code for found in made.found] == ["E0405"]
    assert "did you mean `phase_3`?" in made.found[0].help


def test_a_statement_of_the_other_side_is_told_as_that(small: Any) -> None:
    made = small('data b "B" : boolean\nexclusion e [1] "E" { require b }\n')
    assert made.found[0].message == "`require` does not belong into an exclusion"


def test_a_missing_property_is_named(small: Any) -> None:
    made = small('randomisation r "R" { order: successive }\n')
    assert made.found[0].message == "randomisation `r` has no `ratio`"
    assert made.found[0].help == "add `ratio: ...`"


# ---- one mistake, one message


def test_uses_of_what_is_broken_are_not_reported_again(small: Any) -> None:
    uses = 'define x "X" = lab.esr > 3 mm/h or d\ntest t "T" { given p expect eligible }\n'
    for broken, code in [
        ('data lab.esr "ESR" : number\ndefine d "D" = (\npatient p "P" { a }\n', "E0207"),
        ('data lab.esr "ESR" : quantity [mmm]\ndefine d "D" = 3\npatient p "P" { }\n', "E0401"),
    ]:
        made = small(broken + uses)
        assert len(made.codes) == 3
        assert made.codes[0] == code
        assert "E0302" not in made.codes


def test_names_of_a_library_that_is_not_there_are_not_reported(small: Any) -> None:
    made = small('use lib.none version "1" as acr\ndefine x "X" = acr.classified\n')
    assert made.codes == ["E0310"]


def test_occasions_of_a_broken_arm_are_not_reported(small: Any) -> None:
    made = small(
        'arm a "A" { give }\ngate g "G" per participant { guards give dose_2 '
        "opens when elapsed since dose_1 >= 1 month }\n"
    )
    assert made.codes == ["E0207"]


def test_a_broken_declaration_anywhere_makes_one_message(whole: Any) -> None:
    """In a whole trial, each declaration in turn: a sign too many, or a name that cannot be."""
    text = TWO_ARMS.read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^(?!language)[a-z]", text, re.MULTILINE)]
    assert len(starts) > 40
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        heading = text[start : text.index("\n", start)]
        made = whole(f"{text[:end]}%\n{text[end:]}")
        assert [fault for fault in made.found if fault.is_error] == [made.found[0]], heading
        name = re.match(r"(?:trial )?\w+ ([\w.]+)", heading)
        assert name is not None
        if not heading.startswith("protocol"):
            uses = rf"(?<![\w.]){re.escape(name[1])}(?!\w|\.(?:slow|weak|loss))"
            other = re.sub(uses, f"{name[1]}.cause", text)
            made = whole(other)
            assert set(made.codes) == {"E0214"}, (heading, made.faults)


@pytest.mark.parametrize("name", ["demo-sex", "demo sex", "demo/sex", "demo.sex,"])
def test_a_name_that_is_no_name_was_meant_all_the_same(small: Any, name: str) -> None:
    uses = 'define x "X" = demo.sex = female\n'
    assert len(small(f'data {name} "Sex" : choice {{female, male}}\n{uses}').codes) == 1
    hyphen = 'define x "X" = demo-sex = female\n'
    assert len(small(f'data demo-sex "Sex" : choice {{female, male}}\n{hyphen}').codes) == 1


def test_names_of_a_library_whose_use_is_broken_are_not_reported(small: Any) -> None:
    for use in ("use lib.kidney version 1 as ckd", "use lib.ckd"):
        assert len(small(f'{use}\ndefine x "X" = ckd.failure\n').codes) == 1


def test_what_is_given_at_an_unknown_visit_is_given(small: Any) -> None:
    made = small(
        'visit D0 "D" anchor\nintervention i "I" { type: drug }\n'
        'arm a "A" experimental { give i as first at D0 give i as second at D9 }\n'
        'activity b "B" at D0 { gives: first, second }\n'
        'gate g "G" per participant { guards give second '
        "opens when elapsed since second >= 1 month otherwise hold second }\n"
    )
    assert made.faults == [("E0302", "D9")]


def test_a_broken_protocol_declaration_is_not_missed(whole: Any) -> None:
    made = whole('language 1\nprotocol p { title }\nrole a "A"\n')
    assert made.codes == ["E0207"]
    assert made.made is None


@pytest.mark.parametrize("count", [0, 2])
def test_a_protocol_text_has_one_protocol(whole: Any, count: int) -> None:
    made = whole("language 1\n" + 'protocol p { title: "P" version: "1" }\n' * count)
    assert made.codes == ["E0317"]
    assert made.made is None
