"""What a study is asked before anything is made of it: one question a module, one shape for all."""

from trialc.analyses.allocation_in_words import check_allocation
from trialc.analyses.codes import check_codes
from trialc.analyses.comparisons import check_comparisons
from trialc.analyses.completed_units import check_completed_units
from trialc.analyses.decisions import check_decisions
from trialc.analyses.escalations import check_escalations
from trialc.analyses.exactness import check_exactness
from trialc.analyses.figures import check_figures
from trialc.analyses.implied import check_implied
from trialc.analyses.language_tests import run_tests
from trialc.analyses.patients import check_patients
from trialc.analyses.placements import check_placements
from trialc.analyses.population import check_population
from trialc.analyses.printed_numbers import check_printed_numbers
from trialc.analyses.quotas import check_quotas
from trialc.analyses.regimens import check_regimens
from trialc.analyses.registered_text import check_coverage, check_quotes
from trialc.analyses.registry_numbers import check_registry_numbers
from trialc.analyses.same_arms import check_arms
from trialc.analyses.vacuous import check_vacuous
from trialc.analyses.windows import check_windows
from trialc.graph.study import Pass

OF_TEXT: tuple[Pass, ...] = (check_quotes,)
"""Sound also on what is left of a protocol with errors: quotes stand each for itself."""

ANALYSES: tuple[Pass, ...] = (
    *OF_TEXT,
    check_coverage,
    check_figures,
    check_comparisons,
    check_completed_units,
    check_windows,
    check_regimens,
    check_allocation,
    check_registry_numbers,
    check_arms,
    check_implied,
    check_printed_numbers,
    check_codes,
    check_decisions,
    check_escalations,
    check_exactness,
    check_vacuous,
    check_population,
    check_quotas,
    check_patients,
    check_placements,
    run_tests,
)
"""In the order of the pipeline; evidence of an earlier one is there for a later one.

`readings.compare_readings` is not among them: only the page of decisions needs it, and asks it.
"""
