"""This file knows a few needs and offers of invented places, to read, to try and to change."""

from __future__ import annotations

from datetime import date

from forestall.assistance.areas import Area
from forestall.assistance.records import Cost, Need, Offer, Priority, Window


def example_needs() -> tuple[Need, ...]:
    """Return four needs: two for the same help, one in a language that no offer has.

    Examples
    --------
    >>> [one.key for one in example_needs()]
    ['harbour-evaluation', 'hill-evaluation', 'lake-gates', 'valley-partnerships']
    """
    return _HARBOUR, _HILL, _LAKE, _VALLEY


def example_offers() -> tuple[Offer, ...]:
    """Return three offers.

    Examples
    --------
    >>> [one.key for one in example_offers()]
    ['institute', 'city-network', 'design-office']
    """
    return (
        Offer(
            key="institute",
            owner={"en": "Institute for Evaluation"},
            areas=(Area.EVALUATION, Area.KNOWLEDGE),
            languages=("fr",),
            regions=("west-africa",),
            window=Window(first=date(2026, 3, 1), last=date(2026, 12, 31)),
            covers=(Cost.TRAVEL, Cost.FEES),
        ),
        Offer(
            key="city-network",
            owner={"en": "Network of Cities"},
            areas=(Area.PARTNERSHIPS, Area.LOCAL),
            languages=("es", "en"),
            window=Window(first=date(2026, 1, 1), last=date(2026, 12, 31)),
            covers=(Cost.TRAVEL, Cost.STAY),
            capacity=2,
        ),
        Offer(
            key="design-office",
            owner={"en": "Office for Safe Design"},
            areas=(Area.SITUATIONAL,),
            languages=("en",),
            window=Window(first=date(2026, 1, 1), last=date(2026, 12, 31)),
        ),
    )


_HARBOUR = Need(
    key="harbour-evaluation",
    owner={"en": "Harbourland", "fr": "Pays-du-Port"},
    area=Area.EVALUATION,
    title={"en": "Plan the evaluation of a national programme"},
    languages=("fr", "en"),
    regions=("africa", "west-africa"),
    window=Window(first=date(2026, 2, 1), last=date(2026, 6, 30)),
    days=10,
    asked=date(2025, 5, 12),
    must_cover=(Cost.TRAVEL,),
)

_HILL = Need(
    key="hill-evaluation",
    owner={"en": "Hill Country"},
    area=Area.EVALUATION,
    title={"en": "Train evaluators of three cities"},
    languages=("fr",),
    regions=("africa", "west-africa"),
    window=Window(first=date(2026, 3, 1), last=date(2026, 9, 30)),
    days=5,
    asked=date(2025, 9, 1),
    priority=Priority.NAMED,
)

_LAKE = Need(
    key="lake-gates",
    owner={"en": "Lakeside"},
    area=Area.SITUATIONAL,
    title={"en": "Design out burglary in old quarters"},
    languages=("ar",),
    regions=("western-asia",),
    window=Window(first=date(2026, 1, 15), last=date(2026, 12, 15)),
    asked=date(2025, 11, 3),
)

_VALLEY = Need(
    key="valley-partnerships",
    owner={"en": "Valley State", "es": "Estado del Valle"},
    area=Area.PARTNERSHIPS,
    title={"en": "Bring housing and health to one table"},
    languages=("es",),
    regions=("americas",),
    window=Window(first=date(2026, 4, 1), last=date(2026, 5, 31)),
    asked=date(2025, 12, 8),
    must_cover=(Cost.TRAVEL, Cost.STAY),
)
