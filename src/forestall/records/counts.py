"""This file knows counts: how many incidents in each place, period and group.

The table is sparse: a row for every combination with an incident. The places and the periods
are complete, because a place without incidents is a finding too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from forestall.records.manifest import Manifest
    from forestall.records.periods import Periods
    from forestall.records.places import Places

NAMED_IN_ERRORS = 8


@dataclass(frozen=True, eq=False, kw_only=True)
class Counts:
    """How many incidents were recorded in each place, period and group.

    Attributes
    ----------
    table
        ``place`` (a code, if counted by place), ``period`` (its start, if counted by period),
        the columns of ``by``, and ``incidents``; sorted by them in this order.
    places, periods
        All places and periods at risk, also those that are in no row; None if not counted so.
    by
        The columns that make groups.
    apart
        Incidents that are in no row of ``table`` because they lie in no place: ``period``, the
        columns of ``by``, ``outside``, and ``on_boundary``, the number of incidents *in* the
        table that lie on the boundary of their area and were given to the first in order.
    offences
        Labels of the offences, each with whether it counts as a crime.
    manifest
        Of the store that was counted.
    """

    table: pd.DataFrame
    apart: pd.DataFrame = field(repr=False)
    places: Places | None = field(default=None, repr=False)
    periods: Periods | None = field(default=None, repr=False)
    by: tuple[str, ...] = ()
    offences: tuple[tuple[str, bool], ...] = ()
    manifest: Manifest | None = field(default=None, repr=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the table that say what was counted."""
        return keys_of(self.places, self.periods, self.by)

    @property
    def outside(self) -> int:
        """Incidents that lie in no place; they are in no row of the table."""
        return int(self.apart["outside"].sum())

    @property
    def on_boundary(self) -> int:
        """Incidents on the boundary of the area that they were given to."""
        return int(self.apart["on_boundary"].sum())

    @property
    def total(self) -> int:
        """All incidents counted, those outside all places included."""
        return int(self.table["incidents"].sum()) + self.outside

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        places: Places | None = None,
        periods: Periods | None = None,
        by: str | Iterable[str] = (),
        offences: Iterable[tuple[str, bool]] = (),
    ) -> Counts:
        """Make counts from a table in memory.

        Parameters
        ----------
        frame
            Columns ``place`` and ``period`` where places and periods are given, those of
            ``by``, and ``incidents``. Without ``incidents`` each row is one incident. Equal
            rows are added up.
        places, periods
            All places and periods at risk.
        by
            Columns that make groups.
        offences
            Labels with whether they count as crimes; all do when not given.

        Raises
        ------
        InvalidRecords
            If a column is missing, a number is no count, or a place or period is not among
            those at risk.

        Examples
        --------
        >>> thefts = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [3, 1]})
        >>> counts = Counts.from_frame(thefts, by="offence")
        >>> counts.total, counts.select(offence="Theft").total
        (4, 3)
        """
        groups = group_columns(by)
        keys = keys_of(places, periods, groups)
        table = _summed(_checked_rows(frame, keys), keys, ["incidents"])
        _check_at_risk(table, places, periods)
        apart_keys = [key for key in keys if key != "place"]
        empty = table.iloc[:0][apart_keys].assign(
            outside=np.array([], dtype=np.int64), on_boundary=np.array([], dtype=np.int64)
        )
        labels = tuple(offences)
        if not labels and "offence" in groups:
            labels = tuple((label, True) for label in sorted(table["offence"].dropna().unique()))
        return cls(
            table=table,
            apart=empty,
            places=places,
            periods=periods,
            by=groups,
            offences=labels,
        )

    def per_place(self, **where: Any) -> NDArray[np.int64]:
        """Return the incidents of each place, in the order of ``places.codes``, zeros included.

        Parameters
        ----------
        where
            Values to keep, as in `select`.

        Raises
        ------
        CannotAnswer
            If the incidents were not counted by place.

        Examples
        --------
        >>> from forestall.records.grids import square_grid
        >>> grid = square_grid(origin=(0, 0), cell_m=100, columns=3, rows=1, crs="EPSG:27700")
        >>> Counts.from_frame(pd.DataFrame({"place": [2, 2, 0]}), places=grid).per_place().tolist()
        [1, 0, 2]
        """
        if self.places is None:
            raise CannotAnswer(
                "Incidents per place are known when count_incidents was given places, "
                f"but these were counted by {_listed(self.keys) or 'nothing'}."
            )
        rows = self.select(**where).table if where else self.table
        return _dense(self.places.positions(rows["place"]), rows["incidents"], self.places.size)

    def per_period(self, **where: Any) -> NDArray[np.int64]:
        """Return the incidents of each period, in the order of ``periods.starts``.

        Incidents that lie in no place are not among them.

        Raises
        ------
        CannotAnswer
            If the incidents were not counted by period.

        Examples
        --------
        >>> from forestall.records.periods import periods_between
        >>> months = periods_between("2024-01-01", "2024-03-31", unit="month")
        >>> rows = pd.DataFrame({"period": pd.to_datetime(["2024-03-01"]), "incidents": [4]})
        >>> Counts.from_frame(rows, periods=months).per_period().tolist()
        [0, 0, 4]
        """
        if self.periods is None:
            raise CannotAnswer(
                "Incidents per period are known when count_incidents was given a period, "
                f"but these were counted by {_listed(self.keys) or 'nothing'}."
            )
        rows = self.select(**where).table if where else self.table
        return _dense(self.periods.positions(rows["period"]), rows["incidents"], self.periods.size)

    def select(self, **where: Any) -> Counts:
        """Keep the counts of some values; all places and periods stay at risk.

        Parameters
        ----------
        where
            For a column of the table, the value or a list of values to keep, such as
            ``offence="Burglary"`` or ``iccs=["0501", "0502"]``; of a period the day on which it
            starts, such as ``period="2019-03-01"`` (``"2019-03"`` and ``"2019"`` for short).

        Raises
        ------
        InvalidRecords
            If the incidents were not counted by such a column, or there is no such value.

        Examples
        --------
        >>> rows = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [3, 1]})
        >>> Counts.from_frame(rows, by="offence").select(offence="Robbery")
        Traceback (most recent call last):
            ...
        forestall.errors.InvalidRecords: There is no offence “Robbery”; there is: Arson, Theft.
        """
        table, apart = self.table, self.apart
        for column, wanted in where.items():
            values = _as_list(wanted) if column != "period" else _starts(_as_list(wanted))
            self._check_known(column, values)
            table = table[table[column].isin(values)]
            # What lies in no place is in none of the places selected.
            apart = apart.iloc[:0] if column == "place" else apart[apart[column].isin(values)]
        offences = self.offences
        if "offence" in where:
            offences = tuple(entry for entry in offences if entry[0] in _as_list(where["offence"]))
        return replace(
            self,
            table=table.reset_index(drop=True),
            apart=apart.reset_index(drop=True),
            offences=offences,
        )

    def crimes(self) -> Counts:
        """Leave out the offences that are not counted as crimes, such as anti-social behaviour.

        Raises
        ------
        CannotAnswer
            If there are such offences and the incidents were not counted by offence.

        Examples
        --------
        >>> rows = pd.DataFrame({"offence": ["Theft", "Nuisance"], "incidents": [3, 5]})
        >>> offences = [("Theft", True), ("Nuisance", False)]
        >>> Counts.from_frame(rows, by="offence", offences=offences).crimes().total
        3
        """
        others = [label for label, is_crime in self.offences if not is_crime]
        if not others:
            return self
        if "offence" not in self.by:
            raise CannotAnswer(
                f"Crimes can be told from “{others[0]}” when incidents are counted with "
                f"by='offence', but these were counted by {_listed(self.keys) or 'nothing'}."
            )
        return self.select(offence=[label for label, is_crime in self.offences if is_crime])

    def collapse(self, *, by: str | Iterable[str]) -> Counts:
        """Add up over groups, keeping only some columns of ``by``; places and periods stay.

        Raises
        ------
        InvalidRecords
            If the incidents were not counted by such a column.

        Examples
        --------
        >>> rows = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [3, 1]})
        >>> Counts.from_frame(rows, by="offence").collapse(by=()).table
           incidents
        0          4
        """
        groups = group_columns(by)
        for column in groups:
            if column not in self.by:
                raise InvalidRecords(
                    f"Counts can keep the groups they have, {_listed(self.by) or 'none'}, "
                    f"but “{column}” was asked for."
                )
        keys = keys_of(self.places, self.periods, groups)
        apart_keys = tuple(key for key in keys if key != "place")
        return replace(
            self,
            table=_summed(self.table, keys, ["incidents"]),
            apart=_summed(self.apart, apart_keys, ["outside", "on_boundary"]),
            by=groups,
        )

    def _check_known(self, column: str, values: Sequence[Any]) -> None:
        if column not in self.keys:
            raise InvalidRecords(
                f"Counts can be selected by what they were counted by, "
                f"{_listed(self.keys) or 'nothing'}, but “{column}” was asked for."
            )
        known = self._known(column)
        lost = pd.Index(values)[~pd.Index(values).isin(known)]
        if len(lost):
            named = _listed([str(one).removesuffix(" 00:00:00") for one in known[:NAMED_IN_ERRORS]])
            more = " ..." if len(known) > NAMED_IN_ERRORS else ""
            raise InvalidRecords(
                f"There is no {column} “{lost[0]}”; there is: {named or 'none'}{more}."
            )

    def _known(self, column: str) -> list[Any]:
        if column == "place" and self.places is not None:
            return list(self.places.codes)
        if column == "period" and self.periods is not None:
            return list(self.periods.starts)
        seen = {*self.table[column].dropna(), *self.apart[column].dropna()}
        if column == "offence":
            seen |= {label for label, _ in self.offences}
        return sorted(seen)


def group_columns(by: str | Iterable[str]) -> tuple[str, ...]:
    """Return the columns to group by, one name or several, as a tuple."""
    columns = (by,) if isinstance(by, str) else tuple(by)
    if len(set(columns)) < len(columns):
        raise ValueError(f"Each column to count by is named once, not as in {columns}.")
    return columns


def keys_of(places: Any, periods: Any, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table of counts that say what was counted."""
    place = () if places is None else ("place",)
    period = () if periods is None else ("period",)
    return (*place, *period, *by)


def _dense(positions: NDArray[np.int64], incidents: pd.Series[int], size: int) -> NDArray[np.int64]:
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, positions, incidents.to_numpy())
    return sums


def _summed(table: pd.DataFrame, keys: Sequence[str], sums: list[str]) -> pd.DataFrame:
    if not keys:
        return pd.DataFrame({name: [int(table[name].sum())] for name in sums}, dtype=np.int64)
    grouped = table.groupby(list(keys), sort=True, dropna=False, observed=True)[sums].sum()
    return grouped.reset_index()


def _checked_rows(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    missing = [key for key in keys if key not in frame.columns]
    if missing:
        raise InvalidRecords(
            f"Counts by {_listed(keys)} need these columns, but there is no “{missing[0]}”; "
            f"there is: {_listed([str(column) for column in frame.columns])}."
        )
    if "incidents" not in frame.columns:
        return frame[list(keys)].assign(incidents=np.int64(1))
    numbers = frame["incidents"].to_numpy(dtype=float)
    wrong = np.flatnonzero(~((numbers >= 0) & (numbers == np.floor(numbers))))
    if wrong.size:
        raise InvalidRecords(
            f"Incidents are whole numbers from 0, but {wrong.size} of {len(frame)} rows have "
            f"another value; the first is row {wrong[0]}."
        )
    return frame[list(keys)].assign(incidents=numbers.astype(np.int64))


def _check_at_risk(table: pd.DataFrame, places: Places | None, periods: Periods | None) -> None:
    for column, all_of_them in (("place", places), ("period", periods)):
        if all_of_them is None:
            continue
        lost = np.flatnonzero(all_of_them.positions(table[column]) < 0)
        if lost.size:
            raise InvalidRecords(
                f"Every {column} of the counts must be at risk, but {lost.size} rows have one "
                f"that is not; the first is “{table[column].iloc[lost[0]]}”."
            )


def _as_list(wanted: Any) -> list[Any]:
    if isinstance(wanted, (list, tuple, set, frozenset, np.ndarray, pd.Index, pd.Series)):
        return list(wanted)
    return [wanted]


def _starts(wanted: list[Any]) -> list[Any]:
    """Return periods with those that are written as a day, month or year read as its start."""
    read = [pd.to_datetime(one, errors="coerce") if isinstance(one, str) else one for one in wanted]
    return [given if found is pd.NaT else found for given, found in zip(wanted, read, strict=True)]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
