"""This file knows the work in the background on assistance: a large round of matching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.errors import ForestallError
from forestall.languages import message
from forestall.web.assistance.matching import MATCH, work_out
from forestall.web.assistance.models import MatchingRound, RoundState
from forestall.web.operations.tasks import job

if TYPE_CHECKING:
    from forestall.web.operations.models import Job


@job(MATCH)
def match_all(job: Job, *, number: int) -> dict[str, Any]:
    """Work out a round; one that ended is not worked out again."""
    found = MatchingRound.objects.select_related("jurisdiction").get(pk=number)
    job.report(0, 1, message("Needs and offers are matched."))
    try:
        work_out(found)
    except ForestallError:
        MatchingRound.objects.filter(pk=number).update(state=RoundState.FAILED.value)
        raise
    return {"round": number}
