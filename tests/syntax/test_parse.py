"""The grammar: what texts say, and that layout and typography say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from trialc.model import units
from trialc.model.unit_registry import UNITS
from trialc.source import SourceText, Span
from trialc.syntax import tree
from trialc.syntax.building import BUILDERS, DEEPEST, load_builders
from trialc.syntax.from_text import parse
from trialc.syntax.grammar import RESERVED, Unexpected, parse_section
from trialc.syntax.sections import DEEPEST as MOST_BRACKETS
from trialc.syntax.sections import comments, split

ROOT = Path(__file__).parents[2]
Declaring = Callable[[str], tree.Declaration]
Conditioning = Callable[[str], tree.Expression]


def codes(text: str) -> list[str]:
    return [found.kind.code for found in parse(SourceText("t", text))[1]]


def test_the_protocol_and_its_libraries_have_the_form_of_the_language(
    care_ssc: SourceText, libraries: tuple[SourceText, ...]
) -> None:
    for source in (care_ssc, *libraries):
        parsed, found = parse(source)
        assert found == ()
        assert len(parsed.declarations) == len(re.findall(r"(?m)^[a-z]", source.text))
        assert parsed.broken == frozenset()


def test_every_part_knows_its_place(care_ssc: SourceText) -> None:
    parsed, _ = parse(care_ssc)
    for declaration in parsed.declarations:
        assert care_ssc[declaration.where].startswith(declaration.keyword)
        if isinstance(declaration.head, tree.FormulaHead):
            for name in tree.names_in(declaration.head.expression):
                assert care_ssc[name.where].rstrip(" ") in (name.text, f"{name.text}:")
        for statement in declaration.body:
            if isinstance(statement, tree.Source):
                assert care_ssc[statement.text] == statement.words


def test_every_rule_of_the_grammar_has_a_builder_and_is_tried(
    care_ssc: SourceText, libraries: tuple[SourceText, ...], all_rules: SourceText
) -> None:
    load_builders()
    tried: set[str] = set()
    for source in (care_ssc, *libraries, all_rules):
        for section in split(source).whole:
            found = parse_section(source.text, section.where.start, section.where.end)
            assert not isinstance(found, Unexpected), source[section.where]
            tried |= {str(part.data) for part in found.iter_subtrees()} - {"start"}
    assert tried == set(BUILDERS)


# ---- declarations hide nothing from one another


def test_all_broken_declarations_are_reported() -> None:
    text = """language 1
role one "No end
role two
data three "Three" : number
exclusion four [1] "Four" { exclude when a and b or c }
define five "Five" = any of { a > 3 kg }
window six "Six" = 3,5 days
role seven "Seven" }
rol eight "Eight"
role good "Good"
"""
    parsed, found = parse(SourceText("t", text))
    assert [(fault.kind.code, _line(text, fault.where)) for fault in found] == [
        ("E0201", 2),
        ("E0203", 8),
        ("E0210", 3),
        ("E0207", 4),
        ("E0208", 5),
        ("E0213", 6),
        ("E0215", 7),
        ("E0206", 9),
    ]
    assert [d.name.text for d in parsed.declarations if d.name] == ["good"]
    assert ("data", "three") in parsed.broken
    assert ("role", "one") in parsed.broken


def _line(text: str, where: Span) -> int:
    return text.count("\n", 0, where.start) + 1


def test_a_declaration_ends_where_the_next_keyword_is_in_the_first_column() -> None:
    text = 'language 1\nrole a "A" {\nrole b "B"\nrole c "C"\n'
    parsed, found = parse(SourceText("t", text))
    assert [fault.kind.code for fault in found] == ["E0202"]
    assert [d.name.text for d in parsed.declarations if d.name] == ["b", "c"]


def test_keywords_in_strings_sources_and_comments_start_nothing(declaration: Declaring) -> None:
    made = declaration(
        'role a "A" {\n  source """\nrole b "B" {\n# no comment\n  """ # a } and "\n}\n# role c\n'
    )
    (source,) = made.body
    assert isinstance(source, tree.Source)
    assert source.words == '\nrole b "B" {\n# no comment\n  '


def test_white_space_means_nothing(care_ssc: SourceText) -> None:
    plain, _ = parse(care_ssc)
    squeezed, found = parse(SourceText("s", _squeezed(care_ssc)))
    assert found == ()
    assert squeezed.declarations == plain.declarations


def _squeezed(source: SourceText) -> str:
    """One line a declaration, without comments; only strings keep their blanks."""
    marks = [source[place] for place in comments(source)]
    text = source.text
    for mark in sorted(set(marks), key=len, reverse=True):
        text = text.replace(mark, "")
    pieces = re.split(r'("""(?:.|\n)*?"""|"[^"\n]*")', text)
    pieces[::2] = [re.sub(r"\n(?![a-z])|[ \t]+", "  ", piece) for piece in pieces[::2]]
    return "".join(pieces)


def test_line_ends_and_byte_order_mark_mean_nothing(care_ssc: SourceText) -> None:
    plain, _ = parse(care_ssc)
    for text in (f"\ufeff{care_ssc.text}", care_ssc.text.replace("\n", "\r\n")):
        parsed, found = parse(SourceText("t", text))
        assert found == ()
        assert len(parsed.declarations) == len(plain.declarations)


# ---- quantities


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("16", "16", ""),
        ("11 g/dL", "11", "g/dL"),
        ("11g/dL", "11", "g/dL"),
        ("0.5 x10^9/L", "0.5", "x10^9/L"),
        ("0.5 x 10^9/L", "0.5", "x 10^9/L"),
        ("0.5 ×10⁹/L", "0.5", "x10⁹/L"),
        ("200 x10^6 cells/L", "200", "x10^6 cells/L"),
        ("3 xULN", "3", "xULN"),
        ("3 x ULN", "3", "x ULN"),
        ("80 %pred", "80", "%pred"),
        ("80 % predicted", "80", "% predicted"),
        ("80%", "80", "%"),
        ("30 mL/min/1.73m2", "30", "mL/min/1.73m2"),
        ("30 mL/min/1.73 m²", "30", "mL/min/1.73 m²"),
        ("18 kg/m²", "18", "kg/m²"),
        ("37.5 °C", "37.5", "°C"),
        ("12 /min", "12", "/min"),
        ("5 log10 copies/mL", "5", "log10 copies/mL"),
        ("240 dyn.s.cm-5", "240", "dyn.s.cm-5"),
        ("20 pack-years", "20", "pack-years"),
        ("-2.5 T-score", "-2.5", "T-score"),
        ("− 2.5 T-score", "-2.5", "T-score"),
        ("+3 kg", "3", "kg"),
        ("1e6 cell/kg", "1e6", "cell/kg"),
        ("40 [IU]/L", "40", "[IU]/L"),
        ("65 in", "65", "in"),
        ("24 months", "24", "months"),
        ("1.5e-3 mol", "1.5e-3", "mol"),
    ],
)
def test_a_quantity_is_a_number_and_its_unit(
    condition: Conditioning, text: str, number: str, unit: str
) -> None:
    compared = condition(f"x > {text}")
    assert isinstance(compared, tree.Comparison)
    assert compared.right == tree.Quantity(number, unit)


def test_every_unit_can_be_written(condition: Conditioning) -> None:
    """By its everyday form and as documents print it: messages show the latter."""
    rows = [line.partition("|")[0].strip() for line in UNITS.strip().splitlines()]
    for code in rows:
        known = units.unit(code)
        assert known is not None
        if code == "1":
            continue  # pure numbers have none
        written = [spelling for spelling in units.spellings(known) if _reads(condition, spelling)]
        assert written, code
        assert _reads(condition, known.display), known.display


def _reads(condition: Conditioning, spelling: str) -> bool:
    try:
        compared = condition(f"x > 5 {spelling}")
    except AssertionError:
        return False
    if not isinstance(compared, tree.Comparison) or not isinstance(compared.right, tree.Quantity):
        return False
    return units.unit(compared.right.unit) is units.unit(spelling)


@pytest.mark.parametrize(
    "text",
    [
        "skin.mrss: 16  lung.fvc: 70 %pred  lung.dlco: 80",
        "skin.mrss: 16 lung.fvc : 70 %pred lung.dlco: 80",
        "skin.mrss:16\u00a0lung.fvc:70 %pred\tlung.dlco:80",
    ],
)
def test_the_next_label_is_no_unit(declaration: Declaring, text: str) -> None:
    made = declaration(f'patient p "P" {{ {text} }}')
    values = [part.value for part in made.body if isinstance(part, tree.Assignment)]
    assert values == [tree.Quantity("16"), tree.Quantity("70", "%pred"), tree.Quantity("80")]


def test_the_next_labelled_branch_is_no_unit(condition: Conditioning) -> None:
    group = condition("any of { a: x > 16 b [ii]: y > 3 kg c: z in 1 .. 2 }")
    assert isinstance(group, tree.Group)
    assert [(item.label.text, item.number) for item in group.items] == [
        ("a", ""),
        ("b", "ii"),
        ("c", ""),
    ]


def test_words_behind_a_number_are_no_units(declaration: Declaring) -> None:
    gate = declaration(
        'gate g "G" per block { guards randomise in block 2 .. 3 opens when '
        "count of participants in block 1 given d = 6 otherwise hold }"
    )
    assert [type(part).__name__ for part in gate.body] == ["Guards", "Rule", "Otherwise"]
    test = declaration(
        'trial test t "T" { given block 1 of 6 participants with d from 2027-01-04 every 7 days '
        "expect g open on 2027-03-08 for participant 4 }"
    )
    assert isinstance(test.head, tree.TrialHead)
    assert test.head.groups[0].size == 6
    assert test.head.expects[0].whom == tree.Asked("participant", "4")


def test_a_division_is_no_unit(condition: Conditioning) -> None:
    compared = condition("a * 2 / b.c > 1 / 2 / d")
    assert isinstance(compared, tree.Comparison)
    assert isinstance(compared.right, tree.Arithmetic)
    assert compared.right.rest == (("/", tree.Quantity("2")), ("/", tree.Name("d")))


def test_a_function_is_no_unit(condition: Conditioning) -> None:
    for text in ("a > 20 /min(b, c)", "a > 20 / min (b, c)", "a > 20/min(b, c)"):
        compared = condition(text)
        assert isinstance(compared, tree.Comparison)
        assert isinstance(compared.right, tree.Arithmetic)
        arguments = (tree.Name("b"), tree.Name("c"))
        assert compared.right.rest == (("/", tree.Function("min", arguments)),)
    assert condition("a > 20 /min") == condition("a > 20/min")


def test_words_before_a_parenthesis_only_are_functions(condition: Conditioning) -> None:
    compared = condition("min > max(first, exp [kg], -2)")
    assert isinstance(compared, tree.Comparison)
    assert compared.left == tree.Name("min")
    inside = (tree.Name("first"), tree.InUnit(tree.Name("exp"), "kg"), tree.Quantity("-2"))
    assert compared.right == tree.Function("max", inside)


def test_a_table_has_cases_in_order(condition: Conditioning) -> None:
    compared = condition("a > unique of { low: 2 kg when b < 3 m  rest: c / 2 otherwise }")
    assert isinstance(compared, tree.Comparison)
    table = compared.right
    assert isinstance(table, tree.Table)
    assert table.unique
    assert [case.label.text for case in table.cases] == ["low", "rest"]
    assert isinstance(table.cases[0].when, tree.Comparison)
    assert table.cases[1].when is None


def test_multiplication_signs_are_no_units(condition: Conditioning) -> None:
    assert condition("2 × a.b > c") == condition("2 * a.b > c")


# ---- typography


PASTED = [
    ('title: "a"', "title: “a”"),
    ('title: "a"', "title: „a“"),
    ("exclude when a >= 3", "exclude when a ≥ 3"),
    ("exclude when a <= 3", "exclude when a\u00a0≤\u202f3"),
    ("exclude when a != b", "exclude when a ≠ b"),
    ("exclude when a - 3 > b", "exclude when a – 3 > b"),
    ("exclude when a - 3 > b", "exclude when a − 3 > b"),
    ("exclude when a * b > 1", "exclude when a × b > 1"),
    ("exclude when a in 1 .. 2", "exclude when a in 1 – 2"),
    ("exclude when a in 1 .. 2", "exclude when a in 1 … 2"),
    ("exclude when a > 3 x ULN", "exclude when a > 3\u00a0×\u00a0ULN"),
    ("range: 1 .. 2 kg", "range: 1–2\u2009kg"),
    ("range: -3 .. 2 kg", "range: −3 – 2 kg"),
]


@pytest.mark.parametrize(("plain", "pasted"), PASTED)
def test_typography_of_a_word_processor_means_what_it_looks_like(
    declaration: Declaring, plain: str, pasted: str
) -> None:
    one = declaration(f'exclusion x [1] "X" {{ {plain} }}')
    assert declaration(f'exclusion x [1] "X" {{ {pasted} }}') == one


def test_strings_undo_their_escapes(declaration: Declaring) -> None:
    made = declaration(r'role a "say \"no\" \\ \n \d {{7*7}} <b>"')
    assert made.title == tree.Text(r'say "no" \   \d {{7*7}} <b>')


def test_registered_words_may_hold_quotation_marks(declaration: Declaring) -> None:
    made = declaration('role a "A" { source """ "yes" or ""no"" # } { “x” \\" """ }')
    (source,) = made.body
    assert isinstance(source, tree.Source)
    assert source.words == ' "yes" or ""no"" # } { “x” \\" '


# ---- names


def test_reserved_words_are_those_of_the_reference() -> None:
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    listed = page.split("## Reserved words", 1)[1].split("They may be", 1)[0]
    assert set(re.findall(r"`([a-z]+)`", listed)) == RESERVED


def test_words_of_the_language_may_be_part_of_a_name(condition: Conditioning) -> None:
    compared = condition("other_trial.patient_diary = none")
    assert compared == tree.Comparison(
        tree.Name("other_trial.patient_diary"), "=", tree.Name("none")
    )


def test_keywords_of_declarations_are_no_reserved_words(declaration: Declaring) -> None:
    made = declaration('data visit.event "Event" : boolean')
    assert made.name == tree.Name("visit.event")


# ---- how deep


def _brackets(levels: int) -> str:
    return f'language 1\ndefine d "D" = {"(" * levels}a{")" * levels}\n'


def test_brackets_have_a_depth() -> None:
    assert codes(_brackets(MOST_BRACKETS)) == []
    assert codes(_brackets(MOST_BRACKETS + 1)) == ["E0204"]


@pytest.mark.parametrize("more", ["if done ", "attributed to c ", "+ 1 "])
def test_chains_have_a_length(more: str) -> None:
    before = "a > a " if "+" in more else "a "
    assert codes(f'language 1\ndefine d "D" = {before}{more * (DEEPEST - 1)}\n') == []
    assert codes(f'language 1\ndefine d "D" = {before}{more * (DEEPEST + 1)}\n') == ["E0204"]


def test_long_lists_are_not_deep() -> None:
    assert codes(f'language 1\ndefine d "D" = a{" and a" * 2000}\n') == []
