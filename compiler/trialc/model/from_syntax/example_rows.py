"""Examples that are written by what differs, spelled out as examples of their own.

`patient ben "..." like ann but { ... }` has the values of `ann`, changed ones instead of hers. Each
row of a test is a test: `hb.1`, `hb.2`, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import verdicts as kinds
from trialc.model.from_syntax.history_examples import started_words
from trialc.model.from_syntax.quantities import written
from trialc.model.from_syntax.texts import Texts
from trialc.syntax import tree
from trialc.syntax.spelling import nearest

Assignments = tuple[tree.Assignment, ...]
Key = tuple[bool, str]


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with every participant and every test in full."""
    text = texts.main
    people = {d.name.text: d for d in text.declarations if d.keyword == "patient" and d.name}
    likenesses = _Likenesses(people, text.broken, found)
    made: list[tree.Declaration] = []
    for declaration in text.declarations:
        if isinstance(declaration.head, tree.LikeHead):
            made += likenesses.in_full(declaration)
        else:
            made += _rows(declaration, found)
    broken = text.broken | {("patient", name) for name in likenesses.lost}
    return replace(texts, main=replace(text, declarations=tuple(made), broken=broken))


# ---- participants


class _Likenesses:
    """Participants that are like others. `lost`: the names of those whose model is not known."""

    def __init__(
        self,
        people: Mapping[str, tree.Declaration],
        broken: Iterable[tuple[str, str]],
        found: list[Diagnostic],
    ) -> None:
        self.people = people
        self.broken = {name for _, name in broken}
        self.found = found
        self.lost: set[str] = set()

    def in_full(self, person: tree.Declaration) -> Iterator[tree.Declaration]:
        """The participant with all values; nothing where it is not known which these are."""
        values = self._values(person, ())
        if values is not None:
            yield replace(person, head=None, body=values)
        elif person.name is not None:
            self.lost.add(person.name.text)

    def _values(self, person: tree.Declaration, before: tuple[str, ...]) -> Assignments | None:
        own = tuple(each for each in person.body if isinstance(each, tree.Assignment))
        if not isinstance(person.head, tree.LikeHead) or person.name is None:
            return own
        name, other = person.name.text, person.head.name
        if other.text in (name, *before):
            if not before or other.text == before[0]:  # told once, at one of the circle
                self._circle(other, (*before, name))
            return None
        like = self.people.get(other.text)
        if like is None:
            self._unknown(other, not before)
            return None
        values = self._values(like, (*before, name))
        return None if values is None else changed(values, own)

    def _circle(self, other: tree.Name, names: Sequence[str]) -> None:
        if all(name not in self.lost for name in names):
            said = (
                "is like itself" if len(names) == 1 else f"is like `{names[-1]}`, and that like it"
            )
            advice = 'give one of them all of its values: `patient name "Title" { as_of: ... }`'
            place = other.where
            self.found.append(kinds.LIKE_CIRCLE.at(place, name=other.text, said=said, help=advice))

    def _unknown(self, other: tree.Name, is_own: bool) -> None:
        if is_own and other.text not in self.broken:
            guess = nearest(other.text, self.people)
            advice = f"did you mean `{guess}`?" if guess else "declare it as an example participant"
            self.found.append(name_kinds.UNKNOWN_NAME.at(other.where, name=other.text, help=advice))


def changed(values: Sequence[tree.Assignment], changes: Assignments) -> Assignments:
    """Values and their changes, a changed one in place of the value."""
    paths = set(map(_key, changes))
    return (*(value for value in values if _key(value) not in paths), *changes)


def _key(value: tree.Assignment) -> Key:
    return value.cause, value.path.text


# ---- tests


def _rows(test: tree.Declaration, found: list[Diagnostic]) -> Iterator[tree.Declaration]:
    head = test.head
    if not isinstance(head, tree.TestHead) or not head.rows or test.name is None:
        yield test
        return
    seen: dict[frozenset[object], tree.TestRow] = {}
    for number, row in enumerate(head.rows, 1):
        first = seen.setdefault(frozenset(map(_said, row.changes)), row)
        if first is not row:
            related = [Related(first.changes[0].where, "it stands here already")]
            place = row.changes[0].where
            found.append(kinds.SAME_ROW.at(place, name=test.name.text, related=related))
        where = row.changes[0].path.where
        words = ", ".join(map(_words, row.changes))
        title = f"{test.title.value} ({words})" if test.title else words
        yield replace(
            test,
            name=tree.Name(f"{test.name.text}.{number}", where=where),
            title=tree.Text(title, where=where),
            head=replace(
                head,
                changes=changed(head.changes, row.changes),
                verdict=row.verdict,
                by=row.by,
                needing=row.needing,
                rows=(),
                where=row.where,
            ),
            where=row.where,
        )


def _said(value: tree.Assignment) -> object:
    return (*_key(value), _words(value))


def _words(value: tree.Assignment) -> str:
    """ "lab.hb: 8 g/dL", as the author wrote it."""
    said = ", ".join(map(_value, (value.value, *value.more)))
    day = f" on {value.on.text}" if value.on else ""
    return f"{'cause of ' if value.cause else ''}{value.path.text}: {said}{day}"


def _value(value: tree.Given) -> str:
    if isinstance(value, tree.OneOfThem):
        return f"{{ {'; '.join(map(_words, value.said))} }}"
    if isinstance(value, tree.Quantity):
        return written(value)
    return started_words(value) if isinstance(value, tree.Started) else value.text
