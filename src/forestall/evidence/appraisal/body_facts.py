"""This file knows the plain facts about a body of evidence that its certainty is judged by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.evidence.appraisal.bias_questions import BiasRisk
    from forestall.evidence.vocabulary import Design, Kind
    from forestall.languages import Message


class Concern(StrEnum):
    """The five reasons to be less certain (GRADE; Guyatt et al. 2011)."""

    RISK_OF_BIAS = "risk of bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication bias"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _CONCERNS[self]


class Trait(StrEnum):
    """What else is known of a body of evidence and bears on its certainty."""

    RESTATED = "restated"
    NOT_NET = "not net of a comparison"
    ASSOCIATION = "association"
    NOT_CRIME = "outcome is not crime"
    DIRECTION_UNKNOWN = "direction not stated"
    DOSE = "more of it goes with more effect"


class EffectScale(StrEnum):
    """The scale of an interval; the first two have no effect at 1, the others at 0."""

    RATIO = "ratio of rates or risks"
    ODDS_RATIO = "odds ratio"
    STANDARDISED = "standardised difference"
    OTHER_DIFFERENCE = "other difference"

    @property
    def null(self) -> float:
        """Return the value of no effect.

        Examples
        --------
        >>> EffectScale.ODDS_RATIO.null, EffectScale.STANDARDISED.null
        (1.0, 0.0)
        """
        return 1.0 if self in (EffectScale.RATIO, EffectScale.ODDS_RATIO) else 0.0


@dataclass(frozen=True, kw_only=True)
class EffectLimits:
    """The limits of an interval on their scale.

    Attributes
    ----------
    low, high
        Lower and upper limit (95 %).
    scale
        What they are on.
    """

    low: float
    high: float
    scale: EffectScale

    def __post_init__(self) -> None:
        """Refuse limits that are none.

        Raises
        ------
        ValueError
            If they are not numbers in order, or a ratio is not above 0.
        """
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"Limits go from low to high, not from {self.low} to {self.high}.")
        if self.scale.null == 1 and self.low < 0:
            raise ValueError(f"A ratio is never below 0, but the lower limit is {self.low}.")

    def holds(self, value: float) -> bool:
        """Say whether a value lies inside, limits included."""
        return self.low <= value <= self.high

    @property
    def holds_null(self) -> bool:
        """Say whether no effect lies inside."""
        return self.holds(self.scale.null)


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """What is known of the evidence on one outcome; what is None is not known.

    Attributes
    ----------
    design, kind
        How treated and untreated were compared, and what kind of text tells it.
    studies
        How many studies stand behind it.
    bias_risks
        Risk of bias of each study, as `judge_risk_of_bias` finds it.
    interval, prediction
        Limits of the mean effect, and of the effect in another place like these (95 %).
    i_squared
        Share of the variation that is not chance (0 to 1).
    egger_p
        P-value of the test for a funnel that leans (Egger et al. 1997).
    concerns, grave_concerns
        What an appraiser holds against it: one step down each, or two.
    traits
        What else bears on it.
    """

    design: Design
    kind: Kind
    studies: int | None = None
    bias_risks: tuple[BiasRisk, ...] | None = None
    interval: EffectLimits | None = None
    prediction: EffectLimits | None = None
    i_squared: float | None = None
    egger_p: float | None = None
    concerns: frozenset[Concern] = frozenset()
    grave_concerns: frozenset[Concern] = frozenset()
    traits: frozenset[Trait] = frozenset()

    def __post_init__(self) -> None:
        """Refuse facts that cannot be.

        Raises
        ------
        ValueError
            If a number is out of its range.
        """
        if self.studies is not None and self.studies < 0:
            raise ValueError(f"A number of studies is 0 or more, not {self.studies}.")
        for name in ("i_squared", "egger_p"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"{name} lies from 0 to 1, but is {share}.")


_CONCERNS = {
    Concern.RISK_OF_BIAS: message("risk of bias"),
    Concern.INCONSISTENCY: message("inconsistency"),
    Concern.INDIRECTNESS: message("indirectness"),
    Concern.IMPRECISION: message("imprecision"),
    Concern.PUBLICATION_BIAS: message("publication bias"),
}
