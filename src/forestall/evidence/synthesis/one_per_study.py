"""This file knows how one effect stands for each study, where effects must be independent.

Source for the average of several effects of one study: Borenstein, Hedges, Higgins & Rothstein
(2009), Introduction to Meta-Analysis, chapter 24.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING

from forestall.evidence.metrics import Favours
from forestall.evidence.synthesis.checks import check_can_be_averaged, study_name
from forestall.evidence.vocabulary import Design
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.studies import StudyEffect
    from forestall.languages import Message


class OnePerStudy(StrEnum):
    """Which effect stands for a study that gives several."""

    FIRST = "first"
    LARGEST = "largest"
    AVERAGE = "average"

    @property
    def words(self) -> Message:
        """Return what the choice means, in one sentence."""
        return _MEANINGS[self]


def one_effect_per_study(
    effects: Sequence[StudyEffect], *, take: OnePerStudy
) -> tuple[StudyEffect, ...]:
    """Return one effect for each study, in the order in which studies first come.

    The largest is that with the smallest standard error, never that with the largest effect, which
    would flatter the measure. The average supposes that effects of one study come from the same
    people, so that averaging them makes none surer: its error is the mean of the errors.

    Raises
    ------
    CannotSynthesise
        If the effects cannot be averaged, with the reason.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from forestall.evidence.metrics import RateRatio
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> first, *others = made_up_effects()
    >>> half = first.standard_error / 2
    >>> surer = replace(first, key="surer", counts=None, standard_error=half)
    >>> kept = one_effect_per_study([first, surer, *others], take=OnePerStudy.LARGEST)
    >>> kept[0].key, len(kept) == len(others) + 1
    ('surer', True)
    """
    check_can_be_averaged(effects)
    of_study: dict[str, list[StudyEffect]] = {}
    for one in effects:
        of_study.setdefault(study_name(one), []).append(one)
    return tuple(_one_of(several, take) for several in of_study.values())


def _one_of(several: Sequence[StudyEffect], take: OnePerStudy) -> StudyEffect:
    if take is OnePerStudy.LARGEST:
        return min(several, key=lambda one: one.standard_error)
    if take is OnePerStudy.FIRST or len(several) == 1:
        return several[0]
    return _average_of(several)


def _average_of(several: Sequence[StudyEffect]) -> StudyEffect:
    first = several[0]
    turned = [one.favourable for one in several]
    words = dict.fromkeys(one.outcome_words for one in several)
    designs = {one.design for one in several}
    shared = {
        name: value
        for name, value in first.moderators.items()
        if all(one.moderators.get(name) == value for one in several)
    }
    return replace(
        first,
        outcome_words="; ".join(words),
        effect=turned[0].moved_to(fmean(one.number for one in turned)),
        standard_error=fmean(one.standard_error for one in several),
        favours=Favours.BELOW,
        design=first.design if len(designs) == 1 else Design.MIXED,
        counts=None,
        moderators=shared,
    )


_MEANINGS = {
    OnePerStudy.FIRST: message(
        "Of a study with several effects, the first in the table was taken; the others are left "
        "out."
    ),
    OnePerStudy.LARGEST: message(
        "Of a study with several effects, the one with the smallest error was taken, mostly that "
        "of the largest group."
    ),
    OnePerStudy.AVERAGE: message(
        "Of a study with several effects, their average was taken, as if of the same people, so no "
        "surer than one."
    ),
}
