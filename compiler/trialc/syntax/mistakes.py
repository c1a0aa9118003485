"""Lark's errors in an author's words."""

from __future__ import annotations

import re

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax.around import Around
from trialc.syntax.foreign_dates import date_around
from trialc.syntax.grammar import RESERVED, UNITS_OF_TIME, Unexpected, word_of
from trialc.syntax.missing_colon import missing_colon
from trialc.syntax.sections import PIECE, Section
from trialc.syntax.spelling import nearest
from trialc.syntax.ways_out import is_remark, spread, unfinished_window, way_out

_WORDS = {
    "NAME": "a name",
    "STRING": "a title in quotation marks",
    "LONGSTRING": 'registered words between `"""`',
    "NUMBER": "a number",
    "QUANTITY": "a number with its unit",
    "DATE": "a date such as 2027-01-04",
    "LABEL": "a label such as `skin:`",
    "ATTRIBUTE": "an attribute",
    "WHICH_COURSE": "`latest` or `first`",
    "BOX": "square brackets",
    "RELATION": "a comparison such as `<`",
    "SIGN": "`+` or `-`",
    "TIMES": "`*` or `/`",
    "RANGE": "`..`",
    "DOTS": "`..`",
    "REUSE": "`reuse if within`",
    "ENTERED": "`entered from`",
    "UNBLINDED": "`unblinded when`",
    "ORDERED": "`ordinal`",
    "WHICHEVER": "`earlier of` or `later of`",
    "LAST": "`last`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "EQUAL": "`=`",
    "SIDE": "`inclusion` or `exclusion`",
    "LEVEL": "`primary`, `secondary` or `exploratory`",
    "VERB": "an action such as `hold` or `notify`",
    "QUANTIFIER": "`all of`, `any of` or `none of`",
    "COMBINE": "`sum of` or `highest of`",
    "ELAPSED": "`years from`",
    "FUNCTION": "a function such as `max`",
    "CRITERION": "`criterion` and the name of one",
    "TABLE": "`first of` or `unique of`",
    "FAILURE": "`failure of`",
    "VERDICT": "`eligible`, `ineligible` or `undetermined`",
    "STATE": "`open`, `closed` or `held`",
    "PREVIOUS": "`previous block` or `this block`",
    "NORMAL_RANGE": "`normal range`",
    "SUMMARY": "`mean of`, `lowest of` or `latest of`",
    "CHANGES": "`falls by`, `rises by` or `changes by`",
    "EXTREME": "`longer of` or `shorter of`",
    "THIS": "`this cohort`",
    "GAP": "`gap between`",
    "HAS_DECLARED": "`has declared MTD`",
    "STOPS": "`stops when`",
    "SENTINEL": "a sentinel group such as `sentinel 2 participants`",
    "TOXICITY": "a toxicity such as `toxicity dlt within 28 days`",
    "OUTCOMES": "`table {`",
    "RATE": "a share such as `toxicity <= 25 %`",
    "STEP": "a step such as `escalate` or `stay`",
    "DUE": "a step such as `escalate`, or `nothing`",
    "DOSE": "`dose of` and what is given",
    "MEASURE": "`measure:`",
    "CHANGE": "`change in`",
    "OFTEN": "how often, such as `once daily`",
    "ON_DAYS": "`on days`",
    "DAY": "a day such as `day 15`",
    "DECISION": "`open` or `hold`",
    "$END": "the end of the declaration",
}
_VALUE = {
    "NAME", "NUMBER", "QUANTITY", "SIGN", "DATE", "LPAR", "QUANTIFIER", "AT", "COMBINE", "ELAPSED",
    "FUNCTION", "TABLE", "CRITERION", "COUNT", "SUMMARY",
}  # fmt: skip
"""What a value, or an operand of a comparison, can begin with."""
_CONDITION_ONLY = {"NOT", "NO", "EVERY", "GAP", "DECIDED", "WHICH_COURSE"}
_LONGEST = 6
_STATEMENTS = {
    "SOURCE", "ASIDE", "DECIDED", "RENAMED", "REQUIRE", "EXCLUDE", "OPENS", "COUNTS", "APPLIES",
    "WHEN", "GIVE", "GUARDS", "OTHERWISE", "REPORTS", "ALTERNATIVE", "REUSE", "LABEL",
    "ATTRIBUTE",
}  # fmt: skip
_FIRST = ("a comparison such as `<`", "`in`", "`and`", "`or`")
"""What goes on with a condition most often."""
_BEGINNINGS = {
    "if": "leave `if` out: for whom a rule is says a line of its own, `applies when ...`",
    "than": "leave `than` out",
    "unless": "write first what keeps out, then the exception: `... unless ...`",
    "not": "it stands once before a finding: write `not (not a)`, or leave both out",
    **dict.fromkeys(("all", "any", "none"), "a group begins `all of {`, `any of {` or `none of {`"),
}
"""Words that are no slip for a name where a condition is written, and how they are used there."""
HEADINGS = {
    "language": "language 1",
    "use": 'use lib.ckd version "1.0.0" as ckd',
    "protocol": "protocol name {",
    "library": 'library name version "1.0.0" {',
    "objective": 'objective name primary "Title"',
    "endpoint": 'endpoint name primary "Title"',
    "cause": 'cause name "title"',
    "role": 'role name "Title"',
    "window": 'window name "Title" = 28 days',
    "data": 'data name "Title" : quantity [mg/dL]',
    "judgement": 'judgement name "Title" by investigator',
    "derive": 'derive name "Title" [kg] = ...',
    "define": 'define name "Title" = ...',
    "population": 'population name "Title"',
    "quota": 'quota name "Title" = ... at most 10 %',
    "inclusion": 'inclusion name [1] "Title" {',
    "exclusion": 'exclusion name [1] "Title" {',
    "varies": "varies name for country {",
    "intervention": 'intervention name "Title" {',
    "arm": 'arm name "Title" experimental {',
    "masking": 'masking name "Title" {',
    "randomisation": 'randomisation name "Title" {',
    "event": 'event name "Title" {',
    "gate": 'gate name "Title" per block {',
    "escalation": 'escalation name "Title" {',
    "level": 'level name "200 mg" {',
    "epoch": 'epoch name "Title"',
    "period": 'period name "Title" from D1 to D7',
    "estimand": 'estimand name "Title" {',
    "interim": 'interim name "Title" when 50 % of participants completed V8',
    "stopping": 'stopping name "Title" {',
    "everyone": 'everyone name "Title" {',
    "modification": 'modification name "Title" {',
    "sequence": 'sequence name "Title" experimental {',
    "visit": 'visit name "Title" at M0 + 3 months',
    "activity": 'activity name "Title" at M0, M3',
    "narrative": 'narrative name "Title" {',
    "decision": 'decision name "Title" {',
    "patient": 'patient name "Title" {',
    "test": 'test name "Title" {',
    "trial": 'trial test name "Title" {',
}
"""How each declaration begins."""

_SIGNS = {"&": "and", "|": "or", "!": "not", "÷": "/", "\u2018": '"', "’": '"', "'": '"'}
_RELATIONS = {"==": "=", "=>": ">=", "=<": "<=", "<>": "!=", "><": "!="}


_SINCE = re.compile(r"\s+since\s+([A-Za-z_][\w.]*)")
_UNSTATED = re.compile(r"""activity\s+[\w.]+\s+"[^"\n]*"\s+at\s+not$""")
"""`activity k "K" at not stated`: a visit may lack a time, an activity no visit."""
_LAST_WORD = re.compile(r"[\w.]*\w$")
_LONGEST_WORD = 80
_SHORT_LABEL = 3
"""Shorter words before a condition are labels that lack a colon."""
_IN_CODES = re.compile(r"\b(?:choice|ordinal)\s*\{[^{}]*$")


def explain(error: Unexpected, source: SourceText, section: Section) -> Diagnostic:
    """One diagnostic for the first place where a declaration leaves the language."""
    expected = set(error.expected)
    if date := date_around(source, error.start):
        place, advice = date
        wanted = _WORDS["DATE"]
        return kinds.UNEXPECTED.at(place, found=source[place], expected=wanted, help=advice)
    if error.found == "":
        return _character(source, error.start)
    if error.found == "$END":
        return _unfinished(source, section, expected)
    place = Span(source.name, error.start, error.end)
    colon = missing_colon(source, section, place, error)
    if colon:
        return kinds.MISSING_COLON.at(place, name=source[place], help=colon)
    if error.before and source.text[slice(*error.before)] in RESERVED:
        return _reserved(source, section, Span(source.name, *error.before))
    special = _special(source, section, place, expected)
    if special is not None:
        return special
    return kinds.UNEXPECTED.at(
        place,
        found=source[place],
        expected=_list(expected),
        help=_advice(source, section, place, expected) or _heading(source, section, place),
    )


# ---- characters


def _character(source: SourceText, offset: int) -> Diagnostic:
    """A place where no word of the language begins."""
    text, character = source.text, source.text[offset]
    number = re.compile(r"[0-9]+(,[0-9]+)+(\.[0-9]+)?").match(text, offset)
    if number:
        place = Span(source.name, offset, number.end())
        return kinds.DECIMAL_COMMA.at(place, number=number.group(), help=_pointed(number.group()))
    grouped = re.compile(r"[0-9]{1,3}(?:['’][0-9]{3})+").search(text, max(0, offset - 3))
    if grouped and grouped.start() < offset < grouped.end():
        place = Span(source.name, grouped.start(), grouped.end())
        plain = re.sub("['’]", "", grouped.group())
        code, advice = f"U+{ord(character):04X}", f"write `{plain}`"
        return kinds.BAD_CHARACTER.at(place, character=character, code=code, help=advice)
    place = Span(source.name, offset, offset + 1)
    if character == "[":
        return kinds.UNCLOSED_BRACKET.at(place, bracket="[", help="close it with `]`")
    if character == "]":
        return kinds.STRAY_BRACKET.at(place, bracket="]")
    shown = character if character.isprintable() else "?"
    if character == "±" and (advice := spread(text[offset : offset + 40])):
        return kinds.BAD_CHARACTER.at(place, character=shown, code="U+00B1", help=advice)
    if is_remark(text[max(0, offset - 1) : offset + 2]):
        code, advice = f"U+{ord(character):04X}", "remarks start with `#`"
        return kinds.BAD_CHARACTER.at(place, character=shown, code=code, help=advice)
    advice = f"write `{_SIGNS[character]}`" if character in _SIGNS else ""
    if character == "!" and text[offset - 1 : offset] == "=":
        advice = "write `!=`"
    if character.isalpha():
        advice = "a name has the letters a to z, digits and `_`"
    if character == ";":
        advice = "leave it out: nothing stands at the end of a line"
    if character == "." and text[offset + 1 : offset + 2].isdigit():
        advice = "write a `0` before the point"
    code = f"U+{ord(character):04X}"
    return kinds.BAD_CHARACTER.at(place, character=shown, code=code, help=advice)


def _pointed(number: str) -> str:
    """How a number with commas may be meant: 0,5 and 1,000 and 1,000,000.5 differ."""
    whole, _, rest = number.partition(",")
    plain = number.replace(",", "")
    if "," in rest or "." in rest:
        return f"write `{plain}`"
    if len(rest) == 3 and whole != "0":
        return f"write `{plain}`, or `{whole}.{rest}` if that is meant"
    return f"write `{whole}.{rest}`"


# ---- words


def _unfinished(source: SourceText, section: Section, expected: set[str]) -> Diagnostic:
    text = source[section.where].rstrip()
    end = section.where.start + len(text)
    last = _LAST_WORD.search(text, max(0, len(text) - _LONGEST_WORD))
    place = Span(source.name, end - len(last.group() if last else text[-1:]), end)
    name = section.name or section.keyword
    advice = unfinished_window(text) if "RANGE" in expected else ""
    if text.endswith("quantity"):
        advice = "write its unit, `quantity [g/dL]`; a pure number is `quantity [1]`"
    return kinds.UNFINISHED.at(place, name=name, expected=_list(expected), help=advice)


def _special(
    source: SourceText, section: Section, place: Span, expected: set[str]
) -> Diagnostic | None:
    """The mistakes that deserve a message of their own."""
    word = source[place]
    other = {"and": "OR", "or": "AND"}.get(word)
    if other in expected:
        return kinds.MIXED_AND_OR.at(place, help="put parentheses around what belongs together")
    labelled = expected == {"LABEL", "RBRACE"} and _in_group(source, section, place)
    if word == "," and labelled:
        wanted, advice = _WORDS["LABEL"], "leave it out: the next label begins an alternative"
        return kinds.UNEXPECTED.at(place, found=word, expected=wanted, help=advice)
    if word == "}" and expected == {"LABEL"}:
        wanted, advice = _WORDS["LABEL"], "write at least one alternative: `name: condition`"
        return kinds.UNEXPECTED.at(place, found=word, expected=wanted, help=advice)
    if (expected == {"LABEL"} or labelled) and word != "at":
        return kinds.MISSING_LABEL.at(place, help=_labelled(source, place))
    return None


def _labelled(source: SourceText, place: Span) -> str:
    """How an alternative gets its label."""
    word = source[place]
    if word in "-–*/":
        return "write a label in its place: `a: ...`"
    behind = re.compile(r"\s+(?!of\b)([A-Za-z_][\w.]*)").match(source.text, place.end)
    if behind and len(word) < _SHORT_LABEL and word.isidentifier():
        return f"write `{word}: {behind[1]}`"
    return f"write `name: {word} ...`"


def _reserved(source: SourceText, section: Section, place: Span) -> Diagnostic:
    """A word of the language where a name is needed: what follows it shows that it is none."""
    word = source[place]
    behind = re.compile(r"\s+([a-z]\w*)").match(source.text, place.end)
    if behind and _IN_CODES.search(source.text, section.where.start, place.start):
        advice = f"a value is one word: write `{word}_{behind[1]}`"
        return kinds.RESERVED_NAME.at(place, name=word, help=advice)
    advice = _BEGINNINGS.get(word, f"choose another name, such as `{word}_1`")
    if _UNSTATED.search(source.text, section.where.start, place.end):
        advice = 'name the visits; without a time, declare `visit OTHER "Other" unscheduled`'
    if word in UNITS_OF_TIME:
        since = _SINCE.match(source.text, place.end)
        ends = f"{since[1]} to as_of" if since else "A to B"
        advice = f"time is counted as `{word} from {ends}`"
    return kinds.RESERVED_NAME.at(place, name=word, help=advice)


def _in_group(source: SourceText, section: Section, place: Span) -> bool:
    """Is the nearest open brace before this place that of `all of {` and its like?"""
    start = section.where.start
    text = source.text[start : place.start]
    open_: list[int] = []
    for piece in PIECE.finditer(text):
        if piece.lastgroup == "open":
            open_.append(piece.start())
        elif piece.lastgroup == "close" and open_:
            open_.pop()
    return bool(open_) and text[: open_[-1]].rstrip().endswith(" of")


def _advice(source: SourceText, section: Section, place: Span, expected: set[str]) -> str:
    """What was probably meant."""
    word = source[place]
    pair = source.text[place.start - 1 : place.start + 1]
    if pair in _RELATIONS:
        return f"write `{_RELATIONS[pair]}`"
    if found := way_out(Around(source, section, place), frozenset(expected)):
        return found
    before = source.text[section.where.start : place.start]
    if word == ":" and re.search(r"\bratio:\s*[0-9]+\s*$", before):
        return "name the arms: `ratio: placebo 2, drug 1`"
    if word.isidentifier():
        known = [name for name in map(word_of, expected) if name.isidentifier()]
        likeness = 0.8 if "RELATION" in expected else 0.6
        guess = nearest(word, known, likeness)
        return f"did you mean `{guess}`?" if guess else ""
    return ""


def _heading(source: SourceText, section: Section, place: Span) -> str:
    """How a declaration begins, for a mistake before its first brace."""
    before = source.text[section.where.start : place.start]
    if section.keyword not in HEADINGS or any(sign in before for sign in "{=:"):
        return ""
    return f"it begins `{HEADINGS[section.keyword]}`"


def _list(expected: set[str]) -> str:
    """What could stand here, in words, the shortest useful list."""
    words: list[str] = []
    rest = set(expected)
    if rest >= _VALUE:
        words.append("a condition" if rest & _CONDITION_ONLY else "a value")
        rest -= _VALUE | _CONDITION_ONLY | {word for word in rest if word_of(word) == "elapsed"}
    if "RELATION" in rest:
        rest.discard("BOX")  # the unit of a number inside a formula: rarely what is missing
    if "AND" in rest and rest >= _STATEMENTS:
        words.append("the next statement")
        rest -= _STATEMENTS
    words += sorted({_word(name) for name in rest}, key=_order)
    words.sort(key=lambda word: _FIRST.index(word) if word in _FIRST else len(_FIRST))
    shown = words[:_LONGEST]
    if len(words) > _LONGEST:
        shown.append("...")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _order(words: str) -> tuple[bool, str]:
    """Words before signs."""
    return not any(character.isalpha() for character in words.split(" or ")[0]), words


def _word(terminal: str) -> str:
    return _WORDS.get(terminal) or f"`{word_of(terminal)}`"
