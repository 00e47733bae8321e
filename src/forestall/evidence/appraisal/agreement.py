"""This file knows how far two appraisers agree, and what they have to settle.

Each item (a question, a domain, a level) is compared by itself, over the studies that both
appraised. Sources: Cohen (1960, 1968); Fleiss, Cohen & Everitt (1969) for standard errors;
Feinstein & Cicchetti (1990, Journal of Clinical Epidemiology 43: 543) for the paradox; Gwet (2008)
for AC1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from forestall._stats.kappa import Coefficient, gwet_ac1, jackknife_error, kappa
from forestall.errors import CannotAnswer
from forestall.evidence.appraisal.bias_questions import Answer, BiasRisk
from forestall.languages import Decimal, Message, message, plural_message, say, say_plural
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt
    from numpy.typing import NDArray

    from forestall._stats.kappa import Weights
    from forestall.evidence.appraisal.risk_of_bias import RiskOfBias

ALL_ITEMS = "all items"
OVERALL = "overall"
FEWEST_FOR_ERROR = 30
_MUCH_AGREEMENT, _LOW_KAPPA = 0.8, 0.4
_NEEDED = ("study", "item", "first", "second")


class Order(StrEnum):
    """Whether answers have an order, so that near ones count as agreement in part."""

    NOMINAL = "nominal"
    ORDERED = "ordered"


@dataclass(frozen=True, kw_only=True)
class RatingScale:
    """The answers that could be given.

    Attributes
    ----------
    values
        All of them, from low to high if they are ordered.
    order
        Whether they are ordered.
    """

    values: tuple[str, ...]
    order: Order

    def __post_init__(self) -> None:
        """Refuse a scale on which nobody could differ.

        Raises
        ------
        ValueError
            If there are fewer than two values, or one stands twice.
        """
        if len(set(self.values)) < 2 or len(set(self.values)) < len(self.values):
            raise ValueError(f"A scale needs two values or more, each once, not {self.values}.")


def _key(risk: BiasRisk) -> str:
    return risk.name.lower().replace("_", " ")


ANSWER_SCALE = RatingScale(values=tuple(one.value for one in Answer), order=Order.NOMINAL)
RISK_SCALE = RatingScale(values=tuple(_key(one) for one in BiasRisk), order=Order.ORDERED)
EMMIE_SCALE = RatingScale(values=("0", "1", "2", "3", "4"), order=Order.ORDERED)


@dataclass(frozen=True, eq=False, kw_only=True)
class AppraisalAgreement(Result):
    """How far two appraisers agree, item by item.

    ``table`` has one row per item and a last one for all together: ``item``, ``pairs`` (ratings
    that both gave), ``agreed``, ``share`` (0 to 1), ``kappa``, ``error``, ``low``, ``high`` (95 %),
    ``error_by`` ("large sample", or "studies" left out in turn for all items), ``linear`` and
    ``linear_error``, ``quadratic`` and ``quadratic_error`` (kappa with weights, empty if not
    ordered), ``ac1``, ``ac1_error``, ``commonest`` (share of the commonest answer). What is not
    defined is empty: kappa, where both gave one and the same answer throughout.

    Attributes
    ----------
    scale
        The answers that could be given.
    disagreements
        What is to be settled: ``study``, ``item``, ``first``, ``second``, ``apart`` (steps, empty
        if not ordered); the farthest apart first.
    """

    scale: RatingScale
    disagreements: pd.DataFrame

    def summary(self) -> str:
        """Return how many ratings agree, kappa over all, and how many are to be settled."""
        row = self.table.iloc[-1]
        if not len(self.disagreements):
            return say(
                "Both appraisers gave the same answer {pairs} times.", pairs=int(row["pairs"])
            )
        return say_plural(
            "The appraisers agree on {agreed} of {pairs} ratings (kappa {kappa}); "
            "{count} is to be settled.",
            "The appraisers agree on {agreed} of {pairs} ratings (kappa {kappa}); "
            "{count} are to be settled.",
            len(self.disagreements),
            agreed=int(row["agreed"]),
            pairs=int(row["pairs"]),
            kappa=Decimal(row["kappa"], 2),
        )

    def plot(self) -> alt.LayerChart:
        """Return kappa of each item with its interval, from −1 to 1."""
        from forestall._charts import agreement_chart

        return agreement_chart(
            self.table.dropna(subset=["kappa"]),
            label="item",
            title=str(message("agreement beyond chance (kappa)")),
        )


def compare_appraisers(ratings: pd.DataFrame, *, scale: RatingScale) -> AppraisalAgreement:
    """Compare what two appraisers said of the same studies.

    Parameters
    ----------
    ratings
        One row per study and item: ``study``, ``item``, ``first``, ``second`` (values of the scale;
        empty where one of them did not rate).
    scale
        The answers that could be given.

    Raises
    ------
    CannotAnswer
        If no rating was given by both.
    ValueError
        If a column is missing, a value is not of the scale, or a study and item stand twice.

    Examples
    --------
    >>> ratings = pd.DataFrame({"study": list("abcdef"), "item": "effect",
    ...     "first": list("012344"), "second": list("012334")})
    >>> found = compare_appraisers(ratings, scale=EMMIE_SCALE)
    >>> found.summary()
    'The appraisers agree on 5 of 6 ratings (kappa 0.79); 1 is to be settled.'
    >>> found.disagreements.to_dict("records")
    [{'study': 'e', 'item': 'effect', 'first': '4', 'second': '3', 'apart': 1}]
    """
    _check_ratings(ratings, scale)
    both = ratings.dropna(subset=["first", "second"])
    if both.empty:
        raise CannotAnswer("Agreement needs ratings by both appraisers, but none has both.")
    rows = [_row(str(item), _counts(rows, scale), scale) for item, rows in _by_item(both)]
    rows.append(_row_of_all(both, scale))
    table = pd.DataFrame(rows)
    return AppraisalAgreement(
        table=table,
        caveats=_caveats(table, len(ratings) - len(both)),
        made_by=f"compare_appraisers({len(ratings)} ratings, {scale.order.value})",
        scale=scale,
        disagreements=_disagreements(both, scale),
    )


def risks_side_by_side(first: Iterable[RiskOfBias], second: Iterable[RiskOfBias]) -> pd.DataFrame:
    """Lay the judgements of two appraisers side by side, for `compare_appraisers`.

    One row per result of a study and domain, and one for the overall risk; what only one of them
    judged has an empty place.

    Examples
    --------
    >>> from forestall.evidence.appraisal.bias_example import example_bias_form
    >>> from forestall.evidence.appraisal.risk_of_bias import judge_risk_of_bias
    >>> judged = judge_risk_of_bias(example_bias_form())
    >>> risks_side_by_side([judged], [judged]).iloc[-1].to_list()
    ['Made-up alley gates: burglary, 12 months', 'overall', 'high', 'high']
    """
    sides = _risks(first), _risks(second)
    keys = list(dict.fromkeys([*sides[0], *sides[1]]))
    return pd.DataFrame(
        [(*key, sides[0].get(key), sides[1].get(key)) for key in keys], columns=list(_NEEDED)
    )


def _risks(judged: Iterable[RiskOfBias]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for one in judged:
        study = f"{one.form.study}: {one.form.result}"
        if (study, OVERALL) in found:
            raise ValueError(f"An appraiser judges a result once, but {study} stands twice.")
        found |= {(study, part.domain.key): _key(part.risk) for part in one.domains}
        found[study, OVERALL] = _key(one.overall)
    return found


def _check_ratings(ratings: pd.DataFrame, scale: RatingScale) -> None:
    for column in _NEEDED:
        if column not in ratings.columns:
            raise ValueError(f"Ratings need the column “{column}”.")
    given = {value for side in ("first", "second") for value in ratings[side].dropna()}
    unknown = sorted(map(str, given - set(scale.values)))
    if unknown:
        raise ValueError(f"“{unknown[0]}” is no value of the scale {', '.join(scale.values)}.")
    twice = ratings.duplicated(subset=["study", "item"])
    if twice.any():
        row = ratings[twice].iloc[0]
        raise ValueError(f"{row['study']} has two ratings of “{row['item']}”.")


def _by_item(both: pd.DataFrame) -> Iterable[tuple[object, pd.DataFrame]]:
    return both.groupby("item", sort=False)


def _counts(both: pd.DataFrame, scale: RatingScale) -> NDArray[np.float64]:
    place = {value: number for number, value in enumerate(scale.values)}
    counts = np.zeros((len(place), len(place)))
    rows, columns = (both[side].map(place).to_numpy(dtype=int) for side in ("first", "second"))
    np.add.at(counts, (rows, columns), 1)
    return counts


def _row(item: str, counts: NDArray[np.float64], scale: RatingScale) -> dict[str, object]:
    plain = kappa(counts, weights="none")
    linear, quadratic = (_weighted(counts, scale, how) for how in ("linear", "quadratic"))
    ac1 = gwet_ac1(counts)
    pairs = counts.sum()
    return {
        "item": item,
        "pairs": int(pairs),
        "agreed": int(np.trace(counts)),
        "share": float(np.trace(counts) / pairs),
        "kappa": plain.value,
        **_interval(plain.value, plain.error),
        "error_by": "large sample",
        "linear": linear.value,
        "linear_error": linear.error,
        "quadratic": quadratic.value,
        "quadratic_error": quadratic.error,
        "ac1": ac1.value,
        "ac1_error": ac1.error,
        "commonest": float((counts.sum(axis=0) + counts.sum(axis=1)).max() / (2 * pairs)),
    }


def _weighted(counts: NDArray[np.float64], scale: RatingScale, how: Weights) -> Coefficient:
    if scale.order is Order.NOMINAL:
        return Coefficient(math.nan, math.nan)
    return kappa(counts, weights=how)


def _interval(value: float, error: float) -> dict[str, float]:
    reach = float(ndtri(0.975)) * error
    low, high = value - reach, value + reach
    return {"error": error, "low": max(low, -1.0), "high": min(high, 1.0)}


def _row_of_all(both: pd.DataFrame, scale: RatingScale) -> dict[str, object]:
    """Return the row of all items; a study is left out whole, as its items hang together."""
    counts = _counts(both, scale)
    by_study = [_counts(rows, scale) for _, rows in both.groupby("study", sort=False)]

    def error_of(measure: Sequence[Coefficient]) -> float:
        return jackknife_error(np.array([one.value for one in measure]))

    left = [counts - part for part in by_study]
    row = _row(ALL_ITEMS, counts, scale)
    error = error_of([kappa(one, weights="none") for one in left])
    row |= {**_interval(float(str(row["kappa"])), error), "error_by": "studies"}
    row["ac1_error"] = error_of([gwet_ac1(one) for one in left])
    for how in ("linear", "quadratic"):
        row[f"{how}_error"] = error_of([_weighted(one, scale, how) for one in left])
    return row


def _disagreements(both: pd.DataFrame, scale: RatingScale) -> pd.DataFrame:
    differing = both.loc[both["first"] != both["second"], list(_NEEDED)]
    if scale.order is Order.NOMINAL:
        return differing.assign(apart=float("nan")).reset_index(drop=True)
    place = {value: number for number, value in enumerate(scale.values)}
    apart = [
        abs(place[first] - place[second])
        for first, second in zip(differing["first"], differing["second"], strict=True)
    ]
    ordered = differing.assign(apart=np.array(apart, dtype=int))
    return ordered.sort_values("apart", ascending=False, kind="stable").reset_index(drop=True)


def _caveats(table: pd.DataFrame, unpaired: int) -> tuple[Message, ...]:
    items = table.iloc[:-1]
    told = [message("Agreement shows that two readings are alike, not that they are right.")]
    if unpaired:
        told.append(
            plural_message(
                "{count} rating was given by one appraiser only and is left out.",
                "{count} ratings were given by one appraiser only and are left out.",
                unpaired,
            )
        )
    if (items["pairs"] < FEWEST_FOR_ERROR).any():
        told.append(
            message(
                "Some items have fewer than {number} ratings; their intervals are rough.",
                number=FEWEST_FOR_ERROR,
            )
        )
    if (items["kappa"] == 1).any():
        told.append(
            message("Where all ratings agree, the interval has no width; few ratings prove little.")
        )
    undefined = int(items["kappa"].isna().sum())
    if undefined:
        told.append(
            plural_message(
                "Kappa of {count} item is not defined, because all its answers are the same.",
                "Kappa of {count} items is not defined, because all answers are the same.",
                undefined,
            )
        )
    told += [_paradox(row) for _, row in items[_is_paradox(items)].iterrows()]
    return tuple(told)


def _is_paradox(items: pd.DataFrame) -> pd.Series[bool]:
    return (items["share"] >= _MUCH_AGREEMENT) & (items["kappa"] < _LOW_KAPPA)


def _paradox(row: pd.Series) -> Message:
    return message(
        "{item}: nearly all answers are the same one, so kappa is low ({kappa}) though they agree "
        "(AC1 {ac1}).",
        item=row["item"],
        kappa=Decimal(row["kappa"], 2),
        ac1=Decimal(row["ac1"], 2),
    )
