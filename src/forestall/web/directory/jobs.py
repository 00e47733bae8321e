"""This file knows the regular work on the directory: who no longer agrees is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.directory.services import forget_ended
from forestall.web.operations.reminding import reminder

if TYPE_CHECKING:
    from datetime import date


@reminder
def forget(*, today: date, address: str) -> int:
    """Delete the entries whose consent has ended; no mail is sent."""
    forget_ended(today=today)
    return 0
