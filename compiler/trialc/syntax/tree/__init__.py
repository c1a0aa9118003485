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
    CountEvents,
    CountGiven,
    DecidedBy,
    Elapsed,
    Every,
    Expression,
    Function,
    Gap,
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
    Scope,
    Score,
    ScoreItem,
    Since,
    Table,
    Unless,
    Within,
)
from trialc.syntax.tree.heads import (
    Asked,
    CourseHead,
    DueHead,
    DurationHead,
    FormulaHead,
    Head,
    NamesHead,
    NumberHead,
    Repeat,
    TestHead,
    TrialDecision,
    TrialDue,
    TrialExpectation,
    TrialGroup,
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
    LevelDose,
    Names,
    Otherwise,
    Outcome,
    Outcomes,
    Property,
    Replacement,
    Reports,
    Rule,
    Sentinel,
    Source,
    Statement,
    Tabled,
    Toxicity,
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
    "Asked",
    "Assignment",
    "Attested",
    "Attributed",
    "Between",
    "Case",
    "Comparison",
    "CountEvents",
    "CountGiven",
    "CourseHead",
    "DateText",
    "DecidedBy",
    "Declaration",
    "DueHead",
    "DurationHead",
    "Elapsed",
    "Every",
    "Expression",
    "FormulaHead",
    "Function",
    "Gap",
    "Give",
    "GiveIn",
    "Group",
    "Guards",
    "Head",
    "IfDone",
    "InUnit",
    "Item",
    "LevelDose",
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
    "Outcome",
    "Outcomes",
    "Property",
    "Quantity",
    "Range",
    "Repeat",
    "Replacement",
    "Reports",
    "Rule",
    "Scope",
    "Score",
    "ScoreItem",
    "Sentinel",
    "Since",
    "Source",
    "Statement",
    "Syntax",
    "Table",
    "Tabled",
    "Term",
    "TestHead",
    "Text",
    "Toxicity",
    "Tree",
    "TrialDecision",
    "TrialDue",
    "TrialExpectation",
    "TrialGroup",
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
