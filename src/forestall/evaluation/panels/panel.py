"""This file knows what a panel is: places over periods, and since when each had the measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.estimates.effects import CountDifference, LogRatio, RateDifference
from forestall.evaluation.place_months import read_place_months

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

    from forestall.records import Counts

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]


class Measure(StrEnum):
    """What the outcome of a panel is; it decides on which scale a difference of it is an effect."""

    COUNTS = "counts of incidents"
    RATES = "rates"
    LOGARITHMS = "natural logarithms"


@dataclass(frozen=True, eq=False, kw_only=True)
class Panel:
    """Places (rows) over periods (columns): an outcome, and whether the measure was in force.

    Attributes
    ----------
    places, periods
        Their names; periods are in order, and evenly spaced where a method needs it.
    outcome
        Matrix of places by periods; missing where nobody counted.
    treated
        Matrix of the same shape: whether the measure was in force.
    outcome_name, measure
        What was counted, and what kind of number it is.
    per
        Of how many people a rate is, such as 100,000.
    exposure
        Matrix of the same shape, such as residents or days; None where all are alike.
    weights
        Matrix of the same shape; None where all weigh the same.
    covariates
        Name to a matrix of the same shape.
    groups
        The unit in which the measure was assigned, one for each place; the place itself if None.

    Examples
    --------
    >>> frame = pd.DataFrame({"place": list("aabb"), "year": [1, 2, 1, 2], "thefts": [9, 5, 8, 8],
    ...     "camera": [0, 1, 0, 0]})
    >>> panel = panel_from_frame(frame, outcome="thefts", period="year", treated="camera")
    >>> panel.places, panel.starts.tolist(), panel.is_staggered
    (('a', 'b'), [1, 2], False)
    """

    places: tuple[str, ...]
    periods: pd.Index
    outcome: FloatArray
    treated: BoolArray
    outcome_name: str
    measure: Measure = Measure.COUNTS
    per: float = 1.0
    exposure: FloatArray | None = None
    weights: FloatArray | None = None
    covariates: Mapping[str, FloatArray] = field(default_factory=dict)
    groups: tuple[str, ...] | None = None

    @property
    def is_absorbing(self) -> bool:
        """Say whether the measure stayed wherever it came."""
        return bool((np.diff(self.treated.astype(int), axis=1) >= 0).all())

    @property
    def starts(self) -> IntArray:
        """Return for each place the column of its first treated period; the width if never.

        Raises
        ------
        CannotAnswer
            If the measure ended somewhere.
        """
        if not self.is_absorbing:
            raise CannotAnswer(
                "This method needs a measure that stays once it has come, but it ended in some "
                "places; estimate_difference_in_differences takes such panels."
            )
        return np.asarray(self.treated.shape[1] - self.treated.sum(axis=1), dtype=np.int64)

    @property
    def is_staggered(self) -> bool:
        """Say whether the measure came to places at different times."""
        starts = self.starts
        return len(set(starts[starts < len(self.periods)].tolist())) > 1

    @property
    def clusters(self) -> tuple[str, ...]:
        """Return the unit of assignment of each place."""
        return self.groups if self.groups is not None else self.places

    def difference(self, number: float) -> CountDifference | LogRatio | RateDifference:
        """Return a difference of outcomes as an effect on the scale of this panel."""
        if self.measure is Measure.COUNTS:
            return CountDifference(number)
        if self.measure is Measure.LOGARITHMS:
            return LogRatio(number)
        return RateDifference(number, per=self.per)

    def frame(self) -> pd.DataFrame:
        """Return a row for each place and period whose outcome is known.

        Columns are ``place`` and ``period`` (their positions), ``outcome``, ``treated`` (0 or 1),
        ``start`` (position of the first treated period; the number of periods if never; left out
        where the measure ended somewhere), ``cluster``, and where there are any ``exposure``,
        ``weight`` and the covariates.
        """
        count, width = self.outcome.shape
        columns: dict[str, object] = {
            "place": np.repeat(np.arange(count), width),
            "period": np.tile(np.arange(width), count),
            "outcome": self.outcome.ravel(),
            "treated": self.treated.ravel().astype(int),
            "cluster": np.repeat(pd.factorize(np.array(self.clusters, dtype=object))[0], width),
        }
        if self.is_absorbing:
            columns["start"] = np.repeat(self.starts, width)
        extra = {"exposure": self.exposure, "weight": self.weights, **self.covariates}
        columns |= {name: matrix.ravel() for name, matrix in extra.items() if matrix is not None}
        return pd.DataFrame(columns).dropna(subset=["outcome"]).reset_index(drop=True)


def panel_from_frame(
    rows: pd.DataFrame,
    *,
    outcome: str,
    place: str = "place",
    period: str = "period",
    since: str | None = None,
    treated: str | None = None,
    measure: Measure = Measure.COUNTS,
    per: float = 1.0,
    exposure: str | None = None,
    weights: str | None = None,
    covariates: Sequence[str] = (),
    groups: str | None = None,
    outcome_name: str = "",
) -> Panel:
    """Read a panel from a table with a row for every place and period.

    Parameters
    ----------
    rows
        A row that is missing is unknown, not zero.
    outcome, place, period
        Names of columns. Periods are numbers or days.
    since, treated
        Column with the first treated period of the place (0 or missing if never), or with 0 and 1
        for each row; one of the two.
    exposure, weights, groups, covariates
        Names of columns with what `Panel` keeps.
    outcome_name
        What was counted, in words; the name of the column if empty.

    Raises
    ------
    InvalidRecords
        If a column is missing, a place has a period twice, or a number is not what it should be.

    Examples
    --------
    >>> frame = pd.DataFrame({"place": list("aabb"), "year": [1, 2, 1, 2], "thefts": [9, 5, 8, 8],
    ...     "since": [2, 2, 0, 0]})
    >>> panel = panel_from_frame(frame, outcome="thefts", period="year", since="since")
    >>> panel.treated.astype(int).tolist()
    [[0, 1], [0, 0]]
    """
    if (since is None) == (treated is None):
        raise ValueError("A panel is read with since=... or with treated=..., and not with both.")
    named = [outcome, place, period, since, treated, exposure, weights, groups, *covariates]
    table = _Table(rows, place, period, [name for name in named if name is not None])
    panel = Panel(
        places=tuple(str(one) for one in table.places),
        periods=table.periods,
        outcome=table.matrix(outcome),
        treated=table.treated(treated) if treated else table.treated_since(str(since)),
        outcome_name=outcome_name or outcome,
        measure=measure,
        per=per,
        exposure=table.matrix(exposure) if exposure else None,
        weights=table.matrix(weights) if weights else None,
        covariates={name: table.matrix(name) for name in covariates},
        groups=tuple(str(one) for one in table.of_place(groups)) if groups else None,
    )
    check_panel(panel)
    return panel


def panel_from_counts(
    counts: Counts,
    *,
    since: Mapping[str, str | date],
    outcome_name: str,
    exposure: ArrayLike | None = None,
) -> Panel:
    """Make a panel of incidents by place and month.

    A month belongs to the time with the measure if all of it does. Months not covered whole are
    left out.

    Parameters
    ----------
    counts
        Incidents by place and month, places without incidents included; kinds are added up.
    since
        Code of each treated place with the day on which the measure came; all others never had it.
    exposure
        For each place, or for each place and month, such as residents; alike if None.

    Raises
    ------
    CannotAnswer
        If the counts were not made by place and month.
    InvalidRecords
        If a treated place is not among the places.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between
    >>> from forestall.records.grids import square_grid
    >>> squares = square_grid(origin=(0, 0), cell_m=100, columns=2, rows=1, crs="EPSG:27700")
    >>> months = periods_between("2023-01-01", "2023-03-31", unit="month")
    >>> rows = pd.DataFrame({"place": [0, 0, 0, 1], "incidents": [4, 3, 1, 2],
    ...     "period": [*months.starts, months.starts[0]]})
    >>> panel = panel_from_counts(Counts.from_frame(rows, places=squares, periods=months),
    ...     since={"0": "2023-02-10"}, outcome_name="burglary")
    >>> panel.outcome.tolist(), panel.treated[0].tolist()
    ([[4.0, 3.0, 1.0], [2.0, 0.0, 0.0]], [False, False, True])
    """
    found = read_place_months(counts)
    for code in since:
        if code not in found.codes:
            raise InvalidRecords(f"The treated place {code} is not among the places counted.")
    whole = np.asarray(~np.isnan(found.counts).all(axis=0))
    months = found.months[whole]
    treated = np.zeros((len(found.codes), len(months)), dtype=bool)
    for code, day in since.items():
        treated[found.codes.index(code)] = months >= pd.Timestamp(day)
    panel = Panel(
        places=found.codes,
        periods=months,
        outcome=found.counts[:, whole],
        treated=treated,
        outcome_name=outcome_name,
        exposure=None if exposure is None else _spread(exposure, whole, len(found.codes)),
    )
    check_panel(panel)
    return panel


def _spread(exposure: ArrayLike, whole: BoolArray, count: int) -> FloatArray:
    given = np.asarray(exposure, dtype=float)
    if given.ndim == 1:
        given = np.repeat(given[:, None], whole.size, axis=1)
    if given.shape != (count, whole.size):
        raise InvalidRecords(
            f"Exposure is one number for each of {count} places, or for each place and month, but "
            f"it has the shape {given.shape}."
        )
    return np.asarray(given[:, whole])


def check_panel(panel: Panel) -> None:
    """Raise if an outcome, an exposure or a weight is not what it should be.

    Raises
    ------
    InvalidRecords
        With the first place where it is not.
    """
    known = ~np.isnan(panel.outcome)
    whole = panel.outcome == np.floor(panel.outcome)
    if panel.measure is Measure.COUNTS:
        _refuse(panel, known & ~((panel.outcome >= 0) & whole), "Incidents are whole numbers")
    else:
        _refuse(panel, known & ~np.isfinite(panel.outcome), "Outcomes are finite numbers")
    if panel.exposure is not None:
        _refuse(panel, known & ~(panel.exposure > 0), "Exposures are numbers above 0")
    if panel.weights is not None:
        _refuse(panel, known & ~(panel.weights >= 0), "Weights are numbers from 0")


def _refuse(panel: Panel, wrong: BoolArray, needed: str) -> None:
    if wrong.any():
        place, period = (int(one[0]) for one in np.nonzero(wrong))
        raise InvalidRecords(
            f"{needed}, but {int(wrong.sum())} of {wrong.size} rows have another value; the first "
            f"is place {panel.places[place]} in period {panel.periods[period]}."
        )


class _Table:
    """A table with a row for every place and period, read column by column."""

    def __init__(self, rows: pd.DataFrame, place: str, period: str, names: list[str]) -> None:
        for name in names:
            if name not in rows.columns:
                raise InvalidRecords(f"A panel needs the column {name}, but the table has none.")
        twice = rows.duplicated([place, period])
        if twice.any():
            raise InvalidRecords(
                f"Every place has a period once, but {int(twice.sum())} rows stand again; "
                f"the first is row {int(np.argmax(twice.to_numpy()))}."
            )
        self._rows, self._place, self._period = rows, place, period
        self.places = pd.Index(sorted(rows[place].unique()))
        self.periods = pd.Index(sorted(rows[period].unique()))

    def matrix(self, name: str) -> FloatArray:
        wide = self._rows.pivot(index=self._place, columns=self._period, values=name)  # noqa: PD010
        wide = wide.reindex(index=self.places, columns=self.periods)
        return np.asarray(wide.to_numpy(dtype=float))

    def treated(self, name: str) -> BoolArray:
        numbers = self.matrix(name)
        if not np.isin(numbers[~np.isnan(numbers)], (0, 1)).all():
            raise InvalidRecords(f"{name} says whether the measure was in force: 0 or 1.")
        return np.asarray(np.nan_to_num(numbers) == 1)

    def treated_since(self, name: str) -> BoolArray:
        starts = self.of_place(name)
        never = (starts.isna() | (starts == 0)).to_numpy()
        first = starts.where(~never, self.periods[-1]).to_numpy()
        return np.asarray((self.periods.to_numpy()[None, :] >= first[:, None]) & ~never[:, None])

    def of_place(self, name: str) -> pd.Series:
        """Return the value that a place has in all its rows."""
        values = self._rows.groupby(self._place)[name]
        changing = values.agg(_count_values) > 1
        if changing.any():
            raise InvalidRecords(
                f"{name} is one value for each place, but {int(changing.sum())} places have "
                f"several; the first is {changing.idxmax()}."
            )
        return values.first().reindex(self.places)


def _count_values(values: pd.Series) -> int:
    return len(values.unique())
