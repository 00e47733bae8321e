"""This file knows the whole catalogue of interventions, and finds one by its key."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from forestall.errors import UnknownIntervention
from forestall.evidence.interventions.enforcement import ENFORCEMENT
from forestall.evidence.interventions.factors import FACTORS
from forestall.evidence.interventions.families_and_schools import FAMILIES_AND_SCHOOLS
from forestall.evidence.interventions.firearms_laws import FIREARMS_LAWS
from forestall.evidence.interventions.housing_and_streets import HOUSING_AND_STREETS
from forestall.evidence.interventions.nightlife_and_trade import NIGHTLIFE_AND_TRADE
from forestall.evidence.interventions.offending_again import OFFENDING_AGAIN
from forestall.evidence.interventions.victims import VICTIMS
from forestall.evidence.interventions.young_people import YOUNG_PEOPLE

if TYPE_CHECKING:
    from forestall.evidence.interventions.records import Intervention

_CATALOGUE: tuple[Intervention, ...] = (
    *HOUSING_AND_STREETS,
    *NIGHTLIFE_AND_TRADE,
    *FAMILIES_AND_SCHOOLS,
    *YOUNG_PEOPLE,
    *VICTIMS,
    *OFFENDING_AGAIN,
    *FIREARMS_LAWS,
    *ENFORCEMENT,
    *FACTORS,
)
_BY_KEY = {intervention.key: intervention for intervention in _CATALOGUE}
_LONGEST_KEY_SHOWN = 60


def interventions() -> tuple[Intervention, ...]:
    """Return every intervention of the catalogue, those of one field together.

    Law enforcement, loosenings and circumstances are among them, marked as such.

    Examples
    --------
    >>> [intervention.key for intervention in interventions()][:2]
    ['alley-gating', 'street-lighting']
    """
    return _CATALOGUE


def intervention_named(key: str) -> Intervention:
    """Return the intervention with this key.

    Raises
    ------
    UnknownIntervention
        If there is none, with up to three keys that are spelt almost the same.

    Examples
    --------
    >>> gates = intervention_named("alley-gating")
    >>> str(gates.name)
    'gates on alleys'
    >>> [str(condition.question) for condition in gates.needs][0]
    'Are there alleys behind the houses that can be closed?'
    """
    if key in _BY_KEY:
        return _BY_KEY[key]
    near = difflib.get_close_matches(key, sorted(_BY_KEY), n=3)
    meant = ", ".join(f"“{name}”" for name in near)
    hint = (
        f"perhaps meant: {meant}" if near else f"there are {len(_BY_KEY)}, such as “alley-gating”"
    )
    shown = " ".join(key.split())[:_LONGEST_KEY_SHOWN]
    raise UnknownIntervention(f"No intervention is called “{shown}”; {hint}.")
