"""This file knows the regular work on the directory: who no longer agrees is forgotten."""

from __future__ import annotations

from django.utils import timezone

from forestall.web.directory.services import forget_ended
from forestall.web.operations.tidying import tidier


@tidier
def forget() -> int:
    """Delete the entries whose consent has ended, and of who takes part no more."""
    return forget_ended(today=timezone.localdate())
