"""The runtime as part of a generated checker: the text of its modules, one after another."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.resources import files

MODULES = (
    "truth",
    "values",
    "calendar",
    "decimals",
    "functions",
    "refusals",
    "inputs",
    "fields",
    "order",
    "records",
    "standing",
    "program",
    "evaluate",
    "fast",
    "explain",
    "screening",
    "schedule",
    "trial_log",
    "instants",
    "sets",
    "transitions",
    "dose_levels",
    "escalation",
    "gates",
    "command",
)
"""In the order of their dependence: none uses one after it when it is loaded."""


@cache
def runtime_text() -> str:
    """All modules of the runtime as one text, without what makes them modules."""
    return "\n\n\n".join(_embedded(name) for name in MODULES) + "\n"


def _embedded(name: str) -> str:
    source = files("trialc_runtime").joinpath(f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    lines = source.splitlines()
    for node in ast.walk(tree):
        if _belongs_to_modules(node, tree.body[0]):
            assert isinstance(node, ast.stmt)
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[number - 1] = "\0"
    kept = [line for line in lines if line != "\0"]
    text = "\n".join(kept)
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    text = re.sub(r"^if TYPE_CHECKING:\n\s*\n(?=\S)", "", text, flags=re.MULTILINE)
    return f"# ---- {name}\n\n{text.strip()}"


def _belongs_to_modules(node: ast.AST, first: ast.stmt) -> bool:
    """The module's docstring, imports between modules, and the switch for type checkers."""
    if node is first:
        return True
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__" or (node.module or "").startswith("trialc_runtime")
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Name) and t.id == "TYPE_CHECKING" for t in node.targets)
    return False
