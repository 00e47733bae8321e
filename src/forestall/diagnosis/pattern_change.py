"""This file knows whether incidents lie on the same places in two periods, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from forestall._stats.multiplicity import adjust_bh, adjust_by
from forestall._stats.pattern_change import (
    chance_shares_elsewhere,
    chi_square_p_values,
    fisher_p_values,
    resampled_shares,
    sample_size,
    share_elsewhere,
    shares_of,
)
from forestall._stats.sample_limits import limits_without_tails
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.groups import place_words
from forestall.diagnosis.pattern_change_caveats import (
    PatternSettings,
    count_caveats,
    method_caveats,
)
from forestall.errors import CannotAnswer
from forestall.languages import Decimal, Sentences, Share, message, say, say_plural
from forestall.results import Certainty, Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.records import Counts, Places

Test = Literal["chi_square", "chi_square_yates", "chi_square_n_minus_1", "fisher", "resampling"]
Adjust = Literal["bh", "by", "none"]

_CERTAINTIES = ((0.01, Certainty.CLEAR), (0.05, Certainty.PROBABLE), (0.20, Certainty.SIGN))
_BEYOND_CHANCE = {
    Certainty.CLEAR: "This is clearly more than chance explains.",
    Certainty.PROBABLE: "This is probably more than chance explains.",
    Certainty.SIGN: "This is a sign of change, not sure.",
    Certainty.CHANCE: "This cannot be told from chance.",
}
_CORRECTIONS = {
    "chi_square": "none",
    "chi_square_yates": "yates",
    "chi_square_n_minus_1": "n_minus_1",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class PatternChange(Result):
    """Which places hold another share of the incidents than before (Andresen's test).

    ``table`` has one row per place: ``place``, ``before``, ``after``, ``share_before``,
    ``share_after``, ``difference`` (after minus before); then ``p_value`` and ``p_adjusted``, or
    with "resampling" ``low`` and ``high`` (limits of the resampled share); and ``state``:
    "higher", "lower" or "similar", as the share after is to the share before.

    Attributes
    ----------
    s_index
        Share of all places at risk that are similar; places empty both times count as similar.
    s_index_robust
        The same among places with an incident in either period.
    share_elsewhere
        Share of the incidents that would have to lie elsewhere for the two patterns to be equal,
        0 to 1: how much changed, which no index S says.
    chance_share_elsewhere, chance_share_elsewhere_high
        Its mean, and its highest value at ``level``, if both periods had one pattern.
    p_value
        Of that share, over all places at once: one-sided, with the arrangement seen among
        the ``samples``.
    places
        The places at risk.
    test, adjust, level
        As asked for.
    """

    s_index: float
    s_index_robust: float
    share_elsewhere: float
    chance_share_elsewhere: float
    chance_share_elsewhere_high: float
    p_value: float
    places: Places
    test: str
    adjust: str
    level: float

    def summary(self) -> str:
        """Return how many places changed their share, in one plain sentence."""
        states = self.table["state"].value_counts()
        return say_plural(
            "Of {places} {unit}, {count} holds a larger share of what was recorded than before "
            "and {lower} a smaller one; {similar} cannot be told from before (S-index {index}).",
            "Of {places} {unit}, {count} hold a larger share of what was recorded than before "
            "and {lower} a smaller one; {similar} cannot be told from before (S-index {index}).",
            int(states.get("higher", 0)),
            places=self.places.size,
            unit=place_words(self.places),
            lower=int(states.get("lower", 0)),
            similar=self.places.size - int(states.get("higher", 0)) - int(states.get("lower", 0)),
            index=Decimal(self.s_index, 2),
        )

    @property
    def certainty(self) -> Certainty:
        """Return how sure it is that more lies elsewhere than chance explains, by ``p_value``."""
        for level, certainty in _CERTAINTIES:
            if self.p_value <= level:
                return certainty
        return Certainty.CHANCE

    def moved_summary(self) -> Sentences:
        """Return how much of it lies elsewhere, and whether chance explains it, in plain words."""
        moved = message(
            "Taken together, {share} of the records would have to lie elsewhere to match the time "
            "before; chance alone would make it about {chance}.",
            share=Share(self.share_elsewhere),
            chance=Share(self.chance_share_elsewhere),
        )
        return Sentences((moved, message(_BEYOND_CHANCE[self.certainty])))

    def plot(self) -> alt.LayerChart:
        """Return the places with a larger and a smaller share on a plain map."""
        from forestall._charts import CHANGE, class_chart

        some = self.table[self.table["before"] + self.table["after"] > 0]
        shapes = self.places.to_geodataframe()
        shapes = shapes[shapes["place"].isin(some["place"])]
        states = some.set_index("place")["state"].reindex(shapes["place"]).to_numpy()
        words = {
            "higher": say("larger share than before"),
            "similar": say("cannot be told from before"),
            "lower": say("smaller share than before"),
        }
        return class_chart(
            shapes.assign(shown=[words[state] for state in states]),
            colours={words[state]: colour for state, colour in CHANGE.items()},
        )


def assess_pattern_change(
    before: Counts,
    after: Counts,
    *,
    test: Test = "chi_square",
    adjust: Adjust | None = None,
    empty: Literal["leave_out", "keep"] = "leave_out",
    level: float = 0.95,
    resample: Literal["after", "before"] = "after",
    samples: int = 200,
    share: float = 0.85,
    seed: int = 0,
) -> PatternChange:
    """Assess in which places the share of incidents differs between two periods.

    Shares are compared, not counts: if incidents halve everywhere alike, nothing changed. The
    two sets may also be two kinds of offence.

    Parameters
    ----------
    before, after
        Incidents by the same places; kinds and periods are added up, so select first.
    test
        "chi_square" of two proportions, with the correction of Yates ("chi_square_yates") or times
        (N - 1)/N ("chi_square_n_minus_1"); "fisher", exact; or "resampling", the original test:
        a place is similar if its share in the one period lies within the interval of its share
        in samples of the other. That interval is far too narrow, see Notes.
    adjust
        For the places tested: "bh" or "by" hold the expected share of false findings at
        ``1 - level`` (Benjamini-Hochberg; Benjamini-Yekutieli under any dependence), "none"
        does not. By default "bh"; "resampling" has no p-values and knows only "none".
    empty
        Places without an incident in both periods: "leave_out" of table and adjustment, or "keep".
    level
        Confidence, such as 0.95: 1 minus the largest adjusted p-value of a place named. At least
        0.5, because elsewhere a level is that p-value.
    resample
        With "resampling", the period whose incidents are drawn (the "test" data); the other is
        taken as known (the "base"). The two are not symmetric.
    samples, share, seed
        Number of samples for "resampling" and for ``share_elsewhere``; share of the incidents in
        each resample; seed of both.

    Raises
    ------
    CannotAnswer
        If there are no places, they are not the same, or a period has no incident in them.

    Notes
    -----
    Sources: Andresen (2009); Wheeler, Steenbeek & Andresen (2018). A sample of 85 % without
    replacement varies only by sqrt(0.15 / 0.85) = 0.42 of the standard error of a share, and the
    other period not at all. Without any change the resampling form at 95 % names about six of ten
    places: 57 to 67 % in simulations, at any number of incidents.

    Examples
    --------
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=4, rows=1, crs="EPSG:27700")
    >>> first = pd.DataFrame({"place": [0, 1, 2], "incidents": [60, 70, 70]})
    >>> second = pd.DataFrame({"place": [0, 1, 2], "incidents": [20, 30, 50]})
    >>> changed = assess_pattern_change(
    ...     Counts.from_frame(first, places=grid), Counts.from_frame(second, places=grid))
    >>> changed.table[["place", "difference", "p_adjusted", "state"]].round(3)
       place  difference  p_adjusted    state
    0      0       -0.10       0.097  similar
    1      1       -0.05       0.386  similar
    2      2        0.15       0.037   higher
    >>> changed.s_index, round(changed.s_index_robust, 2)
    (0.75, 0.67)
    """
    settings = PatternSettings(
        test=test,
        adjust=adjust or ("none" if test == "resampling" else "bh"),
        empty=empty,
        level=level,
        resample=resample,
        samples=samples,
        share=share,
        seed=seed,
    )
    _check(settings)
    return _assess(before, after, settings)


def _assess(before: Counts, after: Counts, settings: PatternSettings) -> PatternChange:
    places = _same_places(before, after)
    counts = _counts(before, after)
    generator = np.random.default_rng(settings.seed)
    columns = (
        _resampled(*counts, settings, generator)
        if settings.test == "resampling"
        else _tested(*counts, settings)
    )
    table = _table(places, *counts, columns)
    seen = (counts[0] + counts[1]) > 0
    similar = (table["state"] == "similar").to_numpy()
    moved = share_elsewhere(*counts)
    chance = chance_shares_elsewhere(*counts, samples=settings.samples, generator=generator)
    outside = before.outside + after.outside
    return PatternChange(
        table=table if settings.empty == "keep" else table[seen].reset_index(drop=True),
        caveats=(
            *method_caveats(settings),
            *count_caveats(*counts, outside=outside, settings=settings),
        ),
        made_by=settings.call,
        s_index=float(similar.mean()),
        s_index_robust=float(similar[seen].mean()),
        share_elsewhere=moved,
        chance_share_elsewhere=float(chance.mean()),
        chance_share_elsewhere_high=float(np.quantile(chance, settings.level)),
        # Sums of shares that are equal may differ in the last digit, and ties count as extreme.
        p_value=float((1 + (chance >= moved - 1e-12).sum()) / (settings.samples + 1)),
        places=places,
        test=settings.test,
        adjust=settings.adjust,
        level=settings.level,
    )


def _check(settings: PatternSettings) -> None:
    for name, known in _CHOICES.items():
        if getattr(settings, name) not in known:
            raise ValueError(
                f"Choose {name} among {', '.join(known)}, not “{getattr(settings, name)}”."
            )
    if settings.test == "resampling" and settings.adjust != "none":
        raise ValueError('The resampling form gives no p-values to adjust; take adjust="none".')
    if not (0.5 <= settings.level < 1 and 0 < settings.share < 1):
        raise ValueError(
            "The level is a confidence from 0.5, such as 0.95, and below 1; a share lies between 0 "
            "and 1."
        )
    if settings.samples * (1 - settings.level) / 2 < 1 - 1e-9:
        raise ValueError(
            f"An interval at {settings.level} needs more than {settings.samples} samples."
        )


_CHOICES = {
    "test": (*_CORRECTIONS, "fisher", "resampling"),
    "adjust": ("bh", "by", "none"),
    "empty": ("leave_out", "keep"),
    "resample": ("after", "before"),
}


def _same_places(before: Counts, after: Counts) -> Places:
    check_counts(before)
    check_counts(after)
    first, second = before.places, after.places
    if first is None or second is None:
        raise CannotAnswer(
            message("A change of pattern needs incidents by place; count with places=...")
        )
    same = (
        type(first) is type(second)
        and first.crs == second.crs
        and np.array_equal(first.codes, second.codes)
        and np.allclose(first.centres, second.centres, rtol=0, atol=0.01)
    )
    if not same:
        raise CannotAnswer(
            f"Both periods must be counted in the same places, but before has {first.size} and "
            f"after has {second.size} and they are not the same; make the places once, from all "
            f"incidents, and count both periods in them."
        )
    return first


def _counts(before: Counts, after: Counts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    counts = before.per_place(), after.per_place()
    for name, per_place in zip(("before", "after"), counts, strict=True):
        if not per_place.any():
            raise CannotAnswer(f"A pattern needs incidents, but no place holds any {name}.")
    return counts


def _tested(
    before: NDArray[np.int64], after: NDArray[np.int64], settings: PatternSettings
) -> dict[str, NDArray[Any]]:
    p_values = (
        fisher_p_values(before, after)
        if settings.test == "fisher"
        else chi_square_p_values(before, after, correction=_CORRECTIONS[settings.test])
    )
    tested = np.ones(before.size, dtype=bool)
    if settings.empty == "leave_out":
        tested = before + after > 0
    adjusted = np.ones(before.size)
    adjusted[tested] = _adjusted(p_values[tested], settings.adjust)
    changed = adjusted <= 1 - settings.level
    difference = shares_of(after) - shares_of(before)
    return {
        "p_value": p_values,
        "p_adjusted": adjusted,
        "state": _states(changed & (difference > 0), changed & (difference < 0)),
    }


def _adjusted(p_values: NDArray[np.float64], adjust: str) -> NDArray[np.float64]:
    if adjust == "none":
        return p_values
    return adjust_bh(p_values) if adjust == "bh" else adjust_by(p_values)


def _resampled(
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    settings: PatternSettings,
    generator: np.random.Generator,
) -> dict[str, NDArray[Any]]:
    drawn, known = (after, before) if settings.resample == "after" else (before, after)
    size = sample_size(int(drawn.sum()), settings.share)
    if not size:
        raise CannotAnswer(f"A sample of {settings.share:.0%} of {drawn.sum()} incidents is empty.")
    draws = resampled_shares(drawn, size=size, samples=settings.samples, generator=generator)
    low, high = limits_without_tails(draws, level=settings.level)
    # A share that equals a limit is inside; both are ratios of whole numbers.
    above = shares_of(known) > high + 1e-12
    below = shares_of(known) < low - 1e-12
    states = _states(below, above) if settings.resample == "after" else _states(above, below)
    return {"low": low, "high": high, "state": states}


def _states(higher: NDArray[np.bool_], lower: NDArray[np.bool_]) -> NDArray[Any]:
    return np.select([higher, lower], ["higher", "lower"], "similar")


def _table(
    places: Places,
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    columns: dict[str, NDArray[Any]],
) -> pd.DataFrame:
    share_before, share_after = shares_of(before), shares_of(after)
    return pd.DataFrame(
        {
            "place": places.codes,
            "before": before,
            "after": after,
            "share_before": share_before,
            "share_after": share_after,
            "difference": share_after - share_before,
            **columns,
        }
    )
