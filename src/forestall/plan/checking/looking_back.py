"""This file knows what a plan says of consultation and reviews (2002/13 ¶16; 1995/9 ¶5(d))."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from forestall.languages import has_words, message, plural_message
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, PlanPart, Subject
from forestall.plan.dates import months_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan, ConsultationRecord


def check_consultation(plan: ActionPlan, *, today: date) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its consultation.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> [str(one.said) for one in check_consultation(example_plan(), today=date(2025, 4, 14))]
    ['The consultation is still open.', '1 comment has no reply.']
    """
    if not plan.consultations:
        said = message("Residents were not asked yet.")
        subject = Subject(part=PlanPart.CONSULTATION)
        yield subject.point(said, "2002/13:16", BEFORE_ADOPTION)
    for one in plan.consultations:
        subject = Subject(part=PlanPart.CONSULTATION, about=one.opened.isoformat())
        yield from _consultation(one, subject, today)


def _consultation(record: ConsultationRecord, subject: Subject, today: date) -> Iterator[PlanPoint]:
    if record.closed is None or record.closed > today:
        said = message("The consultation is still open.")
        yield subject.point(said, "2002/13:16", BEFORE_ADOPTION)
    if not has_words(record.how):
        said = message("Nothing says how residents were asked.")
        yield subject.point(said, "2002/13:16", BEFORE_ADOPTION)
    open_voices = sum(not has_words(voice.changed) for voice in record.voices)
    if open_voices:
        said = plural_message(
            "{count} comment has no reply.", "{count} comments have no reply.", open_voices
        )
        yield subject.point(said, "2002/13:16", BEFORE_ADOPTION)
    if not record.voices:
        said = message("Nothing is noted of what residents said.")
        yield subject.point(said, "2002/13:16", BEFORE_ADOPTION)


def check_reviews(plan: ActionPlan, *, today: date) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on its reviews, of which there is at least one a year.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> list(check_reviews(example_plan(), today=date(2025, 4, 14)))
    []
    """
    subject = Subject(part=PlanPart.REVIEWS)
    if not plan.reviews:
        said = message("No day is set on which the plan is looked at again.")
        yield subject.point(said, "1995/9:5(d)", BEFORE_ADOPTION)
    elif _a_year_without(plan):
        said = message("More than a year passes without a review.")
        yield subject.point(said, "1995/9:5(d)", BEFORE_ADOPTION)
    for review in plan.reviews:
        of_day = Subject(part=PlanPart.REVIEWS, about=review.on.isoformat())
        if review.held is None and review.on < today:
            said = message(
                "The review of {day} was due, and it is not noted that it was held.", day=review.on
            )
            yield of_day.point(said, "1995/9:5(d)", ADVICE)
        if review.held is not None and not has_words(review.found):
            said = message(
                "A review was held on {day}, and nothing says what it found.", day=review.held
            )
            yield of_day.point(said, "2002/13:22(e)", ADVICE)


def _a_year_without(plan: ActionPlan) -> bool:
    days = [plan.starts, *sorted(one.held or one.on for one in plan.reviews), plan.ends]
    return any(later > months_after(day, 12) for day, later in pairwise(days))
