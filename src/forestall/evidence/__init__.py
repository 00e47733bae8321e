"""This stage knows what has worked elsewhere: studies, appraisal, synthesis, gaps, fit and choice.

The Guidelines ask for it in 2002/13 ¶11, 21(b) to (e) and 30, and in 1997/33 ¶23.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.evidence.bodies import BodyOfEvidence, bodies_of, body_of
    from forestall.evidence.body_certainty import certainty_of_body
    from forestall.evidence.candidates import Answer, Candidate
    from forestall.evidence.claims import Claim, Ground, Standing
    from forestall.evidence.collected import EvidenceCollection, collect_evidence
    from forestall.evidence.conversions import (
        CannotConvert,
        Converted,
        convert_effect,
        hedges_correction,
        risk_ratio_at,
    )
    from forestall.evidence.gaps import Gap, GapCell, GapMap, map_gaps
    from forestall.evidence.library import Evidence, packaged_evidence
    from forestall.evidence.local_evaluations import LocalEffects, read_local_effects
    from forestall.evidence.metrics import EffectSize, Favours, Metric, effect_size
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.reviews import Reading, ReviewFinding
    from forestall.evidence.searched import documents_of
    from forestall.evidence.studies import (
        IncidentCounts,
        PeopleCounts,
        Source,
        StudyEffect,
        error_of_interval,
    )
    from forestall.evidence.suggestions import Suggestions, suggest_interventions
    from forestall.evidence.transfer import TransferArgument, assess_transfer
    from forestall.evidence.vocabulary import (
        Approach,
        Design,
        Finding,
        Kind,
        Outcome,
        Population,
        Problem,
        Setting,
    )

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "Answer": "candidates",
    "Approach": "vocabulary",
    "BodyOfEvidence": "bodies",
    "Candidate": "candidates",
    "CannotConvert": "conversions",
    "Claim": "claims",
    "Converted": "conversions",
    "Design": "vocabulary",
    "EffectSize": "metrics",
    "Evidence": "library",
    "EvidenceCollection": "collected",
    "Favours": "metrics",
    "Finding": "vocabulary",
    "Gap": "gaps",
    "GapCell": "gaps",
    "GapMap": "gaps",
    "Ground": "claims",
    "IncidentCounts": "studies",
    "Kind": "vocabulary",
    "LocalEffects": "local_evaluations",
    "Metric": "metrics",
    "Outcome": "vocabulary",
    "PeopleCounts": "studies",
    "Population": "vocabulary",
    "Problem": "vocabulary",
    "ProblemProfile": "profiles",
    "Reading": "reviews",
    "ReviewFinding": "reviews",
    "Setting": "vocabulary",
    "Source": "studies",
    "Standing": "claims",
    "StudyEffect": "studies",
    "Suggestions": "suggestions",
    "TransferArgument": "transfer",
    "assess_transfer": "transfer",
    "bodies_of": "bodies",
    "body_of": "bodies",
    "certainty_of_body": "body_certainty",
    "collect_evidence": "collected",
    "convert_effect": "conversions",
    "documents_of": "searched",
    "effect_size": "metrics",
    "error_of_interval": "studies",
    "hedges_correction": "conversions",
    "map_gaps": "gaps",
    "packaged_evidence": "library",
    "read_local_effects": "local_evaluations",
    "risk_ratio_at": "conversions",
    "suggest_interventions": "suggestions",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "Answer",
    "Approach",
    "BodyOfEvidence",
    "Candidate",
    "CannotConvert",
    "Claim",
    "Converted",
    "Design",
    "EffectSize",
    "Evidence",
    "EvidenceCollection",
    "Favours",
    "Finding",
    "Gap",
    "GapCell",
    "GapMap",
    "Ground",
    "IncidentCounts",
    "Kind",
    "LocalEffects",
    "Metric",
    "Outcome",
    "PeopleCounts",
    "Population",
    "Problem",
    "ProblemProfile",
    "Reading",
    "ReviewFinding",
    "Setting",
    "Source",
    "Standing",
    "StudyEffect",
    "Suggestions",
    "TransferArgument",
    "assess_transfer",
    "bodies_of",
    "body_of",
    "certainty_of_body",
    "collect_evidence",
    "convert_effect",
    "documents_of",
    "effect_size",
    "error_of_interval",
    "hedges_correction",
    "map_gaps",
    "packaged_evidence",
    "read_local_effects",
    "risk_ratio_at",
    "suggest_interventions",
]
