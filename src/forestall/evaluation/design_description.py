"""This file knows which estimators a design admits, and what it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.detectable import detectable_fall
from forestall.evaluation.design_concerns import Concern, DesignWarning, warnings_of
from forestall.evaluation.design_facts import Arrival, DesignFacts
from forestall.evaluation.design_rules import Rule, rules
from forestall.evaluation.schemes import Design
from forestall.languages import Listing, Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

_POWER, _LEVEL = 0.8, 0.95


@dataclass(frozen=True, kw_only=True)
class EstimatorAdvice:
    """Whether one estimator can be used.

    Attributes
    ----------
    estimator
        The public function of `forestall.evaluation`.
    is_admissible
        Whether the design admits it.
    reason
        Why it does, or the first reason why not.
    detectable
        Smallest fall found four times in five at 95 %, as a share; None where it is not known.
    """

    estimator: str
    is_admissible: bool
    reason: Message
    detectable: float | None


@dataclass(frozen=True, eq=False, kw_only=True)
class DesignDescription(Result):
    """What a design can tell, with which estimators, and what may mislead.

    ``table`` has one row per estimator, from the strongest claim to the weakest: ``estimator`` (the
    public function), ``admissible``, ``reason`` (why, or the first reason why not), ``detectable``
    (smallest fall found four times in five, as a share; missing where it is not known).
    ``caveats`` are the warnings and what can be done about each.

    Attributes
    ----------
    facts
        What was known of the design.
    estimators
        The rows, as records.
    warnings
        What may mislead, the gravest first.
    """

    facts: DesignFacts
    estimators: tuple[EstimatorAdvice, ...]
    warnings: tuple[DesignWarning, ...]

    @property
    def admissible(self) -> tuple[str, ...]:
        """Return the functions that can be used, from the strongest claim to the weakest."""
        return tuple(one.estimator for one in self.estimators if one.is_admissible)

    def admits(self, estimator: str) -> bool:
        """Say whether a function of `forestall.evaluation` can be used."""
        return self.advice(estimator).is_admissible

    def advice(self, estimator: str) -> EstimatorAdvice:
        """Return what is said of one estimator.

        Raises
        ------
        KeyError
            If nothing is said of it.
        """
        for one in self.estimators:
            if one.estimator == estimator:
                return one
        raise KeyError(estimator)

    def warns_of(self, concern: Concern) -> bool:
        """Say whether the design gives reason for a concern."""
        return any(one.concern is concern for one in self.warnings)

    def summary(self) -> str:
        """Return the estimators that can be used, in one sentence."""
        if not self.admissible:
            return str(_NONE)
        return say(
            "This design admits, from the strongest claim to the weakest: {estimators}.",
            estimators=Listing(list(self.admissible)),
        )

    def plot(self) -> alt.LayerChart:
        """Return a dot for each estimator, hollow where it cannot be used."""
        from forestall._charts import register_chart

        states = [say("can be used"), say("cannot be used")]
        return register_chart(
            pd.DataFrame(
                {
                    "effect": self.table["estimator"],
                    "state": np.where(self.table["admissible"], *states),
                }
            ),
            states=states,
        )


def describe_design(facts: DesignFacts, *, expected_fall: float = 0.2) -> DesignDescription:
    """Say which estimators a design admits, and what may mislead, before any count is looked at.

    The order runs from the strongest claim to the weakest; use the first that is admitted, and show
    others beside it. Thresholds are rules of thumb: 20 units of assignment and 5 treated ones for
    standard errors by cluster, 20 possible choices for a p-value of 5 %.

    Parameters
    ----------
    facts
        What is known of places, dates and counts.
    expected_fall
        The fall that matters, as a share; the design warns if it would be missed.

    Notes
    -----
    Shadish, Cook & Campbell (2002), Experimental and Quasi-Experimental Designs for Generalized
    Causal Inference; `forestall.evaluation.plan_evaluation` for the smallest fall.

    Examples
    --------
    >>> from forestall.evaluation import Arrival, PlaceChoice
    >>> described = describe_design(DesignFacts(
    ...     chosen=PlaceChoice.RECENT_COUNTS, arrival=Arrival.ONE_DATE, treated_places=2,
    ...     comparison_places=3, periods_before=12, periods_after=12, incidents_per_period=4))
    >>> described.admissible
    ('estimate_event_study', 'estimate_difference_in_differences', 'compare_before_after',
     'compare_harm_before_after', 'assess_count_change')
    >>> str(described.advice("analyse_trial").reason)
    'The places were not drawn by lot, so that there is no trial to analyse.'
    >>> [one.concern.value for one in described.warnings][:3]
    ['regression to the mean', 'few clusters', 'few treated']
    """
    if not 0 < expected_fall < 1:
        raise ValueError("An expected fall is a share between 0 and 1.")
    estimators = tuple(_advice(facts, rule) for rule in rules())
    warnings = tuple(
        warnings_of(facts, detectable=_detectable(estimators), expected_fall=expected_fall)
    )
    return DesignDescription(
        table=pd.DataFrame([_row(one) for one in estimators]),
        caveats=tuple(
            said for one in warnings for said in (one.said, one.remedy) if said is not None
        ),
        made_by=f"describe_design({facts!r}, expected_fall={expected_fall})",
        facts=facts,
        estimators=estimators,
        warnings=warnings,
    )


def _advice(facts: DesignFacts, rule: Rule) -> EstimatorAdvice:
    objection = rule.objection(facts)
    return EstimatorAdvice(
        estimator=rule.estimator,
        is_admissible=objection is None,
        reason=rule.reason(facts) if objection is None else objection,
        detectable=None if objection is not None else _smallest_fall(facts, rule.power),
    )


def _smallest_fall(facts: DesignFacts, design: Design | None) -> float | None:
    scheme = facts.scheme()
    # With several starts the fall that can be found hangs on the dates, which are not asked here.
    if scheme is None or design is None or facts.arrival is Arrival.STAGGERED:
        return None
    by_unit = design in (Design.PANEL, Design.TRIAL)
    return detectable_fall(
        scheme.error(design),
        power=_POWER,
        level=_LEVEL,
        freedom=facts.units - 2 if by_unit else scheme.freedom(design),
    )


def _detectable(estimators: tuple[EstimatorAdvice, ...]) -> float | None:
    """Return the smallest fall of the strongest estimator that has one."""
    return next((one.detectable for one in estimators if one.detectable is not None), None)


def _row(one: EstimatorAdvice) -> dict[str, object]:
    return {
        "estimator": one.estimator,
        "admissible": one.is_admissible,
        "reason": str(one.reason),
        "detectable": np.nan if one.detectable is None else one.detectable,
    }


_NONE = message("This design admits no estimator: nothing was counted before, and no lot drawn.")
