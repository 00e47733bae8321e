"""This file knows which part of a specification a plan binds, and its checksum."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evaluation.specification.parts import EvaluationSpec, TreatedPlaces


def analysis_of(spec: EvaluationSpec) -> dict[str, Any]:
    """Return the values that decide what is computed and what the verdict rests on.

    Wording, contacts and costs are not bound; places, days, outcomes and models are.
    """
    done, times = spec.intervention, spec.times
    return {
        "approach": done.approach.value,
        "since": [day.isoformat() for day in done.since],
        "lag_months": done.lag_months,
        "settling_months": done.settling_months,
        **_of_places(spec.places),
        "before": [times.before.first.isoformat(), times.before.last.isoformat()],
        "after": [times.after.first.isoformat(), times.after.last.isoformat()],
        "primary outcome": spec.primary.name,
        "outcomes": {
            one.name: {"offences": sorted(one.offences), "least_effect": one.least_effect}
            for one in spec.outcomes
        },
        "harm": None if spec.harm is None else dict(sorted(spec.harm.points.items())),
        "verdict": "ratio of the four counts, variance estimated from months, two-sided 95 %",
    }


def checksum_of(analysis: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the values in one fixed form.

    Examples
    --------
    >>> checksum_of({"b": 1, "a": [2]}) == checksum_of({"a": [2], "b": 1})
    True
    """
    text = json.dumps(analysis, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _of_places(places: TreatedPlaces) -> dict[str, Any]:
    return {
        "treated": sorted(places.treated),
        "comparison": sorted(places.comparison) or "others",
        "rings_m": list(places.rings_m),
        "chosen": places.chosen.value,
    }
