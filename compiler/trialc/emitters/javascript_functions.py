"""The fast path of a checker as JavaScript functions: `outcomes` and `verdict`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialc.emitters.checker_text import comment
from trialc.emitters.javascript_expressions import RESERVED, alternatives, test
from trialc.emitters.javascript_text import literal, quoted, statement
from trialc.lowering import statements as s
from trialc.lowering.functions import Functions
from trialc.lowering.nodes import Amount, Test
from trialc.lowering.statements import Statement
from trialc.model.protocol import Criterion, Protocol
from trialc_runtime.program import Program

OUTCOMES = "Every criterion's outcome, in document order: true, false, null for unknown."
SOME_OUTCOMES = "Outcomes of some criteria, in document order."
VERDICT = "eligible, ineligible or undetermined, without an explanation."
SOME_VERDICT = "The verdict by some criteria alone."

INHERITED = frozenset((
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
    "toString", "valueOf", "__proto__",
))  # fmt: skip
"""What every object of JavaScript has: a value of this name must be its own."""


def fast_path(protocol: Protocol, program: Program) -> tuple[str, str]:
    """The functions `outcomes` and `verdict`, each with those that it calls."""
    functions = Functions(protocol, program, RESERVED)
    return _outcomes(functions.outcomes()), _verdict(functions.verdicts(), functions.is_split)


def _outcomes(parts: Sequence[s.Outcomes]) -> str:
    if len(parts) == 1:
        return _outcomes_of("outcomes", OUTCOMES, parts[0])
    names = [f"outcomes_{number}" for number in range(1, len(parts) + 1)]
    written = [
        _outcomes_of(name, SOME_OUTCOMES, part) for name, part in zip(names, parts, strict=True)
    ]
    calls = [f"  ...{name}(values)," for name in names]
    return "\n".join((*written, _function("outcomes", OUTCOMES, ["return [", *calls, "];"])))


def _outcomes_of(name: str, text: str, part: s.Outcomes) -> str:
    results = (f"  {local.name}," for local in part.results)
    return _function(name, text, [*_lines(part.statements), "return [", *results, "];"])


def _verdict(parts: Sequence[s.Verdict], is_split: bool) -> str:
    if len(parts) == 1:
        return _verdict_of("verdict", VERDICT, parts[0], is_split)
    names = [f"verdict_{number}" for number in range(1, len(parts) + 1)]
    written = [
        _verdict_of(name, SOME_VERDICT, part, False)
        for name, part in zip(names, parts, strict=True)
    ]
    lines = ["let undecided = false;", f"for (const part of [{', '.join(names)}]) {{"]
    lines += ["  const found = part(values);", '  if (found === "ineligible") return found;']
    lines += ['  undecided = undecided || found === "undetermined";', "}", _end(is_split)]
    return "\n".join((*written, _function("verdict", VERDICT, lines)))


def _verdict_of(name: str, text: str, part: s.Verdict, is_split: bool) -> str:
    lines = ["let undecided = false;", *_lines(part.statements), _end(is_split)]
    return _function(name, text, lines)


def _end(is_split: bool) -> str:
    """What is left when no criterion failed by Kleene's logic."""
    found = "split_verdict(values)" if is_split else '"undetermined"'
    return f'return undecided ? {found} : "eligible";'


# ---- statements


def _lines(statements: Iterable[Statement], declare: str = "let ") -> Iterator[str]:
    for each in statements:
        yield from _statement(each, declare)


def _statement(each: Statement, declare: str) -> Iterator[str]:
    """`declare` stands before a local that takes an outcome, where it is not declared yet."""
    match each:
        case s.Heading(criterion):
            yield from _heading(criterion)
        case s.Load(local, path, kind):
            yield f"const {local.name} = {_loaded(path, kind)};"
        case s.Set(local, value):
            yield f"const {local.name} = {_value(value)};"
        case s.Outcome(local, true, false, likely):
            first, second = (true, false) if likely else (false, true)
            yield (
                f"{declare}{local.name} = {test(first)} ? {literal(likely)} : {test(second)} ? "
                f"{literal(not likely)} : null;"
            )
        case s.Shortly(local, likely, short, otherwise):
            yield from (f"let {local.name} = {literal(likely)};", f"if (!({test(short)})) {{")
            yield from (f"  {line}" for line in _lines(otherwise, declare=""))
            yield "}"
        case s.Settle(local, position, tests):
            some = f" && ({' || '.join(map(test, tests))})" if tests else ""
            yield f"if ({local.name} === null{some}) {{"
            yield f"  {local.name} = settled(PROGRAM, {position}, null, values);"
            yield "}"
        case s.Judge(passes, fails):
            yield from (f"if (!({test(passes)})) {{", f"  if ({test(fails)}) {{")
            yield from ('    return "ineligible";', "  }", "  undecided = true;", "}")
        case s.Unless(short, inner):
            yield f"if (!({test(short)})) {{"
            yield from (f"  {line}" for line in _lines(inner))
            yield "}"


def _loaded(path: str, kind: str) -> str:
    key = f"not_done:{path}" if kind == "mark" else path
    found = f"values[{quoted(key)}]"
    if key in INHERITED:
        found = f"own(values, {quoted(key)})"
    return f"{found} ?? NaN" if kind == "amount" else found


def _value(value: Amount | Test) -> str:
    return alternatives(value) if isinstance(value, Amount) else test(value)


def _heading(item: Criterion) -> list[str]:
    """The comment above a criterion: what it is, and the words of its source."""
    lines = [
        *comment(f"{item.type} {item.number}, {item.id}: {item.title}"),
        *comment(item.source_words),
    ]
    return ["", *(f"//{line.removeprefix('#')}" for line in lines)]


def _function(name: str, text: str, lines: Sequence[str]) -> str:
    body = "".join(f"{row}\n" for line in lines for row in statement(line, 2))
    return f"/** {text} */\nfunction {name}(values) {{\n{body}}}\n"
