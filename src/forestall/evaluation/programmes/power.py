"""This file knows what the planned evaluation could tell, from the city's own counts before it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer
from forestall.evaluation.evaluation_plan import plan_evaluation
from forestall.evaluation.programmes.counted import count_places, ground_of
from forestall.evaluation.schemes import Design
from forestall.evaluation.simulated_power import scheme_from_history

if TYPE_CHECKING:
    from forestall.estimates.estimates import Span
    from forestall.evaluation.evaluation_plan import EvaluationPlan
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.records import Incidents

_DESIGNS = (Design.BEFORE_AFTER, Design.SERIES, Design.FOUR_CELLS, Design.PANEL)
_MONTH_DAYS = 30.4
# The smallest fall that is printed tells how many there were; of fewer it would tell each.
_LEAST_INCIDENTS = 10


def power_of(spec: EvaluationSpec, incidents: Incidents) -> EvaluationPlan:
    """Work out what the planned evaluation could tell of its primary outcome.

    Only counts before the measure are used, so that nothing of its effect is seen.

    Parameters
    ----------
    spec
        From `read_specification`.
    incidents
        The incidents of the city.

    Raises
    ------
    CannotAnswer
        If hardly anything was counted before the measure.
    """
    last = spec.intervention.since[0] - timedelta(days=1)
    first = incidents.coverage[0]
    if first > last:
        raise CannotAnswer(
            f"What could be told is worked out from incidents before the measure, but they begin "
            f"on {first} and the measure on {spec.intervention.since[0]}."
        )
    kept = incidents.filter(until=last)
    if spec.primary.offences:
        kept = kept.filter(offences=spec.primary.offences)
    ground = ground_of(spec, incidents)
    counted = count_places(kept, ground, spec.places.column)
    if counted.matrix.sum() < _LEAST_INCIDENTS:
        raise CannotAnswer(
            f"What could be told is worked out from {_LEAST_INCIDENTS} or more incidents before "
            "the measure in whole months, but there are fewer."
        )
    history = pd.DataFrame(
        {
            "place": np.repeat([*ground.treated, *ground.comparison], len(counted.months)),
            "period": np.tile(counted.months, len(counted.matrix)),
            "incidents": counted.matrix.ravel().astype(int),
        }
    )
    scheme = scheme_from_history(
        history,
        treated_places=len(ground.treated),
        comparison_places=len(ground.comparison),
        months_before=_months(spec.times.before),
        months_after=_months(spec.times.after),
    )
    # Real months are drawn where there are as many as the scheme is long; else formulae serve.
    is_long = len(counted.months) >= scheme.months_before + scheme.months_after
    return plan_evaluation(
        scheme,
        expected_fall=spec.primary.least_effect,
        designs=_DESIGNS,
        history=history if is_long else None,
    )


def _months(span: Span) -> int:
    return max(round(span.days / _MONTH_DAYS), 1)
