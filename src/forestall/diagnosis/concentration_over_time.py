"""This file knows how few places hold how much in each period, and whether they are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.concentration import (
    generalised_gini,
    gini,
    share_of_top,
    units_holding,
)
from forestall._stats.sample_limits import limits_without_tails
from forestall._stats.turnover import (
    dealt_counts,
    holding_weights,
    kept_shares,
    rank_correlations,
    tied_at_cut,
)
from forestall.diagnosis.chance import HOLDING, TOP, Sampling, chance_row
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.groups import group_of, group_words, place_words
from forestall.errors import CannotAnswer
from forestall.languages import Message, Share, message, plural_message, say, share_in_full
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.records import Counts


@dataclass(frozen=True, eq=False, kw_only=True)
class ConcentrationOverTime(Result):
    """How few places hold how much in each period, and whether it is the same places.

    ``table`` has one row per period: ``period`` (its start), ``incidents``, ``places``,
    ``places_with_any``, ``gini``, ``gini_generalised``, ``places_25``, ``places_50``,
    ``places_80`` (smallest number of places that hold this share), ``share_top_5`` (share in the
    busiest 5 %, their number rounded up); for the last five, what incidents thrown evenly at random
    would give: ``chance_places_50`` (mean), ``chance_places_50_low``, ``chance_places_50_high``
    and so on.

    Attributes
    ----------
    pairs
        One row per period and the one before: ``period_before``, ``period``, ``places_before``
        and ``places_after`` (that hold ``share``), ``kept`` (share of the latter that are also
        among the former), ``entered``, ``left`` (places), ``tied_before``, ``tied_after`` (places
        that tie at the cut), ``kept_if_drawn_anew``, ``kept_if_stable``, ``kept_if_stable_low``,
        ``kept_if_stable_high``, ``rank_correlation`` (Spearman), ``rank_if_stable``,
        ``rank_if_stable_low``, ``rank_if_stable_high``.
    share
        The share of incidents whose places are followed.
    among
        "recorded" or "all" places, as in `measure_concentration`.
    group
        The kind of offence, or "all".
    places_words
        What the places are.
    """

    pairs: pd.DataFrame
    share: float
    among: str
    group: str
    places_words: Message

    def summary(self) -> str:
        """Return how few places hold the share, and how many of them stay, in one sentence."""
        holding = [int(self.pairs["places_before"].iloc[0]), *self.pairs["places_after"]]
        holding = [places for places in holding if places]
        return say(
            "{what}: each period {share} was recorded in {fewest} to {most} of {total} {unit}; on "
            "average {kept} of these places had been among them the period before. If every place "
            "had kept its share it would be {stable}, if they were drawn anew {anew}.",
            what=group_words(self.group),
            share=Share(self.share),
            fewest=min(holding),
            most=max(holding),
            total=int(self.table["places"].iloc[0]),
            unit=self.places_words,
            kept=Share(float(self.pairs["kept"].mean())),
            stable=Share(float(self.pairs["kept_if_stable"].mean())),
            anew=Share(float(self.pairs["kept_if_drawn_anew"].mean())),
        )

    def plot(self) -> alt.LayerChart:
        """Return the share of places kept as a line, over the band if every place were stable."""
        from forestall._charts import band_chart

        return band_chart(
            pd.DataFrame(
                {
                    "period": self.pairs["period"],
                    "value": self.pairs["kept"],
                    "low": self.pairs["kept_if_stable_low"],
                    "high": self.pairs["kept_if_stable_high"],
                }
            ),
            title=say("Share of places also among them before"),
        )


def measure_concentration_over_time(
    counts: Counts,
    *,
    among: Literal["recorded", "all"] = "recorded",
    share: float = 0.5,
    samples: int = 199,
    level: float = 0.95,
    seed: int = 0,
) -> ConcentrationOverTime:
    """Measure how few places hold how much in each period, and whether they are the same.

    Both against chance: that of incidents thrown evenly at random on the same places, and for the
    places that stay, two others. "Drawn anew": as many places, any of them, each period.
    "Stable": every place keeps its share of the incidents, and only chance moves its counts.

    Parameters
    ----------
    counts
        Incidents by place and period, best by year; kinds are added up, so select first. Periods
        that are not covered wholly are left out.
    among
        "recorded": places with at least one incident in any of the periods; "all": every place
        at risk.
    share
        The places followed are the fewest that hold this share of a period's incidents.
    samples, level, seed
        Number of samples of each kind of chance, and how many of them the limits hold.

    Raises
    ------
    CannotAnswer
        If the counts are not by place and period, or no two periods in a row are covered wholly
        and hold an incident.

    Notes
    -----
    Where places tie at the cut, which of them are in is left open: each counts by its chance to
    be, so that ``kept`` is the mean over all ways to choose. "Stable" deals all incidents out to
    the periods at random, with the totals of places and of periods as they are: exact given
    these, without an estimate of any rate. Sources: Weisburd et al. (2004) for the question;
    Bernasco & Steenbeek (2017) for the generalised Gini; O'Brien (2019) for chance.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=5, rows=1, crs="EPSG:27700")
    >>> years = periods_between("2022-01-01", "2024-12-31", unit="year")
    >>> numbers = [[30, 8, 5, 4, 3], [28, 9, 6, 4, 3], [4, 26, 7, 5, 8]]
    >>> rows = [(place, year, number) for year, line in zip(years.starts, numbers)
    ...     for place, number in enumerate(line)]
    >>> thefts = pd.DataFrame(rows, columns=["place", "period", "incidents"])
    >>> found = measure_concentration_over_time(
    ...     Counts.from_frame(thefts, places=grid, periods=years))
    >>> found.table["places_50"].tolist(), found.pairs["kept"].tolist()
    ([1, 1, 1], [1.0, 0.0])
    """
    if among not in {"recorded", "all"} or not (0 < share < 1 and 0 < level < 1):
        raise ValueError('Places are taken among "recorded" or "all"; shares lie between 0 and 1.')
    matrix, starts, left_out = _periods_by_place(counts)
    assert counts.places is not None
    places = matrix.any(axis=0) if among == "recorded" else np.ones(matrix.shape[1], dtype=bool)
    matrix = np.ascontiguousarray(matrix[:, places])
    sampling = Sampling(samples=samples, level=level, seed=seed)
    table = pd.DataFrame([_period_row(each, sampling) for each in matrix])
    table.insert(0, "period", starts)
    return ConcentrationOverTime(
        table=table,
        caveats=_caveats(counts, matrix, left_out, among, sampling),
        made_by=(
            f"measure_concentration_over_time(among='{among}', share={share}, "
            f"samples={samples}, level={level}, seed={seed})"
        ),
        pairs=_pairs(matrix, starts, share, sampling),
        share=share,
        among=among,
        group=group_of(counts),
        places_words=place_words(counts.places),
    )


def _periods_by_place(counts: Counts) -> tuple[NDArray[np.int64], pd.DatetimeIndex, int]:
    """Return incidents of each wholly covered period by place, their starts, and those left out."""
    check_counts(counts)
    if counts.places is None or counts.periods is None:
        raise CannotAnswer(
            message(
                "Concentration over time needs incidents by place and period; count "
                "with places=... and period='year'."
            )
        )
    whole = np.asarray(counts.periods.is_whole)
    step = counts.periods.positions(counts.table["period"])
    position = counts.places.positions(counts.table["place"])
    matrix = np.zeros((counts.periods.size, counts.places.size), dtype=np.int64)
    np.add.at(matrix, (step, position), counts.table["incidents"].to_numpy())
    matrix = matrix[whole]
    filled = np.asarray(matrix.any(axis=1))
    if not (filled[1:] & filled[:-1]).any():
        raise CannotAnswer(
            message(
                "Concentration over time needs two periods in a row that are covered wholly and "
                "hold an incident in a place, but of {whole} covered wholly {filled} do, and "
                "none after another.",
                whole=filled.size,
                filled=int(filled.sum()),
            )
        )
    return matrix, counts.periods.starts[whole], int((~whole).sum())


def _period_row(places: NDArray[np.int64], sampling: Sampling) -> dict[str, float]:
    total = int(places.sum())
    return {
        "incidents": total,
        "places": places.size,
        "places_with_any": int((places > 0).sum()),
        "gini": gini(places),
        "gini_generalised": generalised_gini(places),
        **{name: units_holding(places, share) for name, share in HOLDING.items()},
        "share_top_5": share_of_top(places, TOP),
        **chance_row(places.size, total, sampling),
    }


def _pairs(
    matrix: NDArray[np.int64], starts: pd.DatetimeIndex, share: float, sampling: Sampling
) -> pd.DataFrame:
    weights = holding_weights(matrix, share)
    holding = weights.sum(axis=1)
    kept = kept_shares(weights)
    same = kept * holding[1:]
    tied = tied_at_cut(weights)
    stable = _if_stable(matrix, share, sampling)
    return pd.DataFrame(
        {
            "period_before": starts[:-1],
            "period": starts[1:],
            "places_before": _whole(holding[:-1]),
            "places_after": _whole(holding[1:]),
            "kept": kept,
            "entered": holding[1:] - same,
            "left": holding[:-1] - same,
            "tied_before": tied[:-1],
            "tied_after": tied[1:],
            "kept_if_drawn_anew": np.where(np.isnan(kept), np.nan, holding[:-1] / matrix.shape[1]),
            **_columns("kept_if_stable", stable[0], sampling.level),
            "rank_correlation": rank_correlations(matrix),
            **_columns("rank_if_stable", stable[1], sampling.level),
        }
    )


def _if_stable(
    matrix: NDArray[np.int64], share: float, sampling: Sampling
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return share kept and rank correlation if places were stable; samples × pairs of periods."""
    kept, ranks = [], []
    for dealt in dealt_counts(matrix, samples=sampling.samples, generator=sampling.generator):
        kept.append(kept_shares(holding_weights(dealt, share)))
        ranks.append(rank_correlations(dealt))
    return np.concatenate(kept), np.concatenate(ranks)


def _columns(name: str, draws: NDArray[np.float64], level: float) -> dict[str, NDArray[np.float64]]:
    low, high = limits_without_tails(draws, level=level)
    return {name: draws.mean(axis=0), f"{name}_low": low, f"{name}_high": high}


def _whole(numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    # Weights are fractions that add up to a whole number of seats.
    return np.rint(numbers).astype(np.int64)


def _caveats(
    counts: Counts, matrix: NDArray[np.int64], left_out: int, among: str, sampling: Sampling
) -> tuple[Message, ...]:
    assert counts.places is not None
    assert counts.periods is not None
    text = _AMONG_RECORDED if among == "recorded" else _AMONG_ALL
    said = [
        message(text, places=matrix.shape[1], unit=place_words(counts.places)),
        message(_EVENLY, samples=sampling.samples, seed=sampling.seed),
        message(_STABLE, samples=sampling.samples, level=share_in_full(sampling.level)),
        message(_TIES),
        message(_FEW_MOVE),
    ]
    if left_out:
        said.append(plural_message(*_LEFT_OUT, left_out))
    empty = int((~matrix.any(axis=1)).sum())
    if empty:
        said.append(plural_message(*_NO_INCIDENT, empty))
    if counts.periods.unit != "year":
        said.append(message(_SEASONS))
    if counts.outside:
        said.append(plural_message(*_OUTSIDE, counts.outside))
    return tuple(said)


_AMONG_RECORDED = (
    "Measured among the {places} places ({unit}) with at least one record in any of the periods."
)
_AMONG_ALL = "Measured among all {places} places studied ({unit}), those without a record included."
_EVENLY = (
    "By chance: the incidents of a period thrown evenly at random on these places ({samples} "
    "samples, seed {seed})."
)
_STABLE = (
    "If every place were stable: all incidents dealt out to the periods at random, each place and "
    "each period keeping its number ({samples} samples; the limits hold {level} of them)."
)
_TIES = (
    "Where places tie at the cut, each counts by its chance to be among those that hold the share."
)
_FEW_MOVE = (
    "With few incidents a place chances among the busiest and out again: compare what is kept "
    "with the stable case, not with all."
)
_LEFT_OUT = (
    "{count} period that the records do not cover wholly is left out; the one after it is compared "
    "with the one before it.",
    "{count} periods that the records do not cover wholly are left out; the one after them is "
    "compared with the one before them.",
)
_NO_INCIDENT = (
    "{count} period holds no incident in any place, so that nothing can be said of what was kept "
    "then; see whether the file lacks it.",
    "{count} periods hold no incident in any place, so that nothing can be said of what was kept "
    "then; see whether the file lacks them.",
)
_SEASONS = (
    "Periods shorter than a year differ by season and length; a place may be busy in some seasons "
    "only."
)
_OUTSIDE = (
    "{count} located incident lies in no place and is left out.",
    "{count} located incidents lie in no place and are left out.",
)
