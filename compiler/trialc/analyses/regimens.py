"""Is an intervention given as often, and by the route, that its registered words say?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialc.analyses.frequencies_in_words import Often, frequencies
from trialc.analyses.words_behind import Words, words_behind
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Intervention

_ROUTES = {
    "oral": r"\borally\b|\boral\b"
    r"(?! (?:glucose|contracept|mucos|cavit|exam|hygien|antidiab|anticoag))"
    r"|\bby mouth\b|\bper os\b|(?-i:\bPO\b|\bp\.o\.)",
    "sublingual": r"\bsub-?lingual",
    "buccal": r"\bbuccal",
    "intravenous": r"\bintra-?venous|(?-i:(?<!phase )(?<!Phase )(?<!grade )(?<!Grade )(?<!stage )"
    r"(?<!Stage )(?<!class )(?<!Class )(?<!type )(?<!Type )(?<!I or )(?<!I to )(?<!I and )"
    r"\bIV\b|\bi\.v\.)",
    "intramuscular": r"\bintra-?muscular|(?-i:\bIM\b|\bi\.m\.)",
    "subcutaneous": r"\bsub-?cutaneous|(?-i:\bSC\b|\bSQ\b|\bs\.c\.)",
    "intradermal": r"\bintra-?dermal",
    "intraarticular": r"\bintra-?articular",
    "intraarterial": r"\bintra-?arterial",
    "intrathecal": r"\bintra-?thecal",
    "intraperitoneal": r"\bintra-?peritoneal",
    "intravitreal": r"\bintra-?vitreal",
    "intralesional": r"\bintra-?lesional",
    "intranasal": r"\bintra-?nasal|\bnasally\b|\bnasal(?= (?:spray|powder|administration|route))",
    "inhalation": r"\binhal",
    "ocular": r"\beye ?drops?\b|\bophthalmic (?:solution|drops|ointment)",
    "transdermal": r"\btrans-?dermal",
    "topical": r"\btopical",
    "rectal": r"\brectally\b|\brectal(?= (?:administration|route|enema|gel|foam))",
    "vaginal": r"\bvaginally\b|\bvaginal(?= (?:administration|route|ring|gel|tablet|cream))",
    "intravesical": r"\bintra-?vesical",
    "epidural": r"\bepidural",
}
"""How words name a route. A form is no route: an infusion may be given under the skin."""
_SAME = {"nasal": "intranasal", "cutaneous": "topical"}
_SKIN = {"topical", "transdermal"}
_ELSEWHERE = re.compile(
    r"\b(?:visits?|monitor\w*|assess\w*|measur\w*|examin\w*|test(?:s|ed|ing)?|scans?|imaging|bloods?|"
    r"sampl\w*|followed|follow-?up|count|evaluat\w*|titrat\w*|increas\w*|escalat\w*|divided)\b",
    re.IGNORECASE,
)
"""A frequency in such a sentence may be that of something else."""


def check_regimens(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Frequencies and routes of interventions that the quoted words contradict."""
    behind = words_behind(study)
    found: list[Diagnostic] = []
    for item in study.protocol.interventions:
        if item.sources:
            words = behind(item)
            found += (*_frequency(item, words), *_route(item, words))
    return study, tuple(found)


def _frequency(item: Intervention, words: Words) -> Iterator[Diagnostic]:
    own = {each.rhythm for each in frequencies(item.frequency)}
    stated = [each for quote in words.quoted for each in _of_giving(quote)]
    also = (*words.quoted, *words.decided)
    known = {each.rhythm for text in also for each in frequencies(text)}
    if own and stated and own.isdisjoint(known):
        yield kinds.OTHER_FREQUENCY.at(
            item.where,
            name=item.id,
            frequency=item.frequency,
            words=stated[0].words,
            help="mend `frequency`, or state it in the `reading` of a decision, and name that",
        )


def _of_giving(words: str) -> Iterator[Often]:
    """The frequencies of sentences that speak of nothing else that is done so often."""
    for sentence in re.split(r"[.;]\s", words):
        if not _ELSEWHERE.search(sentence):
            yield from frequencies(sentence)


def _route(item: Intervention, words: Words) -> Iterator[Diagnostic]:
    own = _SAME.get(item.route, item.route)
    stated = {name: text for quote in words.quoted for name, text in _routes(quote)}
    read = {name for text in words.decided for name, _ in _routes(text)}
    if own not in _ROUTES or not stated or own in stated or own in read:
        return
    if own in _SKIN and _SKIN & stated.keys():
        return
    yield kinds.OTHER_ROUTE.at(
        item.where,
        name=item.id,
        route=item.route,
        words=next(iter(stated.values())),
        help="mend `route`, or state it in the `reading` of a decision, and name that",
    )


def _routes(words: str) -> Iterator[tuple[str, str]]:
    for name, pattern in _ROUTES.items():
        match = re.search(pattern, words, re.IGNORECASE)
        if match is not None:
            whole = re.compile(r"[\w-]*").match(words, match.end())
            yield name, match.group() + (whole.group() if whole else "")
