"""This file knows a job that takes some seconds and can be begun again."""

from __future__ import annotations

import time

from forestall.languages import message
from forestall.web.operations.tasks import job


@job("slow")
def count_slowly(job):
    for step in range(1, 9):
        time.sleep(0.25)
        job.report(step, 8, message("One more step is done."))
    return {"steps": 8}
