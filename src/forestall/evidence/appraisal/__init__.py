"""This folder knows how evidence is appraised: for each outcome, never for a whole programme.

It says how a review tells each dimension (EMMIE), how far a study may be off (risk of bias), how
certain a body of evidence makes us (after GRADE), and how far two appraisers agree.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from forestall.evidence.appraisal.bias_example import example_bias_form
from forestall.evidence.appraisal.bias_files import (
    bias_form_schema,
    blank_bias_form,
    read_bias_form,
)
from forestall.evidence.appraisal.bias_forms import domains_of, questions_of
from forestall.evidence.appraisal.bias_questions import (
    Answer,
    BiasDomain,
    BiasRisk,
    Easing,
    Family,
    Question,
)
from forestall.evidence.appraisal.body_facts import (
    BodyFacts,
    Concern,
    EffectLimits,
    EffectScale,
    Trait,
)
from forestall.evidence.appraisal.certainty import (
    Ceiling,
    CertaintyOfEvidence,
    EvidenceCertainty,
    Strength,
    judge_certainty,
)
from forestall.evidence.appraisal.certainty_steps import CertaintyStep
from forestall.evidence.appraisal.design_levels import DesignLevel, level_of_design
from forestall.evidence.appraisal.emmie import (
    BestOfReviews,
    Dimension,
    DimensionAppraisal,
    EmmieAppraisal,
    Quality,
    best_of,
)
from forestall.evidence.appraisal.risk_of_bias import (
    AnsweredQuestion,
    BiasForm,
    DomainRisk,
    RiskOfBias,
    judge_risk_of_bias,
)

if TYPE_CHECKING:
    from forestall.evidence.appraisal.agreement import (
        ANSWER_SCALE,
        EMMIE_SCALE,
        RISK_SCALE,
        AppraisalAgreement,
        Order,
        RatingScale,
        compare_appraisers,
        risks_side_by_side,
    )

# Agreement needs tables of pandas, which take a second to load; few ask for it.
_OF_AGREEMENT = frozenset(
    {
        "ANSWER_SCALE",
        "EMMIE_SCALE",
        "RISK_SCALE",
        "AppraisalAgreement",
        "Order",
        "RatingScale",
        "compare_appraisers",
        "risks_side_by_side",
    }
)


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _OF_AGREEMENT:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.agreement"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_OF_AGREEMENT})


__all__ = [
    "ANSWER_SCALE",
    "EMMIE_SCALE",
    "RISK_SCALE",
    "Answer",
    "AnsweredQuestion",
    "AppraisalAgreement",
    "BestOfReviews",
    "BiasDomain",
    "BiasForm",
    "BiasRisk",
    "BodyFacts",
    "Ceiling",
    "CertaintyOfEvidence",
    "CertaintyStep",
    "Concern",
    "DesignLevel",
    "Dimension",
    "DimensionAppraisal",
    "DomainRisk",
    "Easing",
    "EffectLimits",
    "EffectScale",
    "EmmieAppraisal",
    "EvidenceCertainty",
    "Family",
    "Order",
    "Quality",
    "Question",
    "RatingScale",
    "RiskOfBias",
    "Strength",
    "Trait",
    "best_of",
    "bias_form_schema",
    "blank_bias_form",
    "compare_appraisers",
    "domains_of",
    "example_bias_form",
    "judge_certainty",
    "judge_risk_of_bias",
    "level_of_design",
    "questions_of",
    "read_bias_form",
    "risks_side_by_side",
]
