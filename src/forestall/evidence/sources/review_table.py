"""This file knows what reviews say as CSV, and beside it how we read them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from forestall.evidence.reviews import Notes
from forestall.evidence.sources.effect_table import csv_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.reviews import ReviewFinding

_NOTES = tuple(field.name for field in fields(Notes))
_REVIEW = (
    "key", "name", "text_type", "approaches", "law_enforcement", "metric", "effect", "low", "high",
    "range_low", "range_high", "other_metric", "other_value", "direction", "studies", "effects",
    "year", "source", "title", "authors", "quotation", "second_quotation",
    *(f"note_{name}" for name in _NOTES),
)  # fmt: skip
_READING = (
    "key", "intervention", "kind", "design", "restated", "net", "favours", "finding", "outcome",
    "problems", "settings", "populations", "side_effects", "concerns", "because",
)  # fmt: skip


def reviews_as_csv(reviews: Iterable[ReviewFinding]) -> bytes:
    """Return what reviews say, a row each; the figures and words are those of the texts.

    Examples
    --------
    >>> reviews_as_csv([]).decode().split(",")[:3]
    ['key', 'name', 'text_type']
    """
    return csv_of(_REVIEW, [_review(one) for one in reviews])


def readings_as_csv(reviews: Iterable[ReviewFinding]) -> bytes:
    """Return how we read what reviews say, a row each, in the words of the vocabulary.

    Examples
    --------
    >>> readings_as_csv([]).decode().split(",")[:3]
    ['key', 'intervention', 'kind']
    """
    return csv_of(_READING, [_reading(one) for one in reviews])


def _review(one: ReviewFinding) -> list[object]:
    low, high = one.interval or (None, None)
    range_low, range_high = one.published_range or (None, None)
    metric = next((size.metric.value for size in (one.effect, low, range_low) if size), "")
    notes = asdict(one.notes)
    return [
        one.key,
        one.name,
        one.text_type,
        "; ".join(one.approaches),
        _said(one.is_law_enforcement),
        metric,
        *(_printed(size) for size in (one.effect, low, high, range_low, range_high)),
        one.other.metric if one.other else "",
        one.other.value if one.other else "",
        one.direction,
        *("" if number is None else number for number in (one.studies, one.effects, one.year)),
        one.source.address,
        one.source.title,
        one.source.authors,
        one.source.quotation,
        one.second_quotation,
        *(notes[name] for name in _NOTES),
    ]


def _reading(one: ReviewFinding) -> list[object]:
    reading = one.reading
    return [
        one.key,
        reading.intervention,
        reading.kind.value,
        reading.design.value,
        _said(reading.is_restated),
        reading.net.value,
        reading.favours.value if reading.favours else "",
        reading.finding.value,
        reading.outcome.value,
        "; ".join(reading.problems),
        "; ".join(reading.settings),
        "; ".join(reading.populations),
        "; ".join(f"{outcome}: {finding}" for outcome, finding in reading.side_effects),
        "; ".join(reading.concerns),
        reading.because,
    ]


def _printed(size: EffectSize | None) -> object:
    # Twelve digits, so that a ratio that was printed as 0.65 is not written 0.6500000000000001.
    return "" if size is None else float(f"{size.published:.12g}")


def _said(holds: bool) -> str:  # noqa: FBT001
    return "yes" if holds else "no"
