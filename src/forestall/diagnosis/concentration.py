"""This file knows how few places hold how much of a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from forestall._stats.concentration import (
    chance_units_holding,
    concentration_curve,
    generalised_gini,
    gini,
    share_of_top,
    units_holding,
)
from forestall.diagnosis.chance import HOLDING, Sampling, chance_row
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.groups import ALL_CRIME, counted_groups, group_of, group_words, place_words
from forestall.errors import CannotAnswer
from forestall.languages import Message, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.records import Counts


@dataclass(frozen=True, eq=False, kw_only=True)
class Concentration(Result):
    """How unevenly incidents lie over places.

    ``table`` has one row per group, "all" first: ``group``, ``counts_as_crime``, ``incidents``,
    ``places``, ``places_with_any``, ``gini``, ``gini_generalised``, ``places_25``, ``places_50``,
    ``places_80`` (smallest number of places that hold this share), ``share_top_1``,
    ``share_top_5``, ``share_top_10`` (share in the busiest per cent of places, their number
    rounded up), ``chance_places_50`` (places that would hold half if incidents fell at random).

    Attributes
    ----------
    curve
        ``group``, ``share_of_places`` (busiest first), ``share_of_incidents``: the corners of the
        curve, so that straight lines between them are exact.
    among
        "recorded": places with at least one incident of any kind; "all": every place at risk.
    places_words
        What the places are, such as "squares of 500 m".
    only_group
        The one kind of offence that was counted, or "all".
    """

    curve: pd.DataFrame
    among: str
    places_words: Message
    only_group: str = ALL_CRIME

    def row(self, group: str = ALL_CRIME) -> pd.Series[Any]:
        """Return the row of one kind of offence, or of all crime."""
        return self.table[self.table["group"] == group].iloc[0]

    def summary(self) -> str:
        """Return how many places hold half of all that was counted, in one plain sentence."""
        return self.group_summary(ALL_CRIME)

    def group_summary(self, group: str) -> str:
        """Return how many places hold half of one kind, set against chance."""
        row = self.row(group)
        return say(
            _HALF_AGAINST_CHANCE,
            what=group_words(self.only_group if group == ALL_CRIME else group),
            places=int(row["places_50"]),
            total=int(row["places"]),
            unit=self.places_words,
            chance=round(float(row["chance_places_50"])),
        )

    def against_chance(
        self, *, samples: int = 199, level: float = 0.95, seed: int = 0
    ) -> pd.DataFrame:
        """Return the measures beside what incidents thrown evenly at random would give.

        One row per group: ``group``, ``gini_generalised``, ``places_25``, ``places_50``,
        ``places_80``, ``share_top_5``, and for each the mean of the samples and their limits, such
        as ``chance_places_50``, ``chance_places_50_low`` and ``chance_places_50_high``. The mean
        is simulated; that of ``table`` is the limit for many places.

        Parameters
        ----------
        samples, level, seed
            Number of samples (multinomial counts), and how many of them the limits hold.
        """
        sampling = Sampling(samples=samples, level=level, seed=seed)
        measures = self.table[["group", "gini_generalised", *HOLDING, "share_top_5"]]
        chance = [
            chance_row(int(places), int(incidents), sampling)
            for places, incidents in self.table[["places", "incidents"]].to_numpy()
        ]
        return pd.concat([measures, pd.DataFrame(chance, index=measures.index)], axis=1)

    def plot(self) -> alt.LayerChart:
        """Return the curves of all crime and of the most and the least concentrated kind."""
        from forestall._charts import curve_chart

        many = self.table[self.table["incidents"] >= _DRAWN_FROM]
        order = many.sort_values("gini_generalised")["group"]
        shown = self.curve[self.curve["group"].isin([ALL_CRIME, *order.tail(1), *order.head(1)])]
        return curve_chart(
            shown.assign(group=[str(group_words(group)) for group in shown["group"]]),
            x_title=say("Share of places, busiest first"),
            y_title=say("Share of incidents"),
        )


_DRAWN_FROM = 50
_HALF_AGAINST_CHANCE = (
    "{what}: half was recorded in {places} of {total} {unit}; chance alone would give about "
    "{chance}."
)


def measure_concentration(
    counts: Counts, *, among: Literal["recorded", "all"] = "recorded"
) -> Concentration:
    """Measure how few places hold how much, for all crime and each kind of offence.

    Zeros are in: a place without burglary counts when its burglary is measured. What chance alone
    would concentrate is what incidents thrown evenly at random on the same places would (Poisson
    counts), which for few incidents is a lot.

    Parameters
    ----------
    counts
        Incidents by place, with or without ``by="offence"``.
    among
        "recorded": places with at least one incident of any kind that was counted, so that water
        and fields do not make crime look concentrated; "all": every place at risk.

    Raises
    ------
    CannotAnswer
        If the counts have no places, or none holds an incident.

    Notes
    -----
    The generalised Gini coefficient is that of Bernasco & Steenbeek (2017). The number of places
    for the share of the top is rounded up.

    Examples
    --------
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=2, rows=2, crs="EPSG:27700")
    >>> thefts = pd.DataFrame({"place": [0, 1, 2, 3], "incidents": [60, 20, 15, 5]})
    >>> half = measure_concentration(Counts.from_frame(thefts, places=grid))
    >>> half.table[["places_50", "places_80", "gini"]].round(2)
       places_50  places_80  gini
    0          1          2  0.42
    >>> half.against_chance()[["places_50", "chance_places_50_low", "chance_places_50_high"]]
       places_50  chance_places_50_low  chance_places_50_high
    0          1                   2.0                    2.0
    """
    if among not in {"recorded", "all"}:
        raise ValueError('Places are taken among "recorded" or "all".')
    check_counts(counts)
    if counts.places is None:
        raise CannotAnswer(
            message("Concentration needs incidents counted by place; count with places=...")
        )
    any_kind = counts.per_place()
    if not any_kind.any():
        raise CannotAnswer(
            message("Concentration needs located incidents, but no place holds any.")
        )
    chosen = any_kind > 0 if among == "recorded" else np.ones(len(any_kind), dtype=bool)
    per_group = _per_group(counts, chosen)
    rows = [_measure(group, crime, places) for group, crime, places in per_group]
    return Concentration(
        table=pd.DataFrame(rows),
        caveats=_caveats(among, int(chosen.sum()), counts),
        made_by=f"measure_concentration(among='{among}')",
        curve=pd.concat([_curve(group, places) for group, _, places in per_group]),
        among=among,
        places_words=place_words(counts.places),
        only_group=group_of(counts),
    )


def _per_group(
    counts: Counts, chosen: NDArray[np.bool_]
) -> list[tuple[str, bool, NDArray[np.int64]]]:
    crimes = counts.crimes() if "offence" in counts.by else counts
    groups = [(ALL_CRIME, True, crimes.per_place()[chosen])]
    groups += [
        (group, crime, counts.per_place(offence=group)[chosen])
        for group, crime in counted_groups(counts)
    ]
    return [row for row in groups if row[2].any()]


def _measure(group: str, crime: bool, places: NDArray[np.int64]) -> dict[str, object]:  # noqa: FBT001
    total = int(places.sum())
    return {
        "group": group,
        "counts_as_crime": crime,
        "incidents": total,
        "places": places.size,
        "places_with_any": int((places > 0).sum()),
        "gini": gini(places),
        "gini_generalised": generalised_gini(places),
        "places_25": units_holding(places, 0.25),
        "places_50": units_holding(places, 0.50),
        "places_80": units_holding(places, 0.80),
        "share_top_1": share_of_top(places, 0.01),
        "share_top_5": share_of_top(places, 0.05),
        "share_top_10": share_of_top(places, 0.10),
        "chance_places_50": chance_units_holding(places.size, total, 0.50),
    }


def _curve(group: str, places: NDArray[np.int64]) -> pd.DataFrame:
    share_of_places, share_of_incidents = concentration_curve(places)
    return pd.DataFrame(
        {
            "group": group,
            "share_of_places": share_of_places,
            "share_of_incidents": share_of_incidents,
        }
    )


def _caveats(among: str, places: int, counts: Counts) -> tuple[Message, ...]:
    assert counts.places is not None
    words = place_words(counts.places)
    text = _AMONG_RECORDED if among == "recorded" else _AMONG_ALL
    said = [message(text, places=places, unit=words), message(_CHANCE_NAMED)]
    if counts.outside:
        said.append(
            plural_message(
                "{count} located incident lies in no place and is left out.",
                "{count} located incidents lie in no place and are left out.",
                counts.outside,
            )
        )
    return tuple(said)


_AMONG_RECORDED = (
    "Measured among the {places} places ({unit}) with at least one record of any kind."
)
_AMONG_ALL = "Measured among all {places} places studied ({unit}), those without a record included."
_CHANCE_NAMED = (
    "By chance: what incidents falling on these places evenly at random would concentrate."
)
