"""This file knows how the packaged tables become records, and what a row must say."""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from forestall.evidence.appraisal import Concern
from forestall.evidence.metrics import EffectSize, Favours, effect_size, metric_named
from forestall.evidence.reviews import (
    Net,
    Notes,
    OtherFigure,
    Reading,
    ReviewFinding,
)
from forestall.evidence.studies import PeopleCounts, Source, StudyEffect
from forestall.evidence.vocabulary import (
    Approach,
    Design,
    Finding,
    Kind,
    Outcome,
    Population,
    Problem,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    Row = Mapping[str, str]
    E = TypeVar("E", bound=StrEnum)

_DESIGNS = {
    "rct": Design.RANDOMISED,
    "randomised or quasi-randomised trial": Design.RANDOMISED,
    "match": Design.CONTROLLED,
    "nonequiv": Design.CONTROLLED,
}
_CLOSE = 1e-5


@cache
def packaged_reviews() -> tuple[ReviewFinding, ...]:
    """Return what packaged reviews and single studies say, each with our reading of it.

    Examples
    --------
    >>> found = {one.key: one for one in packaged_reviews()}
    >>> found["scared-straight-2013"].effect.published, found["scared-straight-2013"].is_harmful
    (1.68, True)
    """
    readings = {row["id"]: row for row in _rows("readings.csv")}
    return tuple(_review(row, readings[row["id"]]) for row in _rows("reviews.csv"))


@cache
def packaged_effects() -> tuple[StudyEffect, ...]:
    """Return the packaged effects of single studies that can be synthesised again.

    Examples
    --------
    >>> one = packaged_effects()[0]
    >>> one.study, one.metric.value, round(one.effect.published, 3)
    ('Guerra (1990)', 'OR', 0.664)
    """
    reviews = {one.key: one for one in packaged_reviews()}
    return tuple(_study(row, reviews[row["review_id"]]) for row in _rows("effects.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    table = files("forestall.evidence").joinpath("packaged", name)
    with table.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _review(row: Row, read: Row) -> ReviewFinding:
    metric, value = row["effect_metric"], _number(row["effect"])
    effect, other = _figure(metric, value)
    return ReviewFinding(
        key=row["id"],
        name=row["intervention"],
        text_type=row["evidence_type"],
        approaches=_words(row["approach"], Approach),
        is_law_enforcement=row["law_enforcement"] == "true",
        effect=effect,
        interval=_limits(metric, row["ci_low"], row["ci_high"]),
        published_range=_range(metric, row["effect_low"], row["effect_high"]),
        other=other,
        direction=row["direction"],
        studies=_whole(row["n_studies"]),
        effects=_whole(row["n_effects"]),
        year=_whole(row["year"]),
        source=Source(
            address=row["url"],
            quotation=row["quote"],
            title=row["title"],
            authors=row["authors"],
            year=_whole(row["year"]),
        ),
        second_quotation=row["quote2"],
        notes=_notes(row),
        reading=_reading(read),
    )


def _notes(row: Row) -> Notes:
    return Notes(
        problems=row["crime_problems"],
        setting=row["population_setting"],
        heterogeneity=row["heterogeneity"],
        quality=row["quality"],
        mechanism=row["mechanism"],
        moderators=row["moderators"],
        implementation=row["implementation"],
        economics=row["economic"],
        unintended=row["unintended"],
    )


def _reading(read: Row) -> Reading:
    sides = [one.split(":") for one in _parts(read["unintended_outcomes"])]
    return Reading(
        intervention=read["intervention"],
        kind=Kind(read["kind"]),
        design=Design(read["design"]),
        is_restated=read["standing"] == "restated",
        net=Net(read["net"]),
        favours=Favours(read["favours"]) if read["favours"] else None,
        finding=Finding(read["finding"]),
        outcome=Outcome(read["outcome"]),
        problems=_words(read["problems"], Problem),
        settings=_words(read["settings"], Setting),
        populations=_words(read["populations"], Population),
        side_effects=tuple((Outcome(name), Finding(found)) for name, found in sides),
        concerns=_words(read["concerns"], Concern),
        because=read["because"],
    )


def _study(row: Row, review: ReviewFinding) -> StudyEffect:
    counts = PeopleCounts(
        treated_events=int(row["t_events"]),
        treated=int(row["t_n"]),
        compared_events=int(row["c_events"]),
        compared=int(row["c_n"]),
    )
    for computed, printed in (
        (counts.log_odds_ratio, row["yi"]),
        (counts.log_odds_variance, row["vi"]),
    ):
        if abs(computed - float(printed)) > _CLOSE:
            raise AssertionError(f"{row['effect_id']}: the counts do not give the effect")
    return StudyEffect(
        key=row["effect_id"],
        study=row["study"],
        year=_whole(row["study_year"][:4]),
        intervention=review.reading.intervention,
        outcome=Outcome.CRIME,
        outcome_words=row["outcome"],
        effect=effect_size("OR", math.exp(counts.log_odds_ratio)),
        standard_error=math.sqrt(counts.log_odds_variance),
        favours=Favours.BELOW if row["favours"].startswith("negative") else Favours.ABOVE,
        direction=row["favours"],
        design=_DESIGNS[row["design"]],
        source=Source(address=row["source_url"], quotation=row["quote"]),
        problems=review.reading.problems,
        settings=review.reading.settings,
        populations=review.reading.populations,
        population_words=row["population"],
        review=review.key,
        counts=counts,
        moderators=dict(part.split("=", 1) for part in _parts(row["moderators"])),
        is_law_enforcement=review.is_law_enforcement,
    )


def _figure(metric: str, value: float | None) -> tuple[EffectSize | None, OtherFigure | None]:
    if value is None:
        return None, None
    try:
        return effect_size(metric_named(metric), value), None
    except ValueError:
        return None, OtherFigure(metric=metric, value=value)


def _limits(metric: str, low: str, high: str) -> tuple[EffectSize, EffectSize] | None:
    if not low:
        return None
    try:
        named = metric_named(metric)
    except ValueError:
        return None
    return effect_size(named, float(low)), effect_size(named, float(high))


def _range(metric: str, low: str, high: str) -> tuple[EffectSize | None, EffectSize | None] | None:
    if not (low or high):
        return None
    named = metric_named(metric)
    found = [effect_size(named, float(one)) if one else None for one in (low, high)]
    return found[0], found[1]


def _words(cell: str, kind: type[E]) -> tuple[E, ...]:
    return tuple(kind(one) for one in _parts(cell))


def _parts(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None
