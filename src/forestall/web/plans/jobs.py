"""This file knows the work in the background on plans: the digests of what waits."""

from __future__ import annotations

from forestall.web.operations.reminding import reminder
from forestall.web.plans.reminders import send_digests

reminder(send_digests)
