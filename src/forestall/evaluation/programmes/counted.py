"""This file knows how incidents are counted for an evaluation: by place, month, ring and kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from forestall.errors import CannotAnswer, InvalidSpecification
from forestall.evaluation.cells import BeforeAfter, Cells
from forestall.evaluation.rings import Rings, draw_rings
from forestall.records import Areas, areas_from_file, count_incidents, periods_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.estimates.estimates import Span
    from forestall.evaluation.specification import EvaluationSpec, TreatedPlaces
    from forestall.records import Incidents, Periods

    FloatArray = NDArray[np.float64]

GROUPS = ("treated", "comparison")
_FEW = 12


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground:
    """The places of an evaluation.

    Attributes
    ----------
    treated, comparison
        Codes of whole places.
    near
        Codes of places that are neither, because they lie within the rings.
    areas
        Outlines of all places; None where incidents name their places.
    rings
        The treated places and their rings, with those of the comparison; None without rings.
    """

    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    near: tuple[str, ...]
    areas: Areas | None
    rings: Rings | None

    @property
    def treated_names(self) -> tuple[str, ...]:
        """Names of the treated places; their codes where there are no others."""
        if self.areas is None:
            return self.treated
        names = dict(zip(map(str, self.areas.codes), map(str, self.areas.names), strict=True))
        return tuple(names[code] or code for code in self.treated)


@dataclass(frozen=True, eq=False, kw_only=True)
class Counted:
    """Incidents of one outcome by place and month.

    Attributes
    ----------
    months
        First days of the months that are covered whole.
    matrix
        Places (treated first, then comparison) by months.
    """

    ground: Ground
    months: pd.DatetimeIndex
    matrix: FloatArray

    @property
    def is_treated(self) -> NDArray[np.bool_]:
        """Say of each row whether it is a treated place."""
        places = len(self.ground.treated) + len(self.ground.comparison)
        return np.asarray(np.arange(places) < len(self.ground.treated))

    def within(self, span: Span) -> NDArray[np.bool_]:
        """Say of each month whether it lies wholly within a span."""
        ends = self.months + pd.offsets.MonthEnd(0)
        inside = (self.months >= pd.Timestamp(span.first)) & (ends <= pd.Timestamp(span.last))
        return np.asarray(inside)

    def by_group(self) -> pd.DataFrame:
        """Return ``group``, ``period`` and ``incidents``."""
        sums = [self.matrix[self.is_treated].sum(axis=0), self.matrix[~self.is_treated].sum(axis=0)]
        return pd.DataFrame(
            {
                "group": np.repeat(GROUPS, len(self.months)),
                "period": [*self.months, *self.months],
                "incidents": np.concatenate(sums).astype(int),
            }
        )

    def cells(self, spec: EvaluationSpec) -> Cells:
        """Return the four counts of whole months within both spans."""
        return self.cells_of(spec, self.is_treated, ~self.is_treated)

    def cells_of(
        self, spec: EvaluationSpec, treated: NDArray[np.bool_], comparison: NDArray[np.bool_]
    ) -> Cells:
        """Return the four counts of some places, rows of the matrix."""
        before, after = self.within(spec.times.before), self.within(spec.times.after)
        days = self.months.days_in_month.to_numpy()

        def group(rows: NDArray[np.bool_]) -> BeforeAfter:
            return BeforeAfter(
                before=int(self.matrix[rows][:, before].sum()),
                after=int(self.matrix[rows][:, after].sum()),
                before_days=float(days[before].sum()),
                after_days=float(days[after].sum()),
                size=float(rows.sum()),
            )

        return Cells(
            treated=group(treated),
            comparison=group(comparison),
            before=spec.times.before,
            after=spec.times.after,
            treated_places=int(treated.sum()),
            comparison_places=int(comparison.sum()),
        )


def ground_of(spec: EvaluationSpec, incidents: Incidents) -> Ground:
    """Find the places that a specification names.

    Raises
    ------
    InvalidSpecification
        If a place is not there, or there is nothing to compare with.
    """
    places = spec.places
    if places.file is None:
        known = _named_in(incidents, places.column)
        comparison = _comparison(places, known, near=())
        return Ground(
            treated=places.treated, comparison=comparison, near=(), areas=None, rings=None
        )
    areas = areas_from_file(places.file, code=places.code, name=places.name)
    areas = areas if areas.crs == incidents.crs else areas.to_crs(incidents.crs)
    known = tuple(str(code) for code in areas.codes)
    _check_known(places.treated, known, places.file.name)
    near = _near(areas, places)
    comparison = _comparison(places, known, near=near)
    rings = None
    if places.rings_m:
        rings = draw_rings(
            _some(areas, places.treated),
            widths_m=places.rings_m,
            comparison=_some(areas, comparison),
            within=areas,
        )
    return Ground(
        treated=places.treated, comparison=comparison, near=near, areas=areas, rings=rings
    )


def count_places(incidents: Incidents, ground: Ground, column: str) -> Counted:
    """Count incidents by place and month; places without incidents are kept as zeros."""
    if ground.areas is not None:
        counts = count_incidents(incidents, places=ground.areas, period="month")
        keys = counts.table["place"].astype(str)
    else:
        counts = count_incidents(incidents, period="month", by=column)
        keys = counts.table[column].fillna("").astype(str)
    periods = counts.periods
    if periods is None:
        raise CannotAnswer("An evaluation needs incidents with dates.")
    return _counted(counts.table.assign(key=keys), periods, ground)


def covered_months(incidents: Incidents) -> Periods:
    """Return the months between the first and the last day of the records."""
    first, last = incidents.coverage
    return periods_between(first, last, unit="month")


def _counted(table: pd.DataFrame, periods: Periods, ground: Ground) -> Counted:
    codes = pd.Index([*ground.treated, *ground.comparison])
    matrix = np.zeros((len(codes), periods.size))
    rows = codes.get_indexer(pd.Index(table["key"]))
    kept = rows >= 0
    when = periods.positions(table["period"])
    np.add.at(matrix, (rows[kept], when[kept]), table["incidents"].to_numpy(dtype=float)[kept])
    whole = np.asarray(periods.is_whole)
    return Counted(ground=ground, months=periods.starts[whole], matrix=matrix[:, whole])


def _named_in(incidents: Incidents, column: str) -> tuple[str, ...]:
    table = count_incidents(incidents, by=column).table
    return tuple(sorted(str(one) for one in table[column].dropna().unique() if str(one)))


def _comparison(
    places: TreatedPlaces, known: Sequence[str], *, near: Sequence[str]
) -> tuple[str, ...]:
    where = places.file.name if places.file else f"the column {places.column}"
    _check_known((*places.treated, *places.comparison), known, where)
    chosen = places.comparison or [code for code in known if code not in places.treated]
    found = tuple(code for code in chosen if code not in near)
    if not found:
        raise InvalidSpecification(
            "An evaluation compares with other places, but none is left beyond the treated places "
            "and their rings."
        )
    return found


def _check_known(wanted: Sequence[str], known: Sequence[str], where: str) -> None:
    lost = [code for code in wanted if code not in known]
    if not lost:
        return
    if not known:
        raise InvalidSpecification(f"The incidents say nothing in {where}.")
    there = ", ".join(known[:_FEW]) + (" and others" if len(known) > _FEW else "")
    raise InvalidSpecification(
        f"[places] names {lost[0]}, but there is no such place in {where}; there is: {there}."
    )


def _near(areas: Areas, places: TreatedPlaces) -> tuple[str, ...]:
    """Return the places other than the treated ones of which a part lies within the rings."""
    if not places.rings_m:
        return ()
    shapes = np.asarray(areas.geometry.to_numpy(), dtype=object)
    codes = np.array([str(code) for code in areas.codes])
    treated = np.isin(codes, places.treated)
    reach = shapely.union_all(shapes[treated]).buffer(sum(places.rings_m))
    inside = shapely.area(shapely.intersection(shapes, reach)) > 1
    return tuple(str(code) for code in codes[inside & ~treated])


def _some(areas: Areas, codes: Sequence[str]) -> Areas:
    from dataclasses import replace

    kept = np.isin([str(code) for code in areas.codes], codes)
    return replace(
        areas,
        codes=areas.codes[kept],
        names=areas.names[kept],
        geometry=areas.geometry[kept].reset_index(drop=True),
        population=None,
    )
