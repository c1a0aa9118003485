"""The words that describe a trial, as data: what a property of the title page or the design can be.

Sources: the data elements of ClinicalTrials.gov (clinicaltrials.gov/policy/protocol-definitions) in
snake case, either spelling of English; routes and forms after the EDQM standard terms. A route or a
form that is not listed stands in quotation marks.
"""

from __future__ import annotations

STATUS = (
    "not_yet_recruiting", "recruiting", "enrolling", "enrolling_by_invitation", "active",
    "active_not_recruiting", "completed", "suspended", "terminated", "withdrawn", "unknown",
)  # fmt: skip
PHASES = ("early_phase_1", "phase_1", "phase_2", "phase_3", "phase_4", "not_applicable")
STUDY_TYPES = ("interventional", "observational", "expanded_access")
PURPOSES = (
    "treatment", "prevention", "diagnostic", "supportive_care", "screening",
    "health_services_research", "basic_science", "device_feasibility", "other",
)  # fmt: skip
ALLOCATIONS = (
    "randomised", "randomized", "non_randomised", "non_randomized", "not_applicable",
)  # fmt: skip
MODELS = ("single_group", "parallel", "crossover", "factorial", "sequential")
JUDGEMENTS = ("opinion", "consent", "willingness", "ability", "plan", "approval")
MODES = ("clinic", "telephone", "home", "remote", "inpatient")
FREQUENCIES = (
    "once", "once_daily", "twice_daily", "three_times_daily", "four_times_daily",
    "every_other_day", "weekly", "twice_weekly", "monthly", "as_needed",
)  # fmt: skip
TIMES_OF_DAY = {
    "morning": "in the morning", "noon": "at noon", "afternoon": "in the afternoon",
    "evening": "in the evening", "bedtime": "at bedtime", "night": "at night",
}  # fmt: skip
"""When a part of a daily dose is given, and how documents say it."""
LABORATORIES = ("central", "local")
SEXES = ("all", "female", "male")
ARM_TYPES = (
    "experimental", "active_comparator", "placebo_comparator", "sham_comparator",
    "no_intervention", "other",
)  # fmt: skip
INTERVENTION_TYPES = (
    "drug", "biological", "device", "procedure", "surgery", "radiation", "behavioural",
    "behavioral", "genetic", "dietary_supplement", "combination_product", "diagnostic_test",
    "placebo", "sham", "other",
)  # fmt: skip
ACTS = (
    "device", "procedure", "surgery", "radiation", "behavioural", "behavioral", "diagnostic_test",
)  # fmt: skip
"""Types of interventions that are done, not taken: nobody takes them for a substance."""
ROUTES = (
    "oral", "sublingual", "buccal", "intravenous", "intramuscular", "subcutaneous", "intradermal",
    "intraarticular", "intraarterial", "intrathecal", "intraperitoneal", "intravitreal",
    "intralesional", "intranasal", "nasal", "inhalation", "ocular", "auricular", "topical",
    "cutaneous", "transdermal", "rectal", "vaginal", "intravesical", "epidural", "enteral",
)  # fmt: skip
FORMS = (
    "tablet", "capsule", "solution", "suspension", "emulsion", "infusion", "injection", "powder",
    "granules", "syrup", "drops", "spray", "inhaler", "cream", "ointment", "gel", "patch",
    "suppository", "implant", "lozenge",
)  # fmt: skip

DOSE_ACTIONS = ("continue", "hold", "reduce", "hold_and_reduce", "stop")
"""What becomes of a dose after an event."""

ALLOCATION_METHODS = (
    "permuted_blocks", "simple", "minimisation", "minimization", "biased_coin",
    "response_adaptive", "other",
)  # fmt: skip
"""How participants are allocated to arms."""

STRATEGIES = (
    "treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum",
)  # fmt: skip
"""Strategies for intercurrent events (ICH E9(R1), A.3.2)."""

INTERIM_PURPOSES = ("efficacy", "futility", "safety", "sample_size", "administrative")
"""What an interim analysis is for."""

STOPPING_SCOPES = ("trial", "arm", "cohort", "participant")
"""What a stopping rule stops."""

REPLACED = ("withdrawn", "discontinued", "ineligible", "not_dosed", "lost_to_follow_up", "any")
"""Why participants are replaced."""
