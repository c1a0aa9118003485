"""The states of gates that trial tests come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from trialc.interpreter.escalations import Escalations
from trialc.interpreter.gates import Gates
from trialc.model import expression as e
from trialc.model.example_records import Examples
from trialc.model.inputs import walk
from trialc.model.protocol import DueExpectation, GateExpectation, Protocol, TrialTest


class TrialTests:
    """Asks the gates of one protocol about the logs of trial tests."""

    def __init__(self, protocol: Protocol) -> None:
        self.examples = Examples(protocol)
        self.gates = Gates(protocol)
        self.escalations = Escalations(self.gates, protocol.escalations)
        self.looks_back = {
            gate.id
            for gate in protocol.gates
            for condition in walk(gate.condition)
            if isinstance(condition, e.CountGiven | e.CountEvents | e.Every)
            and condition.scope == "previous"
        }

    def state(self, test: TrialTest, expected: GateExpectation) -> str:
        """open, closed or held."""
        return str(self._answer(test, expected)["state"])

    def difference(self, test: TrialTest, expected: GateExpectation) -> str:
        """What a gate is instead of what the author expects; "" if it is that."""
        answer = self._answer(test, expected)
        if answer["state"] == expected.state:
            return ""
        lacking = _lacking(test, expected.on, answer["missing"])
        return f"on {expected.on} {expected.gate} is {answer['state']}{lacking}"

    def not_due(self, test: TrialTest, expected: DueExpectation) -> str:
        """Which step is due instead of the one that the author expects; "" if it is that."""
        log = self.examples.of_trial_test(test, expected.on)
        answer = self.escalations.ask(expected.escalation, log)
        due, to = answer["due"] or "nothing", answer["to"] or ""
        if due == expected.step and expected.to in ("", to):
            return ""
        lacking = _lacking(test, expected.on, answer["missing"])
        found = f"{due} to {to}" if to else due
        return f"on {expected.on} {expected.escalation} has due: {found}{lacking}"

    def _answer(self, test: TrialTest, expected: GateExpectation) -> dict[str, Any]:
        log = self.examples.of_trial_test(test, expected.on)
        if expected.participant is not None:
            member = log["participants"][expected.participant - 1]["id"]
            return self.gates.ask(expected.gate, log, participant=member)
        per = self.gates.gates[expected.gate].per
        if per == "trial":
            return self.gates.ask(expected.gate, log)
        if per == "cohort":
            return self.gates.ask(expected.gate, log, cohort=expected.cohort)
        # A gate that looks back is asked for the block after the one with the events.
        block = test.block + (expected.gate in self.looks_back)
        return self.gates.ask(expected.gate, log, block=expected.block or block)


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHO = re.compile(r"participant (\d+): ")


def _lacking(test: TrialTest, asked_on: str, missing: list[str]) -> str:
    """What is missing, and which attestations come too late to stand in for it."""
    if not missing:
        return ""
    late = dict.fromkeys(
        f"the absence of {step.event} through {step.on} is attested too late: after {asked_on}"
        for step in test.steps
        if step.step == "absence" and step.on > asked_on
    )
    return f", for this reason: {'; '.join((*grouped(missing), *late))}"


def grouped(missing: Iterable[str]) -> Iterator[str]:
    """What several participants lack, once: "participants 1, 2: absence of SAE through 2027-02-04
    to 2027-02-11 is not attested".
    """
    groups: dict[str, list[tuple[str, list[str]]]] = {}
    for text in missing:
        who = _WHO.match(text)
        words = text[who.end() :] if who else text
        form = _DATE.sub("{}", words.replace("{", "{{").replace("}", "}}"))
        key = f"participant: {form}" if who else form
        groups.setdefault(key, []).append((who[1] if who else "", _DATE.findall(words)))
    for key, found in groups.items():
        form = key.removeprefix("participant: ")
        names = [number for number, _ in found if number]
        days = [sorted(set(each)) for each in zip(*(dates for _, dates in found), strict=True)]
        dates = (each[0] if len(each) == 1 else f"{each[0]} to {each[-1]}" for each in days)
        plural = "s" if len(names) > 1 else ""
        who_ = f"participant{plural} {', '.join(names)}: " if names else ""
        yield who_ + form.format(*dates)
