"""This file knows which kinds of offence changed, all compared over the same months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.multiplicity import adjust_holm
from forestall.diagnosis.comparisons import (
    Comparison,
    change_sentence,
    choose_periods,
    compare_rates,
    months_not_covered,
    variation_between_pairs,
)
from forestall.diagnosis.groups import counted_groups, group_words, is_mixed
from forestall.errors import CannotAnswer
from forestall.languages import Listing, Message, message, plural_message, say, say_plural
from forestall.results import Certainty, RatioComparison, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.comparisons import ComparedPeriods
    from forestall.records import Counts


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupChanges(Result):
    """The same comparison of months for each kind of offence.

    ``table``, by number of incidents: ``group``, ``counts_as_crime``, ``mixed`` (a catch-all
    group, whose content differs from month to month), ``before``, ``after`` (incidents),
    ``before_per_day``, ``after_per_day``, ``ratio``, ``low``, ``high`` (95 %), ``p_value``,
    ``p_holm`` (over all comparisons), ``certainty`` (the words of `Certainty`).

    Attributes
    ----------
    comparisons
        Group to comparison.
    compared
        The months.
    """

    comparisons: Mapping[str, RatioComparison]
    compared: ComparedPeriods

    def summary(self) -> str:
        """Return which kinds of crime clearly changed, in one plain sentence."""
        crimes = self.table[self.table["counts_as_crime"] & ~self.table["mixed"]]
        clear = crimes[crimes["certainty"] == Certainty.CLEAR.value]
        fewer = clear.loc[clear["ratio"] < 1, "group"]
        more = clear.loc[clear["ratio"] > 1, "group"]
        kinds = {
            "fewer": Listing([group_words(group) for group in fewer]),
            "more": Listing([group_words(group) for group in more]),
        }
        total = len(crimes)
        if len(fewer) and len(more):
            return say("Clearly fewer: {fewer}. Clearly more: {more}.", **kinds)
        if len(fewer):
            return say_plural(
                "{count} of {total} kinds clearly fell: {fewer}.",
                "{count} of {total} kinds clearly fell: {fewer}.",
                len(fewer),
                total=total,
                **kinds,
            )
        if len(more):
            return say_plural(
                "{count} of {total} kinds clearly rose: {more}.",
                "{count} of {total} kinds clearly rose: {more}.",
                len(more),
                total=total,
                **kinds,
            )
        return say("No kind clearly changed.")

    def group_summary(self, group: str) -> str:
        """Return the change of one kind in one plain sentence."""
        return str(change_sentence(group_words(group), self.comparisons[group], self.compared))

    def plot(self) -> alt.LayerChart:
        """Return the changes with their intervals on one symmetrical scale."""
        from forestall._charts import interval_chart

        shown = self.table[np.isfinite(self.table["ratio"])]
        return interval_chart(
            shown.assign(group=[str(group_words(group)) for group in shown["group"]]),
            label="group",
            limit=self.scale_limit,
            title=say("fewer | more"),
        )

    @property
    def scale_limit(self) -> float:
        """Return the end of the axis that all kinds share: 0.15, 0.3 or 0.6."""
        farthest = (self.table[["low", "high"]].clip(upper=9) - 1).abs().to_numpy().max()
        return next((limit for limit in (0.15, 0.3) if farthest <= limit), 0.6)


def compare_groups(counts: Counts) -> GroupChanges:
    """Compare each kind of offence over the same months.

    Which months is chosen as in `measure_trend`, and each kind has its own variation between
    months; where it is no more than chance, the exact conditional binomial test is used.

    Raises
    ------
    CannotAnswer
        If the counts are not by month and offence, or there are fewer than four months.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between
    >>> months = periods_between("2024-01-01", "2024-04-30", unit="month")
    >>> rows = pd.DataFrame({"period": [*months.starts, *months.starts], "incidents":
    ...     [90, 80, 40, 50, 30, 20, 24, 27], "offence": ["Theft"] * 4 + ["Arson"] * 4})
    >>> compare_groups(Counts.from_frame(rows, periods=months, by="offence")).summary()
    '1 of 2 kinds clearly fell: Theft.'
    """
    if counts.periods is None or "offence" not in counts.by:
        raise CannotAnswer(
            message(
                "Comparing kinds needs counts by month and offence; count with "
                "period='month', by='offence'."
            )
        )
    compared = choose_periods(
        counts.periods, missing=months_not_covered(counts.periods, counts.per_period())
    )
    groups = counted_groups(counts)
    if not groups:
        raise CannotAnswer(message("Comparing kinds needs incidents, but none was counted."))
    comparisons = {
        group: _compare_group(counts, counts.per_period(offence=group), compared)
        for group, _ in groups
    }
    rows = [_row(group, crime, comparisons[group]) for group, crime in groups]
    table = pd.DataFrame(rows)
    table["p_holm"] = adjust_holm(table["p_value"])
    return GroupChanges(
        table=table,
        caveats=_caveats(table, compared, comparisons),
        made_by="compare_groups()",
        comparisons=comparisons,
        compared=compared,
    )


def _compare_group(
    counts: Counts,
    per_month: NDArray[np.int64],
    compared: ComparedPeriods,
) -> RatioComparison:
    assert counts.periods is not None
    before, after = compared.sums(per_month)
    dispersion, freedom = variation_between_pairs(per_month, compared, counts.periods)
    return compare_rates(
        before=before,
        after=after,
        before_days=compared.before_days,
        after_days=compared.after_days,
        dispersion=dispersion,
        degrees_of_freedom=freedom,
    )


def _row(group: str, crime: object, comparison: RatioComparison) -> dict[str, object]:
    return {
        "group": group,
        "counts_as_crime": crime,
        "mixed": is_mixed(group),
        "before": int(comparison.before_count),
        "after": int(comparison.after_count),
        "before_per_day": comparison.before_count / comparison.before_exposure,
        "after_per_day": comparison.after_count / comparison.after_exposure,
        "ratio": comparison.ratio,
        "low": comparison.interval_95.low,
        "high": comparison.interval_95.high,
        "p_value": comparison.p_value,
        "certainty": comparison.certainty.value,
    }


def _caveats(
    table: pd.DataFrame, compared: ComparedPeriods, comparisons: Mapping[str, RatioComparison]
) -> tuple[Message, ...]:
    said = [
        plural_message(
            "{count} kind was compared; by chance alone, about one in twenty would look "
            "“probable”.",
            "{count} kinds were compared; by chance alone, about one in twenty would look "
            "“probable”.",
            len(table),
        )
    ]
    if compared.kind is Comparison.EDGES:
        said.append(message("The file lacks the year before, so season and change look the same."))
    if max(comparison.dispersion for comparison in comparisons.values()) > 1:
        said.append(message("Intervals allow for the variation of each kind from month to month."))
    else:
        said.append(message("Intervals cover chance only (Poisson counts)."))
    mixed = table.loc[table["mixed"], "group"]
    if len(mixed):
        said.append(
            message(
                "{kinds}: a mixed kind, whose content differs from month to month.",
                kinds=Listing([group_words(group) for group in mixed]),
            )
        )
    return tuple(said)
