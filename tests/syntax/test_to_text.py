"""`protoc fmt`: one layout, and nothing that is not layout is ever changed."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from trialc.source import SourceText
from trialc.syntax import to_text
from trialc.syntax.from_text import parse
from trialc.syntax.layout import WIDTH
from trialc.syntax.sections import comments
from trialc.syntax.to_text import format_text
from trialc.syntax.words import Reading

ROOT = Path(__file__).parents[2]
PROTOCOL = SourceText(
    "care_ssc", (ROOT / "protocol/care_ssc.proto.txt").read_text(encoding="utf-8")
)
TEXTS = sorted(
    path
    for folder in ("protocol", "tests", "docs")
    for path in (ROOT / folder).rglob("*.proto.txt")
)


def formatted(text: str) -> str:
    made, found = format_text(SourceText("x", text))
    assert made is not None, found
    return made


def body(text: str) -> str:
    """Declarations as they are formatted behind the version of the language."""
    begin = "language 1\n\n"
    return formatted(begin + dedent(text).strip()).removeprefix(begin)


def remarks(text: str) -> list[str]:
    source = SourceText("x", text)
    return [source[place].rstrip() for place in comments(source)]


# ---- one layout


def test_a_text_is_brought_into_the_layout() -> None:
    text = """
    data   lab.esr "ESR":quantity [mm/h]
      {range:0..150 mm/h


       typical :40mm/h }
    inclusion   adult [ 1 ] "Adults" { source \"\"\"Age  18
      or more\"\"\" decided a,b
          require any of { young [ i ] : age>=18years   old: not
       frail }   }
    """.replace("typical :", "typical:").replace("[ i ] :", "[ i ]:")
    assert body(text) == dedent('''\
        data lab.esr "ESR" : quantity [mm/h] {
          range: 0 .. 150 mm/h

          typical: 40 mm/h
        }
        inclusion adult [1] "Adults" {
          source """Age  18
              or more"""
          decided a, b
          require any of {
            young [i]: age >= 18 years
            old: not frail
          }
        }
        ''').replace("      or more", "  or more")


@pytest.mark.parametrize(
    "line",
    [
        'role pharmacist "Unmasked pharmacist" { decided unmasked_roles }',
        'window fresh "Blood" = 28 days { decided validity }',
        'visit M1 "Month 1" at M0 + 1 month window -3 days .. +7 days',
        'visit FU "F" at M3 actual + 6 months every 6 months 3 times window -3 days ..',
        'visit C "C" at M0 every 21 days from the one before 3 times window .. +7 days',
        'visit E "E" at earlier of (last dose + 30 days, "therapy") for a, b { decided x }',
        'activity g "G" at M0 every 15 min until "high" for a, b { optional: yes }',
        'arm g "G" experimental { give i 4 mg morning + 2 mg evening twice daily as o at D }',
        'intervention i "I" { dose: 16 mg a + 8 mg b }',
        'arm h "H" experimental { give i on days 1, 8 of every 21 days as o at D }',
        'endpoint e primary "E" { measure: a.b < 2.6 at W24 }',
        'endpoint e primary "E" { measure: percent change in a.b from D1 to W24 }',
        'endpoint e primary "E" { measure: not stated }',
        'visit S "S" from day -28 to day -1',
        'visit B "B" anchor day 1 after S',
        'visit C9 "C9" at day 9 of C every 7 days 3 times',
        'activity r "R" on trsae within 24 h { reuse if within 28 days }',
        'activity s "S" from SCREEN to ET',
        'define either "Either" = all of { a: x b: (y or z) } unless w',
        'derive bmi "Body mass index" [kg/m2] = weight / (height * height)',
        'derive bsa "Body surface" [m2] = sqrt(height [cm] * weight [kg] / 3600) * 1 m2',
        'derive f "F" [1] = power(max(a [mg/dL], 1, 2), -1.154) / min(b, c)',
        'derive t "T" [1] = first of { a: 2 * x [kg] when not b c: 1 otherwise }',
        'data sex "Sex" : choice {female, male}',
        'role empty "Nothing said" {}',
        'patient nobody "Nothing known" {}',
        "retired lab.crp, prior_transplant",
        'intervention t "T" { dose: first of { a: 2 mg when x b: 3 mg otherwise } }',
        'interim a "A" when 50 % of participants completed V8 { by: board }',
        'interim b "B" when 60 participants randomised',
        'interim c "C" when 120 events of relapse',
        'period p2 "Period 2" from D8 to D14 { washout: 3 .. 14 days }',
        'sequence ab "A, then both" experimental { give drug 5 mg, placebo in p2 }',
        'use lib.kdigo_ckd version "2012.1" as ckd with gfr = renal.gfr, age = demo.age',
    ],
)
def test_a_short_declaration_may_stay_on_its_line(line: str) -> None:
    assert body(line) == line + "\n"
    parts = line.split('"')
    parts[::2] = [part.replace(" ", " \t ") for part in parts[::2]]
    assert body('"'.join(parts)) == line + "\n"


def test_a_block_that_does_not_fit_is_opened() -> None:
    head = f'judgement j "{"long " * 15}" by investigator'
    assert body(head + " { decided something }") == head + " {\n  decided something\n}\n"


def test_two_statements_never_share_a_line() -> None:
    assert body('role a "A" { decided b by: c }') == 'role a "A" {\n  decided b\n  by: c\n}\n'
    assert body('test t "T" { given a but { b: 1 } expect eligible }') == (
        'test t "T" {\n  given a but { b: 1 }\n  expect eligible\n}\n'
    )


def test_a_chain_that_is_too_long_has_an_operand_a_line() -> None:
    long = "a_condition_with_a_long_name"
    text = f'define d "D" = {long}_1 and ({long}_2 or {long}_3 or {long}_4 or {long}_5) and not b'
    assert body(text) == dedent(f"""\
        define d "D" =
          {long}_1
          and (
            {long}_2
            or {long}_3
            or {long}_4
            or {long}_5
          )
          and not b
        """)


def test_who_attests_an_event() -> None:
    assert body('event e "E" { attested  by a ,b counts when event.s = c }') == (
        'event e "E" {\n  attested by a, b\n  counts when event.s = c\n}\n'
    )


def test_a_long_list_is_filled() -> None:
    names = [f"family.element_{number}" for number in range(12)]
    made = body(f'activity a "A" at M0 {{\n  collects: {", ".join(names)} }}')
    lines = made.splitlines()
    assert lines[0] == 'activity a "A" at M0 {'
    assert lines[1].startswith("  collects: family.element_0, ")
    assert all(line.startswith("    family") and len(line) <= WIDTH for line in lines[2:-1])
    assert len(lines) == 5


def test_choices_that_are_too_long_stand_in_their_braces() -> None:
    names = ", ".join(f"quite_a_long_code_{number}" for number in range(4))
    made = body(f'data d "D" : choice {{{names}}} {{ typical: x }}')
    assert made == f'data d "D" : choice {{\n  {names}\n}} {{\n  typical: x\n}}\n'


def test_the_brace_of_an_activity_ends_its_list_of_visits() -> None:
    visits = ", ".join(f"VISIT_{k}" for k in range(14))
    text = body(f'activity a "A" at {visits} {{ collects: x note: "n" }}')
    head, more, *rest = text.splitlines()
    assert head.startswith('activity a "A" at VISIT_0,')
    assert head.endswith(",")
    assert more.startswith("    VISIT_")
    assert more.endswith("VISIT_13 {")
    assert rest == ["  collects: x", '  note: "n"', "}"]


def test_under_a_head_of_several_lines_the_body_has_its_own_brace() -> None:
    text = 'define d "D" =\n  a and b { decided c }'
    assert body(text) == 'define d "D" =\n  a and b\n{\n  decided c\n}\n'


def test_a_value_that_the_author_begins_on_a_new_line_stays_there() -> None:
    text = 'protocol p {\n  title:\n    "T"\n}\n\ndefine d "D" =\n  a and b\n'
    assert body(text) == text


def test_blank_lines_are_kept_but_never_two() -> None:
    text = 'role a "A"\nrole b "B"\n\n\n\nrole c "C" {\n\n  decided d\n\n\n  by: e\n\n}'
    assert body(text) == ('role a "A"\nrole b "B"\n\nrole c "C" {\n  decided d\n\n  by: e\n}\n')


def test_comments_stay_where_they_are() -> None:
    text = dedent("""\
        # Title.

        # ==== roles

        # About a.
        role a "A" {  # behind the brace
          # Before by.
          by: c, # why c
           d   # the end of by
          # Last.

          # Very last.
        }
        role b "B"   # behind b
          # after b

        # about the expression
        define e "E" = x # first
          and any of { # group
            one: y
          } # behind the group
        # The end.""")
    assert body(text) == dedent("""\
        # Title.

        # ==== roles

        # About a.
        role a "A" {  # behind the brace
          # Before by.
          by: c,  # why c
            d  # the end of by
          # Last.

          # Very last.
        }
        role b "B"  # behind b
        # after b

        # about the expression
        define e "E" =
          x  # first
          and any of {  # group
            one: y
          }  # behind the group
        # The end.
        """)


# ---- typography and line ends


def test_pasted_typography_becomes_plain() -> None:
    text = (
        'define\u00a0d “The "D" \\ of it” = a ≥ 18\u00a0years and b\u202f≤ 3 and c × 2 ≠ 6 '
        "and e in 2 – 3 and f > 3 × ULN\n"
        'visit v "V" at M0 − 3 days window –1 day … +1 day'
    )
    assert body(text) == (
        'define d "The \\"D\\" \\\\ of it" =\n '
        " a >= 18 years and b <= 3 and c * 2 != 6 and e in 2 .. 3 and f > 3 x ULN\n"
        'visit v "V" at M0 - 3 days window -1 day .. +1 day\n'
    )


def test_typography_in_words_for_people_stays() -> None:
    text = (
        'role a "A – “b”\u00a0≥ 3 × 4" {\n'
        "  # 3 – 4\u00a0≥ “x”\n"
        '  source """\n    “Quoted” – \u00a0≥ 3 ×\n\n\n  trailing  \n"""\n'
        "}\n"
    )
    assert body(text) == text


def test_line_ends_and_the_byte_order_mark() -> None:
    text = '\ufefflanguage 1\r\n\r\n\r\nrole a "A" {  \r\n\tby: b\r}\r\n# end \t\r\n\r\n'
    assert formatted(text) == 'language 1\n\nrole a "A" {\n  by: b\n}\n# end\n'


def test_a_number_does_not_swallow_what_follows_it() -> None:
    for apart in ("3\n    mg", "3\fmg"):
        assert body(f'intervention i "I" {{\n  dose: {apart}\n}}') == (
            'intervention i "I" {\n  dose: 3\n    mg\n}\n'
        )


def test_comments_with_nothing_after_them() -> None:
    text = "\n\n# a \n\n\n# b\nlanguage   1\n\n\n# c"
    assert formatted(text) == "# a\n\n# b\nlanguage 1\n\n# c\n"


def test_errors_are_handed_back() -> None:
    source = SourceText("x", 'language 1\nrole a "A" {\n\nrole b')
    assert format_text(source) == (None, parse(source)[1])
    assert format_text(SourceText("x", 'role a "A"'))[0] is None


# ---- what the layout makes is not trusted

REAL = to_text.lay_out
SMALL = dedent('''\
    language 1

    # Adults only.
    inclusion adult [1] "Adults" {
      source """
        18 years  or more
      """
      require demo.age >= 18 years  # completed
    }
    ''')


def _longer_each_time(text: str, reading: Reading) -> str:
    return "\n" * (reading.words[0].where.start + 1) + text


@pytest.mark.parametrize(
    ("damage", "said", "place"),
    [
        (lambda text, _: text.replace(">= 18", "> 18"), "change what a declaration says", "incl"),
        (lambda text, _: text.replace("[1]", "[2]"), "change what a declaration says", "incl"),
        (lambda text, _: text + 'role b "B"', "change what a declaration says", "incl"),
        (lambda text, _: text.partition("inclusion")[0], "change registered words", '"""'),
        (_longer_each_time, "give another text the second time", "language"),
        (lambda text, _: text.replace("# Adults only.\n", ""), "lose a comment", "# Ad"),
        (lambda text, _: text.replace("  # completed", ""), "lose a comment", "# comp"),
        (lambda text, _: text.replace("  # comp", "\n  # comp"), "lose a comment", "# comp"),
        (lambda text, _: text + "# new\n", "move or lose a comment", "language"),
        (lambda text, _: text.replace("years  or", "years or"), "change registered words", '"""'),
        (lambda text, _: text.replace('  """\n  req', '"""\n  req'), "change registered", '"""'),
        (lambda text, _: text.replace("require", "requires"), "break its form", "language"),
    ],
)  # fmt: skip
def test_damage_is_refused(
    monkeypatch: pytest.MonkeyPatch, damage: object, said: str, place: str
) -> None:
    assert formatted(SMALL) == SMALL

    def broken(reading: Reading) -> str:
        assert callable(damage)
        return str(damage(REAL(reading), reading))

    monkeypatch.setattr(to_text, "lay_out", broken)
    made, (found,) = format_text(SourceText("x", SMALL))
    assert made is None
    assert found.kind.code == "E0217"
    assert said in found.message
    assert SMALL[found.where.start :].startswith(place)


# ---- every text of the repository


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_of_the_repository(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made, found = format_text(SourceText(path.name, text))
    assert (made is None) == bool(found)
    if made is not None:
        assert "E0217" not in {diagnostic.kind.code for diagnostic in found}
        assert formatted(made) == made
        assert remarks(made) == remarks(text)
        assert not [line for line in made.split("\n") if line != line.rstrip()]
        folder = path.parent
        if folder.name in ("protocol", "lib"):
            assert made == text, "run `protoc fmt`"
