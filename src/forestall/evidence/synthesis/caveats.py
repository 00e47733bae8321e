"""This file knows what a careful analyst would add aloud to an average of studies."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.evidence.studies import IncidentCounts
from forestall.evidence.synthesis.averages import Model
from forestall.evidence.synthesis.checks import find_equal_effects
from forestall.evidence.vocabulary import Design
from forestall.languages import Listing, Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.averages import Average, Averaged, Choices

LEAST_FREEDOM = 4
_MUCH = 0.95
_MANY_STUDIES = 10
_RAW = (Design.BEFORE_AFTER, Design.SERIES)


def caveats_of(
    effects: Sequence[StudyEffect], averaged: Averaged, choices: Choices
) -> tuple[Message, ...]:
    """Return the caveats of an average, those of the numbers first."""
    return (*_of_numbers(averaged, choices), *_of_records(effects))


def _of_numbers(averaged: Averaged, choices: Choices) -> Iterator[Message]:
    average, prediction = averaged.average, averaged.prediction
    freedom = average.degrees_of_freedom
    if choices.model is Model.FIXED:
        yield _ONE_COMMON
    elif freedom is not None and freedom < LEAST_FREEDOM:
        yield message(
            "The interval rests on few studies (degrees of freedom: {freedom}); read it as a "
            "rough guide.",
            freedom=round(freedom, 1),
        )
    if averaged.is_nested:
        yield _NESTED
    elif freedom is not None:
        yield from _of_agreement(average)
    if averaged.heterogeneity.tau2 == 0:
        yield _NO_SPREAD
    if prediction is not None and averaged.studies < _MANY_STUDIES:
        yield _NEW_PLACE_ROUGH
    if prediction is not None and prediction.low.number < 0 < prediction.high.number:
        low, high = average.limits()
        if not low.number <= 0 <= high.number:
            yield _NEW_PLACE_MAY_DIFFER


def _of_agreement(average: Average) -> Iterator[Message]:
    """Tell the wider interval where Knapp and Hartung's is much narrower, or tells another story.

    Source: Jackson, Law, Rücker & Schwarzer (2017), Statistics in Medicine 36.
    """
    if average.standard_error >= average.unadjusted_error:
        return
    wide = replace(average, standard_error=average.unadjusted_error).limits()[1]
    number = average.effect.number
    half, wider = average.limits()[1].number - number, wide.number - number
    if half < _MUCH * wider or half < abs(number) < wider:
        yield message(
            "The studies agree more than chance would make them; without allowing for that, the "
            "interval is {low} to {high}.",
            low=average.effect.moved_to(number - wider).shown(),
            high=average.effect.moved_to(number + wider).shown(),
        )


def _of_records(effects: Sequence[StudyEffect]) -> Iterator[Message]:
    if effects[0].is_law_enforcement:
        yield _LAW_ENFORCEMENT
    if effects[0].design is Design.ASSOCIATION:
        yield _ASSOCIATIONS
    yield from _of_designs(effects)
    yield from _of_measures(effects)
    local = sum(one.is_local for one in effects)
    if local:
        yield plural_message(
            "{count} of {total} effects is from a city's own evaluation; the table marks it.",
            "{count} of {total} effects are from a city's own evaluations; the table marks them.",
            local,
            total=len(effects),
        )
    assumptions = {
        str(step.assumption): step.assumption for one in effects for step in one.conversions
    }
    yield from assumptions.values()
    by_chance = sum(_rests_on_chance(one) for one in effects)
    if by_chance:
        yield plural_message(
            "The error of {count} effect allows for chance alone, and counts vary more; "
            "pool_rate_ratios allows for that.",
            "The errors of {count} effects allow for chance alone, and counts vary more; "
            "pool_rate_ratios allows for that.",
            by_chance,
        )
    equal = find_equal_effects(effects)
    if equal is not None:
        yield message(
            "“{first}” and “{second}” are equal numbers of one study; make sure that they are two "
            "effects.",
            first=equal[0].key,
            second=equal[1].key,
        )


def _of_designs(effects: Sequence[StudyEffect]) -> Iterator[Message]:
    designs = sorted({one.design for one in effects}, key=list(Design).index)
    if len(designs) > 1:
        yield message(
            "Studies of different designs are put together: {designs}.",
            designs=Listing([design.words for design in designs]),
        )
    raw = sum(one.design in _RAW for one in effects)
    if raw:
        yield plural_message(
            "{count} effect has no comparison group; what would have changed anyway is in it.",
            "{count} effects have no comparison group; what would have changed anyway is in them.",
            raw,
        )


def _of_measures(effects: Sequence[StudyEffect]) -> Iterator[Message]:
    measures = list(dict.fromkeys(one.intervention for one in effects))
    if len(measures) > 1:
        yield plural_message(
            "{count} measure is averaged as one, the first is {first}.",
            "{count} different measures are averaged as one, the first is {first}.",
            len(measures),
            first=measures[0],
        )


def _rests_on_chance(effect: StudyEffect) -> bool:
    counts = effect.counts
    return (
        isinstance(counts, IncidentCounts)
        and counts.dispersion == 1
        and math.isclose(effect.variance, counts.variance, rel_tol=1e-6)
    )


_ONE_COMMON = message(
    "One effect common to all studies is supposed; if true effects differ, the interval is too "
    "narrow."
)
_NESTED = message(
    "Some studies give several effects; a variance within studies and errors by study allow for "
    "that."
)
_NO_SPREAD = message(
    "No difference between studies beyond chance was found; few or small studies may hide one."
)
_NEW_PLACE_MAY_DIFFER = message(
    "The average is on one side, but a new place may see no effect, or the opposite."
)
_NEW_PLACE_ROUGH = message(
    "With fewer than ten studies, the interval for a new place is too narrow: simulated ones held "
    "it in 84 to 95 of 100."
)
_LAW_ENFORCEMENT = message(
    "These measures are law enforcement, outside the Guidelines: kept for comparison only."
)
_ASSOCIATIONS = message("These are associations: none of them is the effect of a measure.")
