"""This file knows which problems deserve attention first, by criteria that are in the open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis.groups import group_words, is_mixed
from forestall.errors import CannotAnswer
from forestall.languages import Listing, Message, Share, message, say
from forestall.results import Certainty, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.diagnosis.concentration import Concentration
    from forestall.diagnosis.group_changes import GroupChanges

CRITERIA = ("volume", "change", "concentration")
_UNSURE = (Certainty.CHANCE.value, Certainty.LITTLE_CHANGED.value)


@dataclass(frozen=True, eq=False, kw_only=True)
class Priorities(Result):
    """Kinds of offence in the order of attention; problems, never people or places.

    ``table``, highest attention first: ``rank``, ``group``, ``incidents``, ``share`` (of all
    crime), ``change_ratio``, ``change_certainty``, ``places_50``, ``chance_places_50``, and the
    criteria from 0 to 1: ``volume``, ``change``, ``concentration``, ``harm`` (only when harm was
    given), and ``attention``, their weighted mean.

    Attributes
    ----------
    weights
        Criterion to weight; they add up to 1.
    apart
        The same columns without rank and attention for what is not counted as crime.
    """

    weights: Mapping[str, float]
    apart: pd.DataFrame

    def summary(self) -> str:
        """Return the kinds that come first, in one plain sentence."""
        first = [group for group in self.table["group"] if not is_mixed(group)][:3]
        return say(
            "By the criteria shown, these kinds deserve attention first: {kinds}.",
            kinds=Listing([group_words(group) for group in first]),
        )

    def plot(self) -> alt.LayerChart:
        """Return the attention of each kind as bars."""
        from forestall._charts import bar_chart

        return bar_chart(
            self.table.assign(group=[str(group_words(group)) for group in self.table["group"]]),
            label="group",
            number="attention",
            number_title=say("Attention, 0 to 1"),
        )


def rank_priorities(
    *,
    totals: Mapping[str, int],
    apart: Mapping[str, int] | None = None,
    changes: GroupChanges | None = None,
    concentration: Concentration | None = None,
    weights: Mapping[str, float] | None = None,
    harm: Mapping[str, float] | None = None,
) -> Priorities:
    """Put kinds of offence in the order of attention, each criterion in the open.

    The criteria run from 0 to 1: ``volume`` is the number of incidents as a share of the largest
    kind; ``change`` is 0 for half or less, 1/2 for no change, also where a change cannot be told
    from chance, and 1 for double or more; ``concentration`` is 0 for as spread as by chance and
    nears 1 for few places (1 - places with half / places by chance); ``harm``, only if given, is
    harm per incident times incidents as a share of the largest.

    Parameters
    ----------
    totals
        Kind of offence to incidents, for what counts as crime.
    apart
        The same for what is counted apart; it is described and not ranked.
    changes, concentration
        What is known of them; a criterion without answer is left out for all kinds.
    weights
        Criterion to weight, at least one above zero; equal when None, which is a judgement too.
    harm
        Kind of offence to harm per incident, on any scale; kinds it does not name count as 0.

    Raises
    ------
    CannotAnswer
        If no kind counts as crime, or no criterion with a weight can be answered.

    Examples
    --------
    >>> ranked = rank_priorities(totals={"Burglary": 200, "Robbery": 50})
    >>> ranked.table[["rank", "group", "attention"]]
       rank     group  attention
    0     1  Burglary       1.00
    1     2   Robbery       0.25
    """
    if not totals:
        raise CannotAnswer(message("There is no kind of offence that counts as crime to rank."))
    crimes = _criteria(totals, sum(totals.values()), changes, concentration, harm)
    known = [name for name in (*CRITERIA, "harm") if name in crimes]
    used = _normal_weights(known, weights)
    crimes["attention"] = sum(crimes[name] * weight for name, weight in used.items())
    order = ["attention", "incidents", "group"]
    ranked = crimes.sort_values(order, ascending=[False, False, True], ignore_index=True)
    ranked.insert(0, "rank", np.arange(1, len(ranked) + 1))
    return Priorities(
        table=ranked,
        caveats=_caveats(used, ranked, equal=weights is None),
        made_by=f"rank_priorities(weights={used})",
        weights=used,
        apart=_criteria(apart or {}, sum(totals.values()), changes, concentration, harm),
    )


def _criteria(
    totals: Mapping[str, int],
    all_crime: int,
    changes: GroupChanges | None,
    concentration: Concentration | None,
    harm: Mapping[str, float] | None,
) -> pd.DataFrame:
    rows = pd.DataFrame({"group": list(totals), "incidents": list(totals.values())})
    rows["share"] = rows["incidents"] / max(all_crime, 1)
    rows["volume"] = rows["incidents"] / max(int(rows["incidents"].max()), 1) if len(rows) else 0.0
    if changes is not None:
        by_group = changes.table.set_index("group").reindex(rows["group"])
        rows["change_ratio"] = by_group["ratio"].to_numpy()
        rows["change_certainty"] = by_group["certainty"].to_numpy()
        unsure = rows["change_certainty"].isin(_UNSURE) | rows["change_ratio"].isna()
        ratio = rows["change_ratio"].mask(unsure, 1.0).clip(0.5, 2.0)
        rows["change"] = (np.log2(ratio) + 1) / 2
    if concentration is not None:
        by_group = concentration.table.set_index("group").reindex(rows["group"])
        rows["places_50"] = by_group["places_50"].to_numpy()
        rows["chance_places_50"] = by_group["chance_places_50"].to_numpy()
        spread = (rows["places_50"] / rows["chance_places_50"]).fillna(1.0)
        rows["concentration"] = (1 - spread).clip(0, 1)
    if harm is not None:
        total_harm = rows["incidents"] * [harm.get(group, 0.0) for group in rows["group"]]
        rows["harm"] = total_harm / max(float(total_harm.max()), 1e-12) if len(rows) else 0.0
    return rows


def _normal_weights(known: list[str], weights: Mapping[str, float] | None) -> dict[str, float]:
    given = dict.fromkeys(known, 1.0) if weights is None else dict(weights)
    unknown = sorted(set(given) - {*CRITERIA, "harm"})
    if unknown or min(given.values(), default=0.0) < 0:
        raise ValueError(
            f"Weights are not negative and for {', '.join(CRITERIA)} or harm; found {given}."
        )
    used = {name: given.get(name, 0.0) for name in known}
    total = sum(used.values())
    if total <= 0:
        raise CannotAnswer(message("No criterion with a weight above zero can be answered here."))
    return {name: weight / total for name, weight in used.items()}


def _caveats(
    weights: Mapping[str, float], ranked: pd.DataFrame, *, equal: object
) -> tuple[Message, ...]:
    named = Listing(
        [
            message("{criterion} {weight}", criterion=_CRITERION[name], weight=Share(weight))
            for name, weight in weights.items()
        ]
    )
    said = [
        message(
            _EQUAL_WEIGHTS if equal else _GIVEN_WEIGHTS,
            weights=named,
        ),
        message("Problems are ranked, never people or places."),
    ]
    if "harm" not in weights:
        said.append(message("Counts say nothing about harm; no harm weights were given."))
    if any(is_mixed(group) for group in ranked["group"]):
        said.append(message("A mixed kind is in the list; its content is not one problem."))
    return tuple(said)


_EQUAL_WEIGHTS = (
    "The weights are a judgement that the partners may change; here all are equal: {weights}."
)
_GIVEN_WEIGHTS = "The weights are a judgement that the partners may change: {weights}."
_CRITERION = {
    "volume": message("volume"),
    "change": message("change"),
    "concentration": message("concentration"),
    "harm": message("harm"),
}
