"""The fast path of a checker as Python functions: `outcomes` and `verdict`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialc.emitters.checker_python import RESERVED, alternatives, test
from trialc.emitters.checker_text import comment, statement
from trialc.lowering import statements as s
from trialc.lowering.functions import Functions
from trialc.lowering.nodes import Amount, Test
from trialc.lowering.statements import Statement
from trialc.model.protocol import Criterion, Protocol
from trialc_runtime.program import Program

OUTCOMES = """Every criterion's outcome, in document order: True, False, None for unknown.

    `values` is what `load` returns, or a mapping made to the same contract."""
SOME_OUTCOMES = "Outcomes of some criteria, in document order."
VERDICT = """eligible, ineligible or undetermined, without an explanation.

    `values` is what `load` returns, or a mapping made to the same contract."""
SOME_VERDICT = "The verdict by some criteria alone."
GET = "get = values.get"
LOADS = {"amount": "get({path!r}, NAN)", "other": "get({path!r})", "mark": "get({key!r})"}


def fast_path(protocol: Protocol, program: Program) -> tuple[str, str]:
    """The functions `outcomes` and `verdict`, each with those that it calls."""
    functions = Functions(protocol, program, RESERVED)
    return _outcomes(functions.outcomes()), _verdict(functions.verdicts(), functions.is_split)


def _outcomes(parts: Sequence[s.Outcomes]) -> str:
    if len(parts) == 1:
        return _outcomes_of("outcomes", OUTCOMES, parts[0])
    names = [f"_outcomes_{number}" for number in range(1, len(parts) + 1)]
    written = [
        _outcomes_of(name, SOME_OUTCOMES, part) for name, part in zip(names, parts, strict=True)
    ]
    calls = "".join(f"        *{name}(values),\n" for name in names)
    whole = _function("outcomes", "tuple[Truth, ...]", OUTCOMES, [])
    return "\n\n\n".join((*written, f"{whole}    return (\n{calls}    )")) + "\n"


def _outcomes_of(name: str, text: str, part: s.Outcomes) -> str:
    results = (f"    {local.name}," for local in part.results)
    lines = [GET, *_lines(part.statements), "return (", *results, ")"]
    return _function(name, "tuple[Truth, ...]", text, lines)


def _verdict(parts: Sequence[s.Verdict], is_split: bool) -> str:
    if len(parts) == 1:
        return _verdict_of("verdict", VERDICT, parts[0], is_split)
    names = [f"_verdict_{number}" for number in range(1, len(parts) + 1)]
    written = [
        _verdict_of(name, SOME_VERDICT, part, False)
        for name, part in zip(names, parts, strict=True)
    ]
    lines = ["undecided = False", "for part in (", *(f"    {name}," for name in names), "):"]
    lines += ["    found = part(values)", '    if found == "ineligible":']
    lines += ["        return found", '    undecided = undecided or found == "undetermined"']
    lines.append(_end(is_split))
    return "\n\n\n".join((*written, _function("verdict", "str", VERDICT, lines)))


def _verdict_of(name: str, text: str, part: s.Verdict, is_split: bool) -> str:
    lines = [GET, "undecided = False", *_lines(part.statements), _end(is_split)]
    return _function(name, "str", text, lines)


def _end(is_split: bool) -> str:
    """What is left when no criterion failed by Kleene's logic."""
    found = "_split_verdict(values)" if is_split else '"undetermined"'
    return f'return {found} if undecided else "eligible"'


# ---- statements


def _lines(statements: Iterable[Statement]) -> Iterator[str]:
    for each in statements:
        yield from _statement(each)


def _statement(each: Statement) -> Iterator[str]:
    match each:
        case s.Heading(criterion):
            yield from _heading(criterion)
        case s.Load(local, path, kind):
            load = LOADS[kind].format(path=path, key=f"not_done:{path}")
            yield f"{local.name} = {load}"
        case s.Set(local, value):
            yield f"{local.name} = {_value(value)}"
        case s.Outcome(local, true, false, likely):
            first, second = (true, false) if likely else (false, true)
            yield (
                f"{local.name} = {likely} if {test(first)} else {not likely} if {test(second)} "
                "else None"
            )
        case s.Shortly(local, likely, short, otherwise):
            yield from (f"if {test(short)}:", f"    {local.name} = {likely}", "else:")
            yield from (f"    {line}" for line in _lines(otherwise))
        case s.Settle(local, position, tests):
            some = f" and ({' or '.join(map(test, tests))})" if tests else ""
            yield f"if {local.name} is None{some}:"
            yield f"    {local.name} = settled(PROGRAM, {position}, None, values)"
        case s.Judge(passes, fails):
            yield from (f"if not ({test(passes)}):", f"    if {test(fails)}:")
            yield from ('        return "ineligible"', "    undecided = True")
        case s.Unless(short, inner):
            yield f"if not ({test(short)}):"
            yield from (f"    {line}" for line in _lines(inner))


def _value(value: Amount | Test) -> str:
    return alternatives(value) if isinstance(value, Amount) else test(value)


def _heading(item: Criterion) -> list[str]:
    """The comment above a criterion: what it is, and the words of its source."""
    return [
        "",
        *comment(f"{item.type} {item.number}, {item.id}: {item.title}"),
        *comment(item.source_words),
    ]


def _function(name: str, returns: str, text: str, lines: Sequence[str]) -> str:
    head = f'def {name}(values: Values) -> {returns}:\n    """{text}"""\n'
    if "\n" in text:
        head = f'def {name}(values: Values) -> {returns}:\n    """{text}\n    """\n'
    return head + "".join(f"{row}\n" for line in lines for row in statement(line, 4))
