"""This file knows what may mislead an evaluation because of its design, and what can be done.

Sources: Campbell & Stanley (1963), Experimental and Quasi-Experimental Designs for Research;
Barnett, van der Pols & Dobson (2005), International Journal of Epidemiology 34 (regression to the
mean); Cameron, Gelbach & Miller (2008), Review of Economics and Statistics 90 (few clusters);
Goodman-Bacon (2021), Journal of Econometrics 225 (several starts).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.evaluation.design_facts import Arrival, Reach
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Day, Decimal, Share, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.evaluation.design_facts import DesignFacts, OtherChange
    from forestall.languages import Message

FEW_CLUSTERS, FEW_TREATED = 20, 5
SHORT_MONTHS, SHORT_PERIODS = 12, 3
# Of so many counts with as many beside them, a fall below 40 % is mostly missed (Wilson 2022).
LOW_COUNT = 100


class Concern(StrEnum):
    """What about a design may mislead."""

    REGRESSION_TO_THE_MEAN = "regression to the mean"
    UNKNOWN_CHOICE = "choice not known"
    NO_COMPARISON = "no comparison"
    FEW_CLUSTERS = "few clusters"
    FEW_TREATED = "few treated"
    SHORT_BEFORE = "short time before"
    OTHER_CHANGES = "other changes"
    LOW_COUNTS = "low counts"
    SEVERAL_STARTS = "several starts"
    ENDED = "measure ended"
    SURROUNDINGS = "surroundings not counted"
    RECORDS_ALONE = "records alone"


@dataclass(frozen=True, kw_only=True)
class DesignWarning:
    """One thing that may mislead.

    Attributes
    ----------
    concern
        What it is.
    said
        It in a sentence.
    remedy
        What can be done about it; None where nothing can.
    """

    concern: Concern
    said: Message
    remedy: Message | None = None


def warnings_of(
    facts: DesignFacts, *, detectable: float | None, expected_fall: float
) -> Iterator[DesignWarning]:
    """Yield what may mislead, the gravest first."""
    yield from _about_choice(facts)
    if not facts.has_comparison:
        yield DesignWarning(concern=Concern.NO_COMPARISON, said=_ALONE, remedy=_FIND_COMPARISON)
    yield from _about_clusters(facts)
    if facts.months_before < SHORT_MONTHS or facts.periods_before < SHORT_PERIODS:
        yield DesignWarning(
            concern=Concern.SHORT_BEFORE,
            said=message(_SHORT, months=facts.months_before),
            remedy=_LONGER,
        )
    for other in facts.other_changes:
        yield _about_other(other)
    yield from _about_counts(facts, detectable=detectable, expected_fall=expected_fall)
    yield from _about_arrival(facts)
    yield from _about_what_is_not_counted(facts)


def _about_choice(facts: DesignFacts) -> Iterator[DesignWarning]:
    if facts.chosen is PlaceChoice.RECENT_COUNTS:
        yield DesignWarning(
            concern=Concern.REGRESSION_TO_THE_MEAN, said=_FALL_BY_THEMSELVES, remedy=_AGAINST_MEAN
        )
    elif facts.chosen is PlaceChoice.UNKNOWN:
        yield DesignWarning(concern=Concern.UNKNOWN_CHOICE, said=_CHOICE_UNKNOWN, remedy=_ASK)


def _about_clusters(facts: DesignFacts) -> Iterator[DesignWarning]:
    if not facts.has_comparison and facts.arrival is not Arrival.STAGGERED:
        return
    if facts.units < FEW_CLUSTERS:
        yield DesignWarning(
            concern=Concern.FEW_CLUSTERS,
            said=message(_FEW, found=facts.units, wanted=FEW_CLUSTERS),
            remedy=_BY_PERMUTATION,
        )
    if facts.treated_units < FEW_TREATED:
        yield DesignWarning(
            concern=Concern.FEW_TREATED,
            said=message(_FEW_HAD_IT, found=facts.treated_units, wanted=FEW_TREATED),
            remedy=None if facts.units < FEW_CLUSTERS else _BY_PERMUTATION,
        )


def _about_counts(
    facts: DesignFacts, *, detectable: float | None, expected_fall: float
) -> Iterator[DesignWarning]:
    times = Decimal(facts.dispersion, 1)
    if detectable is not None and detectable > expected_fall:
        said = message(_LOW_COUNTS, share=Share(detectable), times=times)
        yield DesignWarning(concern=Concern.LOW_COUNTS, said=said, remedy=_PLAN)
    elif detectable is None and facts.incidents_per_period is not None:
        expected = facts.incidents_per_period * facts.treated_places * facts.periods_after
        if expected < LOW_COUNT:
            said = message(_FEW_INCIDENTS, number=round(expected))
            yield DesignWarning(concern=Concern.LOW_COUNTS, said=said, remedy=_PLAN)


def _about_other(other: OtherChange) -> DesignWarning:
    said, remedy = _OTHERS[other.reach]
    return DesignWarning(
        concern=Concern.OTHER_CHANGES,
        said=message(said, day=Day(other.on), what=other.what),
        remedy=remedy,
    )


def _about_arrival(facts: DesignFacts) -> Iterator[DesignWarning]:
    if facts.arrival is Arrival.STAGGERED:
        yield DesignWarning(concern=Concern.SEVERAL_STARTS, said=_TWO_WAY, remedy=_NOT_YET)
    elif facts.arrival is Arrival.ENDED:
        yield DesignWarning(concern=Concern.ENDED, said=_AFTER_THE_END, remedy=_COUNT_IN_FORCE)


def _about_what_is_not_counted(facts: DesignFacts) -> Iterator[DesignWarning]:
    if not facts.rings and facts.chosen is not PlaceChoice.ALL:
        yield DesignWarning(
            concern=Concern.SURROUNDINGS, said=_NO_SURROUNDINGS, remedy=_COUNT_AROUND
        )
    if facts.survey_rounds < 2:
        yield DesignWarning(concern=Concern.RECORDS_ALONE, said=_RECORDS_ALONE, remedy=_SURVEY)


_FALL_BY_THEMSELVES = message(
    "The places were chosen for many recent incidents; such counts fall by themselves afterwards, "
    "which looks like an effect."
)
_AGAINST_MEAN = message(
    "Count a longer time before, match comparison places that had as many, or measure something "
    "else that did not decide the choice."
)
_CHOICE_UNKNOWN = message(
    "How the places were chosen is not known; if it was for many recent incidents, part of a fall "
    "would have come by itself."
)
_ASK = message("Ask those who chose them, and write it down.")
_ALONE = message(
    "No place without the measure is compared, so that whatever else changed passes for its effect."
)
_FIND_COMPARISON = message(
    "Find places like the treated ones that do not have the measure, even in another town."
)
_FEW = (
    "There are {found} units of assignment; below {wanted}, standard errors by cluster are too "
    "small and intervals too narrow."
)
_FEW_HAD_IT = (
    "Only {found} of the units had the measure; below {wanted}, one odd place can make the result."
)
_BY_PERMUTATION = message("Set the result against other choices of places by permutation.")
_SHORT = (
    "Only {months} months were counted before, too few to see a season, a trend or whether places "
    "moved together."
)
_LONGER = message("Count earlier months too, where records allow.")
_LOW_COUNTS = (
    "The smallest fall found four times in five is {share}, if counts vary {times} times as much "
    "as by chance."
)
_FEW_INCIDENTS = (
    "Some {number} incidents are to be expected with the measure, too few to find any but a large "
    "fall."
)
_PLAN = message(
    "Ask plan_evaluation how many more months, places or incidents would do; finding nothing "
    "would say little."
)
_TWO_WAY = message(
    "With several starts, a regression with fixed effects of places and periods uses early places "
    "as comparison, and may err even in sign."
)
_NOT_YET = message(
    "Compare each place with those without the measure yet, by estimate_staggered_adoption."
)
_AFTER_THE_END = message("The measure ended; months after the end show whether its effect stayed.")
_COUNT_IN_FORCE = message("Count as after only the time in which it was in force.")
_NO_SURROUNDINGS = message(
    "Nothing is counted around the places, so that incidents that only moved would look prevented."
)
_COUNT_AROUND = message("Count incidents in rings around the places with count_in_rings.")
_RECORDS_ALONE = message(
    "Recorded incidents alone cannot tell fewer incidents from fewer reports, and say nothing of "
    "fear."
)
_SURVEY = message("Ask residents before and after, with the same questions.")
_OTHERS = {
    Reach.EVERYWHERE: (
        "On {day} something else changed in all places: {what}. A comparison takes it out only if "
        "it works everywhere alike.",
        message(
            "Give its day to estimate_interrupted_series, and leave out one period around it to "
            "see what changes."
        ),
    ),
    Reach.TREATED: (
        "On {day} something else changed in treated places: {what}. No comparison can tell it "
        "from the measure.",
        message("Look at an outcome that only one of the two could change."),
    ),
    Reach.COMPARISON: (
        "On {day} something else changed in comparison places: {what}. The result would take it "
        "for an effect of the opposite sign.",
        message("Leave out the comparison places that it touched."),
    ),
}
