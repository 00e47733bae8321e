"""This file knows how far incidents should be spread when nobody says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.bandwidths import (
    Locations,
    ScoreName,
    distinct_locations,
    refine_bandwidth,
    score_bandwidth,
    scott_bandwidth,
    tried_bandwidths,
)
from forestall._stats.kernels import KERNEL_NAMES, QUARTIC_RADIUS, KernelName
from forestall.diagnosis.study_window import locate_events
from forestall.errors import CannotAnswer
from forestall.languages import Message, Quantity, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.diagnosis.study_window import Events
    from forestall.records import Counts, Incidents

BandwidthRule = Literal["scott", "cross_validation", "likelihood"]
BandwidthStatus = Literal["found", "smallest tried", "largest tried"]


@dataclass(frozen=True, eq=False, kw_only=True)
class BandwidthChoice(Result):
    """A bandwidth chosen by a rule, and what else was tried.

    ``table`` has one row per bandwidth tried, ascending: ``bandwidth_m`` and ``score`` (lower is
    better); with the rule "scott" one row and no ``score``.

    Attributes
    ----------
    bandwidth_m
        The bandwidth in metres, for ``kernel``. Always a number.
    status
        "found"; or "smallest tried" or "largest tried" when the best is at a limit of what was
        tried, so that the rule settles nothing.
    rule, kernel
        As given.
    events
        Incidents with a place.
    locations
        Distinct points at which they lie.
    """

    bandwidth_m: float
    status: BandwidthStatus
    rule: BandwidthRule
    kernel: KernelName
    events: int
    locations: int

    def summary(self) -> str:
        """Return the bandwidth and whether the rule settled it, in one plain sentence."""
        return say(_STATUS[self.status], bandwidth=Quantity(_rounded(self.bandwidth_m), "m"))

    def plot(self) -> alt.LayerChart:
        """Return the score by bandwidth, the chosen one marked."""
        from forestall._charts import choice_chart

        return choice_chart(
            self.table.assign(bandwidth=self.table["bandwidth_m"]),
            chosen=self.bandwidth_m,
            x_title=say("Bandwidth in metres"),
            y_title=say("Score (lower is better)"),
        )


def choose_bandwidth(
    incidents: Incidents | Counts,
    *,
    rule: BandwidthRule = "scott",
    kernel: KernelName = "gaussian",
) -> BandwidthChoice:
    """Choose the bandwidth of a density by a rule.

    No rule knows what the map is for. Take the choice as a start, and look at half and twice of it.

    Parameters
    ----------
    incidents
        Incidents with points; or counts by squares, whose incidents are taken to lie at the
        centres of the squares.
    rule
        "scott" follows from the spread of the points and their number, and suits one smooth heap;
        in a city it smooths too much. "cross_validation" takes the bandwidth whose density
        comes closest to the unknown one by squared error, and looks most at dense places.
        "likelihood" takes the one that best foretells each point from the others, and looks
        more at lone points.
    kernel
        For which the bandwidth is meant. The rules are worked out with a Gaussian; for a quartic
        kernel the radius with the same standard deviation is given, √8 times as large.

    Raises
    ------
    CannotAnswer
        If the incidents lie at fewer than three distinct points.

    Notes
    -----
    Records at the same point are left out together, so that points which the publisher moved to
    shared places do not drive the bandwidth to 0. For "likelihood" a uniform density with the
    weight of one record is mixed in, so that a lone point does not drive it to infinity. Tried are
    bandwidths from half the longer side of the rectangle around the points downwards, each 1/√2
    of the one before; the best is refined to a hundredth. Where the spread or the extent along
    one axis is 0, the other decides.
    Sources: Scott (1992); Rudemo (1982) and Bowman (1984); Habbema, Hermans & van den Broek (1974).

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> points = np.random.default_rng(1).normal(0, 100, (200, 2)) + (449_000, 520_000)
    >>> frame = pd.DataFrame(points, columns=["x", "y"]).assign(at="2024-01-03")
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at")
    >>> chosen = choose_bandwidth(thefts, rule="likelihood")
    >>> chosen.status, 30 < chosen.bandwidth_m < 60
    ('found', True)
    """
    if rule not in {"scott", "cross_validation", "likelihood"} or kernel not in KERNEL_NAMES:
        raise ValueError(
            "A bandwidth is chosen by scott, cross_validation or likelihood, for a gaussian or a "
            f"quartic kernel, but “{rule}” and “{kernel}” were given."
        )
    events = locate_events(incidents)
    places = _locations(events)
    scale = QUARTIC_RADIUS if kernel == "quartic" else 1.0
    status: BandwidthStatus = "found"
    if rule == "scott":
        chosen = scott_bandwidth(places)
        table = pd.DataFrame({"bandwidth_m": [chosen]})
    else:
        chosen, status, table = _best(places, rule)
    table["bandwidth_m"] *= scale
    return BandwidthChoice(
        table=table,
        caveats=_caveats(events, places, rule, status),
        made_by=f"choose_bandwidth(rule='{rule}', kernel='{kernel}')",
        bandwidth_m=chosen * scale,
        status=status,
        rule=rule,
        kernel=kernel,
        events=events.total,
        locations=places.x.size,
    )


def _locations(events: Events) -> Locations:
    some = events.x.size > 0
    places = distinct_locations(events.x, events.y, events.amounts) if some else None
    if places is None or places.x.size < 3:
        raise CannotAnswer(
            f"A bandwidth can be chosen when incidents lie at three or more distinct points, but "
            f"these lie at {0 if places is None else places.x.size}."
        )
    return places


def _best(places: Locations, rule: ScoreName) -> tuple[float, BandwidthStatus, pd.DataFrame]:
    tried = tried_bandwidths(places)[::-1]
    scores = np.array([score_bandwidth(places, float(one), rule=rule) for one in tried])
    best = int(np.argmin(scores))
    table = pd.DataFrame({"bandwidth_m": tried, "score": scores})
    if best in {0, len(tried) - 1}:
        return float(tried[best]), "largest tried" if best else "smallest tried", table
    chosen, score = refine_bandwidth(places, tried[best - 1], tried[best + 1], rule=rule)
    if score > scores[best]:
        chosen, score = float(tried[best]), float(scores[best])
    refined = pd.DataFrame({"bandwidth_m": [chosen], "score": [score]})
    both = pd.concat([table, refined]).drop_duplicates("bandwidth_m")
    return chosen, "found", both.sort_values("bandwidth_m", ignore_index=True)


def _caveats(
    events: Events, places: Locations, rule: BandwidthRule, status: BandwidthStatus
) -> tuple[Message, ...]:
    said = [message(_RULE[rule]), message("A rule does not know what the map is for.")]
    shared = events.total - places.x.size
    if shared and rule != "scott":
        said.append(message(_TOGETHER, locations=places.x.size, incidents=events.total))
    if status != "found":
        said.append(message(_AT_LIMIT))
    if events.without_place:
        said.append(
            plural_message(
                "{count} incident without a place is left out.",
                "{count} incidents without a place are left out.",
                events.without_place,
            )
        )
    if events.moved:
        said.append(message(_MOVED))
    if events.grid is not None:
        said.append(message("Each incident is taken to lie at the centre of its square."))
    return tuple(said)


def _rounded(metres: float) -> float:
    """Return two significant digits, which is all that a rule settles."""
    return float(f"{metres:.2g}")


_STATUS = {
    "found": "The rule gives a bandwidth of about {bandwidth}.",
    "smallest tried": (
        "The rule settles nothing: the smallest bandwidth tried, {bandwidth}, came out best."
    ),
    "largest tried": (
        "The rule settles nothing: the largest bandwidth tried, {bandwidth}, came out best."
    ),
}
_RULE = {
    "scott": (
        "Scott's rule suits points in one smooth heap; where there are several, it smooths too "
        "much."
    ),
    "cross_validation": (
        "Chosen by least-squares cross-validation of a Gaussian kernel, which varies much from "
        "sample to sample."
    ),
    "likelihood": (
        "Chosen by the likelihood of each point given the others, with a Gaussian kernel and a "
        "uniform density of the weight of one record mixed in."
    ),
}
_TOGETHER = (
    "The {incidents} records lie at {locations} distinct points; records at the same point were "
    "left out together."
)
_AT_LIMIT = (
    "The best bandwidth is at the limit of what was tried, so that the pattern does not settle it."
)
_MOVED = (
    "The publisher moves points to shared places; the rules then see the spacing of these places "
    "too."
)
