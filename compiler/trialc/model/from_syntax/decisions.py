"""Decisions: how typos and ambiguities of the registered text are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as type_kinds
from trialc.model.data import Criterion
from trialc.model.decisions import Alternative, Decision, Patch
from trialc.model.design import Event, Gate
from trialc.model.expression import Applies, Condition, Junction
from trialc.model.from_syntax import eligibility, gates
from trialc.model.from_syntax.applicability import Resolved
from trialc.model.from_syntax.body import Body, Terms, date
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.rewritten import rewritten, rule_of, scope_of, too_few
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.inputs import walk
from trialc.model.patching import attributions, branches, replaced
from trialc.syntax import tree

STATUSES = ("open", "assumed", "confirmed")

Owner = Criterion | Event | Gate


@dataclass(frozen=True)
class Rules:
    """The rules that alternatives may replace, by path of the declaration or labelled branch."""

    owners: Mapping[str, Owner]
    context: Context
    entangled: Set[str]
    """Ids of the owners whose rules can only be resolved as a whole: something may drop out of
    them (semantics section 4), or `every` says of whom their atoms speak.
    """

    def whole(
        self, owner: Owner, rule: tree.Expression, scope: tree.Expression | None
    ) -> Condition | None:
        """Another rule in the place of an owner's own; what it asks to be attested is its own."""
        symbol = self.context.names.symbols[owner.id]
        if isinstance(owner, Gate):
            return gates.opening(symbol, rule, self.context)
        if isinstance(owner, Event):
            return gates.counting(symbol, rule, self.context, owner.attributes)
        return eligibility.condition_of(symbol, rule, scope, self.context, {})

    def part(self, owner: Owner, path: str, rule: tree.Expression) -> Resolved | None:
        """A rule in the place of the one at a path, and when it exists."""
        symbol = self.context.names.symbols[owner.id]
        attributes = gates.reported(owner.attributes) if isinstance(owner, Event) else None
        conditions = Conditions(self.context, symbol.unit, {}, attributes)
        resolved = conditions.resolve(rule, path)
        if resolved is None or not conditions.can_be_followed(resolved.condition, rule.where):
            return None
        return resolved


def rules(owners: Iterable[Owner], context: Context) -> Rules:
    """The rules of declarations and of their labelled branches."""
    found: dict[str, Owner] = {}
    entangled: set[str] = set()
    for owner in owners:
        if not gates.is_one_rule(context.names.symbols[owner.id].declaration):
            continue  # what opens it is written out: no alternative can stand in its place
        found[owner.id] = owner
        found.update((branch.path, owner) for branch in branches(owner.condition))
        if isinstance(owner, Criterion):
            found[scope_path(owner)] = owner
        drops = any(isinstance(part, Applies) for part in walk(owner.condition))
        if drops or isinstance(owner, Gate):
            entangled.add(owner.id)
    return Rules(found, context, entangled)


def scope_path(criterion: Owner) -> str:
    """The path of whom a criterion applies to."""
    return f"{criterion.id}.applies"


def decision(symbol: Symbol, context: Context, rules: Rules) -> Decision | None:
    """One decision, with its alternatives as patches where they are rules."""
    body = Body(
        symbol.declaration,
        context.found,
        ("reading", "because", "status", "by", "on"),
        ("quote",),
        statements=(tree.Alternative,),
    )
    status = body.text("status", required=True)
    if status and status not in STATUSES:
        form = "`open`, `assumed` or `confirmed`"
        body.form("status", form, body.values["status"][0].label.where)
    if status not in STATUSES:
        return None
    alternatives = tuple(
        Alternative(
            text=alternative.text.value,
            patches=_Patching(alternative, context, rules).patches(),
            where=alternative.where,
        )
        for alternative in body.all(tree.Alternative)
    )
    signed = status == "confirmed"
    fields = {
        "quotes": body.texts("quote"),
        "reading": body.text("reading"),
        "alternatives": alternatives,
        "because": body.text("because"),
        "status": status,
        "by": body.text("by", required=signed),
        "on": body.one("on", "a date", lambda terms: _date(terms, context), signed) or "",
    }
    return Decision.model_validate({**declared(symbol, body, context), **fields})


def _date(terms: Terms, context: Context) -> str | None:
    if len(terms) == 1 and isinstance(terms[0], tree.DateText):
        return date(terms[0], context.found)
    return None


class _Patching:
    """The patches of one alternative. Where something may drop out of a rule, the rule is resolved
    again as a whole, with the replacements in it: what drops out depends on all its operands.
    """

    def __init__(self, alternative: tree.Alternative, context: Context, rules: Rules) -> None:
        self.replacements = alternative.replacements
        self.context = context
        self.rules = rules

    def patches(self) -> tuple[Patch, ...]:
        """Nothing, where one of the replacements is wrong."""
        known = [
            r
            for r in self.replacements
            if self._is_known(r) and not self._overlaps(r) and not self._asks_criteria(r)
        ]
        if len(known) < len(self.replacements):
            return ()
        found: list[Patch] = []
        for path in dict.fromkeys(self.rules.owners[r.path.text].id for r in known):
            owner = self.rules.owners[path]
            mine = [r for r in known if self.rules.owners[r.path.text] is owner]
            patches = self._of_owner(owner, mine)
            if patches is None:
                return ()
            found += patches
        return tuple(found)

    def _of_owner(self, owner: Owner, mine: Sequence[tree.Replacement]) -> list[Patch] | None:
        paths = [r.path.text for r in mine]
        rules = [r.condition for r in mine if r.condition is not None]
        in_place = len(rules) == len(mine) and scope_path(owner) not in paths
        if owner.id not in self.rules.entangled and in_place:
            before = len(self.context.found)
            parts = [
                self.rules.part(owner, path, rule) for path, rule in zip(paths, rules, strict=True)
            ]
            whole_parts = [part for part in parts if part is not None]
            if len(whole_parts) < len(parts):
                return None
            if not any(part.applies for part in whole_parts):
                return [
                    self._patch(r.path.text, part.condition, r)
                    for r, part in zip(mine, whole_parts, strict=True)
                ]
            del self.context.found[before:]
        return self._whole(owner, mine)

    def _whole(self, owner: Owner, mine: Sequence[tree.Replacement]) -> list[Patch] | None:
        declaration = self.context.names.symbols[owner.id].declaration
        rule, scope, anew = rule_of(declaration), scope_of(declaration), False
        for r in mine:
            path, by = r.path.text, r.condition
            anew = anew or by is None or path == scope_path(owner)
            if path == owner.id:
                rule = by
            elif path == scope_path(owner):
                scope = by
            elif scope is not None and path.startswith(f"{scope_path(owner)}."):
                scope = rewritten(scope, scope_path(owner), path, by)
            elif rule is not None:
                rule = rewritten(rule, owner.id, path, by)
        if anew and (why := self._undroppable(owner, rule, scope, mine)):
            where, name = mine[0].path.where, mine[0].path.text
            self.context.found.append(name_kinds.CANNOT_DROP.at(where, path=name, why=why))
            return None
        if rule is None:
            nothing = "all" if isinstance(owner, Criterion) and owner.type == "inclusion" else "any"
            return [self._patch(owner.id, Junction(quantifier=nothing, branches=()), mine[0])]
        whole = self._resolve(owner, rule, scope, mine)
        if whole is None:
            return None
        if anew:
            return [self._patch(owner.id, whole, mine[0])]
        at = {branch.path: branch.condition for branch in branches(whole)} | {owner.id: whole}
        naive = owner.condition
        for path in (r.path.text for r in mine):
            naive = at[path] if path == owner.id else replaced(naive, path, at[path])
        if naive != whole:  # what drops out of the rule changes elsewhere, too
            return [self._patch(owner.id, whole, mine[0])]
        return [self._patch(r.path.text, at[r.path.text], r) for r in mine]

    def _undroppable(
        self,
        owner: Owner,
        rule: tree.Expression | None,
        scope: tree.Expression | None,
        mine: Sequence[tree.Replacement],
    ) -> str:
        """Why something that is dropped cannot be; "" where it can."""
        declaration = self.context.names.symbols[owner.id].declaration
        for r in mine:
            if r.condition is None and r.path.text == scope_path(owner):
                if scope_of(declaration) is None:
                    return f"`{owner.id}` applies to everybody already"
            elif (
                r.condition is None and r.path.text == owner.id and not isinstance(owner, Criterion)
            ):
                return "only a criterion, or a branch, can be"
        whole = [part for part in (rule, scope) if part is not None]
        return next((why for part in whole if (why := too_few(part))), "")

    def _resolve(
        self,
        owner: Owner,
        rule: tree.Expression,
        scope: tree.Expression | None,
        mine: Sequence[tree.Replacement],
    ) -> Condition | None:
        """The whole rule; of the findings, only those in the replacements are new."""
        found = self.context.found
        before = len(found)
        whole = self.rules.whole(owner, rule, scope)
        found[before:] = [
            finding
            for finding in found[before:]
            if any(r.where.start <= finding.where.start < r.where.end for r in mine)
        ]
        return whole

    def _patch(self, path: str, condition: Condition, replacement: tree.Replacement) -> Patch:
        causes = tuple(
            eligibility.cause_input(cause) for cause in dict.fromkeys(attributions(condition))
        )
        return Patch(path=path, condition=condition, causes=causes, where=replacement.where)

    # ---- checks

    def _is_known(self, replacement: tree.Replacement) -> bool:
        name = replacement.path
        if name.text in self.rules.owners:
            return True
        if self.context.is_unresolved(name.text):
            return False  # reported where it is declared
        guess = self.context.names.guess(name.text, self.rules.owners)
        if definition := self._definition(name.text):
            advice = f"`{definition}` is a definition: replace the rule that names it, as a whole"
        elif guess and not name.text.startswith(f"{guess}."):
            advice = f"did you mean `{guess}`?"
        else:
            advice = "write the path of a criterion, or of a labelled branch that stands in it"
        self.context.found.append(
            name_kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice)
        )
        return False

    def _asks_criteria(self, replacement: tree.Replacement) -> bool:
        """An alternative that asked for another criterion could go in a circle, unseen."""
        if replacement.condition is None:
            return False
        asked = next(iter(tree.nodes_in(replacement.condition, tree.OfCriterion)), None)
        if asked is not None:
            text, place = f"criterion {asked.name.text}", "in an alternative"
            fault = type_kinds.MISPLACED_CONDITION.at(asked.where, text=text, place=place)
            self.context.found.append(fault)
        return asked is not None

    def _definition(self, path: str) -> str:
        """The definition that a path begins with, or ""."""
        symbols = self.context.names.symbols
        parts = path.split(".")
        heads = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
        kinds = ("define", "derive")
        return next((h for h in heads if h in symbols and symbols[h].kind in kinds), "")

    def _overlaps(self, replacement: tree.Replacement) -> bool:
        """Whether a part of what another replacement replaces is replaced."""
        path = replacement.path
        for other in self.replacements:
            inside = f"{path.text}.".startswith(f"{other.path.text}.")
            if f"{path.text}.".startswith(f"{other.path.text}.applies."):
                inside = False  # the rule of a criterion is replaced, and whom it applies to is not
            later = other.where.start < replacement.where.start or path.text != other.path.text
            if inside and other is not replacement and later:
                related = [Related(other.path.where, "replaced as a whole here")]
                self.context.found.append(
                    name_kinds.OVERLAPPING_REPLACEMENTS.at(
                        path.where, inner=path.text, outer=other.path.text, related=related
                    )
                )
                return True
        return False
