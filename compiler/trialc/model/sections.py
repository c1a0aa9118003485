"""The sections of a protocol by ICH M11 (CeSHarP, Step 4, 2025)."""

from __future__ import annotations

SECTIONS = {
    1: "Protocol summary",
    2: "Introduction",
    3: "Trial objectives and associated estimands",
    4: "Trial design",
    5: "Trial population",
    6: "Trial intervention and concomitant therapy",
    7: "Participant discontinuation of trial intervention and withdrawal from trial",
    8: "Trial assessments and procedures",
    9: "Adverse events and special safety situations",
    10: "Statistical considerations",
    11: "Trial oversight and other general considerations",
    12: "Appendix: supporting details",
    13: "Appendix: glossary of terms",
    14: "Appendix: references",
}
"""Headings of the first level, which no protocol may leave out."""
