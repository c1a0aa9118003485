"""Read the statements of a declaration: each known one once, each unknown one reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import names as kinds
from trialc.diagnostics.catalog.syntax import MISSING_COLON
from trialc.diagnostics.catalog.types import IMPOSSIBLE_DATE, NOT_WHOLE, UNKNOWN_CODE
from trialc.model.from_syntax.names import THINGS
from trialc.model.protocol import Quote
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.spelling import listed, nearest

BEGINNINGS = {
    "exclude": "exclude when",
    "opens": "opens when",
    "stops": "stops when",
    "counts": "counts when",
    "applies": "applies when",
    "made": "made for",
    "renamed": "renamed from",
    "attested": "attested by",
    "givein": "give",
    "tabled": "first of",
}
ADVICE = {
    ("judgement", "applies when"): (
        "write the condition where the judgement is used: `demo.sex = female and ...`"
    ),
    ("inclusion", "exclude when"): "an inclusion has `require`",
    ("exclusion", "require"): "an exclusion has `exclude when`",
}
"""What to do instead, by keyword and statement."""

REASONS = ("missing", "stale", "not_done", "not_applicable", "pending", "conflicting")
UNKNOWNS = {"unknown": "missing", **{reason: reason for reason in REASONS}}
"""Words of the language for values that nobody has, and the reasons they stand for."""

S = TypeVar("S", bound=tree.Syntax)
Terms = tuple[tree.Term, ...]


class Body:
    """One declaration's statements. `properties` and `statements` are what may stand in it."""

    def __init__(
        self,
        declaration: tree.Declaration,
        found: list[Diagnostic],
        properties: Collection[str] = (),
        repeatable: Collection[str] = (),
        statements: Collection[type[tree.Syntax]] = (),
        verbs: Collection[str] = (),
        everywhere: Collection[type[tree.Syntax]] = (tree.Source, tree.Names),
    ) -> None:
        self.declaration = declaration
        self.found = found
        self.thing = THINGS[declaration.keyword]
        self.values: dict[str, list[tree.Property]] = {}
        self.swallowed: set[str] = set()
        """Properties that stand within the value before them, for want of a colon."""
        self.known = {*properties, *repeatable}
        for statement in declaration.body:
            if isinstance(statement, tree.Property):
                self._property(self._cut(statement), self.known, repeatable)
            elif not _allowed(statement, (*statements, *everywhere), verbs):
                verb = _verb(statement)
                self.found.append(
                    kinds.MISPLACED_STATEMENT.at(
                        statement.where,
                        verb=verb,
                        thing=self.thing,
                        help=ADVICE.get((declaration.keyword, verb), ""),
                    )
                )

    def _property(
        self, statement: tree.Property, known: set[str], repeatable: Collection[str]
    ) -> None:
        name = statement.label.text
        if name not in known:
            guess = nearest(name, known)
            advice = (
                f"did you mean `{guess}`?"
                if guess
                else f"its properties are {', '.join(sorted(known)) or 'none'}"
            )
            place = statement.label.where
            self.found.append(
                kinds.UNKNOWN_PROPERTY.at(place, name=name, thing=self.thing, help=advice)
            )
            return
        if name in self.values and name not in repeatable:
            first = Related(self.values[name][0].label.where, "first given here")
            place, advice = statement.label.where, kinds.GIVEN_TWICE.get(name, "")
            self.found.append(
                kinds.DUPLICATE_PROPERTY.at(place, name=name, help=advice, related=[first])
            )
            return
        self.values.setdefault(name, []).append(statement)

    def _cut(self, statement: tree.Property) -> tree.Property:
        """The property without another one that its value has swallowed for want of a colon."""
        *before, last = statement.values
        for k, term in enumerate(last[1:], 1):
            if isinstance(term, tree.Name) and term.text in self.known:
                advice = f"write `{term.text}: ...`"
                self.found.append(MISSING_COLON.at(term.where, name=term.text, help=advice))
                words = [term.text for term in last[k:] if isinstance(term, tree.Name)]
                self.swallowed |= self.known.intersection(words)
                return replace(statement, values=(*before, last[:k]))
        return statement

    # ---- statements

    def all(self, kind: type[S]) -> list[S]:
        """Every statement of a class, in order."""
        return [statement for statement in self.declaration.body if isinstance(statement, kind)]

    def rule(self, *verbs: str) -> tree.Rule | None:
        """The one rule with one of these verbs; a second one is reported."""
        rules = [rule for rule in self.all(tree.Rule) if rule.verb in verbs]
        for extra in rules[1:]:
            first = Related(rules[0].where, "first given here")
            self.found.append(
                kinds.DUPLICATE_PROPERTY.at(extra.where, name=extra.verb, related=[first])
            )
        return rules[0] if rules else None

    def quotes(self) -> tuple[Quote, ...]:
        """The registered words, a clause a line."""
        return tuple(quote(source) for source in self.all(tree.Source))

    def older_names(self, prefix: str) -> tuple[str, ...]:
        """The ids that the declaration had before, in its text's own scope."""
        return tuple(
            prefix + name.text
            for names in self.all(tree.Names)
            if names.verb == "renamed"
            for name in names.names
        )

    def missing(self, statement: str) -> None:
        """Report that the declaration lacks a statement it cannot do without."""
        name = self.declaration.name
        where = name.where if name else self.declaration.where
        text = name.text if name else self.declaration.keyword
        self.found.append(
            kinds.MISSING_STATEMENT.at(
                where, thing=self.declaration.keyword, name=text, statement=statement
            )
        )

    # ---- properties

    def terms(self, name: str) -> list[tuple[Terms, Span]]:
        """Each value of a property (repeated or comma-separated), with the place of its label."""
        return [
            (value, prop.label.where) for prop in self.values.get(name, ()) for value in prop.values
        ]

    def one(
        self, name: str, form: str, read: Callable[[Terms], Any], required: bool = False
    ) -> Any:
        """The one value of a property, or None; `read` gives None for what has not the form."""
        found = self.terms(name)
        if not found:
            if required:
                self.lacks(name)
            return None
        value, where = found[0]
        result = read(value)
        if result is None or len(found) > 1:
            self.form(name, form, where, _in_quotation_marks(form, value))
            return None
        return result

    def lacks(self, name: str) -> None:
        """Report a property that the declaration cannot do without."""
        if name in self.swallowed:
            return
        owner = self.declaration.name
        where = owner.where if owner else self.declaration.where
        text = owner.text if owner else self.declaration.keyword
        found = kinds.MISSING_PROPERTY.at(
            where,
            thing=self.declaration.keyword,
            name=text,
            property=name,
            help=f"add `{name}: ...`",
        )
        self.found.append(found)

    def many(self, name: str, form: str, read: Callable[[Terms], Any]) -> list[Any]:
        """Every value of a property that has the form; the others are reported."""
        results: list[Any] = []
        for value, where in self.terms(name):
            result = read(value)
            if result is None:
                self.form(name, form, where, _in_quotation_marks(form, value))
            else:
                results.append(result)
        return results

    def form(self, name: str, form: str, where: Span, advice: str = "") -> None:
        """Report a value that does not have the form its property takes."""
        self.found.append(kinds.PROPERTY_FORM.at(where, name=name, form=form, help=advice))

    def text(self, name: str, required: bool = False) -> str:
        """A string or one word, or "" where absent."""
        return self.one(name, "text in quotation marks, or one word", text_term, required) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Strings or words."""
        return tuple(self.many(name, "texts in quotation marks, or words", text_term))

    def code(self, name: str, known: Sequence[str], required: bool = False) -> str:
        """One of the words of a list, or "" where absent."""
        return self._known(name, self.text(name, required), known)

    def codes(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Words of a list; a number or several words are told which one was meant."""
        found: list[str] = []
        for value, where in self.terms(name):
            text = text_term(value) or _in_plain_words(value)
            if text in known:
                found.append(text)
            elif text:
                place = value[0].where if len(value) == 1 else where
                self.found.append(not_listed(text, name, known, place))
            else:
                self.form(name, f"one of {listed(known, 15)}", where)
        return tuple(found)

    def code_or_text(self, name: str, known: Sequence[str]) -> str:
        """One of the words of a list, or anything in quotation marks."""
        terms = self.terms(name)
        is_quoted = bool(terms) and isinstance(terms[0][0][0], tree.Text)
        return self.text(name) if is_quoted else self.code(name, known)

    def _known(self, name: str, text: str, known: Sequence[str]) -> str:
        if not text or text in known:
            return text
        where = next(
            term.where
            for value, _ in self.terms(name)
            for term in value
            if text == text_term((term,))
        )
        self.found.append(not_listed(text, name, known, where))
        return ""

    def names(self, name: str) -> list[tree.Name]:
        """Names."""
        return self.many(name, "names", name_term)

    def count(self, name: str, required: bool = False) -> int | None:
        """A whole number."""
        number = self.one(name, "a whole number", number_term, required)
        return whole(number, self.found) if number else None


def not_listed(text: str, name: str, known: Sequence[str], where: Span) -> Diagnostic:
    """A word that is none of those that a property can be."""
    word = text.casefold().replace(" ", "_")
    same = (one for one in known if one == word or one.endswith(f"_{word}"))
    guess = next(same, None) or nearest(text, known)
    advice = f"did you mean `{guess}`? It can be " if guess else "it can be "
    return UNKNOWN_CODE.at(where, code=text, name=name, help=advice + listed(known, 15))


def _in_quotation_marks(form: str, terms: Terms) -> str:
    """`version: 0.1`, `phase: Phase 3`: a number or several words where a text belongs."""
    words = _in_plain_words(terms) if form.startswith("text") else ""
    return f'write `"{words}"`' if words else ""


def _in_plain_words(terms: Terms) -> str:
    """Numbers and words as they stand; "" where something else is among them."""
    shown: list[str] = []
    for term in terms:
        if isinstance(term, tree.Quantity):
            shown.append(f"{term.number} {term.unit}".strip())
        elif isinstance(term, tree.Name | tree.DateText):
            shown.append(term.text)
        else:
            return ""
    return " ".join(shown)


def quote(source: tree.Source) -> Quote:
    """The clauses of registered words: the lines that are not blank, white space collapsed."""
    lines = (" ".join(line.split()) for line in source.words.splitlines())
    return Quote(clauses=tuple(line for line in lines if line), where=source.where)


def text_term(terms: Terms) -> str | None:
    """A string, or one word."""
    if len(terms) == 1:
        term = terms[0]
        if isinstance(term, tree.Text):
            return term.value
        if isinstance(term, tree.Name):
            return term.text
    return None


def name_term(terms: Terms) -> tree.Name | None:
    """One name."""
    return terms[0] if len(terms) == 1 and isinstance(terms[0], tree.Name) else None


def number_term(terms: Terms) -> tree.Quantity | None:
    """One number without a unit."""
    term = terms[0]
    return term if len(terms) == 1 and isinstance(term, tree.Quantity) and not term.unit else None


def quantity_term(terms: Terms) -> tree.Quantity | None:
    """One number, with or without a unit."""
    return terms[0] if len(terms) == 1 and isinstance(terms[0], tree.Quantity) else None


def yes_no(terms: Terms) -> bool | None:
    """`yes` or `no`."""
    return {"yes": True, "no": False}.get(" ".join(words(terms)))


def words(terms: Terms) -> tuple[str, ...]:
    """The shape of a value: its words as they are, "#" for a number, "name" for other names."""
    shape: list[str] = []
    for term in terms:
        if isinstance(term, tree.Name):
            shape.append(term.text)
        else:
            shape.append("#" if isinstance(term, tree.Quantity) else "?")
    return tuple(shape)


def whole(number: tree.Quantity, found: list[Diagnostic]) -> int | None:
    """The value of a whole number, or None and a diagnostic."""
    value = float(number.number)
    if number.unit or value != int(value) or not 0 <= value <= 1e9:
        text = f"{number.number} {number.unit}".rstrip()
        found.append(NOT_WHOLE.at(number.where, number=text))
        return None
    return int(value)


def distinct(names: Sequence[tree.Name], found: list[Diagnostic]) -> None:
    """Report a word that is given twice in one list."""
    first: dict[str, Span] = {}
    for name in names:
        if name.text in first:
            related = [Related(first[name.text], "first given here")]
            found.append(kinds.DUPLICATE_LABEL.at(name.where, name=name.text, related=related))
        first.setdefault(name.text, name.where)


def date(text: tree.DateText, found: list[Diagnostic]) -> str:
    """An ISO date that exists, or a diagnostic and the text as it stands."""
    from trialc_runtime.calendar import parse_date

    if parse_date(text.text) is None:
        found.append(IMPOSSIBLE_DATE.at(text.where, date=text.text))
    return text.text


def _allowed(
    statement: tree.Statement, statements: Collection[type[tree.Syntax]], verbs: Collection[str]
) -> bool:
    if isinstance(statement, tree.Rule):
        return statement.verb in verbs
    return type(statement) in statements


def _verb(statement: tree.Statement) -> str:
    """How a statement begins."""
    if isinstance(statement, tree.Rule | tree.Names):
        return BEGINNINGS.get(statement.verb, statement.verb)
    verb = type(statement).__name__.lower()
    return BEGINNINGS.get(verb, verb)
