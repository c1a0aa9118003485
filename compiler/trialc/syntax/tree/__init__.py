"""The syntax tree: what a protocol text says, word for word, before any name is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.source import SourceText
from trialc.syntax.tree.expressions import (
    Arithmetic,
    Attributed,
    Between,
    Case,
    Changed,
    Comparison,
    Confirmed,
    CountGiven,
    Each,
    Elapsed,
    Every,
    Expression,
    Extreme,
    Function,
    Group,
    IfDone,
    InUnit,
    Item,
    Limit,
    Member,
    NoEvent,
    Normal,
    Not,
    OfCriterion,
    Ongoing,
    Operators,
    Score,
    ScoreItem,
    Since,
    Summary,
    Table,
    Unless,
    Within,
)
from trialc.syntax.tree.heads import (
    ActivityHead,
    Bound,
    CourseHead,
    DueHead,
    DurationHead,
    FormulaHead,
    Head,
    Moment,
    NamesHead,
    NumberHead,
    QuotaHead,
    Repeat,
    TestHead,
    TrialExpectation,
    TrialHead,
    TrialStep,
    Trigger,
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
    Reuse,
    Rule,
    Source,
    Started,
    Statement,
    Tabled,
)
from trialc.syntax.tree.walking import names_in, nodes_in, rules_of
from trialc.syntax.tree.words import (
    DateText,
    FirstOf,
    Limits,
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
    "ActivityHead",
    "Alternative",
    "Arithmetic",
    "Aside",
    "Assignment",
    "Attested",
    "Attributed",
    "Between",
    "Bound",
    "Case",
    "Changed",
    "Comparison",
    "Confirmed",
    "CountGiven",
    "CourseHead",
    "DateText",
    "Declaration",
    "DueHead",
    "DurationHead",
    "Each",
    "Elapsed",
    "Every",
    "Expression",
    "Extreme",
    "FirstOf",
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
    "Limits",
    "Member",
    "Moment",
    "Name",
    "Names",
    "NamesHead",
    "NoEvent",
    "Normal",
    "Not",
    "NumberHead",
    "OfCriterion",
    "Ongoing",
    "Operators",
    "Options",
    "Otherwise",
    "Property",
    "Quantity",
    "QuotaHead",
    "Range",
    "Repeat",
    "Replacement",
    "Reports",
    "Reuse",
    "Rule",
    "Score",
    "ScoreItem",
    "Since",
    "Source",
    "Started",
    "Statement",
    "Summary",
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
    "Trigger",
    "TypeHead",
    "Unless",
    "UseHead",
    "VisitHead",
    "Within",
    "WordHead",
    "names_in",
    "nodes_in",
    "rules_of",
]
