"""What is said where a text leaves the language: the place, what could stand there, the way out."""

from __future__ import annotations

import re

import pytest

from trialc.diagnostics import Diagnostic
from trialc.source import SourceText
from trialc.syntax import mistakes
from trialc.syntax.from_text import parse
from trialc.syntax.grammar import DECLARATION_KEYWORDS, parser, word_of
from trialc.syntax.mistakes import HEADINGS
from trialc.syntax.spelling import listed, nearest


def only(text: str) -> tuple[Diagnostic, str]:
    """The one finding on a text, and the words that it points at."""
    source = SourceText("t", f"language 1\n{text}")
    _, found = parse(source)
    assert len(found) == 1, [(fault.kind.code, fault.message) for fault in found]
    return found[0], source[found[0].where]


A_CONDITION = "expected a condition"

MISTAKES = [
    # text, code, words it points at, part of the message, part of the help
    ('role a "A', "E0201", '"', "no end", 'close it with "'),
    ("role a “A", "E0201", "“", "no end", "close it"),
    ('role a "A" { source """ a', "E0201", '"""', "no end", 'close it with """'),
    ('role a "A" {', "E0202", "{", "`{` is opened here", "close it with `}`"),
    ('define a "A" = (b', "E0202", "(", "`(` is opened here", "close it with `)`"),
    ('inclusion a [1 "A" { }', "E0202", "[", "`[` is opened here", "close it with `]`"),
    ('role a "A" }', "E0203", "}", "closes nothing", ""),
    ('define a "A" = (b}', "E0203", "}", "closes nothing", ""),
    ('define a "A" = b]', "E0203", "]", "closes nothing", ""),
    ('rol a "A"', "E0206", "rol", "does not start", "did you mean `role`?"),
    ('define a "A" = b\nand c', "E0206", "and", "does not start", "indent it"),
    ('exclusion a [1] "A" {\nexclude when b\n}', "E0206", "exclude", "does not start", "indent it"),
    ('exclusion a [1] "A" {\nsourc\nexclude when b\n}', "E0206", "sourc", "", "indent it"),
    ('data a "A" : date {\nrange: 1 .. 2\n}', "E0206", "range", "", "indent it"),
    ('patient a "A" {\ncause of a.b: c\n}', "E0206", "cause", "", "indent it"),
    ('patient a "A" {\ndata.x: no\n}', "E0206", "data", "", "indent it"),
    ('define a "A" = any of {\n  x: b\nrole c "C"', "E0202", "{", "`{` is opened here", "close it"),
    ('trial test a "A" {\ngiven b\nwhen c\n}', "E0206", "given", "", "indent it"),
    ("Adults only", "E0206", "Adults", "does not start", "indent it"),
    ("data a : date", "E0207", ":", "expected a title in quotation marks", ""),
    ('data a "A" : number', "E0207", "number", "`history`, `occurrence` or", ""),
    ('data a "A" : bolean', "E0207", "bolean", "expected `boolean`", "did you mean `boolean`?"),
    ('data a "A" : quantity kg', "E0207", "kg", "expected square brackets", ""),
    ('randomisation a "A" { ratio: 1:1 }', "E0207", ":", "", "name the arms"),
    ('objective a first "A"', "E0207", "first", "expected `primary`, `secondary`", ""),
    ('exclusion a [1] "A" { requier b }', "E0207", "requier", "", "did you mean `require`?"),
    ('exclusion a [1] "A" { exclude b }', "E0207", "b", "expected `when`", ""),
    ('define a "A" = and b', "E0214", "and", "word of the language", "such as `and_1`"),
    ('activity a "A" at not stated', "E0214", "not", "word of the language", "name the visits"),
    ('arm a "A" experimental { give a in p for 3 days }', "E0207", "for", "", "its own length"),
    ('define a "A" = b == 1', "E0207", "=", "expected a value", "write `=`"),
    ('define a "A" = b => 1', "E0207", ">", "expected a value", "write `>=`"),
    ('define a "A" = b =< 1', "E0207", "<", "expected a value", "write `<=`"),
    (
        'patient a "A" { as_of: 2027-01-04\n  hr.rest 70 /min\n}',
        "E0218",
        "hr.rest",
        "",
        "`hr.rest: 70 /min`",
    ),
    (
        'patient a "A" { hr.rest 70 /min sex: male }',
        "E0218",
        "hr.rest",
        "a `:`",
        "`hr.rest: 70 /min`",
    ),
    ('patient a "A" { b: no sex female }', "E0218", "sex", "", "`sex: female`"),
    ('patient a "A" { sex = female }', "E0218", "sex", "", "`sex: female`"),
    ('test a "A" { given b but { sex female } expect eligible }', "E0218", "sex", "", "`sex: f"),
    ('patient a "A" { born 1980-05-17 }', "E0218", "born", "", "`born: 1980-05-17`"),
    ('protocol a { title "A" }', "E0218", "title", "", '`title: "A"`'),
    ('decision a "A" { by "me" }', "E0218", "by", "", '`by: "me"`'),
    ('activity a "A" at b { when c\n  collects d\n}', "E0218", "collects", "", "`collects: d`"),
    ('activity a "A" at b { does consent }', "E0218", "does", "", "`does: consent`"),
    ('activity a "A" at b { gives c }', "E0218", "gives", "", "`gives: c`"),
    ('data a "A" : quantity [g] { range 2 .. 5 g }', "E0218", "range", "", "`range: 2 .. 5 g`"),
    ('inclusion a [1] "A" { requireb > 2 g }', "E0207", "requireb", "", "`require`"),
    ('exclusion a [1] "A" { exclude whenb > 2 g }', "E0207", "whenb", "`when`", "`when`"),
    ('protocol a { title: "A" acronym = "B" }', "E0207", "=", "", "write `acronym: ...`"),
    (
        'define a "A" = b between 18 and 80 years',
        "E0207",
        "between",
        "",
        "write `in 18 .. 80 years`",
    ),
    ('define a "A" = b in 18 to 80 years', "E0207", "to", "`..`", "write `18 .. 80 years`"),
    ('define a "A" = b in 18 kg - 80 kg', "E0207", "-", "`..`", "write `18 kg .. 80 kg`"),
    ('define a "A" = b is female', "E0207", "is", "expected a comparison such", "write `=`"),
    ('define a "A" = b is not female', "E0207", "is", "", "write `!= female`"),
    ('define a "A" = b is > 3 kg', "E0207", "is", "", "leave `is` out"),
    ('define a "A" = 1 kg <= b <= 8 kg', "E0207", "<=", "", "write `1 kg <= b and b <= 8 kg`"),
    ('define a "A" = b >= 1 kg and <= 8 kg', "E0207", "<=", "", "write `and b <= 8 kg`"),
    ('define a "A" = NOT b', "E0207", "b", "`in`, `and`, `or`", "write `not`, in small letters"),
    ('define a "A" = b AND c', "E0207", "AND", "", "write `and`, in small letters"),
    ('define a "A" = b, c', "E0207", ",", "", "write `and` or `or`"),
    ('define a "A" = b = "female"', "E0207", '"female"', "a value", "write `female`, without quot"),
    ('data a "A" : choice {"female", male}', "E0207", '"female"', "", "write `female`, without"),
    ('define a "A" = b in (c, d)', "E0207", "(", "", "in braces, `in {a, b}`"),
    ('define a "A" = b in [c, d]', "E0207", "[c, d]", "", "in braces, `in {a, b}`"),
    ('exclusion a [1] "A" { if b then exclude }', "E0207", "if", "", "write `exclude when ...`"),
    ('exclusion a [1] "A" { exclude if b }', "E0207", "if", "expected `when`", "write `when`"),
    ('inclusion a [1] "A" { if b }', "E0207", "if", "", "write `require ...`"),
    ('visit a "A" at b window 3 days', "E0210", "days", "", "`window -3 days .. +3 days`"),
    ('visit a "A" at b window 3 days { }', "E0207", "{", "`..`", "`window -3 days .. +3 days`"),
    ('visit a "A" at b window ±3 days', "E0209", "±", "", "write `-3 days .. +3 days`"),
    ('visit a "A" at b window +- 3 days', "E0207", "-", "", "write `-3 days .. +3 days`"),
    ('visit a "A" at b window +/-3 days', "E0207", "/", "", "write `-3 days .. +3 days`"),
    ('role a "A" -- note', "E0207", "-", "", "remarks start with `#`"),
    ('role a "A"\n// note', "E0207", "/", "", "remarks start with `#`"),
    ('define a "A" = b\n-- note', "E0207", "note", "", "remarks start with `#`"),
    ('define a "A" = b\n// note', "E0207", "/", "", "remarks start with `#`"),
    ('exclusion a [1] "A" { exclude when b /* x */ }', "E0207", "*", "", "remarks start with `#`"),
    ('derive a "A" [year] = years since b.c', "E0214", "years", "", "`years from b.c to as_of`"),
    ('derive a "A" [day] = days 3', "E0214", "days", "", "counted as `days from A to B`"),
    ('define a "A" = any of { x: b > 1 kg, y: c }', "E0207", ",", "a label", "leave it out"),
    ('define a "A" = any of { }', "E0207", "}", "a label", "write at least one alternative"),
    ('define a "A" = b <> 1', "E0207", ">", "expected a value", "write `!=`"),
    ('define a "A" = b in 1, 2', "E0207", ",", "`..`", ""),
    ('visit a "A" at b + 3', "E0207", "3", "expected a number with its unit", ""),
    ('test a "A" { given b expect good }', "E0207", "good", "`eligible`, `ineligible`", ""),
    ('define a "A" = b and c or d', "E0208", "or", "mixed", "parentheses"),
    ('define a "A" = b or c and d', "E0208", "and", "mixed", "parentheses"),
    ('define a "A" = b && c', "E0209", "&", "(U+0026)", "write `and`"),
    ('define a "A" = b || c', "E0209", "|", "(U+007C)", "write `or`"),
    ('define a "A" = !b', "E0209", "!", "(U+0021)", "write `not`"),
    ('patient a "A" { as_of: 04.01.2027 }', "E0207", "04.01.2027", "a date", "write `2027-01-04`:"),
    ('patient a "A" { as_of: 4.1.2027 }', "E0207", "4.1.2027", "a date", "write `2027-01-04`:"),
    ('patient a "A" { as_of: 2027/1/4 }', "E0207", "2027/1/4", "a date", "write `2027-01-04`:"),
    ('patient a "A" { as_of: 4 January 2027 }', "E0207", "4 January 2027", "", "`2027-01-04`:"),
    ('patient a "A" { b: 01/06/2015 }', "E0207", "01/06/2015", "", "`2015-06-01` or `2015-01-06`"),
    ('patient a "A" { b: 06/28/2015 }', "E0207", "06/28/2015", "", "write `2015-06-28`: year"),
    ('patient a "A" { b: 99/99/2015 }', "E0207", "99/99/2015", "", "write `2027-01-04`: year"),
    ('define a "A" = b < 04.01.2027', "E0207", "04.01.2027", "a date", "write `2027-01-04`:"),
    ("role a 'A'", "E0209", "'", "(U+0027)", 'write `"`'),
    ('define a "A" = größe > 1', "E0209", "ö", "`ö` (U+00F6)", ""),
    ('define a "A" = b > .5 kg', "E0209", ".", "(U+002E)", "write a `0` before"),
    ('role a "A";', "E0209", ";", "(U+003B)", "leave it out"),
    ('role a\u200b "A"', "E0209", "\u200b", "`?` (U+200B)", ""),
    ('role a "A" \0', "E0209", "\0", "`?` (U+0000)", ""),
    ('define a "A" = b and', "E0210", "and", "of `a` ends too early; " + A_CONDITION, ""),
    ('data lab.esr "ESR" :', "E0210", ":", "of `lab.esr` ends", ""),
    ('trial test t "T" { given block 1 of 6 }', "E0207", "}", "expected `participants`", ""),
    ("use lib.x", "E0210", "lib.x", "of `lib.x` ends too early; expected `version`", ""),
    ('define a "A" = any of { b > 1 kg }', "E0213", "b", "needs a label", "write `name: b ...`"),
    ('define a "A" = any of { x: b any of { y: c } }', "E0207", "any", "", ""),
    ('define a "A" = b > 0,5 kg', "E0215", "0,5", "with a comma", "write `0.5`"),
    ('data a "A" : score 0 .. 1,5', "E0215", "1,5", "with a comma", "write `1.5`"),
    ("protocol a { sites: 1,000 }", "E0215", "1,000", "comma", "write `1000`, or `1.000` if"),
    ("protocol a { sites: 1,000,000 }", "E0215", "1,000,000", "comma", "write `1000000`"),
    ('window a "A" = 1e99 days', "E0216", "1e99", "no number of a protocol", ""),
    (f'window a "A" = {"1" * 31} days', "E0216", "1" * 31, "too many digits", ""),
    ('define a "A" = at least 1.5 of { x: b }', "E0416", "1.5", "must be a whole number", ""),
    ('gate a "A" per b { guards randomise in block 1 .. 2.5 }', "E0416", "2.5", "whole", ""),
]


@pytest.mark.parametrize(("text", "code", "words", "message", "advice"), MISTAKES)
def test_a_mistake_is_said_at_its_place(
    text: str, code: str, words: str, message: str, advice: str
) -> None:
    found, pointed = only(text)
    assert (found.kind.code, pointed) == (code, words)
    assert message in found.message
    assert advice in found.help if advice else True
    assert "__ANON" not in found.message.upper()


@pytest.mark.parametrize("keyword", sorted(DECLARATION_KEYWORDS - {"retired", "language"}))
def test_a_heading_that_is_not_finished_is_shown_whole(keyword: str) -> None:
    heading = HEADINGS[keyword]
    assert only(f"{keyword} )(")[0].kind.code == "E0203"
    assert only(f"{keyword} < 1")[0].help == f"it begins `{heading}`"
    whole = heading.replace("...", "a") + (" }" if heading.endswith("{") else "")
    _, found = parse(SourceText("t", f"language 1\n{whole}"))
    assert not [fault for fault in found if fault.help.startswith("it begins")]


def test_a_text_begins_with_its_language() -> None:
    for text in ("", "  \n", "# only a remark\n"):
        assert [f.kind.code for f in parse(SourceText("t", text))[1]] == ["E0212"]
    for text, code in [
        ('role a "A"\nlanguage 1\n', "E0212"),
        ("language 2\n", "E0211"),
        ("language 1.0\n", "E0211"),
        ('language 1\nrole a "A"\nlanguage 2\n', "E0211"),
    ]:
        assert [f.kind.code for f in parse(SourceText("t", text))[1]] == [code]


def test_words_before_the_first_declaration_are_reported_once() -> None:
    source = SourceText("t", "  One\n  Two\n\nlanguage 1\n")
    (found,) = parse(source)[1]
    assert (found.kind.code, source[found.where]) == ("E0205", "One")


def test_what_could_stand_somewhere_is_a_short_list() -> None:
    found, _ = only('exclusion a [1] "A" { 5 }')
    assert found.message.endswith("or ...")
    assert found.message.count("`") <= 2 * 8


def test_user_text_in_messages_is_one_bounded_line() -> None:
    found, _ = only(f'data a "A" : {"x" * 5000}')
    assert len(found.message) < 420
    assert "\n" not in found.message


@pytest.mark.parametrize(
    ("word", "known", "guess"),
    [
        ("lab.ers", ["lab.esr", "lab.hb"], "lab.esr"),
        ("esr", ["lab.esr", "lab.hb"], "lab.esr"),
        ("zzz", ["lab.esr"], None),
        ("a", [], None),
        ("x" * 300, ["x" * 299], None),
    ],
)
def test_the_nearest_word(word: str, known: list[str], guess: str | None) -> None:
    assert nearest(word, known) == guess


def test_a_list_of_names_ends() -> None:
    assert listed([]) == "none"
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefghijk"), 3) == "a, b, c, ..."


def test_a_line_that_is_not_indented_points_at_the_brace_it_stands_in() -> None:
    found, _ = only('inclusion a [1] "A" {\nrequire b\n}\nrole c "C"')
    assert [(note.where.start, note.label) for note in found.related] == [
        (31, "it stands within what is opened here")
    ]


def test_a_misspelt_keyword_after_an_open_brace_starts_a_declaration_all_the_same() -> None:
    _, found = parse(SourceText("t", 'language 1\nrole a "A" {\nexclusio b [1] "B" { }'))
    assert [fault.kind.code for fault in found] == ["E0202", "E0206"]


def test_what_is_expected_is_a_word_to_type_or_is_described() -> None:
    """A terminal whose name is none of its words must be put into words for the author."""
    hidden = [
        terminal.name
        for terminal in parser().terminals
        if terminal.name not in (*mistakes._WORDS, "COMMENT", "BLANK")
        and not re.fullmatch(terminal.pattern.to_regexp(), word_of(terminal.name))
    ]
    assert hidden == []
