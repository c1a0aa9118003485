"""The short diff of an output that is out of date."""

from __future__ import annotations

from trialc.cli.differences import LONGEST, SHOWN, difference, short_diff


def test_what_is_the_same_is_no_difference() -> None:
    assert difference("a", b"x", b"x") is None


def test_kinds_of_differences() -> None:
    missing, extra = difference("a", None, b"x"), difference("a", b"x", None)
    assert missing is not None
    assert extra is not None
    assert (missing.kind, extra.kind) == ("missing", "extra")


def test_a_change_in_the_middle_has_its_line_numbers() -> None:
    old = "".join(f"line {n}\n" for n in range(1, 101))
    lines = short_diff("f.txt", old.encode(), old.replace("line 50\n", "new\n").encode())
    assert lines[:3] == ("--- f.txt  on disk", "+++ f.txt  new", "@@ -47,7 +47,7 @@")
    assert lines[3:] == (
        " line 47", " line 48", " line 49", "-line 50", "+new", " line 51", " line 52", " line 53",
    )  # fmt: skip


def test_many_changes_are_counted_and_very_many_not_compared() -> None:
    old = "".join(f"{n}\n" for n in range(100))
    lines = short_diff("f", old.encode(), b"")
    assert len(lines) == SHOWN + 1
    assert lines[-1].endswith("more lines")
    huge = "".join(f"{n}\n" for n in range(10_000)).encode()
    assert short_diff("f", b"x\n" + huge, huge[::-1]) == ("f: differs from line 1 on",)


def test_long_lines_are_cut_where_they_differ() -> None:
    old, new = "a" * 500 + "OLD" + "b" * 500, "a" * 500 + "NEW" + "b" * 500
    *_, before, after = short_diff("f", f"{old}\n".encode(), f"{new}\n".encode())
    assert "OLD" in before
    assert "NEW" in after
    assert len(before) <= LONGEST + 2


def test_bytes_that_are_no_text_and_a_lost_line_end() -> None:
    assert short_diff("f", b"\xff", b"x") == ("f: not a text that can be compared",)
    assert len(short_diff("f", b"x", b"x\n")) > 2
