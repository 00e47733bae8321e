"""This file knows which places stand out newly, lastingly, now and then, or no longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from forestall._stats.hotspot_patterns import PATTERNS, pattern_codes
from forestall._stats.lattice import normal_p_values
from forestall._stats.mann_kendall import MannKendall, mann_kendall
from forestall._stats.multiplicity import largest_kept_bh
from forestall._stats.space_time import space_time_gi_star
from forestall.diagnosis.emerging_caveats import (
    FRAMES,
    LEAST_STEPS,
    HistorySettings,
    history_caveats,
)
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.groups import group_of, place_words
from forestall.errors import CannotAnswer
from forestall.languages import message, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.languages import Message
    from forestall.records import Counts, Places


@dataclass(frozen=True, eq=False, kw_only=True)
class HotspotHistory(Result):
    """How places stood out over the periods (emerging hot spots).

    ``table`` has one row per place at risk: ``place``, ``x``, ``y`` (centre, metres),
    ``incidents``, ``pattern`` ("new", "consecutive", "intensifying", "persistent", "diminishing",
    "sporadic", "oscillating", "historical" or "none"), ``direction`` ("high", "low" or ""),
    ``steps_high``, ``steps_low``, ``last`` ("high", "low" or "neither" in the last step),
    ``trend_s`` (Mann-Kendall's S of the scores), ``trend_z``, ``trend_p``.

    Attributes
    ----------
    scores
        z of Gi*, shape (places, steps).
    states
        1 high, -1 low, 0 neither; the same shape.
    starts
        First moment of each step.
    group
        The kind of offence, or "all".
    places
        The places at risk.
    reference, steps_before, adjust, level, trend_level
        As asked for.
    """

    scores: NDArray[np.float64]
    states: NDArray[np.int8]
    starts: pd.DatetimeIndex
    group: str
    places: Places
    reference: str
    steps_before: int
    adjust: str
    level: float
    trend_level: float

    def number(self, pattern: str, direction: str = "high") -> int:
        """Return how many places show a pattern."""
        rows = (self.table["pattern"] == pattern) & (self.table["direction"] == direction)
        return int(rows.sum())

    def summary(self) -> str:
        """Return how many places stand out in the last step, and since when, in one sentence."""
        high = int((self.table["last"] == "high").sum())
        lasting = sum(
            self.number(pattern) for pattern in ("intensifying", "persistent", "diminishing")
        )
        return say_plural(
            "Of {places} {unit}, {count} stands out with many incidents in the last step: {new} "
            "for the first time and {lasting} in nearly every step. Stood out in nearly every "
            "step, but no longer: {historical}.",
            "Of {places} {unit}, {count} stand out with many incidents in the last step: {new} for "
            "the first time and {lasting} in nearly every step. Stood out in nearly every step, "
            "but no longer: {historical}.",
            high,
            places=self.places.size,
            unit=place_words(self.places),
            new=self.number("new"),
            lasting=lasting,
            historical=self.number("historical"),
        )

    def plot(self) -> alt.LayerChart:
        """Return the places with a pattern on a plain map."""
        from forestall._charts import PATTERN_COLOURS, class_chart

        codes = self.table["direction"] + " " + self.table["pattern"]
        shown = (self.table["pattern"] != "none") | (self.table["incidents"] > 0)
        shapes = self.places.to_geodataframe()[shown.to_numpy()]
        found = [code for code in PATTERN_COLOURS if (codes == code).any()]
        words = {code: str(_PATTERN_WORDS[code]) for code in found}
        return class_chart(
            shapes.assign(shown=[words[code] for code in codes[shown]]),
            colours={words[code]: PATTERN_COLOURS[code] for code in found},
        )


def classify_hotspots(
    counts: Counts,
    *,
    reference: Literal["cube", "neighbourhood_step", "single_step"] = "cube",
    steps_before: int | None = None,
    level: float = 0.05,
    adjust: Literal["bh", "none"] = "bh",
    trend_level: float = 0.05,
) -> HotspotHistory:
    """Classify places by how they stood out from step to step (emerging hot spots).

    In each step the sum of a place and its neighbours, in the step and in the steps just before, is
    set against what it would be if counts lay at random over the places and steps it is compared
    with (Getis-Ord Gi*). The states of a place from the first step to the last, and the trend
    of its scores (Mann-Kendall), give its pattern.

    Parameters
    ----------
    counts
        Incidents by place and period; kinds are added up, so select first. Each period is a step.
    reference
        What a sum is compared with. "cube": all places in all steps, so that the map also shows
        when there was more or less everywhere; "neighbourhood_step": all places in the steps of
        the sum; "single_step": all places in its own step, each step being a map of its own.
    steps_before
        Earlier steps in a sum: by default 1, and 0 with "single_step", which knows no other.
    level
        Largest p-value (adjusted, two-sided) of a place that stands out in a step.
    adjust
        Over all places and steps: "bh" holds the expected share of false findings at ``level``
        (Benjamini-Hochberg), "none" does not.
    trend_level
        Largest p-value, two-sided and not adjusted, of a trend.

    Raises
    ------
    CannotAnswer
        If incidents were not counted by place and period, fewer than 10 periods are covered
        wholly, or all counts are equal.

    Notes
    -----
    Patterns as published for ArcGIS's Emerging Hot Spot Analysis, made exclusive where they
    overlap; the documentation has them step by step. Sums of consecutive steps share counts, so
    the scores depend on each other and a trend is named too easily: see the caveats.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=8, rows=8, crs="EPSG:27700")
    >>> months = periods_between("2024-01-01", "2024-12-31", unit="month")
    >>> rows = [(place, month, 2) for place in range(64) for month in months.starts]
    >>> rows += [(0, month, 30) for month in months.starts]
    >>> rows += [(63, months.starts[-1], 90)]
    >>> thefts = pd.DataFrame(rows, columns=["place", "period", "incidents"])
    >>> found = classify_hotspots(Counts.from_frame(thefts, places=grid, periods=months))
    >>> found.table.loc[[0, 40, 63], ["place", "pattern", "direction", "steps_high"]]
        place     pattern direction  steps_high
    0       0  persistent      high          11
    40     40        none                     0
    63     63         new      high           1
    """
    settings = HistorySettings(
        reference=reference,
        steps_before=steps_before if steps_before is not None else _steps_before(reference),
        level=level,
        adjust=adjust,
        trend_level=trend_level,
    )
    _check(settings)
    return _history(counts, settings)


def _history(counts: Counts, settings: HistorySettings) -> HotspotHistory:
    cube, used = _cube(counts)
    assert counts.places is not None
    assert counts.periods is not None
    neighbours = counts.places.neighbours()
    scores = space_time_gi_star(
        cube,
        neighbours,
        steps_before=settings.steps_before,
        whole_cube=settings.reference == "cube",
    )
    states = _states(scores, settings)
    # Scores that differ by rounding only are equal.
    trend = mann_kendall(scores.round(9))
    return HotspotHistory(
        table=_table(counts.places, cube, states, trend, settings.trend_level),
        caveats=history_caveats(counts, cube, neighbours, used, settings),
        made_by=settings.call,
        scores=scores,
        states=states,
        starts=counts.periods.starts[used],
        group=group_of(counts),
        places=counts.places,
        reference=settings.reference,
        steps_before=settings.steps_before,
        adjust=settings.adjust,
        level=settings.level,
        trend_level=settings.trend_level,
    )


def _steps_before(reference: str) -> int:
    return 0 if reference == "single_step" else 1


def _check(settings: HistorySettings) -> None:
    if settings.reference not in FRAMES:
        raise ValueError(f"The reference is one of {', '.join(FRAMES)}, not {settings.reference}.")
    if settings.adjust not in {"bh", "none"}:
        raise ValueError('Adjust by "bh" or "none".')
    if not (0 < settings.level <= 0.5 and 0 < settings.trend_level <= 0.5):
        raise ValueError("Levels lie above 0 and up to 0.5, such as 0.05.")
    if settings.steps_before < 0:
        raise ValueError("Steps before are 0 or more.")
    if settings.reference == "single_step" and settings.steps_before:
        raise ValueError(
            'A step by itself has no step before; take reference="neighbourhood_step" for sums '
            "over several steps."
        )


def _cube(counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return incidents by place and step, and which periods are steps."""
    check_counts(counts)
    if counts.places is None or counts.periods is None:
        raise CannotAnswer(
            message(
                "A history needs incidents by place and period; count with places=... "
                "and period=..."
            )
        )
    periods = counts.periods
    used = np.asarray(periods.is_whole)
    if used.sum() < LEAST_STEPS:
        raise CannotAnswer(
            f"A history needs at least {LEAST_STEPS} periods that are covered wholly, but of "
            f"{periods.size} only {used.sum()} are: with fewer, no place could have stood out in "
            f"nine of ten steps and ceased to, and a trend could hardly be told from chance. "
            f"Count by shorter periods."
        )
    position = counts.places.positions(counts.table["place"])
    step = periods.positions(counts.table["period"])
    shape = counts.places.size, periods.size
    bins = np.bincount(
        position * periods.size + step, counts.table["incidents"], minlength=shape[0] * shape[1]
    )
    cube = np.ascontiguousarray(bins.reshape(shape)[:, used], dtype=float)
    if (cube == cube[0, 0]).all():
        raise CannotAnswer(
            message("No place can stand out, because all places have the same counts.")
        )
    return cube, used


def _states(scores: NDArray[np.float64], settings: HistorySettings) -> NDArray[np.int8]:
    p_values = normal_p_values(scores, alternative="two-sided")
    largest = (
        largest_kept_bh(p_values, level=settings.level)
        if settings.adjust == "bh"
        else settings.level
    )
    return np.where(p_values <= largest, np.sign(scores), 0).astype(np.int8)


def _table(
    places: Places,
    cube: NDArray[np.float64],
    states: NDArray[np.int8],
    trend: MannKendall,
    trend_level: float,
) -> pd.DataFrame:
    direction = np.where(trend.p_value <= trend_level, np.sign(trend.s), 0).astype(np.int8)
    codes = pattern_codes(states, direction)
    x, y = places.centres.T
    return pd.DataFrame(
        {
            "place": places.codes,
            "x": x,
            "y": y,
            "incidents": cube.sum(axis=1).astype(np.int64),
            "pattern": np.array(PATTERNS, dtype=object)[np.abs(codes)],
            "direction": _named(np.sign(codes), ""),
            "steps_high": (states == 1).sum(axis=1),
            "steps_low": (states == -1).sum(axis=1),
            "last": _named(states[:, -1], "neither"),
            "trend_s": trend.s,
            "trend_z": trend.z,
            "trend_p": trend.p_value,
        }
    )


def _named(signs: NDArray[Any], neither: str) -> NDArray[Any]:
    words: NDArray[Any] = np.array([neither, "high", "low"], dtype=object)
    return np.asarray(words[signs])


_PATTERN_WORDS: dict[str, Message] = {
    "high new": message("many, new"),
    "high consecutive": message("many, in the latest steps"),
    "high intensifying": message("many, nearly always, more and more"),
    "high persistent": message("many, nearly always"),
    "high diminishing": message("many, nearly always, less and less"),
    "high sporadic": message("many, on and off"),
    "high oscillating": message("many, once few"),
    "high historical": message("many, nearly always, but not now"),
    "low new": message("few, new"),
    "low consecutive": message("few, in the latest steps"),
    "low intensifying": message("few, nearly always, more and more so"),
    "low persistent": message("few, nearly always"),
    "low diminishing": message("few, nearly always, less and less so"),
    "low sporadic": message("few, on and off"),
    "low oscillating": message("few, once many"),
    "low historical": message("few, nearly always, but not now"),
    " none": message("no pattern"),
}
