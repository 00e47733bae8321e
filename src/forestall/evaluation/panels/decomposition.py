"""This file knows which comparisons a model with levels of places and periods is made of."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer
from forestall.evaluation.panels.loading import load_library
from forestall.languages import Message, Share, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.estimates.effects import Effect
    from forestall.evaluation.panels.panel import Panel


class Comparison(StrEnum):
    """What a group of places is compared with."""

    NEVER = "never treated"
    LATER = "treated later"
    EARLIER = "treated earlier"


_WORDS = {
    Comparison.NEVER: message("against places never treated"),
    Comparison.LATER: message("against places treated later"),
    Comparison.EARLIER: message("against places treated earlier"),
}
_THEIRS = {
    "treated_vs_never": Comparison.NEVER,
    "earlier_vs_later": Comparison.LATER,
    "later_vs_earlier": Comparison.EARLIER,
}
_MUCH = 0.1


@dataclass(frozen=True, eq=False, kw_only=True)
class Decomposition(Result):
    """The comparisons of two groups that a two-way model averages.

    ``table`` has one row per comparison: ``group`` (first treated period), ``against`` (first
    treated period of the other group; missing if never treated), ``comparison`` (see `Comparison`),
    ``weight`` (all add up to 1), ``effect`` (on the scale of the outcome).

    Attributes
    ----------
    effect
        The weighted sum: what least squares with levels of places and periods gives.
    """

    effect: Effect

    def weight_of(self, comparison: Comparison) -> float:
        """Return the share of the weight that comparisons of one kind have."""
        return float(self.table.loc[self.table["comparison"] == comparison.value, "weight"].sum())

    def summary(self) -> str:
        """Return how much rests on places that had the measure already."""
        return say(_ON_TREATED, share=Share(self.weight_of(Comparison.EARLIER)))

    def plot(self) -> alt.LayerChart:
        """Return the effect of each comparison by its weight."""
        from forestall._charts import comparison_chart

        words = {one.value: str(_WORDS[one]) for one in Comparison}
        return comparison_chart(
            self.table.assign(comparison=self.table["comparison"].map(words)),
            titles={"weight": say("weight"), "effect": say("effect")},
        )


def decompose_differences(panel: Panel) -> Decomposition:
    """Split least squares with levels of places and periods into its comparisons of two groups.

    Where an effect grows or fades, a group must not be compared with one that had the measure
    before: what the other gained enters with the wrong sign. The weight of such comparisons says
    how far a two-way model can mislead.

    Parameters
    ----------
    panel
        Places over periods, none missing, without covariates.

    Raises
    ------
    CannotAnswer
        If the measure ended somewhere or came nowhere, an outcome is missing, or there are
        covariates, weights or an exposure.

    Source
    ------
    Goodman-Bacon (2021), Journal of Econometrics 225: 254-277.

    Examples
    --------
    >>> from forestall.evaluation.panels import panel_from_frame
    >>> since = dict(zip("abcdef", [3, 3, 4, 4, 0, 0]))
    >>> rows = [(place, year, first, 20 + year - 6 * (first > 0 and year >= first))
    ...     for place, first in since.items() for year in range(1, 6)]
    >>> found = decompose_differences(panel_from_frame(
    ...     pd.DataFrame(rows, columns=["place", "year", "since", "thefts"]),
    ...     outcome="thefts", period="year", since="since"))
    >>> len(found.table), round(found.effect.incidents, 6)
    (4, -6.0)
    """
    starts = panel.starts
    if panel.covariates or panel.weights is not None or panel.exposure is not None:
        raise CannotAnswer(_PLAIN_ONLY)
    if np.isnan(panel.outcome).any():
        raise CannotAnswer(_NO_HOLES)
    if len(set(starts.tolist())) < 2 or not ((starts > 0) & (starts < len(panel.periods))).any():
        raise CannotAnswer(_TWO_GROUPS)
    library = load_library("diff_diff")
    rows = panel.frame()
    never = rows["start"] == len(panel.periods)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = library.BaconDecomposition(weights="exact").fit(
            rows.assign(period=rows["period"] + 1, first=(rows["start"] + 1).where(~never, 0)),
            outcome="outcome",
            unit="place",
            time="period",
            first_treat="first",
        )
    table = _table(panel, found)
    return Decomposition(
        table=table,
        caveats=_caveats(table, always=int((starts == 0).sum())),
        made_by="decompose_differences()",
        effect=panel.difference(float((table["weight"] * table["effect"]).sum())),
    )


def _table(panel: Panel, found: Any) -> pd.DataFrame:
    def label(group: Any) -> Any:
        return None if isinstance(group, str) else panel.periods[int(group) - 1]

    return pd.DataFrame(
        [
            {
                "group": label(one.treated_group),
                "against": label(one.control_group),
                "comparison": _THEIRS[one.comparison_type].value,
                "weight": float(one.weight),
                "effect": float(one.estimate),
            }
            for one in found.comparisons
        ]
    )


def _caveats(table: pd.DataFrame, *, always: int) -> tuple[Message, ...]:
    found = []
    on_treated = table.loc[table["comparison"] == Comparison.EARLIER.value, "weight"].sum()
    if on_treated > _MUCH:
        found.append(_MISLEADS)
    if always:
        found.append(_ALWAYS_AS_NEVER)
    return tuple(found)


_ON_TREATED = (
    "{share} of the two-way estimate rests on comparisons with places that had the measure already."
)
_MISLEADS = message(
    "If the effect grows or fades with time, such comparisons turn it round; see "
    "estimate_staggered_adoption."
)
_ALWAYS_AS_NEVER = message(
    "Places with the measure from the first period on serve as a comparison here, as in the "
    "two-way model."
)
_PLAIN_ONLY = message(
    "The comparisons are told of outcomes alone, without covariates, weights or exposure."
)
_NO_HOLES = message("The comparisons are told of places with every period, but some are missing.")
_TWO_GROUPS = message(
    "There is something to compare if the measure came to some places after the first period, and "
    "not to all at once."
)
