"""This file knows a made-up set of effects for examples; no study behind it exists."""

from __future__ import annotations

from forestall.evidence.metrics import Favours, RateRatio
from forestall.evidence.studies import IncidentCounts, Source, StudyEffect
from forestall.evidence.vocabulary import Design, Outcome

# Incidents before and after, treated and compared.
_ROWS = (
    ("North", 2011, (400, 250, 800, 790), "terraced houses"),
    ("East", 2013, (960, 800, 1200, 1240), "terraced houses"),
    ("South", 2014, (240, 250, 360, 340), "flats"),
    ("West", 2016, (1640, 1100, 2000, 1920), "terraced houses"),
    ("Centre", 2018, (600, 580, 880, 840), "flats"),
    ("Harbour", 2021, (360, 300, 720, 700), "flats"),
)


def made_up_effects() -> list[StudyEffect]:
    """Return six made-up effects of a measure against burglary, at twice the variance of chance.

    Examples
    --------
    >>> [round(one.effect.published, 2) for one in made_up_effects()]
    [0.63, 0.81, 1.1, 0.7, 1.01, 0.86]
    """
    return [_made_up(*row) for row in _ROWS]


def _made_up(name: str, year: int, cells: tuple[int, int, int, int], homes: str) -> StudyEffect:
    t0, t1, c0, c1 = cells
    counts = IncidentCounts(
        treated_before=t0, treated_after=t1, compared_before=c0, compared_after=c1, dispersion=2.0
    )
    return StudyEffect(
        key=name.casefold(),
        study=f"{name} ({year})",
        year=year,
        intervention="a made-up measure",
        outcome=Outcome.CRIME,
        outcome_words="burglaries",
        effect=RateRatio(0.0),
        standard_error=1.0,
        favours=Favours.BELOW,
        direction="below 1 = fewer burglaries",
        source=Source(address="https://example.org", quotation="made up"),
        design=Design.CONTROLLED,
        counts=counts,
        moderators={"homes": homes},
    ).with_effect_of_counts()
