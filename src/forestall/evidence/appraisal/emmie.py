"""This file knows EMMIE: what a review says on five dimensions, and how well it can say it.

Source: Johnson, Tilley & Bowers (2015), Journal of Experimental Criminology 11: 459. Each dimension
has a quality of its own, from 0 to 4; the steps are told in our own words. A quality is no size of
an effect: a well made review may find that a measure does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from forestall.evidence.appraisal.emmie_scale import ASKED, DIMENSIONS, STEPS
from forestall.languages import Clauses, Listing, Message, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt

    from forestall.evidence.vocabulary import Outcome


class Dimension(StrEnum):
    """The five dimensions, in the order of the name."""

    EFFECT = "effect"
    MECHANISM = "mechanism"
    MODERATORS = "moderators"
    IMPLEMENTATION = "implementation"
    ECONOMICS = "economics"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return DIMENSIONS[self.value]

    @property
    def asks(self) -> Message:
        """Return the question that it answers."""
        return ASKED[self.value]


class Quality(Enum):
    """How well a review can tell a dimension; not appraised is something else than 0."""

    NOT_APPRAISED = None
    NOTHING = 0
    LITTLE = 1
    SOME = 2
    MUCH = 3
    MOST = 4

    @property
    def score(self) -> int | None:
        """Return 0 to 4, or nothing where nobody appraised it."""
        score: int | None = self.value
        return score

    def means(self, dimension: Dimension) -> Message:
        """Return what the score stands for on a dimension.

        Examples
        --------
        >>> str(Quality.NOTHING.means(Dimension.ECONOMICS))
        'Costs and benefits are not mentioned.'
        """
        if self.value is None:
            return message("Nobody has appraised this yet.")
        return STEPS[dimension.value][self.value]


@dataclass(frozen=True, kw_only=True)
class DimensionAppraisal:
    """What a review says on one dimension.

    Attributes
    ----------
    quality
        How well it can say it.
    says
        What it says, in a sentence of the appraiser.
    where
        Where in the text, such as "p. 12, table 3".
    """

    quality: Quality
    says: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        """Refuse a quality above 0 that nobody could check.

        Raises
        ------
        ValueError
            If it is not said what the review says, or where.
        """
        if self.quality.score and not (self.says.strip() and self.where.strip()):
            raise ValueError(
                f"A quality of {self.quality.score} needs what the review says and where."
            )


_NOT_APPRAISED = DimensionAppraisal(quality=Quality.NOT_APPRAISED)


@dataclass(frozen=True, kw_only=True)
class EmmieAppraisal:
    """One review on one outcome, appraised on the five dimensions.

    Attributes
    ----------
    review
        Key or short title of the review.
    outcome
        The outcome it is appraised for.
    dimensions
        What it says; a dimension that is not named is not appraised.
    """

    review: str
    outcome: Outcome
    dimensions: Mapping[Dimension, DimensionAppraisal] = field(default_factory=dict)

    def of(self, dimension: Dimension) -> DimensionAppraisal:
        """Return the appraisal of a dimension.

        Examples
        --------
        >>> from forestall.evidence.vocabulary import Outcome
        >>> EmmieAppraisal(review="A", outcome=Outcome.CRIME).of(Dimension.EFFECT).quality
        <Quality.NOT_APPRAISED: None>
        """
        return self.dimensions.get(dimension, _NOT_APPRAISED)


@dataclass(frozen=True, eq=False, kw_only=True)
class BestOfReviews(Result):
    """Each dimension as the best appraised of several reviews tells it.

    ``table`` has one row per dimension and review of the highest quality: ``dimension``,
    ``quality`` (0 to 4, empty if not appraised), ``review``, ``says``, ``where``.

    Attributes
    ----------
    outcome
        The outcome that all reviews were appraised for.
    reviews_total
        How many reviews were compared.
    best
        Dimension to the reviews of the highest quality; empty if none was appraised on it.
    """

    outcome: Outcome
    reviews_total: int
    best: Mapping[Dimension, tuple[EmmieAppraisal, ...]]

    def quality_of(self, dimension: Dimension) -> Quality:
        """Return the highest quality of a dimension."""
        best = self.best[dimension]
        return best[0].of(dimension).quality if best else Quality.NOT_APPRAISED

    def summary(self) -> str:
        """Return each dimension with its quality and the review that has it."""
        return str(Clauses([self._clause(one) for one in Dimension]))

    def plot(self) -> alt.LayerChart:
        """Return a dot for each dimension in the column of its quality, hollow if not appraised."""
        from forestall._charts import register_chart

        qualities = [self.quality_of(one) for one in Dimension]
        missing = str(message("not appraised"))
        return register_chart(
            pd.DataFrame(
                {
                    "effect": [str(one.words) for one in Dimension],
                    "state": [missing if q.score is None else str(q.score) for q in qualities],
                }
            ),
            states=[*(str(score) for score in range(5)), missing],
        )

    def _clause(self, dimension: Dimension) -> Message:
        best = self.best[dimension]
        if not best:
            return message("{dimension}: not appraised", dimension=dimension.words)
        return message(
            "{dimension}: {quality} of 4 in {reviews}",
            dimension=dimension.words,
            quality=self.quality_of(dimension).score,
            reviews=Listing([one.review for one in best]),
        )


def best_of(appraisals: Sequence[EmmieAppraisal]) -> BestOfReviews:
    """Show each dimension as the best appraised review tells it (rule of the source's toolkit).

    Reviews of the same quality are all named. Nothing is averaged or added up: a review may tell
    the effect well and be silent on costs.

    Parameters
    ----------
    appraisals
        One for each review, all of the same outcome.

    Raises
    ------
    ValueError
        If there is no appraisal, a review stands twice, or outcomes differ.

    Examples
    --------
    >>> from forestall.evidence.vocabulary import Outcome
    >>> effect = {Dimension.EFFECT: DimensionAppraisal(
    ...     quality=Quality.MUCH, says="Fewer burglaries", where="abstract")}
    >>> best_of([EmmieAppraisal(review="Review A", outcome=Outcome.CRIME, dimensions=effect),
    ...     EmmieAppraisal(review="Review B", outcome=Outcome.CRIME)]).summary()
    'effect: 3 of 4 in Review A; mechanism: not appraised; moderators: not appraised;
    implementation: not appraised; economics: not appraised'
    """
    _check_comparable(appraisals)
    best = {dimension: _best(appraisals, dimension) for dimension in Dimension}
    return BestOfReviews(
        table=pd.DataFrame([row for one in Dimension for row in _rows(best[one], one)]),
        caveats=_caveats(best),
        made_by=f"best_of({', '.join(one.review for one in appraisals)})",
        outcome=appraisals[0].outcome,
        reviews_total=len(appraisals),
        best=best,
    )


def _check_comparable(appraisals: Sequence[EmmieAppraisal]) -> None:
    if not appraisals:
        raise ValueError("The best of reviews needs one appraisal or more, but there is none.")
    outcomes = sorted({one.outcome.value for one in appraisals})
    if len(outcomes) > 1:
        raise ValueError(f"Appraisals must be of one outcome, but are of {', '.join(outcomes)}.")
    reviews = [one.review for one in appraisals]
    twice = [name for place, name in enumerate(reviews) if name in reviews[:place]]
    if twice:
        raise ValueError(f"Each review is appraised once, but {twice[0]} stands twice.")


def _best(appraisals: Sequence[EmmieAppraisal], dimension: Dimension) -> tuple[EmmieAppraisal, ...]:
    scored = [
        (score, one) for one in appraisals if (score := one.of(dimension).quality.score) is not None
    ]
    highest = max((score for score, _ in scored), default=None)
    return tuple(one for score, one in scored if score == highest)


def _rows(
    best: tuple[EmmieAppraisal, ...], dimension: Dimension
) -> list[dict[str, str | int | None]]:
    if not best:
        return [
            {"dimension": dimension.value, "quality": None, "review": "", "says": "", "where": ""}
        ]
    return [
        {
            "dimension": dimension.value,
            "quality": one.of(dimension).quality.score,
            "review": one.review,
            "says": one.of(dimension).says,
            "where": one.of(dimension).where,
        }
        for one in best
    ]


def _caveats(best: Mapping[Dimension, tuple[EmmieAppraisal, ...]]) -> tuple[Message, ...]:
    told = [
        message("A quality says how well a review can tell something, not how large an effect is.")
    ]
    missing = [dimension.words for dimension, reviews in best.items() if not reviews]
    if missing:
        told.append(
            plural_message(
                "No review was appraised on this dimension: {names}.",
                "No review was appraised on these {count} dimensions: {names}.",
                len(missing),
                names=Listing(missing),
            )
        )
    if len({one.review for reviews in best.values() for one in reviews}) > 1:
        told.append(
            message("The dimensions come from different reviews, which may hold different studies.")
        )
    return tuple(told)
