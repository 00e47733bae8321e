"""This file knows the digest that reminds people by e-mail of what is due.

A digest names plans, steps and days, and nobody; it is written in the language of the person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

from forestall.languages import Day, in_language, say, say_plural, use_language
from forestall.web.people.models import Person
from forestall.web.plans.also_waiting import also_waiting
from forestall.web.plans.models import Reminder
from forestall.web.plans.waiting import decisions_for, duties_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_EVERY = {Person.Digest.DAILY: timedelta(days=1), Person.Digest.WEEKLY: timedelta(days=7)}


def send_digests(*, today: date, address: str = "") -> int:
    """Send a digest to everybody for whom something waits and whose turn it is.

    Parameters
    ----------
    address
        Of the workspace, for the link.

    Returns
    -------
    int
        How many were sent. Sending twice on one day sends nothing the second time.
    """
    sent = 0
    for person in Person.objects.filter(is_active=True).exclude(digest=Person.Digest.NEVER):
        last = Reminder.objects.filter(person=person).first()
        if last is not None and today < last.on + _EVERY[Person.Digest(person.digest)]:
            continue
        with use_language(person.language or "en"):
            lines = list(_lines(person, today))
            if not lines:
                continue
            send_mail(
                subject=say_plural(
                    "{count} thing waits for you", "{count} things wait for you", len(lines)
                ),
                message="\n".join([*lines, "", address]).strip() + "\n",
                from_email=settings.DEFAULT_FROM_EMAIL,
                recipient_list=[person.email],
            )
        Reminder.objects.update_or_create(person=person, defaults={"on": today})
        sent += 1
    return sent


def _lines(person: Person, today: date) -> Iterator[str]:
    for one in duties_for(person, today=today):
        yield say(
            "{day} ({state}): {what} – {plan}",
            day=Day(one.duty.due),
            state=one.duty.state.words,
            what=in_language(one.duty.title) or one.duty.kind.words,
            plan=one.plan.title,
        )
    for waiting in decisions_for(person):
        yield say(
            "A rights assessment waits for your decision: {what} – {plan}",
            what=in_language(waiting.action.title),
            plan=waiting.plan.title,
        )
    for also in also_waiting(person, today=today):
        yield str(also.said)
