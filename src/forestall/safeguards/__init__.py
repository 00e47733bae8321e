"""This stage knows which uses are right: the rights a measure touches, and who has to agree."""

from forestall.safeguards.assessment import (
    Decision,
    PersonalData,
    Police,
    Right,
    RightsAssessment,
    RightTouched,
)
from forestall.safeguards.gate import RightsCheck, RightsPoint, check_rights

__all__ = [
    "Decision",
    "PersonalData",
    "Police",
    "Right",
    "RightTouched",
    "RightsAssessment",
    "RightsCheck",
    "RightsPoint",
    "check_rights",
]
