"""This file knows why states are never ranked: the instrument is expressly no scorecard.

The annex of 2006/20 says so itself. Therefore no choice, answer or reply can be put in an order,
and whatever page or command is asked for one says why not.
"""

from __future__ import annotations

from typing import NoReturn

from forestall.errors import RankingRefused
from forestall.languages import message


def refuse_ranking() -> NoReturn:
    """Refuse to put states in an order by what they answered.

    Raises
    ------
    RankingRefused
        Always.

    Examples
    --------
    >>> refuse_ranking()
    Traceback (most recent call last):
        ...
    forestall.errors.RankingRefused: States are not put in an order by what they answered, \
because the questionnaire is no scorecard (2006/20 annex).
    """
    raise RankingRefused(
        message(
            "States are not put in an order by what they answered, because the questionnaire is "
            "no scorecard (2006/20 annex)."
        )
    )
