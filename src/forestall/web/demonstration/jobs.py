"""This file knows the work in the background of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.web.demonstration.story import STORY, tell_story
from forestall.web.operations.tasks import job as registered

if TYPE_CHECKING:
    from forestall.web.operations.models import Job


@registered(STORY)
def tell(job: Job) -> dict[str, Any]:
    """Do what the demonstration has to show beside its plans."""
    tell_story(job)
    return {}
