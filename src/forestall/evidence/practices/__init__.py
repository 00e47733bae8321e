"""This folder knows the practices that cities exchange: their record, and how it is read.

Guidelines 2002/13 ¶30 asks for networks that exchange practice and find out what can be used
elsewhere; question 24 of the questionnaire of 2006/20 asks for material that others could use.
"""

from forestall.evidence.practices.example import example_practice
from forestall.evidence.practices.reading import practice_of, read_practice
from forestall.evidence.practices.records import (
    City,
    Conditions,
    EvaluationReference,
    Figure,
    Looked,
    NotTold,
    Office,
    PartnerRole,
    Practice,
    PracticeCost,
    PracticeResult,
    SideEffect,
    Texts,
)
from forestall.evidence.practices.template import practice_template
from forestall.evidence.practices.writing import (
    check_evaluation,
    practice_record,
    practice_schema,
    write_practice,
)

__all__ = [
    "City",
    "Conditions",
    "EvaluationReference",
    "Figure",
    "Looked",
    "NotTold",
    "Office",
    "PartnerRole",
    "Practice",
    "PracticeCost",
    "PracticeResult",
    "SideEffect",
    "Texts",
    "check_evaluation",
    "example_practice",
    "practice_of",
    "practice_record",
    "practice_schema",
    "practice_template",
    "read_practice",
    "write_practice",
]
