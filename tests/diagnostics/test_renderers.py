"""What people and tools get to see of a finding."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from trialc.diagnostics import Diagnostic, Kind, Related
from trialc.diagnostics.as_json import as_json
from trialc.diagnostics.github import github
from trialc.diagnostics.render import Style, render, render_one, summary, visible
from trialc.diagnostics.sarif import sarif
from trialc.source import NOWHERE, SourceText, Span

KIND = Kind(
    "E9901", "made-up", "error", "nothing is called `{name}`", "Why.\n\nWrong:  a\nRight:  b"
)
WARNING = Kind("W9902", "made-up-too", "warning", "careful with `{name}`", "Why.")
NAME = "protocol/x.proto.txt"


def texts(text: str, name: str = NAME) -> dict[str, SourceText]:
    return {name: SourceText(name, text)}


def at(text: str, part: str, kind: Kind = KIND, help: str = "") -> Diagnostic:
    """A finding about the first occurrence of `part`."""
    start = text.index(part)
    return kind.at(Span(NAME, start, start + len(part)), name=part, help=help)


def shown(text: str, part: str, width: int = 100) -> list[str]:
    """The source line and the line of carets, as rendered."""
    lines = render_one(at(text, part), texts(text), Style(width=width)).splitlines()
    return [line.partition("| ")[2] for line in lines if " | " in line]


def test_a_finding_shows_place_line_and_help() -> None:
    text = "language 1\n\nrequire lab.ers > 25 mm/h\ndata lab.esr\n"
    start = text.index("lab.esr")
    found = KIND.at(
        Span(NAME, text.index("lab.ers"), text.index("lab.ers") + 7),
        name="lab.ers",
        help="write `lab.esr`\nor declare it",
        related=[Related(Span(NAME, start, start + 7), "declared here")],
    )
    assert render_one(found, texts(text)) == (
        "error[E9901]: nothing is called `lab.ers`\n"
        "  --> protocol/x.proto.txt:3:9\n"
        "   |\n"
        " 3 | require lab.ers > 25 mm/h\n"
        "   |         ^^^^^^^\n"
        "note: declared here\n"
        "  --> protocol/x.proto.txt:4:6\n"
        "   |\n"
        " 4 | data lab.esr\n"
        "   |      -------\n"
        "  = help: write `lab.esr`\n"
        "          or declare it\n"
    )


def test_tabs_wide_and_combining_characters_keep_the_carets_under_the_part() -> None:
    assert shown("\ta\tlab", "lab") == ["    a    lab", "         ^^^"]
    assert shown("日本 lab", "lab") == ["日本 lab", "     ^^^"]
    assert shown("日本 lab", "日本") == ["日本 lab", "^^^^"]
    assert shown("e\u0301e\u0301 lab", "lab") == ["e\u0301e\u0301 lab", "   ^^^"]


def test_a_long_line_is_cut_around_the_part() -> None:
    line, carets = shown("x" * 500 + "lab" + "y" * 500, "lab", width=60)
    assert line.startswith("…")
    assert line.endswith("…")
    assert len(line) <= 62
    assert line[carets.index("^") : carets.rindex("^") + 1] == "lab"


def test_a_part_longer_than_the_width_is_cut_with_its_carets() -> None:
    line, carets = shown("a" + "x" * 500, "x" * 500, width=60)
    assert len(line) <= 61
    assert len(carets) <= 61


def test_a_span_of_several_lines_underlines_each_without_the_indent() -> None:
    text = "one {\n  two\n}\nafter"
    assert shown(text, "{\n  two\n}") == ["one {", "    ^", "  two", "  ^^^", "}", "^"]


def test_a_span_of_many_lines_shows_its_ends() -> None:
    text = "".join(f"line {n}\n" for n in range(20))
    found = KIND.at(Span(NAME, 0, len(text)), name="x")
    out = render_one(found, texts(text))
    assert "line 0" in out
    assert "line 1\n" in out
    assert "..." in out
    assert "line 19" in out
    assert "line 7" not in out


@pytest.mark.parametrize("start", [0, 1, 99])
def test_an_empty_span_at_the_end_or_beyond_gets_one_caret(start: int) -> None:
    out = render_one(KIND.at(Span(NAME, start, start), name="x"), texts("a"))
    assert out.count("^") == 1


def test_an_empty_text_has_a_place_but_no_excerpt() -> None:
    out = render_one(KIND.at(Span(NAME, 0, 0), name="x"), texts(""))
    assert out.splitlines()[1:] == [f"  --> {NAME}:1:1"]


def test_a_finding_without_text_names_the_file_and_one_without_place_nothing() -> None:
    assert render_one(KIND.at(Span("gone", 0, 0), name="x"), {}).endswith("  --> gone\n")
    assert render_one(KIND.at(NOWHERE, name="x"), {}) == "error[E9901]: nothing is called `x`\n"


def test_control_characters_never_reach_the_terminal() -> None:
    text = "a\x1b]0;owned\x07b\x9b31m\u202e\u2066\x7f\u200b\u00ad"
    found = at(text, text, help=text)
    out = render_one(found, texts(text))
    assert not {c for c in out if not c.isprintable()} - {"\n"}
    assert "␛]0;owned␇" in out
    assert "<U+202E>" in out
    assert visible("a\ud800b\u00a0c\u2028") == "a<U+D800>b c<U+2028>"
    assert render_one(KIND.at(Span("a\x1bb", 0, 0), name="x"), {}).endswith("--> a␛b\n")


def test_colour_only_where_asked() -> None:
    text = "lab"
    assert "\x1b" not in render_one(at(text, "lab"), texts(text))
    assert "\x1b[1;31m" in render_one(at(text, "lab"), texts(text), Style(colour=True))


def test_summary_counts() -> None:
    error, warning = KIND.at(NOWHERE, name="x"), WARNING.at(NOWHERE, name="x")
    assert summary([error, error, warning]) == "2 errors, 1 warning"
    assert summary([]) == ""


def test_a_repeated_warning_is_shown_whole_once_and_errors_come_last() -> None:
    text = "aa\nbb\ncc\ndd\n"
    found = [
        at(text, "aa", WARNING, "mend it"),
        at(text, "bb"),
        at(text, "cc", WARNING, "mend it"),
        at(text, "dd", WARNING, "another way out"),
        WARNING.at(Span("gone", 0, 0), name="x", help="mend it"),
    ]
    assert render(found, texts(text)) == (
        "warning[W9902]: careful with `aa`\n"
        "  --> protocol/x.proto.txt:1:1\n"
        "   |\n"
        " 1 | aa\n"
        "   | ^^\n"
        "  = help: mend it\n"
        "note: W9902 at 2 more places\n"
        "  --> protocol/x.proto.txt:3:1: careful with `cc`\n"
        "  --> gone: careful with `x`\n"
        "\n"
        "warning[W9902]: careful with `dd`\n"
        "  --> protocol/x.proto.txt:4:1\n"
        "   |\n"
        " 4 | dd\n"
        "   | ^^\n"
        "  = help: another way out\n"
        "\n"
        "error[E9901]: nothing is called `bb`\n"
        "  --> protocol/x.proto.txt:2:1\n"
        "   |\n"
        " 2 | bb\n"
        "   | ^^\n"
        "\n"
    )
    assert len(as_json(found, texts(text))) == 5
    assert github(found, texts(text)).count("\n") == 5


def test_what_has_a_second_place_is_shown_whole() -> None:
    text = "aa\nbb\n"
    note = [Related(Span(NAME, 0, 2), "here")]
    found = [WARNING.at(Span(NAME, k, k + 2), name="x", related=note) for k in (0, 3)]
    assert render(found, texts(text)).count("note: here") == 2


def test_json_has_lines_columns_and_related_places() -> None:
    text = "a\nlab.ers\n"
    found = KIND.at(Span(NAME, 2, 9), name="é", related=[Related(Span(NAME, 0, 1), "here")])
    assert json.loads(json.dumps(as_json([found], texts(text)))) == [
        {
            "code": "E9901",
            "name": "made-up",
            "severity": "error",
            "message": "nothing is called `é`",
            "file": NAME,
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 8,
            "related": [
                {
                    "label": "here",
                    "file": NAME,
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 2,
                }
            ],
        }
    ]
    assert "file" not in as_json([KIND.at(NOWHERE, name="x")], {})[0]


def test_sarif_names_rules_regions_and_related_locations() -> None:
    text = "a\nlab ers\n"
    found = [
        KIND.at(Span("a b/é:1.txt", 2, 9), name="x", related=[Related(Span("/abs", 0, 1), "here")]),
        KIND.at(Span("a b/é:1.txt", 2, 9), name="x"),
        WARNING.at(NOWHERE, name="x"),
    ]
    log = json.loads(json.dumps(sarif(found, texts(text, "a b/é:1.txt"), "0.0.0")))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["E9901", "W9902"]
    first, second, third = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "a b/é:1.txt"
    assert ":" not in place["artifactLocation"]["uri"]
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 8}
    related = first["relatedLocations"][0]["physicalLocation"]
    assert related == {"artifactLocation": {"uri": "file:///abs"}}
    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert "locations" not in third
    assert third["level"] == "warning"


def test_github_escapes_what_would_start_another_command() -> None:
    found = KIND.at(Span("a,b:c.txt", 0, 1), name="100%::error", help="two\nlines")
    line = github([found], texts("x", "a,b:c.txt"))
    assert line == (
        "::error file=a%2Cb%3Ac.txt,line=1,col=1,endLine=1,endColumn=2,title=E9901 made-up"
        "::nothing is called `100%25::error`%0Atwo%0Alines\n"
    )
    assert github([WARNING.at(NOWHERE, name="x")], {}).startswith("::warning title=W9902 ")


def test_github_leaves_the_end_column_out_for_several_lines() -> None:
    assert "endColumn" not in github([KIND.at(Span(NAME, 0, 3), name="x")], texts("a\nb"))
