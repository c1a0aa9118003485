"""The libraries that come with the compiler: their texts, and what each needs and gives.

In the repository they are the files of protocol/lib, where people edit them; the wheel holds a copy
of them beside the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trialc.cli.files import read_text
from trialc.source import SourceText
from trialc.source.places import LIBRARIES
from trialc.syntax import tree
from trialc.syntax.from_text import parse
from trialc.syntax.spelling import nearest

SUFFIX = ".proto.txt"
_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "libraries", _PACKAGE.parents[1] / "protocol" / LIBRARIES)
"""In the wheel; in the repository, of an editable installation."""


@dataclass(frozen=True)
class Part:
    """Something that a library needs or gives."""

    name: str
    title: str
    form: str
    """Its type with its unit or codes, or what it is: "quantity [kg]", "choice {female, male}"."""


@dataclass(frozen=True)
class Shipped:
    """A library that comes with the compiler."""

    text: SourceText
    name: str
    version: str
    title: str
    citation: str
    needs: tuple[Part, ...]
    """Elements and judgements that a record states."""
    roles: tuple[str, ...]
    """Roles that the protocol must declare, for they judge."""
    gives: tuple[Part, ...]
    """Derived numbers and named conditions."""

    @property
    def use(self) -> str:
        """The line that uses it."""
        return f'use {LIBRARIES}.{self.name} version "{self.version}" as {self.name}'


def names() -> tuple[str, ...]:
    """The names of all of them, in alphabetical order; none where an installation has lost them."""
    files = _folder().glob(f"*{SUFFIX}")
    return tuple(sorted(file.name.removesuffix(SUFFIX) for file in files))


def near(name: str) -> str | None:
    """The library that was probably meant."""
    return nearest(name, names())


@cache
def shipped(name: str) -> Shipped | None:
    """One of them by its name; None where there is no such library."""
    if name not in names():
        return None
    file = f"{name}{SUFFIX}"
    text = read_text(str(_folder() / file), f"{LIBRARIES}/{file}").text
    return _described(text, name) if text is not None else None


def _folder() -> Path:
    return next((place for place in _PLACES if place.is_dir()), _PLACES[0])


def _described(text: SourceText, name: str) -> Shipped:
    declarations = parse(text)[0].declarations
    own = next(one for one in declarations if one.keyword == "library")
    assert isinstance(own.head, tree.WordHead)
    assert isinstance(own.head.word, tree.Text)
    return Shipped(
        text=text,
        name=name,
        version=own.head.word.value,
        title=_property(own, "title"),
        citation=_property(own, "citation"),
        needs=_parts(declarations, "data", "judgement"),
        roles=_roles(declarations),
        gives=_parts(declarations, "derive", "define"),
    )


def _property(declaration: tree.Declaration, label: str) -> str:
    for statement in declaration.body:
        if isinstance(statement, tree.Property) and statement.label.text == label:
            value = statement.values[0][0]
            return value.value if isinstance(value, tree.Text) else ""
    return ""


def _parts(declarations: Sequence[tree.Declaration], *keywords: str) -> tuple[Part, ...]:
    return tuple(
        Part(one.name.text, one.title.value if one.title else "", _form(one))
        for one in declarations
        if one.keyword in keywords and one.name is not None
    )


def _form(declaration: tree.Declaration) -> str:
    head = declaration.head
    if isinstance(head, tree.TypeHead):
        if head.options is not None:
            return f"{head.type} {{{', '.join(name.text for name in head.options.names)}}}"
        return f"{head.type} [{head.unit}]" if head.unit else head.type
    if isinstance(head, tree.FormulaHead):
        return f"number [{head.unit}]" if declaration.keyword == "derive" else "condition"
    if isinstance(head, tree.NamesHead):
        return f"judgement by {', '.join(name.text for name in head.names)}"
    return declaration.keyword


def _roles(declarations: Sequence[tree.Declaration]) -> tuple[str, ...]:
    """Roles that judge in the library and are declared by the protocol that uses it."""
    own = {one.name.text for one in declarations if one.keyword == "role" and one.name}
    asked = (
        name.text
        for one in declarations
        if one.keyword == "judgement" and isinstance(one.head, tree.NamesHead)
        for name in one.head.names
    )
    return tuple(name for name in dict.fromkeys(asked) if name not in own)
