"""Several measurements of one thing, spelled out as elements of their own.

`data qtc "QTc" : quantity [ms] { measurements: 3 }` stands for `qtc.1`, `qtc.2` and `qtc.3`. Where
a rule asks whether one confirms another, they have days, `qtc.1.day`. What names all of them
(`collects: qtc`, `qtc: 470, 480, 475 ms` in an example) is spelled out, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import values as kinds
from trialc.model.from_syntax.collecting import collecting
from trialc.model.from_syntax.texts import Counts, Texts
from trialc.model.histories import KINDS
from trialc.model.measurements import DAY, numbered
from trialc.syntax import imports, tree

MOST = 20
"""Measurements of one thing."""
FORM = f"how many there are, from 2 to {MOST}, for example `measurements: 3`"


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with their measurements spelled out, and how many of them there are."""
    main, libraries = texts.main, texts.libraries
    own = _counts(main, found)
    counts = dict(own)
    inside: list[dict[str, int]] = []
    for library in libraries:
        inside.append(_counts(library.tree, found))
        counts |= {library.prefix + name: count for name, count in inside[-1].items()}
    dated = _dated(main, libraries)
    spelled = tuple(
        replace(
            library,
            tree=_Spelling(theirs, dated, library.prefix, found).text(library.tree),
            bindings=_bound(library, theirs, counts, dated),
        )
        for library, theirs in zip(libraries, inside, strict=True)
    )
    own_text = _Spelling(own, dated, "", found).text(main)
    return replace(texts, main=own_text, libraries=spelled, counts=counts)


def _counts(text: tree.Tree, found: list[Diagnostic]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for declaration in text.declarations:
        stated = _stated(declaration)
        if stated is None or declaration.name is None:
            continue
        count = _count(stated)
        if count is None:
            place = stated.label.where
            found.append(name_kinds.PROPERTY_FORM.at(place, name=stated.label.text, form=FORM))
        else:
            counts[declaration.name.text] = count
    return counts


def _stated(declaration: tree.Declaration) -> tree.Property | None:
    head = declaration.head
    if not isinstance(head, tree.TypeHead) or head.type in KINDS:
        return None
    for statement in declaration.body:
        if isinstance(statement, tree.Property) and statement.label.text == "measurements":
            return statement
    return None


def _count(stated: tree.Property) -> int | None:
    terms = stated.values[0]
    number = terms[0] if len(stated.values) == len(terms) == 1 else None
    if not isinstance(number, tree.Quantity) or number.unit or not number.number.isdecimal():
        return None
    return int(number.number) if 2 <= int(number.number) <= MOST else None


def _dated(main: tree.Tree, libraries: Sequence[imports.Library]) -> frozenset[str]:
    """Full names of what some rule asks to be confirmed."""
    dated: set[str] = set()
    unbound: Mapping[str, tuple[str, tree.Name]] = {}
    texts = [(main, "", unbound), *((each.tree, each.prefix, each.bindings) for each in libraries)]
    for text, prefix, bindings in texts:
        for declaration in text.declarations:
            for rule in tree.rules_of(declaration.head, declaration.body):
                for confirmed in tree.nodes_in(rule, tree.Confirmed):
                    for name in tree.names_in(confirmed.operand):
                        full = prefix + name.text
                        dated |= {full, bindings[name.text][0] if name.text in bindings else full}
    return frozenset(dated)


def _bound(
    library: imports.Library, theirs: Counts, counts: Counts, dated: Collection[str]
) -> Mapping[str, tuple[str, tree.Name]]:
    """Measurements of the protocol stand for those of the library, one for one."""
    bound = dict(library.bindings)
    for name, (ours, where) in library.bindings.items():
        if name in theirs and counts.get(ours) == theirs[name]:
            del bound[name]
            for inner, outer in zip(
                _elements(name, theirs[name], ours in dated),
                _elements(ours, theirs[name], ours in dated),
                strict=True,
            ):
                bound[inner] = (outer, where)
    return bound


def _elements(name: str, count: int, is_dated: bool) -> Iterator[str]:
    for each in numbered(name, count):
        yield each
        if is_dated:
            yield f"{each}.{DAY}"


class _Spelling:
    """Spells out one text."""

    def __init__(
        self, counts: Counts, dated: Collection[str], prefix: str, found: list[Diagnostic]
    ) -> None:
        self.counts = counts
        self.dated = {name.removeprefix(prefix) for name in dated if name.startswith(prefix)}
        self.found = found

    def text(self, text: tree.Tree) -> tree.Tree:
        made = tuple(made for one in text.declarations for made in self.declarations(one))
        return replace(text, declarations=made)

    def declarations(self, declaration: tree.Declaration) -> Iterator[tree.Declaration]:
        stated, name = _stated(declaration), declaration.name
        if stated is not None and name is not None:
            body = tuple(one for one in declaration.body if one is not stated)
            whole = replace(declaration, body=body)
            yield from self.measurements(whole) if name.text in self.counts else (whole,)
        elif declaration.keyword == "activity":
            body = tuple(collecting(one, self.all_of) for one in declaration.body)
            yield replace(declaration, body=body)
        elif declaration.keyword == "patient":
            yield replace(declaration, body=tuple(self.assigned(declaration.body)))
        elif isinstance(declaration.head, tree.TestHead):
            head = declaration.head
            needing = tuple(self.needing(head.needing))
            changes = tuple(
                one for one in self.assigned(head.changes) if isinstance(one, tree.Assignment)
            )
            yield replace(declaration, head=replace(head, changes=changes, needing=needing))
        else:
            yield declaration

    def measurements(self, measured: tree.Declaration) -> Iterator[tree.Declaration]:
        """The elements of what is measured several times, each at its place in the text."""
        name, title = measured.name, measured.title
        assert name is not None
        assert title is not None
        later = tuple(
            statement
            for statement in measured.body
            if not isinstance(statement, tree.Source) and not _is_older_name(statement)
        )
        of_days = tuple(
            statement
            for statement in later
            if isinstance(statement, tree.Rule)
            or (isinstance(statement, tree.Property) and statement.label.text in ("by", "about"))
        )
        day = tree.TypeHead("date", where=measured.where)
        for number, own in enumerate(numbered(name.text, self.counts[name.text]), 1):
            words = f"{title.value}, measurement {number}"
            made = replace(
                measured,
                name=tree.Name(own, where=name.where),
                title=tree.Text(words, where=title.where),
            )
            yield made if number == 1 else replace(made, body=later)
            if name.text in self.dated:
                yield replace(
                    made,
                    name=tree.Name(f"{own}.{DAY}", where=name.where),
                    title=tree.Text(f"{words}, day", where=title.where),
                    head=day,
                    body=of_days,
                )

    # ---- what names all of them

    def all_of(self, name: str) -> Iterator[str]:
        """All elements of what is measured several times; nothing for what is measured once."""
        if name in self.counts:
            yield from _elements(name, self.counts[name], name in self.dated)

    def needing(
        self, needing: Sequence[tuple[bool, tree.Name]]
    ) -> Iterator[tuple[bool, tree.Name]]:
        for is_cause, name in needing:
            if not is_cause and name.text in self.counts:
                for each in self.all_of(name.text):
                    yield False, tree.Name(each, where=name.where)
            else:
                yield is_cause, name

    def assigned(self, statements: Sequence[tree.Statement]) -> Iterator[tree.Statement]:
        given = {each.path.text for each in statements if isinstance(each, tree.Assignment)}
        for statement in statements:
            if not isinstance(statement, tree.Assignment) or statement.cause:
                yield statement
            elif statement.path.text in self.counts:
                for made in self.values(statement):
                    yield made
                    yield from self.day_of(made, given)
            else:
                yield statement
                yield from self.day_of(statement, given)

    def values(self, assignment: tree.Assignment) -> Iterator[tree.Assignment]:
        """One value for each; a reason why nobody knows is that of all."""
        name = assignment.path
        count = self.counts[name.text]
        values = (assignment.value, *assignment.more)
        if len(values) == 1 and isinstance(values[0], tree.Name):
            values *= count
        if len(values) != count:
            self.wrong_count(assignment, count)
            return
        units = [each.unit for each in values if isinstance(each, tree.Quantity) and each.unit]
        for own, value in zip(numbered(name.text, count), values, strict=True):
            if isinstance(value, tree.Quantity) and units:
                value = replace(value, unit=value.unit or units[-1])
            path = tree.Name(own, where=name.where)
            yield replace(assignment, path=path, value=value, more=())

    def day_of(
        self, assignment: tree.Assignment, given: Collection[str]
    ) -> Iterator[tree.Assignment]:
        """The day on which a measurement was made, where a rule asks for it."""
        name, _, number = assignment.path.text.rpartition(".")
        path = f"{assignment.path.text}.{DAY}"
        is_dated = name in self.dated and name in self.counts and number.isdecimal()
        if is_dated and assignment.on is not None and path not in given:
            own = tree.Name(path, where=assignment.path.where)
            yield replace(assignment, path=own, value=assignment.on, on=None, more=())

    def wrong_count(self, assignment: tree.Assignment, count: int) -> None:
        advice = f"give {count}, or single ones: `{assignment.path.text}.1: ...`"
        self.found.append(number_of_values(assignment, count, advice))


def _is_older_name(statement: tree.Statement) -> bool:
    return isinstance(statement, tree.Names) and statement.verb == "renamed"


def number_of_values(assignment: tree.Assignment, count: int, advice: str) -> Diagnostic:
    """More values or fewer than there are measurements."""
    times = "once" if count == 1 else f"{count} times"
    name, given = assignment.path.text, 1 + len(assignment.more)
    kind = kinds.NUMBER_OF_VALUES
    return kind.at(assignment.where, name=name, count=times, given=given, help=advice)
