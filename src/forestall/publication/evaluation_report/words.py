"""This file knows how the report of an evaluation names places, methods, changes and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import Status
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.programmes.found import Method
from forestall.evaluation.specification import Approach
from forestall.languages import Decimal, Number, Share, message
from forestall.publication.evaluation_labels import where_in_words
from forestall.results import changes_in_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from forestall.disclosure.safe_table import SafeCell
    from forestall.estimates.effects import LogRatio
    from forestall.estimates.estimates import Estimate
    from forestall.languages import Message, Text

METHODS = {
    Method.FOUR_COUNTS: message("Before and after, against the comparison (as planned)"),
    Method.INTERRUPTED_SERIES: message("The months of the treated places alone"),
    Method.PANEL: message("A panel of places and months"),
    Method.CHOICES_OF_PLACES: message("Against all other choices of places"),
    Method.SYNTHETIC_CONTROL: message("Against a mixture of other places"),
    Method.MATCHED_PLACES: message("Against matched places"),
}
CHOSEN = {
    PlaceChoice.RANDOM: message("by lot"),
    PlaceChoice.RECENT_COUNTS: message("for many recent incidents"),
    PlaceChoice.CONVENIENCE: message("for other reasons"),
    PlaceChoice.UNKNOWN: message("not known"),
}
APPROACHES = {
    Approach.SOCIAL: message("social development"),
    Approach.COMMUNITY: message("with the community"),
    Approach.SITUATIONAL: message("making crime harder in a place"),
    Approach.REINTEGRATION: message("reintegration"),
    Approach.VICTIM_SUPPORT: message("support for victims"),
    Approach.LAW_ENFORCEMENT: message("law enforcement"),
}
_PLAN_KEYS = {
    "approach": message("Sort of measure"),
    "since": message("Day on which it came"),
    "lag_months": message("Months until it can work"),
    "settling_months": message("Months in which it was put in place"),
    "treated": message("Treated places"),
    "comparison": message("Comparison places"),
    "rings_m": message("Widths of the rings, in metres"),
    "chosen": message("How the places were chosen"),
    "before": message("Time before"),
    "after": message("Time after"),
    "primary outcome": message("Outcome that decides"),
    "outcomes": message("All outcomes, with the least fall worth having"),
    "harm": message("Points of harm"),
    "verdict": message("How it is decided"),
}


def plan_key(key: str) -> Text:
    """Return what a point of the plan is called.

    Examples
    --------
    >>> str(plan_key("before"))
    'Time before'
    """
    return _PLAN_KEYS.get(key, key)


def where_words(
    labels: Iterable[Hashable], *, spans: Mapping[str, tuple[float, float]]
) -> dict[Hashable, Text]:
    """Return label to name of each place and ring of the table of counts.

    Parameters
    ----------
    spans
        Label to the nearest and farthest distance of a ring, in metres.
    """
    return {label: where_in_words(str(label), spans.get(str(label))) for label in labels}


def count_words(cell: SafeCell) -> Text:
    """Return a protected count for a sentence or a key number."""
    if cell.number is not None:
        return Number(cell.number)
    if cell.status is Status.SMALL:
        return message("fewer than {threshold}", threshold=cell.threshold)
    return message("a hidden number")


def change_of(estimate: Estimate[LogRatio]) -> tuple[float, float, float]:
    """Return a ratio as a change with its 95 % limits: −0.1 is 10 % fewer."""
    low, high = estimate.limits(0.95)
    return estimate.effect.ratio - 1, low.ratio - 1, high.ratio - 1


def interval_words(estimate: Estimate[LogRatio]) -> Message:
    """Return the 95 % interval of a ratio in words, such as "10 to 43 % fewer"."""
    _, low, high = change_of(estimate)
    return changes_in_words(low, high)


def change_caption(estimate: Estimate[LogRatio]) -> Message:
    """Return change and interval in words: the caption of an interval bar."""
    change, _, _ = change_of(estimate)
    return message(
        _FEWER if change < 0 else _MORE,
        change=Share(abs(change)),
        interval=interval_words(estimate),
    )


_FEWER = "{change} fewer than expected; 95 % interval {interval}"
_MORE = "{change} more than expected; 95 % interval {interval}"


def times_words(factor: float) -> Text:
    """Return a factor of the variance of chance."""
    return Decimal(factor, 0 if abs(factor - round(factor)) < 0.05 else 1)
