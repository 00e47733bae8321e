"""This file knows when the effects of a body of evidence can be averaged, and what that gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import CannotSynthesise
from forestall.evidence.synthesis import EffectSynthesis, in_natural_terms, synthesise_effects
from forestall.evidence.vocabulary import Design

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.studies import StudyEffect
    from forestall.languages import Words

_FEWEST = 2


def average_of(effects: Sequence[StudyEffect]) -> EffectSynthesis | None:
    """Return the synthesis of effects; None where they are too few or cannot be averaged.

    Examples
    --------
    >>> from forestall.evidence.packaged_tables import packaged_effects
    >>> found = average_of([one for one in packaged_effects() if one.key.startswith("scared")])
    >>> round(found.average.effect.published, 2), average_of(packaged_effects()[:1]) is None
    (1.71, True)
    """
    if len({one.study for one in effects}) < _FEWEST:
        return None
    try:
        return synthesise_effects(effects)
    except CannotSynthesise:
        return None


def average_by_lot(effects: Sequence[StudyEffect]) -> EffectSynthesis | None:
    """Return the synthesis of the effects that were drawn by lot; of all where those are too few.

    A certainty that rests on studies by lot is not lowered by weaker ones beside them.
    """
    by_lot = [one for one in effects if one.design is Design.RANDOMISED]
    return average_of(by_lot) or average_of(effects)


def first_in_numbers(synthesis: EffectSynthesis) -> Words | str:
    """Return the average in numbers of people or incidents, harm first; as it is where not."""
    try:
        return in_natural_terms(synthesis).words
    except CannotSynthesise:
        return synthesis.summary()
