"""This file knows the rings around treated places, and around the places they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from forestall.errors import InvalidPlaces
from forestall.languages import Message, Quantity, Share, message, plural_message
from forestall.records import Areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

_SEGMENTS = 16
_LEAST_SHARE = 0.005
_ALMOST_ALL = 0.995


@dataclass(frozen=True, eq=False, kw_only=True)
class Rings:
    """Treated places and comparison places, each with rings around them.

    Attributes
    ----------
    areas
        One area for all treated places, one for each ring, and the same for the comparison; no two
        overlap.
    table
        A row for each area: ``place`` (its code), ``group`` ("treated" or "comparison"), ``ring``
        (0 for the places themselves), ``inner_m``, ``outer_m``, ``area_km2``, ``share_within`` (of
        the whole ring, what lies on the ground where incidents can be recorded), ``share_shared``
        (what lies within reach of several places and is counted once), ``share_taken`` (what was
        taken from a comparison because it lies near treated places).
    notes
        How overlaps and borders were resolved.
    """

    areas: Areas
    table: pd.DataFrame
    notes: tuple[Message, ...]


def draw_rings(
    treated: Areas,
    *,
    widths_m: Sequence[float],
    comparison: Areas | None = None,
    within: Any = None,
) -> Rings:
    """Draw rings around treated places, in which incidents may have moved or benefits spread.

    A spot belongs to the ring of the treated place nearest to it, and to one ring only. What lies
    in a treated place or in its rings is taken from the comparison and from its rings.

    Parameters
    ----------
    treated
        The places with the measure.
    widths_m
        The widths of the rings in metres, from the inside outwards.
    comparison
        Places without it; they get rings of the same widths.
    within
        Where incidents can be recorded, as the land of the city: areas, a GeoDataFrame or a shapely
        geometry in the projection of ``treated``. Water and what lies over the border is cut away.

    Raises
    ------
    InvalidPlaces
        If a width is not above 0, treated and comparison places overlap, or of a ring nothing is
        left.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from forestall.records import areas_from_frame
    >>> places = areas_from_frame(gpd.GeoDataFrame({"code": ["A"]},
    ...     geometry=[shapely.box(0, 0, 200, 200)], crs="EPSG:27700"), code="code")
    >>> rings = draw_rings(places, widths_m=[100, 100])
    >>> rings.table[["place", "ring", "outer_m"]].values.tolist()
    [['treated', 0, 0.0], ['ring 1', 1, 100.0], ['ring 2', 2, 200.0]]
    """
    reaches = _reaches(widths_m)
    ground = None if within is None else _shape_of(within, treated.crs)
    near = _union(treated)
    rows = _rings_of(treated, reaches, group="treated", taken=None, ground=ground)
    if comparison is not None:
        moved = comparison if comparison.crs == treated.crs else comparison.to_crs(treated.crs)
        if _union(moved).intersection(near).area > 1:
            raise InvalidPlaces("Treated and comparison places share no ground, but these overlap.")
        close = near.buffer(reaches[-1], quad_segs=_SEGMENTS) if reaches else near
        rows += _rings_of(moved, reaches, group="comparison", taken=close, ground=ground)
    return _assembled(rows, crs=treated.crs)


@dataclass(frozen=True, kw_only=True)
class _Ring:
    group: str
    ring: int
    inner_m: float
    outer_m: float
    shape: BaseGeometry
    share_within: float
    share_shared: float
    share_taken: float

    @property
    def code(self) -> str:
        """Return the code of the area."""
        own = self.group if self.ring == 0 else f"ring {self.ring}"
        return own if self.group == "treated" or self.ring == 0 else f"{self.group} {own}"


def _rings_of(
    places: Areas,
    reaches: Sequence[float],
    *,
    group: str,
    taken: BaseGeometry | None,
    ground: BaseGeometry | None,
) -> list[_Ring]:
    shapes = np.asarray(places.geometry.to_numpy(), dtype=object)
    inside = shapely.union_all(shapes)
    found = []
    for ring, outer in enumerate((0.0, *reaches)):
        grown = shapely.buffer(shapes, outer, quad_segs=_SEGMENTS) if ring else shapes
        reached = shapely.union_all(grown)
        whole = reached.difference(inside) if ring else reached
        kept = whole if taken is None else whole.difference(taken)
        left = kept if ground is None else kept.intersection(ground)
        one = _Ring(
            group=group,
            ring=ring,
            inner_m=reaches[ring - 2] if ring > 1 else 0.0,
            outer_m=outer,
            shape=_polygons_of(left),
            share_within=_share(left, kept),
            share_shared=_shared(grown, whole) if ring else 0.0,
            share_taken=max(0.0, 1 - _share(kept, whole)),
        )
        if one.shape.is_empty:
            raise InvalidPlaces(
                f"Each ring needs ground of its own, but nothing is left of “{one.code}”."
            )
        found.append(one)
        inside = reached
    return found


def _assembled(rows: list[_Ring], *, crs: str) -> Rings:
    import geopandas as gpd

    codes = np.array([row.code for row in rows], dtype=object)
    areas = Areas(
        codes=codes,
        names=codes,
        geometry=gpd.GeoSeries([row.shape for row in rows], crs=crs),
        crs=crs,
    )
    table = pd.DataFrame(
        {
            "place": codes,
            "group": [row.group for row in rows],
            "ring": [row.ring for row in rows],
            "inner_m": [row.inner_m for row in rows],
            "outer_m": [row.outer_m for row in rows],
            "area_km2": areas.area_km2,
            "share_within": [row.share_within for row in rows],
            "share_shared": [row.share_shared for row in rows],
            "share_taken": [row.share_taken for row in rows],
        }
    )
    return Rings(areas=areas, table=table, notes=tuple(_notes(rows)))


def _notes(rows: list[_Ring]) -> list[Message]:
    last = max(row.outer_m for row in rows)
    count = max(row.ring for row in rows)
    notes = [plural_message(*_RINGS, count, reach=Quantity(last, "m"))] if count else []
    shared = max(row.share_shared for row in rows)
    if shared >= _LEAST_SHARE:
        notes.append(message(_SHARED, share=Share(shared)))
    within = min(row.share_within for row in rows)
    if within <= _ALMOST_ALL:
        notes.append(message(_CUT, share=Share(1 - within)))
    taken = max(row.share_taken for row in rows)
    if taken >= _LEAST_SHARE:
        notes.append(message(_TAKEN, share=Share(taken)))
    return notes


_RINGS = (
    "There is {count} ring around the places, which reaches {reach} far.",
    "There are {count} rings around the places, which reach {reach} far.",
)
_SHARED = (
    "Up to {share} of a ring lies within reach of several places; it belongs to the nearest and is "
    "counted once."
)
_CUT = "Up to {share} of a ring is water or lies beyond the border and is cut away."
_TAKEN = "Up to {share} of a comparison lies near treated places and is left out."


def _reaches(widths_m: Sequence[float]) -> tuple[float, ...]:
    for width in widths_m:
        if not (np.isfinite(width) and width > 0):
            raise InvalidPlaces(f"Rings are wider than 0 m, but one is {width:g} m wide.")
    return tuple(float(reach) for reach in np.cumsum(widths_m))


def _union(places: Areas) -> BaseGeometry:
    return shapely.union_all(np.asarray(places.geometry.to_numpy(), dtype=object))


def _shared(grown: Any, ring: BaseGeometry) -> float:
    """Return the share of a ring that lies within reach of two places or more."""
    one, other = shapely.STRtree(grown).query(grown, predicate="intersects")
    pairs = one < other
    if not pairs.any() or ring.area == 0:
        return 0.0
    both = shapely.union_all(shapely.intersection(grown[one[pairs]], grown[other[pairs]]))
    return float(both.intersection(ring).area / ring.area)


def _share(part: BaseGeometry, whole: BaseGeometry) -> float:
    return float(part.area / whole.area) if whole.area else 0.0


def _polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the lines and points at which shapes merely touch."""
    parts = shapely.get_parts(shape)
    flat = [part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(flat) if len(flat) < len(parts) else shape


def _shape_of(within: Any, crs: str) -> BaseGeometry:
    if isinstance(within, shapely.Geometry):
        return within
    frame = within.to_geodataframe() if hasattr(within, "to_geodataframe") else within
    if getattr(frame, "crs", None) is None:
        raise InvalidPlaces(
            "The ground of the rings is a shapely geometry, areas or a GeoDataFrame with a CRS."
        )
    return shapely.union_all(frame.to_crs(crs).geometry.array)
