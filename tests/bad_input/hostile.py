"""A protocol with hostile text in every free place of the language, and what it tries."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent / "hostile"

MARKER = "pwned"
"""What a text that is run leaves behind: a title, a file, a variable, a printed word."""

WEB = (
    f'<script>document.title="{MARKER}";console.log("{MARKER}")</script>',
    f'"><img src=x onerror=document.title="{MARKER}"><svg/onload=document.title="{MARKER}">',
    f"' onmouseover='document.title=\"{MARKER}\"' autofocus onfocus='document.title=1",
    f"</style></title></textarea><base href=//evil.example><iframe srcdoc='{MARKER}'>",
    f"javascript:document.title='{MARKER}' &lt;b&gt; &#60;i&#62; <b>bold</b>",
)
TEMPLATES = ("{{ 7*7 }} {% for a in b %} {# note #} ${7*7} #{7*7} <%= 7*7 %> {0} {name} %s %(x)s",)
MARKDOWN = (
    "`code` ``` ~~~ **b** __b__ _i_ ~~s~~ # head | cell | --- | 1. one > quote",
    "[x](javascript:alert(1)) ![i](http://evil.example/x.png) <http://evil.example/> [^1]",
    "https://evil.example/ www.evil.example mail@evil.example",
)
CODE = (
    '"""' + " ''' " + "\\\" \\' \\ \\\\ \\N{BULLET} \\x41 \\u0041 */ /* // -->  ]]> <!-- # :",
    f"__import__('os').system('touch {MARKER}') #\\",
    f'"]; evil -> more; x [label="{MARKER}" URL="javascript:alert(1)"',
    f'"] click n0 href "javascript:alert(1)" %%{{init: {{}}}}%% end -->|{MARKER}| x',
    f"::error file=x,line=1::{MARKER} %0A::warning::x %",
)
TABLE = ("=1+1", f"=cmd|'/C touch {MARKER}'!A0", 'a;=1+1,"=1+1"\t=1+1')
SIGNS = (
    "\x1b[31mred\x1b[0m\x1b]0;title\x07\x08\x7f\x9b1m",
    "\u202eright to left\u202c \u2066isolate\u2069 \u200f\u200b\ufeff \u061c",
    "line\x0bline\x0cline\x1cline\x85line\u2028line\u2029BEGIN:VEVENT",
    "\ud7ff\ue000\uffff\U000e0041\U0010ffff A\u0301\u0301 \U0001f4a9 ﷽",
)
ALL = " ".join((*WEB, *TEMPLATES, *MARKDOWN, *CODE, *TABLE, *SIGNS))

BEGINNINGS = (
    "=1+1 ", "+1 ", "-1 ", "@sum ", "\t=1 ", "| ", "# ", "- ", "> ", "1. ", "``` ", "    code ",
    "<!-- ", "{{ ", "{% raw %} ", "--- ", "\u202e", "", " ", ":: ", "] ", '"',
)  # fmt: skip
"""A text is read differently by what it begins with: each place gets another one."""


def hostile(place: str, number: int) -> str:
    """The text for a place of the language; its tag tells where it came from."""
    return f"{BEGINNINGS[number % len(BEGINNINGS)]}{tag(place)} {ALL} end"


def tag(place: str) -> str:
    """The mark of a place in its text: an element, if somebody reads it as HTML."""
    return f"<{place.replace('_', '')}>"


def clauses(place: str) -> str:
    """Hostile registered words, a clause a line: here a line may begin with anything."""
    lines = (tag(place), f"raise SystemExit('{MARKER}')", *ALL.split('"""'))
    return "\n".join(line.replace('"""', "") for line in lines)


def normal(text: str) -> str:
    """A text as it can be compared in a page: without blanks, `_`, case, and what is not ASCII."""
    return "".join(c for c in text.lower() if c.isascii() and c.isprintable() and c not in " _")


def written(text: str) -> str:
    """A text as the language writes it, in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def box(place: str) -> str:
    """A printed number; it may hold anything but quotation marks, #, and square brackets."""
    return f"{tag(place)} '><script>document.title=1</script>{{{{7*7}}}} `|\x1b\u202e"


def filled(name: str) -> tuple[str, dict[str, str]]:
    """A text of this folder with its places filled, and the texts by place."""
    places: dict[str, str] = {}

    def word(found: re.Match[str]) -> str:
        place = found[1]
        places[place] = hostile(place, len(places))
        return written(places[place])

    text = (HERE / name).read_text(encoding="utf-8")
    text = re.sub(r'"@(\w+)"', word, text)
    text = re.sub(r"\[@(\w+)\]", lambda found: f"[{box(found[1])}]", text)
    text = re.sub(r"^@(\w+)$", lambda found: clauses(found[1]), text, flags=re.MULTILINE)
    return text, places


def lay_out(folder: Path) -> dict[str, str]:
    """The hostile protocol with its library and registered text in a folder; its texts."""
    protocol, places = filled("protocol.txt")
    library, of_library = filled("library.txt")
    # Both must ask for the same one.
    version = written(places["library_version"])
    library = library.replace(written(of_library.pop("library_version")), version)
    quoted = re.findall(r'"""\n(.*?)"""', protocol, re.DOTALL)
    registered = "\n".join((*quoted, places["decision_quote"]))
    for path, text in (
        ("hostile.proto.txt", protocol),
        ("lib/scores.proto.txt", library),
        ("source/registered.txt", registered),
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return {**places, **of_library}
