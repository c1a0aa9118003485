"""E0459 to E0469: examples written by what differs, and what the failure of a branch means."""

from trialc.diagnostics.diagnostic import Kind

LIKE_CIRCLE = Kind(
    "E0459", "like-circle", "error", "`{name}` {said}, so nobody says its values",
    "A participant that is like another one has the values of that, but for what is changed. "
    "Somebody at the end of the line must have values of their own.\n\n"
    "Wrong:  patient ann \"Ann\" like ann but {{ demo.age: 46 years }}\n"
    "Right:  patient ben \"Ben\" like ann but {{ demo.age: 46 years }}",
)  # fmt: skip
SAME_ROW = Kind(
    "E0460", "same-row", "error", "two rows of test `{name}` are about the same participant",
    "Each row is a test of its own. Two with the same changes expect the same, or one of them "
    "fails.\n\n"
    "Wrong:  lab.hb: 8 g/dL expect eligible     lab.hb: 8 g/dL expect eligible\n"
    "Right:  lab.hb: 8 g/dL expect eligible     lab.hb: 8.1 g/dL expect eligible",
)  # fmt: skip
NOT_A_BRANCH = Kind(
    "E0461", "not-a-branch", "error", "`{name}` is no branch of this criterion",
    "`failure of` and `recheck of` name a labelled branch of the criterion that they stand in, by "
    "its path: the name of the criterion, a dot, the label.\n\n"
    "Wrong:  exclusion infection ... {{ failure of acute: temporary ... }}\n"
    "Right:  exclusion infection ... {{ failure of infection.acute: temporary ... }}",
)  # fmt: skip
BRANCH_FAILURE = Kind(
    "E0462", "branch-failure", "error", "this says nothing of the branch: {why}",
    "`failure: final` is what the failure of a criterion means; `failure of` names the branches "
    "for which it is temporary. Somebody whom only these keep out is ineligible for now.\n\n"
    "Wrong:  failure: temporary   failure of infection.chronic: final\n"
    "Right:  failure: final   failure of infection.acute: temporary",
)  # fmt: skip
THROWN_AWAY = Kind(
    "W0463", "thrown-away", "warning",
    "where one of these was not done, what is known of the others is thrown away",
    "`if done` behind a group drops the whole group where anything in it was not done. A finding "
    "that keeps somebody out by itself is then lost, because another one was not looked for.\n\n"
    "Wrong:  exclude when (lesion.ct or lesion.mri) if done\n"
    "Right:  exclude when lesion.ct if done or lesion.mri if done",
)  # fmt: skip
