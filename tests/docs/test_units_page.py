"""docs/units.md is made from the registry of units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from trialc.model.unit_registry import UNITS
from trialc.model.units import Unit, family, spellings, unit

ROOT = Path(__file__).parent.parent.parent

HEAD = """# Units

The closed registry: a unit that is not here is refused (E0401). Units between two empty rows
convert into one another, exactly; others never do. `code` is the UCUM code, which outputs use; any
of the spellings may be written in a protocol or a record, with `µ` or `u`, `×` or `x`, `²` or `2`.

Between mass and substance concentrations (mg/dL and mmol/L) an element converts if it declares its
`molar_mass`. How comparisons stay exact: [semantics.md](semantics.md), section 2.

This page is made from compiler/trialc/model/unit_registry.py; `make bless` writes it anew.

| printed | code | spellings |
|---|---|---|
"""


def registered() -> Iterator[Unit]:
    """Every unit of the registry, those that convert into one another side by side."""
    seen: set[str] = set()
    for row in UNITS.strip().splitlines():
        known = unit(row.partition("|")[0].strip())
        assert known is not None
        for member in (known, *family(known)):
            if member.code not in seen:
                seen.add(member.code)
                yield member


def page() -> str:
    lines = [HEAD]
    before: Unit | None = None
    for known in registered():
        apart = before is not None and known.code not in {one.code for one in family(before)}
        if apart:
            lines.append("| | | |\n")
        names = ", ".join(f"`{name}`" for name in spellings(known) if name != known.code)
        lines.append(f"| {known.display} | `{known.code}` | {names} |\n".replace("||", "| |"))
        before = known
    return "".join(lines)


def test_the_page_is_what_the_registry_says(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "units.md", page())
