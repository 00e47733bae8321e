"""This file knows what a grid and a set of areas have in common: a list of all places at risk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidPlaces
from forestall.records.projection import read_crs

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import ArrayLike, NDArray

    from forestall.languages import Message


@dataclass(frozen=True, eq=False, kw_only=True)
class Located:
    """Where points lie among places.

    Attributes
    ----------
    position
        For each point the index of its place in ``codes``, or -1 when it lies in none.
    on_boundary
        Whether the point lies on the boundary of the place that it was given to. Never in a
        grid, where an edge belongs to the cell east and north of it.
    """

    position: NDArray[np.int64]
    on_boundary: NDArray[np.bool_]


class Places(ABC):
    """All places where incidents could have been recorded, also those without any.

    Attributes
    ----------
    codes
        One code per place at risk, in the order of every array about these places.
    names
        One name per place.
    crs
        The projected coordinate reference system, in metres.
    notes
        What was chosen or put right by itself, for the reader of a result.
    """

    if TYPE_CHECKING:  # a property in grids, a field in areas

        @property
        def codes(self) -> NDArray[Any]: ...  # noqa: D102
        @property
        def names(self) -> NDArray[Any]: ...  # noqa: D102

    crs: str
    notes: tuple[Message, ...]

    @property
    @abstractmethod
    def label(self) -> Message:
        """What the places are, such as "squares of 500 m"."""

    @property
    @abstractmethod
    def centres(self) -> NDArray[np.float64]:
        """The middle of each place, shape (places, 2), x and y in metres."""

    @property
    @abstractmethod
    def area_km2(self) -> NDArray[np.float64]:
        """The area of each place in square kilometres."""

    @property
    def size(self) -> int:
        """The number of places at risk."""
        return len(self.codes)

    @abstractmethod
    def locate(self, x: ArrayLike, y: ArrayLike) -> Located:
        """Find the place of each point, given in metres of ``crs``."""

    @abstractmethod
    def positions(self, codes: ArrayLike) -> NDArray[np.int64]:
        """Return the index of each code in ``codes``, -1 for a code that is not at risk."""

    @abstractmethod
    def neighbours(self) -> sp.csr_array:
        """Return which places touch, also at a corner (queen contiguity).

        Shape (places, places), 1.0 for a pair and 0 elsewhere, symmetric, no place its own
        neighbour.
        """

    @abstractmethod
    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """Return one polygon per place with its ``place`` code and ``name``."""


def check_metric(crs: str) -> None:
    """Refuse a coordinate reference system whose unit is not the metre.

    Raises
    ------
    InvalidPlaces
        If distances in it are not metres.
    """
    system = read_crs(crs)
    unit = system.axis_info[0].unit_name if system.axis_info else "unknown unit"
    if not system.is_projected or unit != "metre":
        raise InvalidPlaces(
            f"Places are measured in metres, but the unit of {crs} ({system.name}) is the {unit}."
        )


def is_inside(codes: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Say which of the numbers are indexes into an array of a length."""
    return (codes >= 0) & (codes < count)
