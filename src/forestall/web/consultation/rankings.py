"""This file knows which problems people would take up first: answered once, counted in groups.

Only counts are shown, none below five, and they move on by five answers at a time: what one person
answered cannot be read from the difference between two visits.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from forestall.errors import InvalidConsultation
from forestall.languages import message
from forestall.web.consultation.comments import check_takes_comments
from forestall.web.consultation.draft import DraftPart, problems_of
from forestall.web.consultation.models import MOST_RANKED, Ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.web.consultation.models import Consultation

FEWEST = 5


@dataclass(frozen=True)
class RankedProblem:
    """A problem, and how many named it among up to three; None where fewer than five did."""

    problem: DraftPart
    named: int | None


@dataclass(frozen=True)
class RankingCounts:
    """How many answered, and what they named; nothing while fewer than five did."""

    answers: int
    problems: tuple[RankedProblem, ...]


def add_ranking(*, consultation: Consultation, ballot: str, order: Sequence[str]) -> bool:
    """Count an answer, and say whether it is the first of this browser.

    Parameters
    ----------
    ballot
        A number that only the browser keeps.
    order
        Keys of one to three problems, the first one first.

    Raises
    ------
    InvalidConsultation
        If answers are not taken today, or what is named does not fit.
    """
    check_takes_comments(consultation)
    known = {one.key for one in problems_of(consultation.revision.content)}
    if not 1 <= len(order) <= MOST_RANKED or len(set(order)) < len(order):
        raise InvalidConsultation(message("Choose one to three problems, each only once."))
    if not known.issuperset(order):
        raise InvalidConsultation(message("The draft has no such part."))
    hidden = hashlib.sha256(f"{consultation.pk}-{ballot}".encode()).hexdigest()
    try:
        with transaction.atomic():
            Ranking.objects.create(consultation=consultation, ballot=hidden, order=list(order))
    except IntegrityError:
        return False
    return True


def counts_of(consultation: Consultation) -> RankingCounts:
    """Count the answers that are in full groups of five."""
    orders = list(consultation.rankings.order_by("pk").values_list("order", flat=True))
    shown = len(orders) // FEWEST * FEWEST
    named = Counter(key for order in orders[:shown] for key in order)
    problems = tuple(
        RankedProblem(one, named[one.key] if named[one.key] >= FEWEST else None)
        for one in problems_of(consultation.revision.content)
    )
    return RankingCounts(shown, problems)
