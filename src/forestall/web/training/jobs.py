"""This file knows the regular work on skills: whose consent has ended is forgotten."""

from __future__ import annotations

from django.utils import timezone

from forestall.web.operations.tidying import tidier
from forestall.web.training.services import forget_ended


@tidier
def forget() -> int:
    """Delete what people said of themselves, where their consent has ended."""
    return forget_ended(today=timezone.localdate())
