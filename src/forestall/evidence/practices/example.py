"""This file knows a small made-up practice of a made-up town, for examples and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from forestall.evidence.practices.records import (
    City,
    Conditions,
    Figure,
    Looked,
    Office,
    PartnerRole,
    Practice,
    PracticeCost,
    SideEffect,
    Texts,
)
from forestall.evidence.vocabulary import Approach, Outcome, Population, Problem, Setting


def example_practice(**changed: Any) -> Practice:
    """Return a practice of Exampletown; the town, and everything in it, is made up.

    Parameters
    ----------
    changed
        Fields that are other than usual.

    Examples
    --------
    >>> [str(caveat) for caveat in example_practice().caveats]
    ['Its figures come without an evaluation: what would have happened anyway is not known.']
    """
    usual = Practice(
        languages=("en", "fr"),
        title=Texts(
            (
                ("en", "Gates in the alleys behind terraced houses"),
                ("fr", "Des grilles dans les ruelles derrière les maisons"),
            )
        ),
        place=City(name="Exampletown", country="XX"),
        problems=(Problem.BURGLARY,),
        settings=(Setting.TERRACED_HOUSING,),
        populations=(Population.RESIDENTS,),
        approaches=(Approach.SITUATIONAL, Approach.COMMUNITY),
        intervention="alley-gating",
        situation=_english("Many burglaries began from the alleys behind the houses."),
        done=_english("Lockable gates were put up at the ends of 40 alleys; residents have keys."),
        since=date(2022, 3, 1),
        partners=(
            PartnerRole(
                organisation="Housing department", part=_english("Planned and paid for the gates")
            ),
            PartnerRole(
                organisation="Residents' association",
                part=_english("Asked every household, and keeps the keys"),
            ),
        ),
        conditions=Conditions(
            words=_english("The alleys were private, and all owners agreed."),
            keys=("rear-alleys", "residents-agree"),
        ),
        cost=PracticeCost(
            amount=90000,
            currency="XXX",
            price_year="2022",
            covers=_english("Gates, locks and keys; repairs are not in it"),
            source="Budget of the town, made up",
        ),
        result=(
            Figure(
                outcome=Outcome.CRIME,
                said=_english("52 burglaries in the year before, 41 in the year after"),
                source="Records of the town, made up",
            ),
        ),
        side_effects=(
            SideEffect(
                outcome=Outcome.DISPLACEMENT,
                state=Looked.NOT_FOUND,
                said=_english("Counts in the streets around were compared."),
            ),
            SideEffect(outcome=Outcome.STIGMA, state=Looked.NOT_LOOKED_FOR),
        ),
        contact=Office(name="Office for prevention", email="prevention@exampletown.example"),
        licence="CC-BY-4.0",
        is_law_enforcement=False,
        made_on=date(2024, 5, 2),
    )
    return replace(usual, **changed)


def _english(words: str) -> Texts:
    return Texts((("en", words),))
