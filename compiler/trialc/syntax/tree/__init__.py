"""The syntax tree: what a protocol text says, word for word, before any name is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.source import SourceText
from trialc.syntax.tree.expressions import (
    Arithmetic,
    Attributed,
    Between,
    Case,
    Comparison,
    CountGiven,
    Elapsed,
    Every,
    Expression,
    Function,
    Group,
    IfDone,
    InUnit,
    Item,
    Limit,
    Member,
    NoEvent,
    Not,
    Ongoing,
    Operators,
    Score,
    ScoreItem,
    Since,
    Table,
    Unless,
    Within,
)
from trialc.syntax.tree.heads import (
    CourseHead,
    DueHead,
    DurationHead,
    FormulaHead,
    Head,
    NamesHead,
    NumberHead,
    Repeat,
    TestHead,
    TrialExpectation,
    TrialHead,
    TrialStep,
    TypeHead,
    UseHead,
    VisitHead,
    WordHead,
)
from trialc.syntax.tree.statements import (
    Alternative,
    Aside,
    Assignment,
    Attested,
    Give,
    GiveIn,
    Guards,
    Names,
    Otherwise,
    Property,
    Replacement,
    Reports,
    Rule,
    Source,
    Statement,
    Tabled,
)
from trialc.syntax.tree.walking import names_in
from trialc.syntax.tree.words import (
    DateText,
    Name,
    Options,
    Quantity,
    Range,
    Syntax,
    Term,
    Text,
)


@dataclass(frozen=True, slots=True)
class Declaration(Syntax):
    """One declaration. `number` is the printed label of a criterion, without its brackets."""

    keyword: str
    name: Name | None = None
    number: str = ""
    title: Text | None = None
    head: Head | None = None
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """All declarations of a text that could be parsed, in order."""

    source: SourceText
    declarations: tuple[Declaration, ...]
    broken: frozenset[tuple[str, str]] = frozenset()
    """Keyword and name of the declarations that could not be parsed; more than one name where it
    is not clear which was meant, "" where there is none; the alias of a library that is used.
    """


__all__ = [
    "Alternative",
    "Arithmetic",
    "Aside",
    "Assignment",
    "Attested",
    "Attributed",
    "Between",
    "Case",
    "Comparison",
    "CountGiven",
    "CourseHead",
    "DateText",
    "Declaration",
    "DueHead",
    "DurationHead",
    "Elapsed",
    "Every",
    "Expression",
    "FormulaHead",
    "Function",
    "Give",
    "GiveIn",
    "Group",
    "Guards",
    "Head",
    "IfDone",
    "InUnit",
    "Item",
    "Limit",
    "Member",
    "Name",
    "Names",
    "NamesHead",
    "NoEvent",
    "Not",
    "NumberHead",
    "Ongoing",
    "Operators",
    "Options",
    "Otherwise",
    "Property",
    "Quantity",
    "Range",
    "Repeat",
    "Replacement",
    "Reports",
    "Rule",
    "Score",
    "ScoreItem",
    "Since",
    "Source",
    "Statement",
    "Syntax",
    "Table",
    "Tabled",
    "Term",
    "TestHead",
    "Text",
    "Tree",
    "TrialExpectation",
    "TrialHead",
    "TrialStep",
    "TypeHead",
    "Unless",
    "UseHead",
    "VisitHead",
    "Within",
    "WordHead",
    "names_in",
]
