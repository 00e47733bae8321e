"""This file knows how incidents of a survey are counted when they come in series.

Sources: Bureau of Justice Statistics, National Crime Victimization Survey (a series counts up to 10
times, 6 if the number is not known; Lauritsen et al. 2012, NCJ 237308); Crime Survey for England
and Wales (5, until 2018). A cap hides part of what the most affected suffer (Towers, Walby and
Francis).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import InvalidRecords

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from forestall.surveys.design import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True)
class SeriesRule:
    """How many incidents a series counts for; rules of other years are other rules.

    Attributes
    ----------
    name, version
        Such as "NCVS-10" and the year from which it holds.
    most
        The cap; None for no cap.
    unknown
        What a series of unknown number counts for; None refuses such a series.
    """

    name: str
    version: str
    most: float | None
    unknown: float | None

    def count(self, times: FloatArray, is_series: BoolArray) -> FloatArray:
        """Return for how many incidents each report counts; one that is no series counts once.

        Raises
        ------
        InvalidRecords
            If a series has no number and the rule has none for it, or a number below 1.

        Examples
        --------
        >>> NCVS_10.count(np.array([40.0, np.nan, 3.0, 3.0]),
        ...     np.array([True, True, True, False])).tolist()
        [10.0, 6.0, 3.0, 1.0]
        """
        unknown = is_series & np.isnan(times)
        if unknown.any() and self.unknown is None:
            raise InvalidRecords(
                f"The rule {self.name} needs the number of each series, but {int(unknown.sum())} "
                f"have none; the first is report {int(np.argmax(unknown))}."
            )
        small = is_series & (times < 1)
        if small.any():
            raise InvalidRecords(
                f"A series has one incident or more, but {int(small.sum())} have fewer; the first "
                f"is report {int(np.argmax(small))}."
            )
        known = np.where(np.isnan(times), self.unknown or 0, times)
        capped = known if self.most is None else np.minimum(known, self.most)
        return np.where(is_series, capped, 1.0)


NCVS_10 = SeriesRule(name="NCVS-10", version="2012", most=10, unknown=6)
CSEW_5 = SeriesRule(name="CSEW-5", version="1982-2018", most=5, unknown=5)
UNCAPPED = SeriesRule(name="uncapped", version="1", most=None, unknown=None)


@dataclass(frozen=True, eq=False, kw_only=True)
class Victimizations:
    """Incidents that each person (or home) of a sample told of.

    Attributes
    ----------
    rule
        How series were counted.
    reports
        Reports of each person.
    counted, uncapped, each_once
        Incidents of each: by the rule, without its cap, and with a series counting once. Weighted
        where the reports have weights of their own.
    weighted
        Whether they have.
    """

    rule: SeriesRule
    reports: FloatArray
    counted: FloatArray
    uncapped: FloatArray
    each_once: FloatArray
    weighted: bool


def count_victimizations(
    reports: pd.DataFrame,
    *,
    respondents: ArrayLike,
    respondent: str,
    times: str,
    is_series: str,
    rule: SeriesRule,
    weights: str | None = None,
) -> Victimizations:
    """Count the incidents of each person of a sample by a rule for series.

    Parameters
    ----------
    reports
        A row for each incident or series that somebody told of, of the kinds that are wanted.
    respondents
        All people of the sample in the order of the design, each once.
    respondent, times, is_series
        Columns: whose report it is, how often it happened (missing if not known), whether it is a
        series (true or false).
    rule
        Such as `NCVS_10`.
    weights
        Column with weights of the reports, where they differ from those of the people.

    Raises
    ------
    InvalidRecords
        If a column or a person is missing, or the rule cannot count a series.

    Examples
    --------
    >>> told = pd.DataFrame({"home": [2, 2, 3], "times": [1, 30, None],
    ...     "series": [False, True, True]})
    >>> count_victimizations(told, respondents=[1, 2, 3], respondent="home", times="times",
    ...     is_series="series", rule=NCVS_10).counted.tolist()
    [0.0, 11.0, 6.0]
    """
    columns = [respondent, times, is_series, *([] if weights is None else [weights])]
    _check_columns(reports, columns)
    everybody = pd.Index(np.asarray(respondents))
    places = _places(everybody, reports[respondent])
    number = reports[times].to_numpy(dtype=float, na_value=np.nan)
    series = reports[is_series].to_numpy(dtype=bool)
    own = np.ones(len(reports)) if weights is None else reports[weights].to_numpy(dtype=float)
    if not (own > 0).all():
        raise InvalidRecords("Weights of reports are numbers above 0, but some are not.")
    no_cap = replace(rule, most=None)

    def of_each(counted: FloatArray) -> FloatArray:
        return np.bincount(places, counted, len(everybody)).astype(float)

    return Victimizations(
        rule=rule,
        reports=of_each(np.ones(len(reports))),
        counted=of_each(own * rule.count(number, series)),
        uncapped=of_each(own * no_cap.count(number, series)),
        each_once=of_each(own),
        weighted=weights is not None,
    )


def _check_columns(reports: pd.DataFrame, columns: list[str]) -> None:
    for name in columns:
        if name not in reports.columns:
            raise InvalidRecords(f"Reports need the column {name}, but the table has none.")
    missing = reports[columns[2]].isna()
    if missing.any():
        raise InvalidRecords(
            f"Every report is a series or none, but {int(missing.sum())} rows do not say; the "
            f"first is row {int(np.argmax(missing.to_numpy()))}."
        )


def _places(everybody: pd.Index, whose: pd.Series) -> NDArray[np.int64]:
    if not everybody.is_unique:
        raise InvalidRecords("Each person of a sample is named once, but some are named again.")
    places = everybody.get_indexer(pd.Index(whose))
    strangers = np.flatnonzero(places < 0)
    if strangers.size:
        raise InvalidRecords(
            f"Reports are of people of the sample, but {strangers.size} of {len(places)} are not; "
            f"the first is row {strangers[0]}."
        )
    return np.asarray(places, dtype=np.int64)
