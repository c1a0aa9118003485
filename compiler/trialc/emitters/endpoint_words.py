"""What endpoints measure and when, in words (ICH M11 section 3)."""

from __future__ import annotations

from trialc.emitters.near_literate import in_words
from trialc.emitters.schedule_words import NOT_STATED
from trialc.model.protocol import Endpoint, Protocol


def measure_words(protocol: Protocol, endpoint: Endpoint) -> str:
    """ "Haemoglobin < 11 g/dL, at W24"; "change in haemoglobin from D1 to W24"; "not stated"."""
    titles = {item.id: item.title or item.id for item in (*protocol.data, *protocol.numbers)}
    change = endpoint.change
    if change is not None:
        kind = "percentage change" if change.percent else "change"
        return f"{kind} in {titles[change.number]} from {change.first} to {change.last}"
    words = endpoint.measure or titles.get(endpoint.number, "")
    if endpoint.condition is not None:
        words = in_words(endpoint.condition, protocol)
    at = f", at {' and '.join(endpoint.visits)}" if endpoint.visits else ""
    return f"{words}{at}" if words else NOT_STATED


def frame_words(endpoint: Endpoint) -> str:
    """ "from D1 to W24", "at W24"; "" where nothing is stated."""
    if endpoint.first:
        same = endpoint.first == endpoint.last
        return f"at {endpoint.last}" if same else f"from {endpoint.first} to {endpoint.last}"
    return endpoint.time_frame
