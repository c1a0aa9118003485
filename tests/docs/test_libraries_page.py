"""docs/libraries.md is made from the libraries, and what it tells to write compiles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.docs.test_language_examples import beside, errors

from trialc.cli import shipped
from trialc.cli.shipped import Part, Shipped

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "libraries.md"

HEAD = """# Libraries

Formulas, scores and definitions that come with trialc, ready to use. `protoc library` lists them,
`protoc library add bmi` writes one into the folder `lib` beside your protocols; then write the
line `use`, and behind its name what the library gives: `bmi.obese`.

```protocol
language 1
use lib.bmi version "2000.1" as bmi with weight = demo.weight, height = demo.height

protocol bodies { title: "Body mass index, an example" version: "1" }
data demo.weight "Weight" : quantity [kg] { range: 1 .. 350 kg }
data demo.height "Height" : quantity [cm] { range: 30 .. 250 cm }

exclusion obesity [1] "Obesity" { exclude when bmi.obese }
```

What a library needs are elements of its own, here `bmi.weight` and `bmi.height`, unless `with`
lets an element of the protocol stand for one: it must have the same type and unit, and all codes
that are named below. A judgement of a library needs its role in the protocol: `role investigator
"Investigator"`.

- `reproductive` works out who is of childbearing potential (menarche, last period,
  sterilisation), with pregnancy, lactation and the contraception of women and men.
  `contraception` asks for the childbearing potential as one answer, and for nothing but
  contraception. Use one of them.
- GFR in mL/min/1.73m2 comes from `ckd_epi_2021`, `mdrd_175` and, for children,
  `schwartz_bedside`; creatinine clearance in mL/min from `cockcroft_gault`. `kdigo_ckd` puts a
  GFR into its category.

This page is made from the files of protocol/lib; `make bless` writes it anew.

"""


def every() -> list[Shipped]:
    return [known for name in shipped.names() if (known := shipped.shipped(name)) is not None]


def page() -> str:
    libraries = every()
    rows = [f"| [`{one.name}`](#{one.name}) | {one.version} | {one.title} |" for one in libraries]
    table = "\n".join(["| library | version | |", "|---|---|---|", *rows])
    return HEAD + "\n".join([table, "", *(line for one in libraries for line in section(one))])


def section(library: Shipped) -> Iterator[str]:
    yield from (f"## {library.name}", "", f"{library.title}. {library.citation}.", "")
    yield from ("```", library.use, "```", "")
    yield from table("needs", library.needs)
    if library.roles:
        yield from (
            f"The protocol declares: {', '.join(f'role `{r}`' for r in library.roles)}.",
            "",
        )
    yield from table("gives", library.gives)


def table(heading: str, parts: Sequence[Part]) -> Iterator[str]:
    yield from (f"| {heading} | | |", "|---|---|---|")
    yield from (f"| `{part.name}` | {part.form} | {part.title} |" for part in parts)
    yield ""


def test_the_page_is_what_the_libraries_say(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, page().rstrip("\n") + "\n")


@pytest.mark.parametrize("library", every(), ids=lambda library: library.name)
def test_the_line_to_write_compiles_with_all_that_is_given(library: Shipped) -> None:
    roles = "\n".join(f'role {role} "R"' for role in library.roles)
    conditions = [part.name for part in library.gives if part.form == "condition"]
    numbers = [part for part in library.gives if part.form.startswith("number")]
    assert len(conditions) + len(numbers) == len(library.gives)
    rules = [
        f'exclusion e{index} [{index}] "E" {{ exclude when {library.name}.{name} }}'
        for index, name in enumerate(conditions, 1)
    ]
    copies = [
        f'derive copy_{part.name} "C" [{unit(part)}] = {library.name}.{part.name}'
        for part in numbers
        if unit(part) != "points"
    ]
    lines = ("language 1", library.use, 'protocol p { title: "P" version: "1" }', roles)
    assert errors("\n".join((*lines, *rules, *copies)), beside("")) == []


def unit(part: Part) -> str:
    return part.form.removeprefix("number [").removesuffix("]")


def test_what_says_more_of_a_library_names_one_that_is_there() -> None:
    named = re.findall(r"^- `(\w+)`", HEAD, re.MULTILINE)
    assert set(named) <= set(shipped.names())
