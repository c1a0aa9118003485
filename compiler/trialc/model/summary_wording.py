"""Numbers of several measurements in words: "mean of QTcF", as the author wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trialc.model import expression as e
from trialc.model.expression import Number
from trialc.model.measurements import numbered

Titles = Callable[[str], str]
"""The printed title of what a name stands for, the name itself where it has none."""


def summary_words(number: Number, title: Titles) -> str:
    """ "mean of QTcF", "highest of systolic pressure"; "" for what is no number of all measurements
    of one thing.
    """
    if isinstance(number, e.Function) and number.name in ("max", "min"):
        what = _measured(list(number.arguments), title)
        return what and f"{'highest' if number.name == 'max' else 'lowest'} of {what}"
    if not isinstance(number, e.Arithmetic):
        return ""
    if number.operator == "+":
        what = _measured(list(_terms(number)), title)
        return what and f"sum of {what}"
    terms = list(_terms(number.left))
    count = number.right
    is_mean = number.operator == "/" and isinstance(count, e.Literal) and count.value == len(terms)
    what = _measured(terms, title) if is_mean and len(terms) > 1 else ""
    return what and f"mean of {what}"


def _terms(number: Number) -> Iterator[Number]:
    """What a sum adds up, in the order of the text."""
    if isinstance(number, e.Arithmetic) and number.operator == "+":
        yield from _terms(number.left)
        yield number.right
    else:
        yield number


def _measured(terms: list[Number], title: Titles) -> str:
    """The title of what was measured so often, if these are all of its measurements."""
    paths = [term.path for term in terms if isinstance(term, e.Value)]
    name = paths[0].rpartition(".")[0] if paths and len(paths) == len(terms) else ""
    if not name or paths != list(numbered(name, len(paths))):
        return ""
    titles = [title(path) for path in numbered(name, len(paths) + 1)]
    what = titles[0].removesuffix(", measurement 1")
    own = [f"{what}, measurement {k}" for k in range(1, len(titles) + 1)]
    return what if titles[:-1] == own[:-1] and titles[-1] != own[-1] else ""
