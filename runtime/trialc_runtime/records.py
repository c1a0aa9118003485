"""Reading one participant's record against the inputs of a protocol (docs/semantics.md section 1).

Strict: a fault is never taken for an unknown value, and every fault of a record is reported.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso, parse_date
from trialc_runtime.fields import (
    ATTESTED,
    FieldError,
    as_list,
    faults_of_parts,
    how_to_attest,
    is_object,
    possible_parts,
    read_code,
    read_day,
    read_truth,
    read_unit,
    read_value,
    stated_unknown,
)
from trialc_runtime.inputs import DAY_OF, Input
from trialc_runtime.order import contradictions
from trialc_runtime.refusals import (
    RecordFault,
    RecordRefused,
    did_you_mean,
    kind_of,
    listed,
    shown,
)
from trialc_runtime.values import Reading, Reported, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any


class _Reader:
    """The state of one reading."""

    __slots__ = ("as_of", "faults", "measured", "measured_text", "misdated", "roles")

    def __init__(self, roles: tuple[str, ...]) -> None:
        self.roles = roles
        self.faults: list[RecordFault] = []
        self.as_of: int | None = None
        self.measured: int | None = None
        self.measured_text = ""
        # `measured` has a fault: one fault is enough, not one for every value.
        self.misdated = False

    def fault(self, field: str, message: str) -> None:
        self.faults.append(RecordFault(field, message))

    # ---- the record as a whole

    def days(self, record: Mapping[Any, Any]) -> None:
        """`as_of` and `measured`."""
        if record.get("as_of") is None:
            self.fault("as_of", "is required: the date, YYYY-MM-DD, for which the verdict is asked")
        else:
            self.as_of = self.day("as_of", record["as_of"])
        if record.get("measured") is not None:
            self.measured = self.day("measured", record["measured"])
            if self.measured is not None and self.as_of is not None and self.measured > self.as_of:
                self.fault("measured", _later(self.as_of))
                self.measured = None
            self.misdated = self.measured is None
            self.measured_text = "" if self.misdated else record["measured"]

    def day(self, field: str, text: object) -> int | None:
        """A date of the record; None and a fault where it is none."""
        try:
            return read_day(text)
        except FieldError as fault:
            self.fault(field, fault.message)
            return None

    def names(self, inputs: Mapping[str, Input], record: Mapping[Any, Any]) -> None:
        """Fields that the protocol does not know."""
        for key in record:
            if key in ("as_of", "measured") or key in inputs:
                continue
            guess = did_you_mean(key, inputs)
            message = f"is no input of this protocol{guess or '; remove it or correct its name'}"
            self.fault(_field(key), message)

    # ---- one input

    def input(self, wanted: Input, raw: Any) -> Reported | Unknown:
        """The value of one input. After a fault: unknown, and every fault of its parts is kept."""
        count = len(self.faults)
        found = self.tried(wanted, self.read_input, wanted, raw)
        return Unknown("missing") if found is None or len(self.faults) > count else found

    def tried(self, wanted: Input, read: Callable[..., Any], *arguments: Any) -> Any:
        """What a part of an input is; None after a fault, which is kept."""
        try:
            return read(*arguments)
        except FieldError as fault:
            self.fault(wanted.path + fault.where, fault.message)
            return None

    def read_input(self, wanted: Input, raw: Any) -> Reported | Unknown:
        if raw is None:
            return Unknown("missing")
        if wanted.kind in ATTESTED and not is_object(raw):
            raise FieldError(f"nobody attested this: {how_to_attest(wanted)}")
        stated: dict[Any, Any] = raw if is_object(raw) else {"value": raw}
        possible = possible_parts(wanted, stated)
        for message in faults_of_parts(stated, possible):
            self.fault(wanted.path, message)
        # A part is read even where nothing follows from it: a fault there may hide a value. One
        # that should not be there has no meaning, and is only told to be removed.
        parts = {key: stated[key] for key in possible if key in stated}
        reason: Unknown | None = None
        if "unknown" in stated:
            reason = self.tried(wanted, stated_unknown, stated["unknown"])
        attested = wanted.kind in ATTESTED
        said = (self.attested if attested else self.measured_value)(wanted, parts)
        return reason or said

    def measured_value(self, wanted: Input, parts: dict[Any, Any]) -> Reported | Unknown:
        dated = self.tried(wanted, self.date_of_value, parts)
        factor = self.tried(wanted, read_unit, wanted, parts.get("unit"))
        if parts.get("value") is None:
            return Unknown("missing")
        if factor is None:  # whether the value is possible depends on its unit
            return Unknown("missing")
        value = self.tried(wanted, read_value, wanted, parts["value"], factor)
        if dated is None or value is None:
            return Unknown("missing")
        on, text = dated
        unit = (parts.get("unit") or wanted.unit) if wanted.kind == "quantity" else wanted.unit
        return self.fresh(wanted, Reported(value, parts["value"], unit, text), on)

    def date_of_value(self, parts: dict[Any, Any]) -> tuple[int | None, str]:
        """The day and its text, which is ISO or it would not have been read."""
        text = parts.get("on")
        if text is None:
            return self.measured, self.measured_text
        return self.past_day(text, ".on"), text

    def past_day(self, text: object, where: str) -> int:
        """The day of something that happened: none after `as_of`."""
        day = read_day(text, where)
        if self.as_of is not None and day > self.as_of:
            raise FieldError(_later(self.as_of), where)
        return day

    def fresh(self, wanted: Input, reported: Reported, on: int | None) -> Reported | Unknown:
        """The value, unless it is older than its window."""
        window = wanted.window
        if (window is None and not wanted.dated) or (on is None and self.misdated):
            return reported
        if on is None:
            why = "a rule asks for it" if window is None else f"it is valid for {_length(window)}"
            raise FieldError(
                f"needs the date it was measured, for {why}: "
                "add `on` to it, or `measured` to the record"
            )
        if window is None or self.as_of is None:
            return reported
        amount, unit = window
        is_fresh = on >= add(self.as_of, -amount, unit)
        return reported if is_fresh else Unknown("stale", reported.on)

    def attested(self, wanted: Input, parts: dict[Any, Any]) -> Reported | Unknown:
        said, raw, at = parts.get("value"), parts.get("by"), parts.get("at")
        by = None if raw is None else self.tried(wanted, self.attesting, wanted, raw)
        day = None if at is None else self.tried(wanted, self.past_day, at, ".at")
        if not isinstance(parts.get("why"), str | None):
            self.fault(f"{wanted.path}.why", f"must be a text, not {kind_of(parts['why'])}")
        if said is None:
            return Unknown("missing")
        if raw is None or at is None:
            self.fault(wanted.path, f"nobody attested this: {how_to_attest(wanted)}")
        value = read_code(wanted, said) if wanted.kind == "cause" else read_truth(said)
        if by is None or at is None or day is None:
            return Unknown("missing")
        if wanted.kind == "judgement" and not set(wanted.roles) <= set(by):
            return Unknown("pending")
        return Reported(value, value, "", at, by)

    def attesting(self, wanted: Input, raw: object) -> tuple[str, ...]:
        """The roles that attest, each a role of the protocol."""
        names = as_list(raw)
        known = self.roles or wanted.roles
        for name in names:
            if not isinstance(name, str) or not name:
                raise FieldError(f"must name a role or a list of roles, not {kind_of(name)}", ".by")
            if known and name not in known:
                guess = did_you_mean(name, known) or f"; the roles are {listed(known)}"
                raise FieldError(f"{shown(name)} is no role of this protocol{guess}", ".by")
        if not names:
            raise FieldError("names nobody: name a role or a list of roles", ".by")
        return tuple(dict.fromkeys(names))


def read(
    inputs: Iterable[Input],
    record: Any,
    *,
    roles: tuple[str, ...] = (),
    decider: Callable[[Reading], Callable[[Any], bool | None]] | None = None,
) -> Reading:
    """The record's value, or reason, for every input; RecordRefused with every fault otherwise.

    `record` is what JSON gives. `roles` are all roles of the protocol. `decider(reading)` decides,
    by what was read, whether an element exists for this participant: it is asked for the `applies`
    of inputs. Without it every element exists.
    """
    if not is_object(record):
        message = f"must be an object with `as_of` and the inputs, not {kind_of(record)}"
        raise RecordRefused([RecordFault("record", message)])
    fields: dict[Any, Any] = record
    wanted = {item.path: item for item in inputs}
    reader = _Reader(roles)
    reader.days(fields)
    reader.names(wanted, fields)
    values = {path: reader.input(item, fields.get(path)) for path, item in wanted.items()}
    reading = Reading("" if reader.as_of is None else iso(reader.as_of), values)
    if decider is not None:
        decide = decider(reading)
        conditional = [item for item in wanted.values() if item.applies is not None]
        for item in [item for item in conditional if decide(item.applies) is False]:
            if _is_stated(fields.get(item.path)):
                reader.fault(item.path, _inapplicable(item))
            values[item.path] = Unknown("not_applicable")
    for item in wanted.values():
        reader.faults += contradictions(item, wanted, reading)
    if reader.faults:
        raise RecordRefused(reader.faults)
    return reading


def canonical(inputs: Iterable[Input], reading: Reading) -> dict[str, Any]:
    """What rules are decided on: the form that the fast path of a checker takes.

    `as_of`, a day number; each known input by its path, dates as day numbers; and, for an input
    that the record says was not done, True under `not_done:` and its path. What is unknown for
    another reason is absent. Under `day_of:` and its path stands the day number on which an input
    was measured or attested, where rules ask for that.
    """
    values: dict[str, Any] = {"as_of": parse_date(reading.as_of)}
    for item in inputs:
        found = reading.values[item.path]
        if isinstance(found, Reported):
            known = found.value
            values[item.path] = parse_date(str(known)) if item.kind == "date" else known
            if item.dated:
                values[DAY_OF + item.path] = parse_date(found.on)
        elif found.reason == "not_done":
            values["not_done:" + item.path] = True
    return values


def _is_stated(raw: Any) -> bool:
    """Whether a field carries a value."""
    return (raw.get("value") if is_object(raw) else raw) is not None


def _field(key: object) -> str:
    text = shown(key)
    return text[1:-1] if text.startswith("`") else text


def _later(as_of: int) -> str:
    return f"is after `as_of`, {iso(as_of)}: correct one of the two"


def _inapplicable(wanted: Input) -> str:
    only_if = f" (only if {wanted.applies_text})" if wanted.applies_text else ""
    return f"does not apply to this participant{only_if}: remove it, or correct what excludes it"


def _length(window: tuple[int, str]) -> str:
    amount, unit = window
    return f"{amount} {unit}{'' if amount == 1 else 's'}"
