"""Checks of the whole study on its graph: one group of questions a module, one shape for all.

An error is certainly wrong; a suspicion is a warning. What is reported once is not reported again
by a check that builds on it.
"""

from trialc.graph.invariants.allocation import (
    blocks_are_filled,
    enrolment_fits,
    every_arm_is_reached,
    methods_are_possible,
    randomised_trials_randomise,
)
from trialc.graph.invariants.choices import choices_are_collected
from trialc.graph.invariants.circles import no_circular_definitions, no_circular_visits
from trialc.graph.invariants.collection import (
    doses_are_measured,
    needs_of_activities_are_collected,
    needs_of_criteria_are_collected,
    steps_are_in_order,
)
from trialc.graph.invariants.course import (
    activities_follow_one_another,
    reused_results_are_valid,
    timepoints_keep_apart,
)
from trialc.graph.invariants.crossover import (
    periods_are_in_order,
    sequences_are_balanced,
    sequences_are_complete,
    washouts_are_kept,
)
from trialc.graph.invariants.dose_levels import (
    dose_levels_are_sound,
    levels_alone_say_the_dose,
    toxicities_are_reviewed,
)
from trialc.graph.invariants.doses import doses_keep_to_their_limits, times_agree
from trialc.graph.invariants.endpoints import endpoints_can_be_measured
from trialc.graph.invariants.entering import entries_are_possible
from trialc.graph.invariants.entries import (
    limits_agree,
    populations_are_looked_at_in_time,
    randomisations_are_done,
)
from trialc.graph.invariants.freshness import values_are_fresh
from trialc.graph.invariants.gate_times import absences_are_reviewed, gates_open_in_time
from trialc.graph.invariants.gates import blocks_exist, events_can_count, gates_can_open
from trialc.graph.invariants.going_on import what_goes_on_is_shown
from trialc.graph.invariants.happenings import happenings_differ
from trialc.graph.invariants.harm import harm_opens_no_gate
from trialc.graph.invariants.masking import arms_look_the_same, masking_is_possible
from trialc.graph.invariants.modifications import modifications_have_no_gap
from trialc.graph.invariants.numbered_days import days_are_there, titles_agree
from trialc.graph.invariants.of_some_arms import what_is_of_some_arms_is_possible
from trialc.graph.invariants.planned_analyses import (
    estimands_differ,
    plans_fit_the_enrolment,
    results_stay_masked,
)
from trialc.graph.invariants.populations import populations_are_asked
from trialc.graph.invariants.schedule import (
    epochs_follow_one_another,
    one_anchor,
    places_agree,
    visits_have_a_purpose,
    visits_keep_apart,
)
from trialc.graph.invariants.stages import stages_are_possible
from trialc.graph.invariants.title_page import title_page_agrees
from trialc.graph.invariants.unused import (
    everything_is_used,
    objectives_are_measured,
    retests_are_read,
)
from trialc.graph.study import Pass

OF_PARTS: tuple[Pass, ...] = (no_circular_definitions, no_circular_visits, events_can_count)
"""Sound also on what is left of a protocol with errors: nothing that is lost can mislead them.
Everything after them may take it that no definition and no visit goes in a circle.
"""

OF_THE_WHOLE: tuple[Pass, ...] = (
    blocks_are_filled,
    every_arm_is_reached,
    entries_are_possible,
    enrolment_fits,
    randomised_trials_randomise,
    methods_are_possible,
    plans_fit_the_enrolment,
    estimands_differ,
    title_page_agrees,
    periods_are_in_order,
    washouts_are_kept,
    sequences_are_complete,
    sequences_are_balanced,
    one_anchor,
    visits_keep_apart,
    titles_agree,
    epochs_follow_one_another,
    visits_have_a_purpose,
    happenings_differ,
    days_are_there,
    places_agree,
    what_goes_on_is_shown,
    what_is_of_some_arms_is_possible,
    activities_follow_one_another,
    timepoints_keep_apart,
    reused_results_are_valid,
    blocks_exist,
    gates_can_open,
    gates_open_in_time,
    absences_are_reviewed,
    harm_opens_no_gate,
    needs_of_criteria_are_collected,
    stages_are_possible,
    populations_are_asked,
    populations_are_looked_at_in_time,
    randomisations_are_done,
    limits_agree,
    needs_of_activities_are_collected,
    choices_are_collected,
    doses_are_measured,
    doses_keep_to_their_limits,
    times_agree,
    dose_levels_are_sound,
    levels_alone_say_the_dose,
    toxicities_are_reviewed,
    modifications_have_no_gap,
    values_are_fresh,
    steps_are_in_order,
    masking_is_possible,
    arms_look_the_same,
    results_stay_masked,
    everything_is_used,
    retests_are_read,
    objectives_are_measured,
    endpoints_can_be_measured,
)

INVARIANTS = (*OF_PARTS, *OF_THE_WHOLE)
