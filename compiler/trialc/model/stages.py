"""Which criteria are assessed at which visit."""

from __future__ import annotations

from trialc.model.protocol import Protocol


def stages(protocol: Protocol) -> dict[str, tuple[str, ...]]:
    """The ids of the criteria that are assessed at each visit where eligibility is looked at, in
    the order of the text. A criterion without visits of its own is assessed at every review.
    """
    reviews = [
        visit
        for activity in protocol.activities
        if "eligibility" in activity.does
        for visit in activity.visits
    ]
    places = {visit for item in protocol.criteria for visit in item.assessed}.union(reviews)
    found = {
        visit.id: tuple(
            item.id
            for item in protocol.criteria
            if visit.id in (item.assessed or reviews or places)
        )
        for visit in protocol.visits
        if visit.id in places
    }
    # A review of criteria that are all assessed elsewhere decides nothing.
    return {visit: criteria for visit, criteria in found.items() if criteria}
