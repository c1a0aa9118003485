"""A measurement that may be repeated, spelled out: rules read the latest one that exists.

`data hb "Haemoglobin" : quantity [g/dL] { retest: once }` stands for `hb`, the first measurement;
`hb.retests`, how often it was repeated; `hb.retest`, which exists where it was; and `hb.latest`, a
table that comes to one of them. Rules that name `hb` read `hb.latest`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as name_kinds
from trialc.model.from_syntax.collecting import collecting
from trialc.model.from_syntax.measurements import number_of_values
from trialc.model.from_syntax.quantities import DAYS, exactly
from trialc.model.from_syntax.texts import Retest, Retests, Texts
from trialc.syntax import tree

RETESTS, RETEST, SECOND, LATEST, DAY = "retests", "retest", "retest_2", "latest", "day"
"""What the names end with of what is spelled out."""
TIMES = {"once": 1, "twice": 2}
FORM = "`once` or `twice`, then `within 10 % of the limit` or `within 14 days` if it is limited"
_NEAR = ("within", "of", "the", "limit")
_ON_ALL = ("by", "valid", "about")


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with what may be repeated spelled out, and what that is."""
    known: dict[str, Retest] = {}
    made = tuple(
        replace(each, tree=_spelled_out(each.tree, each.prefix, set(each.bindings), known, found))
        for each in texts.libraries
    )
    main = _spelled_out(texts.main, "", set(), known, found)
    return replace(texts, main=main, libraries=made, retests=known)


def _spelled_out(
    text: tree.Tree,
    prefix: str,
    bound: set[str],
    known: dict[str, Retest],
    found: list[Diagnostic],
) -> tree.Tree:
    own: dict[str, Retest] = {}
    for declaration in text.declarations:
        stated, name = _stated(declaration), declaration.name
        if stated is None or name is None or name.text in bound:
            continue
        retest = _read(stated)
        if retest is None:
            place = stated.label.where
            found.append(name_kinds.PROPERTY_FORM.at(place, name=RETEST, form=FORM))
        else:
            own[name.text] = retest
    known |= {prefix + name: retest for name, retest in own.items()}
    made = (each for one in text.declarations for each in _declarations(one, own, found))
    return replace(text, declarations=tuple(made))


def _stated(declaration: tree.Declaration) -> tree.Property | None:
    head = declaration.head
    if not isinstance(head, tree.TypeHead) or head.type != "quantity":
        return None
    for statement in declaration.body:
        if isinstance(statement, tree.Property) and statement.label.text == RETEST:
            return statement
    return None


def _read(stated: tree.Property) -> Retest | None:
    terms = stated.values[0] if len(stated.values) == 1 else ()
    words = tuple(term.text for term in terms if isinstance(term, tree.Name))
    amounts = [term for term in terms if isinstance(term, tree.Quantity)]
    if not words or words[0] not in TIMES or len(words) + len(amounts) < len(terms):
        return None
    times = TIMES[words[0]]
    match words[1:], amounts:
        case (), []:
            return Retest(times)
        case ("within",), [length] if length.unit.removesuffix("s") in DAYS:
            return Retest(times, length=length)
        case rest, [near] if rest == _NEAR and near.unit == "%" and 0 < exactly(near) < 100:
            return Retest(times, near=exactly(near) / 100)
        case _:
            return None


def _declarations(
    declaration: tree.Declaration, own: Retests, found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    stated, name, head = _stated(declaration), declaration.name, declaration.head
    if stated is not None and name is not None:
        body = tuple(one for one in declaration.body if one is not stated)
        yield replace(declaration, body=body)
        if name.text in own:
            yield from _repeats(replace(declaration, body=body), own[name.text])
    elif declaration.keyword == "activity":
        all_of = partial(_all_of, own=own)
        body = tuple(collecting(statement, all_of) for statement in declaration.body)
        yield replace(declaration, body=body)
    elif declaration.keyword == "patient":
        yield replace(declaration, body=tuple(_assigned(declaration.body, own, found)))
    elif isinstance(head, tree.TestHead):
        changes = tuple(_assigned(head.changes, own, found))
        yield replace(declaration, head=replace(head, changes=changes))
    else:
        yield declaration


def _repeats(first: tree.Declaration, retest: Retest) -> Iterator[tree.Declaration]:
    """How often it was repeated, the repeats, and the one that rules read."""
    name, title = first.name, first.title
    assert name is not None
    assert title is not None
    assert isinstance(first.head, tree.TypeHead)
    make = _Make(first, name, title)
    codes = ("none", *list(TIMES)[: retest.times])
    options = tree.Options(tuple(make.code(code) for code in codes), where=name.where)
    how_often = replace(first.head, type="choice", unit="", options=options)
    yield make.element(RETESTS, ", number of retests", how_often, None, _ON_ALL)
    if retest.length is not None:
        day = replace(first.head, type="date", unit="")
        yield make.element(DAY, ", day", day, None, _ON_ALL)
    for part, when, ending in make.each(retest.times):
        yield make.element(part, ending, first.head, when, None)
        if retest.length is not None:
            day = replace(first.head, type="date", unit="")
            yield make.element(f"{part}.{DAY}", f"{ending}, day", day, when, _ON_ALL)
    yield make.latest(first.head.unit, retest)


class _Make:
    """Makes the declarations behind the first measurement."""

    def __init__(self, first: tree.Declaration, name: tree.Name, title: tree.Text) -> None:
        self.first = first
        self.name = name
        self.title = title
        self.where = name.where
        self.exists = [s for s in first.body if isinstance(s, tree.Rule)]

    def code(self, text: str) -> tree.Name:
        return tree.Name(text, where=self.where)

    def part(self, ending: str) -> tree.Name:
        return tree.Name(f"{self.name.text}.{ending}", where=self.where)

    def each(self, times: int) -> Iterator[tuple[str, tree.Expression, str]]:
        retests = self.part(RETESTS)
        any_ = tree.Comparison(retests, "!=", self.code("none"), where=self.where)
        yield RETEST, any_, ", retest"
        if times == 2:
            twice = tree.Comparison(retests, "=", self.code("twice"), where=self.where)
            yield SECOND, twice, ", second retest"

    def element(
        self,
        part: str,
        ending: str,
        head: tree.TypeHead,
        when: tree.Expression | None,
        kept: Sequence[str] | None,
    ) -> tree.Declaration:
        """An element; `kept`: the properties that it shares with the first, None: all of them."""
        body: list[tree.Statement] = [
            statement
            for statement in self.first.body
            if isinstance(statement, tree.Property)
            and (kept is None or statement.label.text in kept)
        ]
        conditions = [rule.condition for rule in self.exists]
        conditions += [] if when is None else [when]
        if conditions:
            whole = conditions[0]
            if len(conditions) > 1:
                whole = tree.Operators("and", tuple(conditions), where=self.where)
            body.append(tree.Rule("applies", whole, where=self.where))
        title = tree.Text(self.title.value + ending, where=self.title.where)
        made = replace(self.first, name=self.part(part), title=title, head=head)
        return replace(made, body=tuple(body))

    def latest(self, unit: str, retest: Retest) -> tree.Declaration:
        """The table of what rules read: a repeat that came too late does not count."""
        cases: list[tree.Case] = []
        for part, when, _ in reversed(list(self.each(retest.times))):
            if retest.length is not None:
                day = self.part(f"{part}.{DAY}")
                in_time = tree.Within(day, retest.length, "after", self.part(DAY), where=self.where)
                when = tree.Operators("and", (when, in_time), where=self.where)
            cases.append(tree.Case(self.code(part), self.part(part), when, where=self.where))
        first = tree.FirstOf(self.name.text, where=self.where)
        cases.append(tree.Case(self.code("first_one"), first, None, where=self.where))
        table = tree.Table(unique=False, cases=tuple(cases), where=self.where)
        return tree.Declaration(
            "derive",
            self.part(LATEST),
            title=tree.Text(f"{self.title.value}, latest", where=self.title.where),
            head=tree.FormulaHead(unit, table, where=self.where),
            where=self.first.where,
        )


# ---- what names all of it


def _parts(retest: Retest) -> Iterator[str]:
    yield RETESTS
    if retest.length is not None:
        yield DAY
    for part in (RETEST, SECOND)[: retest.times]:
        yield part
        if retest.length is not None:
            yield f"{part}.{DAY}"


def _all_of(name: str, own: Retests) -> Iterator[str]:
    """A measurement with its repeats, if it may be repeated."""
    if name in own:
        yield name
        for part in _parts(own[name]):
            yield f"{name}.{part}"


def _assigned(
    statements: Sequence[tree.Statement], own: Retests, found: list[Diagnostic]
) -> Iterator[tree.Assignment]:
    """`hb: 9.8, 10.2 g/dL`: the first and its retest; one value: it was not repeated."""
    given = {each.path.text for each in statements if isinstance(each, tree.Assignment)}
    for statement in statements:
        if not isinstance(statement, tree.Assignment):
            continue
        retest = own.get(statement.path.text)
        if statement.cause or (retest is None and not statement.more):
            yield statement
        elif retest is None or len(statement.more) > retest.times:
            count = 1 if retest is None else retest.times + 1
            advice = "give one value" if retest is None else f"give {count} values at most"
            found.append(number_of_values(statement, count, advice))
        else:
            yield from _values(statement, given)


def _values(assignment: tree.Assignment, given: set[str]) -> Iterator[tree.Assignment]:
    name, where = assignment.path, assignment.path.where
    values = (assignment.value, *assignment.more)
    last = values[-1]
    named = zip((name.text, f"{name.text}.{RETEST}", f"{name.text}.{SECOND}"), values, strict=False)
    for path, value in named:
        if isinstance(value, tree.Quantity) and isinstance(last, tree.Quantity):
            value = replace(value, unit=value.unit or last.unit)
        yield replace(assignment, path=tree.Name(path, where=where), value=value, more=())
    retests = tree.Name(f"{name.text}.{RETESTS}", where=where)
    if retests.text not in given:
        how_often = ("none", *TIMES)[len(assignment.more)]
        value = tree.Name(how_often, where=where)
        yield replace(assignment, path=retests, value=value, on=None, more=())
