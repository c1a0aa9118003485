"""A study as documents meet it: CARE-SSc, shortened, as the resolved model; and a hostile one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trialc.graph.from_model import link
from trialc.graph.study import Study
from trialc.model.protocol import Node, Protocol, Quote

SAMPLE = Path(__file__).parent / "care.protocol.json"

HOSTILE = (
    "=1+1|<script>alert('x')</script> [click](javascript:alert(1)) `code` # head **b** {{ 7*7 }} "
    '{% raw %} <img src=x onerror="alert(1)"> https://evil.example/ </style> &lt; ]]> --> _em_'
)


def protocol() -> Protocol:
    return Protocol.model_validate_json(SAMPLE.read_bytes())


def hostile(value: Any) -> Any:
    """The same model with every free text of it replaced by hostile text; identities stay."""
    texts = {
        "title",
        "acronym",
        "text",
        "reading",
        "because",
        "citation",
        "measure",
        "contact",
        "vehicle",
        "volume",
        "reason",
        "sponsor",
        "by_whom",
        "value",
    }
    if isinstance(value, tuple):
        return tuple(hostile(item) for item in value)
    if isinstance(value, Quote):
        return Quote(clauses=(HOSTILE,))
    if isinstance(value, Node):
        return value.model_copy(
            update={
                name: HOSTILE if name in texts and isinstance(inner, str) else hostile(inner)
                for name, inner in value.__dict__.items()
                if name != "where"
            }
        )
    return value


@pytest.fixture
def study() -> Study:
    return link(protocol())


@pytest.fixture
def hostile_study() -> Study:
    return link(hostile(protocol()))
