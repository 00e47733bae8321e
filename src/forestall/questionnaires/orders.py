"""This file knows in which orders replies of several states may stand: by country, or by day.

No other order is offered, and one by an answer is refused with the reason.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.questionnaires.refusals import refuse_ranking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.questionnaires.replies import Reply


class ReplyOrder(StrEnum):
    """The orders that say nothing about how a state is doing."""

    COUNTRY = "country"
    DAY = "day"


def order_named(name: str) -> ReplyOrder:
    """Return the order of a name, such as from the address of a page.

    Raises
    ------
    RankingRefused
        If it is any other than by country or by day.

    Examples
    --------
    >>> order_named("country")
    <ReplyOrder.COUNTRY: 'country'>
    >>> order_named("Q2(a)")
    Traceback (most recent call last):
        ...
    forestall.errors.RankingRefused: States are not put in an order by what they answered, \
because the questionnaire is no scorecard (2006/20 annex).
    """
    if name not in {one.value for one in ReplyOrder}:
        refuse_ranking()
    return ReplyOrder(name)


def in_order(replies: Iterable[Reply], *, by: ReplyOrder = ReplyOrder.COUNTRY) -> list[Reply]:
    """Return replies of several states in an order that says nothing about how they are doing.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.replies import Reply
    >>> two = [
    ...     Reply(questionnaire="2006-20", version=1, country=code, on=date(2026, 1, 31))
    ...     for code in ("XB", "XA")
    ... ]
    >>> [one.country for one in in_order(two)]
    ['XA', 'XB']
    """
    if by is ReplyOrder.DAY:
        return sorted(replies, key=lambda one: (one.on, one.country))
    return sorted(replies, key=lambda one: (one.country, one.on))
