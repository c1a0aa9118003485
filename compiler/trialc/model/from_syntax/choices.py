"""Conditions on choices and ordinals: one of some codes, a code or those beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.model import expression as model
from trialc.model.from_syntax.applicability import Resolved
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.quantities import not_a_number, range_reversed
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.spelling import listed

Maybe = Resolved | None


class Ordered(tuple[str, ...]):
    """Codes of a report from the lowest to the highest."""

    __slots__ = ()


class Choices:
    """Resolves the conditions on choices of one text, or on the attributes of an event."""

    def __init__(
        self,
        context: Context,
        module: Module,
        attributes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.context = context
        self.module = module
        self.attributes = attributes
        self.found = context.found

    def compared(
        self,
        left: tree.Name,
        codes: Sequence[str],
        right: tree.Expression,
        comparison: tree.Comparison,
    ) -> Maybe:
        """`= code` and `!= code`."""
        relation = comparison.relation
        is_known = relation in ("=", "!=") or self.is_ordered(left)
        if not is_known or not isinstance(right, tree.Name):
            sign = relation if is_known else "="
            advice = f"write for example `{left.text} {sign} {codes[len(codes) // 2]}`"
            if is_known:
                advice += f"; its values are {listed(codes)}"
            else:
                ordered = f"data {left.text} ... : ordinal"
                if self.attributes is not None:
                    ordered = f"reports {left.text.removeprefix('event.')} ... ordinal"
                advice += f", or give its values an order: `{ordered} {{...}}`"
            self.found.append(not_a_number(left.where, left.text, "a choice", help=advice))
            return None
        options = tree.Options((right,), where=right.where)
        if relation not in ("=", "!=") and right.text in codes:
            return self._from_there_on(left, codes, relation, right, comparison)
        chosen = self.one_of(left, codes, options, comparison.where)
        if chosen is None or comparison.relation == "=":
            return chosen
        negated = model.Not(operand=chosen.condition, where=comparison.where)
        return Resolved(negated, chosen.applies)

    def is_ordered(self, name: tree.Name) -> bool:
        """Whether the codes of a choice have an order."""
        if self.attributes is not None:
            return isinstance(self.attributes.get(name.text), Ordered)
        symbol = self.context.names.look_up(name.text, self.module)
        element = self.context.data.get(symbol.id) if symbol else None
        return element is not None and element.ordered

    def _from_there_on(
        self,
        left: tree.Name,
        codes: Sequence[str],
        relation: str,
        right: tree.Name,
        comparison: tree.Comparison,
    ) -> Maybe:
        """The codes on one side of another, in their order; an empty side is a mistake."""
        place = codes.index(right.text)
        kept = {
            "<": codes[:place],
            "<=": codes[: place + 1],
            ">": codes[place + 1 :],
            ">=": codes[place:],
        }[relation]
        if not kept or len(kept) == len(codes):
            consequence = "is always true" if kept else "can never be true"
            text = f"{left.text} {relation} {right.text}"
            advice = f"its values are {' < '.join(codes)}"
            self.found.append(
                kinds.OUTSIDE_ORDER.at(
                    comparison.where, text=text, consequence=consequence, help=advice
                )
            )
            return None
        named = tuple(tree.Name(code, where=right.where) for code in kept)
        return self.one_of(left, codes, tree.Options(named, where=right.where), comparison.where)

    def from_to(self, left: tree.Name, codes: Sequence[str], between: tree.Between) -> Maybe:
        """`nyha in II .. IV`: the codes from one to another."""
        ends = [end for end in (between.low, between.high) if isinstance(end, tree.Name)]
        if len(ends) < 2:
            advice = f"write for example `{left.text} in {codes[0]} .. {codes[-1]}`"
            self.found.append(not_a_number(left.where, left.text, "a choice", help=advice))
            return None
        both_ends = tree.Options(tuple(ends), where=between.where)
        if any(end.text not in codes for end in ends):
            return self.one_of(left, codes, both_ends, between.where)
        first, last = (codes.index(end.text) for end in ends)
        if first > last:
            text = f"{ends[0].text} .. {ends[1].text}"
            self.found.append(range_reversed(between.where, text))
            return None
        named = tuple(tree.Name(code, where=between.where) for code in codes[first : last + 1])
        return self.one_of(left, codes, tree.Options(named, where=between.where), between.where)

    def codes(self, name: tree.Name) -> Sequence[str] | None:
        """The codes of a choice element or of an event's attribute; None if it is neither."""
        if self.attributes is not None:
            return self.attributes.get(name.text)
        symbol = self.context.names.look_up(name.text, self.module)
        element = self.context.data.get(symbol.id) if symbol else None
        return element.options if element and element.type == "choice" else None

    def one_of(
        self, name: tree.Name, codes: Sequence[str], options: tree.Options, where: Span
    ) -> Maybe:
        for option in options.names:
            if option.text not in codes:
                self.found.append(unknown_code(option, name.text, codes, self.context))
                return None
        symbol = self.context.names.look_up(name.text, self.module)
        path = symbol.id if symbol and self.attributes is None else name.text
        named = tuple(dict.fromkeys(option.text for option in options.names))
        condition = model.OneOf(path=path, codes=named, where=where)
        return Resolved(condition, self.context.applicable.get(path))


_SHORT = 3
"""Shorter codes are like many others: I, II, III, IV."""


def unknown_code(
    option: tree.Name, name: str, codes: Sequence[str], context: Context
) -> Diagnostic:
    """A word that is none of the codes of `name`."""
    same = (code for code in codes if code.casefold() == option.text.casefold())
    guess = next(same, None)
    if guess is None and len(option.text) > _SHORT:
        guess = context.names.guess(option.text, codes)
    advice = f"did you mean `{guess}`?" if guess else f"its values are {listed(codes)}"
    return kinds.UNKNOWN_CODE.at(option.where, code=option.text, name=name, help=advice)
