"""This file knows in which orders states may stand: by name, or by region and then by name.

A name is ordered as its readers look it up. Accents and case count for nothing, nor does the
article before an Arabic name. Chinese names follow the order of GB 18030, which for common
characters is that of their sounds.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from forestall.languages import language, use_language
from forestall.questionnaires.refusals import refuse_ranking
from forestall.questionnaires.together.states import (
    StateName,
    region_of,
    regions,
    states,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class StateOrder(StrEnum):
    """The orders that say nothing about how a state is doing."""

    NAME = "name"
    REGION = "region"


def state_order_named(name: str) -> StateOrder:
    """Return the order of a name, such as from the address of a page.

    Raises
    ------
    RankingRefused
        If it is any other than by name or by region.

    Examples
    --------
    >>> state_order_named("region")
    <StateOrder.REGION: 'region'>
    >>> state_order_named("answer")
    Traceback (most recent call last):
        ...
    forestall.errors.RankingRefused: States are not put in an order by what they answered, \
because the questionnaire is no scorecard (2006/20 annex).
    """
    if name not in {one.value for one in StateOrder}:
        refuse_ranking()
    return StateOrder(name)


def in_state_order(codes: Iterable[str], *, by: StateOrder = StateOrder.NAME) -> tuple[str, ...]:
    """Return codes of states in the order of their names in the language in force, or by region.

    Examples
    --------
    >>> in_state_order(["DE", "KE", "AT"])
    ('AT', 'DE', 'KE')
    >>> in_state_order(["DE", "KE", "AT"], by=StateOrder.REGION)
    ('KE', 'AT', 'DE')
    >>> with use_language("fr"):
    ...     in_state_order(["AT", "DE", "KE"])
    ('DE', 'AT', 'KE')
    """
    place = place_of_state(by)
    return tuple(sorted(codes, key=lambda code: (place.get(code, len(place)), code)))


def place_of_state(by: StateOrder = StateOrder.NAME) -> dict[str, int]:
    """Return from the code of each state to its place in an order of the language in force.

    Examples
    --------
    >>> place_of_state()["AF"]
    0
    """
    return _places(language(), by)


@cache
def _places(tag: str, by: StateOrder) -> dict[str, int]:
    with use_language(tag):
        names = {one.code: looked_up(str(StateName(one.code)), tag) for one in states()}
    groups = {code: at for at, code in enumerate(regions())}
    if by is StateOrder.REGION:
        ordered = sorted(names, key=lambda code: (groups[region_of(code)], names[code]))
    else:
        ordered = sorted(names, key=lambda code: names[code])
    return {code: at for at, code in enumerate(ordered)}


def looked_up(name: str, tag: str) -> bytes:
    """Return by what a name is looked up in a language.

    Examples
    --------
    >>> looked_up("Égypte", "fr") < looked_up("Espagne", "fr")
    True
    """
    if tag.startswith("zh"):
        return name.encode("gb18030")
    if tag.startswith("ar"):
        name = name.removeprefix("ال")
    plain = unicodedata.normalize("NFKD", name)
    return "".join(one for one in plain if one.isalnum() or one == " ").casefold().encode()
