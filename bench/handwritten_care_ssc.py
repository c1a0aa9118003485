"""The 17 criteria of CARE-SSc by hand: what a careful programmer writes who wants speed.

Three-valued outcomes (True, False, None), the input of a generated checker's fast path, and the
same meaning as protocol/care_ssc.proto.txt. It looks up an input only where it can still matter,
takes the likely answer first, and has no calls on the common path. It is the peer of
bench/throughput.py and no part of trialc.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Truth = bool | None


def _years_at_most_2(onset: int, as_of: int) -> bool:
    """Whether the second anniversary of the onset is not yet past."""
    start = date.fromordinal(onset)
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return as_of <= date(start.year + 2, start.month, day).toordinal()


def _either(first: Truth, second: Truth) -> Truth:
    if first is True or second is True:
        return True
    return False if first is False and second is False else None


def _both(first: Truth, second: Truth) -> Truth:
    if first is False or second is False:
        return False
    return True if first is True and second is True else None


def _classified_by_points(get: Any, proximal: Truth) -> Truth:
    """The ACR/EULAR score, where the skin of the fingers alone does not decide it."""
    least = most = 0
    if proximal is None:
        most = 9
    for points, names in (
        (2, ("acr.telangiectasia",)),
        (2, ("acr.nailfold",)),
        (2, ("acr.pah", "acr.ild")),
        (3, ("acr.raynaud",)),
        (3, ("acr.anticentromere", "acr.scl_70", "acr.rna_polymerase")),
    ):
        found = [get(name) for name in names]
        if True in found:
            least += points
        if any(value is not False for value in found):
            most += points
    for low, low_name, high, high_name in (
        (2, "acr.puffy_fingers", 4, "acr.sclerodactyly"),
        (2, "acr.tip_ulcers", 3, "acr.pitting_scars"),
    ):
        small, large = get(low_name), get(high_name)
        least += high if large is True else low if small is True else 0
        most += high if large is not False else low if small is not False else 0
    return True if least >= 9 else False if most < 9 else None


def _organ(get: Any) -> Truth:
    """Major organ involvement: respiratory, renal or cardiac, each attributed to SSc."""
    dlco, fvc = get("lung.dlco"), get("lung.fvc")
    function = _either(None if dlco is None else dlco < 80, None if fvc is None else fvc < 80)
    ild = _either(get("lung.ild_xray"), get("lung.ild_hrct"))
    respiratory = _both(function, ild)
    path = "severe_disease.organ_involvement.organ."
    if respiratory is not False:
        cause = get(path + "respiratory.cause")
        respiratory = _both(respiratory, None if cause is None else cause == "ssc")
    if respiratory is True:
        return True

    gfr = get("renal.gfr")
    renal = _either(get("renal.crisis"), None if gfr is None else 30 <= gfr <= 89)
    if renal is not False:
        cause = get(path + "renal.cause")
        renal = _both(renal, None if cause is None else cause == "ssc")
    if renal is True:
        return True

    block, effusion = get("heart.av_block"), get("heart.effusion")
    cardiac = _either(
        None if block is None else block in ("second_degree", "third_degree"),
        None if effusion is None else effusion in ("mild", "moderate"),
    )
    for name in ("heart.failure", "heart.flutter", "heart.tachycardia", "heart.arrhythmia"):
        if cardiac is True:
            break
        cardiac = _either(cardiac, get(name))
    if cardiac is not False:
        cause = get(path + "cardiac.cause")
        cardiac = _both(cardiac, None if cause is None else cause == "ssc")
    return _either(_either(respiratory, renal), cardiac)


def _severe(get: Any, skin: float | None, esr: float | None, hemoglobin: float | None) -> Truth:
    """Severe disease, where the common path does not settle it."""
    onset, as_of = get("ssc.onset"), get("as_of")
    duration: Truth = None
    if onset is not None and onset <= as_of:
        days = as_of - onset
        duration = days <= 730 or (days <= 732 and _years_at_most_2(onset, as_of))
    early = _both(duration, None if skin is None else skin > 20)
    if early is not False:
        path = "severe_disease.early_progressive.inflammation."
        fast: Truth = None if esr is None else esr > 25
        if fast is not False:
            cause = get(path + "esr.cause")
            fast = _both(fast, None if cause is None else cause == "ssc")
        anaemia: Truth = None if hemoglobin is None else hemoglobin < 11
        if fast is not True and anaemia is not False:
            cause = get(path + "anaemia.cause")
            anaemia = _both(anaemia, None if cause is None else cause == "ssc")
        early = _both(early, _either(fast, anaemia))
    if early is True:
        return True
    late: Truth = None if skin is None else skin > 15
    if late is not False:
        late = _both(late, _organ(get))
    return _either(early, late)


def _pregnancy(get: Any) -> Truth:
    """Pregnancy, or contraception that is required and not adequate."""
    sex, adequate = get("demo.sex"), get("contraception.adequate")
    refused: Truth = None if adequate is None else not adequate
    woman = _either(get("preg.pregnant"), _both(get("contraception.childbearing"), refused))
    if sex == "female":
        return woman
    man = _both(get("contraception.partner"), refused)
    if sex == "male":
        return man
    # One of the two applies: what both agree on holds.
    return woman if woman is man else None


def _marrow(get: Any, hemoglobin: float | None) -> Truth:
    """Cytopenia by another cause, where some value is low or unknown."""
    result: Truth = False
    for value, limit, name in (
        (get("lab.neutrophils"), 0.5, "marrow.neutropenia.cause"),
        (get("lab.platelets"), 30, "marrow.thrombocytopenia.cause"),
        (hemoglobin, 8, "marrow.anaemia.cause"),
        (get("lab.cd4"), 200, "marrow.lymphopenia.cause"),
    ):
        if value is not None and value >= limit:
            continue
        cause = get(name)
        if cause == "ssc":
            continue
        if value is not None and cause is not None:
            return True
        result = None
    return result


def _organ_damage(get: Any) -> Truth:
    """Life-threatening damage, where the common path does not settle it."""
    unknown = False
    for name, limit in (
        ("lung.fvc", 45),
        ("lung.dlco_hb", 30),
        ("echo.lvef", 40),
        ("renal.gfr", 30),
    ):
        value = get(name)
        if value is None:
            unknown = True
        elif value < limit:
            return True
    pressure = get("echo.spap")
    if pressure is None:
        unknown = True
    elif pressure > 50:
        return True
    mean, wedge = get("rhc.mpap"), get("rhc.wedge")
    if mean is not None and wedge is not None:
        if mean > 25 and wedge < 15:
            return True
    elif not (
        get("not_done:rhc.mpap") is True
        or get("not_done:rhc.wedge") is True
        or (mean is not None and mean <= 25)
        or (wedge is not None and wedge >= 15)
    ):
        unknown = True
    return None if unknown else False


def outcomes(values: Mapping[str, Any]) -> tuple[Truth, ...]:  # noqa: PLR0915  a call costs time
    """The outcomes of inclusion 1 to 4 and exclusion 1 to 13."""
    get = values.get

    # inclusion 1: ACR/EULAR
    spares, mimic = get("acr.spares_fingers"), get("acr.mimic")
    classified: Truth
    if spares is True or mimic is True:
        classified = False
    else:
        proximal = get("acr.proximal_skin")
        classified = True if proximal is True else _classified_by_points(get, proximal)
        if classified is True and (spares is None or mimic is None):
            classified = None

    # inclusion 2: severe disease; the common path is early disease with a raised ESR
    skin, esr, hemoglobin = get("skin.mrss"), get("lab.esr"), get("lab.hemoglobin")
    severe: Truth
    onset = get("ssc.onset")
    if (
        skin is not None
        and esr is not None
        and onset is not None
        and skin > 20
        and esr > 25
        and 0 <= get("as_of") - onset <= 730
        and get("severe_disease.early_progressive.inflammation.esr.cause") == "ssc"
    ):
        severe = True
    else:
        severe = _severe(get, skin, esr, hemoglobin)

    # inclusion 3: standard therapy
    therapy, judged = get("hist.therapy"), get("response.inadequate")
    failed: Truth
    if therapy is not None and therapy >= 3 and judged is True:
        failed = True
    else:
        inadequate = _both(None if therapy is None else therapy >= 3, judged)
        failed = _either(inadequate, get("response.stopped"))

    # inclusion 4: no transplant
    unable, unwilling = get("hsct.ineligible"), get("hsct.unwilling")
    if unable is True or unwilling is True:
        no_transplant: Truth = True
    else:
        no_transplant = False if unable is False and unwilling is False else None

    # exclusion 1: age
    age = get("demo.age")
    under_age = None if age is None else age < 18

    # exclusion 2: pregnancy and contraception; the common path is a woman with contraception
    pregnant: Truth
    if get("preg.pregnant") is False and get("contraception.adequate") is True:
        pregnant = False
    else:
        pregnant = _pregnancy(get)

    # exclusion 3: organ damage
    fvc, dlco, lvef = get("lung.fvc"), get("lung.dlco_hb"), get("echo.lvef")
    pressure, gfr = get("echo.spap"), get("renal.gfr")
    damage: Truth
    if (
        fvc is not None
        and dlco is not None
        and lvef is not None
        and pressure is not None
        and gfr is not None
        and fvc >= 45
        and dlco >= 30
        and lvef >= 40
        and pressure <= 50
        and gfr >= 30
        and get("not_done:rhc.mpap") is True
    ):
        damage = False
    else:
        damage = _organ_damage(get)

    # exclusion 4: liver
    asat, alat = get("lab.asat"), get("lab.alat")
    liver: Truth
    if asat is not None and alat is not None and asat <= 3 and alat <= 3:
        liver = False
    else:
        high = _either(None if asat is None else asat > 3, None if alat is None else alat > 3)
        active = get("liver.ssc_activity")
        liver = _both(high, None if active is None else not active)

    # exclusion 5: neoplasm or myelodysplasia
    neoplasm, mds = get("hist.neoplasm"), get("hist.mds")
    if neoplasm is False and mds is False:
        malignant: Truth = False
    else:
        malignant = True if neoplasm is True or mds is True else None

    # exclusion 7: infection
    hiv, htlv = get("infection.hiv"), get("infection.htlv")
    hbv, hcv = get("infection.hbv"), get("infection.hcv")
    other, risk = get("infection.uncontrolled"), get("infection.high_risk")
    infected: Truth
    if (
        hiv == "uncontrolled"
        or htlv == "uncontrolled"
        or hbv == "uncontrolled"
        or hcv == "uncontrolled"
        or other is True
        or risk is True
    ):
        infected = True
    elif None in (hiv, htlv, hbv, hcv, other, risk):
        infected = None
    else:
        infected = False

    # exclusion 8: body mass index
    weight, height = get("demo.weight"), get("demo.height")
    thin = None
    if weight is not None and height is not None:
        thin = weight * 10000.0 / (height * height) < 18

    # exclusion 10: marrow
    neutrophils, platelets, cd4 = get("lab.neutrophils"), get("lab.platelets"), get("lab.cd4")
    marrow: Truth
    if (
        neutrophils is not None
        and platelets is not None
        and hemoglobin is not None
        and cd4 is not None
        and neutrophils >= 0.5
        and platelets >= 30
        and hemoglobin >= 8
        and cd4 >= 200
    ):
        marrow = False
    else:
        marrow = _marrow(get, hemoglobin)

    # exclusion 13: consent
    able, signed = get("consent.able"), get("consent.signed")
    if able is True and signed is True:
        no_consent: Truth = False
    else:
        no_consent = True if able is False or signed is False else None

    return (
        classified,
        severe,
        failed,
        no_transplant,
        under_age,
        pregnant,
        damage,
        liver,
        malignant,
        get("bp.uncontrolled"),
        infected,
        thin,
        get("psych.severe"),
        marrow,
        get("compliance.poor"),
        get("hist.enrolled_elsewhere"),
        no_consent,
    )
