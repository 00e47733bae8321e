"""This file knows how effects of groups in periods become estimates and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from forestall import __version__
from forestall._stats.regression import t_p_value
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.panels.averages import (
    Average,
    average_by_size,
    average_groups,
    average_plainly,
    joint_reach,
)
from forestall.evaluation.panels.panel import Measure
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.evaluation.panels.group_times import ComparedWith, GroupTimes
    from forestall.evaluation.panels.panel import Panel


@dataclass(frozen=True, eq=False)
class StaggeredEffects:
    """Every average of the effects of groups in periods, as estimates and as rows."""

    panel: Panel
    found: GroupTimes
    caveats: tuple[Message, ...]
    compared_with: ComparedWith

    def effect(self) -> Estimate[Any]:
        """Return the average over all treated places and periods."""
        return self.estimate(self.overall, _AVERAGE)

    @property
    def groups(self) -> list[int]:
        """Return the groups with a treated period that has an effect."""
        after = self.found.since >= 0
        return sorted({int(group) for group in self.found.group[after]})

    @property
    def treated_periods(self) -> list[int]:
        """Return the periods in which some group has an effect of the measure."""
        after = self.found.since >= 0
        return sorted({int(period) for period in self.found.period[after]})

    @property
    def overall(self) -> Average:
        """Return the average over all treated places and periods."""
        return average_by_size(self.found, self.found.since >= 0)

    def of_group(self, group: int) -> Average:
        """Return the average over the treated periods of a group."""
        chosen = (self.found.group == group) & (self.found.since >= 0)
        return average_plainly([self._cell(int(place)) for place in np.flatnonzero(chosen)])

    def of_period(self, period: int) -> Average:
        """Return the average over the groups treated in a period."""
        return average_by_size(self.found, (self.found.period == period) & (self.found.since >= 0))

    def of_time(self, since: int) -> Average:
        """Return the average over the groups at one distance from the start."""
        return average_by_size(self.found, self.found.since == since)

    def averages(self) -> dict[str, Estimate[Any]]:
        """Return the three averages of averages."""
        times = sorted({int(since) for since in self.found.since if since >= 0})
        by_group = [self.of_group(group) for group in self.groups]
        return {
            "time": self.estimate(average_plainly([self.of_time(one) for one in times]), _BY_TIME),
            "group": self.estimate(average_groups(self.found, by_group, self.groups), _BY_GROUP),
            "period": self.estimate(
                average_plainly([self.of_period(one) for one in self.treated_periods]), _BY_PERIOD
            ),
        }

    def table(self) -> pd.DataFrame:
        """Return a row for each group and period."""
        reach = self._reach
        errors = self.found.errors
        return pd.DataFrame(
            {
                "group": self.panel.periods[self.found.group],
                "period": self.panel.periods[self.found.period],
                "effect": self.found.effects,
                "standard_error": errors,
                "low_95": self.found.effects - reach * errors,
                "high_95": self.found.effects + reach * errors,
                "after": self.found.since >= 0,
            }
        )

    def by_time(self) -> pd.DataFrame:
        """Return a row for each distance from the start."""
        times = sorted({int(since) for since in self.found.since})
        parts = [self.of_time(since) for since in times]
        band = max(joint_reach(parts), self._reach)
        rows = self._rows("since", times, parts)
        return rows.assign(
            low_band=rows["effect"] - band * rows["standard_error"],
            high_band=rows["effect"] + band * rows["standard_error"],
            groups=[int((self.found.since == since).sum()) for since in times],
        )

    def listed(
        self, name: str, places: Sequence[int], average: Callable[[int], Average]
    ) -> pd.DataFrame:
        """Return a row for each group or period."""
        rows = self._rows(name, places, [average(place) for place in places])
        return rows.assign(**{name: self.panel.periods[list(places)]})

    def averted(self) -> Estimate[CountDifference] | None:
        """Return all incidents more or fewer; None unless incidents were counted."""
        if self.panel.measure is not Measure.COUNTS:
            return None
        cells = self._treated_cells
        average = self.overall
        return self._estimate(
            CountDifference(average.number * cells), average.error * cells, _AVERTED
        )

    def ratio(self) -> Estimate[LogRatio] | None:
        """Return counted over expected in all treated cells; the count itself is taken as given."""
        if self.panel.measure is not Measure.COUNTS:
            return None
        counted = float(self.panel.outcome[self.panel.treated].sum())
        average, cells = self.overall, self._treated_cells
        expected = counted - average.number * cells
        if not (counted > 0 and expected > 0):
            return None
        return self._estimate(
            LogRatio.from_ratio(counted / expected), average.error * cells / expected, _RATIO
        )

    def estimate(self, average: Average, estimand: Message) -> Estimate[Any]:
        """Return an average as an estimate on the scale of the panel."""
        return self._estimate(self.panel.difference(average.number), average.error, estimand)

    @property
    def _treated_cells(self) -> int:
        """Return how many treated places and periods the average speaks for."""
        after = self.found.since >= 0
        return int(sum((self.found.groups == group).sum() for group in self.found.group[after]))

    @property
    def _reach(self) -> float:
        return float(stdtrit(max(len(self.found.influence) - 1, 1), 0.975))

    def _cell(self, place: int) -> Average:
        return Average(float(self.found.effects[place]), self.found.influence[:, place])

    def _rows(self, name: str, places: Sequence[int], parts: Sequence[Average]) -> pd.DataFrame:
        effects = np.array([part.number for part in parts])
        errors = np.array([part.error for part in parts])
        return pd.DataFrame(
            {
                name: list(places),
                "effect": effects,
                "standard_error": errors,
                "low_95": effects - self._reach * errors,
                "high_95": effects + self._reach * errors,
            }
        )

    def _estimate(self, effect: Any, error: float, estimand: Message) -> Estimate[Any]:
        freedom = max(len(self.found.influence) - 1, 1)
        ever = self.panel.treated.any(axis=1)
        return Estimate(
            estimand=estimand,
            outcome=self.panel.outcome_name,
            effect=effect,
            standard_error=error,
            error_kind=ErrorKind.CLUSTER,
            degrees_of_freedom=freedom,
            p_value=t_p_value(effect.number, error, degrees_of_freedom=freedom),
            sample=Sample(
                treated_places=int(ever.sum()),
                comparison_places=int((~ever).sum()),
                observations=self.panel.outcome.size,
                incidents=float(self.panel.outcome.sum())
                if self.panel.measure is Measure.COUNTS
                else None,
            ),
            engine=Engine(
                method=f"Callaway and Sant'Anna, against {self.compared_with.value}",
                software="forestall",
                version=__version__,
            ),
            caveats=self.caveats,
        )


_AVERAGE = message("average over all treated places and periods")
_BY_TIME = message("average over the periods since the start")
_BY_GROUP = message("average over groups of places, by their size")
_BY_PERIOD = message("average over the periods in which some had the measure")
_AVERTED = message("incidents with the measure less those expected from places without it")
_RATIO = message("incidents with the measure over those expected from places without it")
