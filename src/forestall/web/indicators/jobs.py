"""This file knows the work in the background on indicators: they are computed after new data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import message
from forestall.web.indicators.counting import StoreNumbers
from forestall.web.indicators.measuring import measure
from forestall.web.indicators.models import IndicatorSource
from forestall.web.operations.tasks import job

if TYPE_CHECKING:
    from forestall.web.operations.models import Job

MEASURE = "indicators"


@job(MEASURE)
def measure_indicators(
    job: Job, *, origin: str, store: int = 0, survey: int = 0, plan: int = 0, asked_at: str = ""
) -> dict[str, Any]:
    """Compute every indicator that is linked to a store, to a survey, or in a plan.

    A second run computes the same; one that fails does not keep the others from being computed.

    Parameters
    ----------
    origin
        After what they are computed, such as "import 12".
    store, survey, plan
        The number of one of them, the others 0.
    asked_at
        When a person asked for it; it only tells one job from another.
    """
    about = {"plan": plan, "store": store, "survey": survey}
    sources = list(
        IndicatorSource.objects.filter(
            **{name: one for name, one in about.items() if one}
        ).select_related("plan__jurisdiction", "store__jurisdiction", "survey__jurisdiction")
    )
    numbers: dict[int, StoreNumbers] = {}
    for done, one in enumerate(sources):
        job.report(done, len(sources), message("Computing the series of indicators"))
        if one.store is not None and one.store.pk not in numbers:
            numbers = {one.store.pk: StoreNumbers(one.store)}
        measure(one, origin=origin, numbers=numbers.get(one.store_id or 0))
    return {"indicators": len(sources)}
