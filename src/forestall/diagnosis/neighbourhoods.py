"""This file knows what the neighbours of each place hold together, and says who they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from forestall._stats.lattice import box_sums, cells_in_box, window_sums
from forestall.errors import CannotAnswer
from forestall.languages import Message, Quantity, message, plural_message
from forestall.records import SquareGrid, find_neighbours
from forestall.records.neighbours import check_neighbours, square_window

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from forestall.records import Places

_Number = TypeVar("_Number", np.float64, np.int64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Neighbourhoods:
    """The neighbours of each place, itself not among them.

    On squares they are never written down: sums follow from positions.

    Attributes
    ----------
    kept
        Which places are studied; the others are nobody's neighbour. All when None.
    """

    places: Places
    neighbours: str = "queen"
    distance_m: float | None = None
    kept: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        check_neighbours(self.neighbours, self.distance_m)

    @cached_property
    def members(self) -> NDArray[np.int64]:
        """How many neighbours each place has."""
        if self._is_full_box:
            assert isinstance(self.places, SquareGrid)
            return cells_in_box((self.places.rows, self.places.columns)).ravel() - 1
        if not isinstance(self.places, SquareGrid):
            return np.diff(self._graph.indptr).astype(np.int64)
        return self.sums(np.ones(self.places.size, dtype=np.int64))

    def sums(self, values: NDArray[_Number]) -> NDArray[_Number]:
        """Return what the neighbours of each place hold together; whole numbers stay exact."""
        if not isinstance(self.places, SquareGrid):
            graph = self._whole_graph if values.dtype == np.int64 else self._graph
            return np.asarray(graph @ values)
        grid = self.places
        lattice = grid.on_lattice(values)
        sums = box_sums(lattice) if self._is_box else window_sums(lattice, self._window)
        whole = sums.ravel()
        return (whole if grid.at_risk is None else whole[grid.codes]) - values

    def check_any(self) -> None:
        """Refuse to answer where no place has a neighbour.

        Raises
        ------
        CannotAnswer
            If no place has one.
        """
        if not self.members.any():
            raise CannotAnswer(
                message(
                    "No place has a neighbour, so that nothing can be said of places together; "
                    "take a longer distance, or other places."
                )
            )

    def caveats(self) -> tuple[Message, ...]:
        """Say who counts as a neighbour, and how many places have none."""
        return (self.rule(), *self.lone_places())

    def rule(self) -> Message:
        """Say who counts as a neighbour."""
        if self.distance_m is not None:
            return message(
                "Neighbours are the places whose middles lie at most {distance} apart.",
                distance=Quantity(self.distance_m, "m"),
            )
        if self.neighbours == "rook":
            return message("Neighbours are the places that share a side, not only a corner.")
        return message("Neighbours are the places that touch, also at a corner.")

    def lone_places(self) -> tuple[Message, ...]:
        """Say how many places have no neighbour."""
        alone = int((self.members == 0).sum())
        if not alone:
            return ()
        return (
            plural_message(
                "{count} place has no neighbours; of it nothing can be said here.",
                "{count} places have no neighbours; of them nothing can be said here.",
                alone,
            ),
        )

    def judged_alone(self) -> tuple[Message, ...]:
        """Say how many places have no neighbour where a sum holds the place itself."""
        alone = int((self.members == 0).sum())
        if not alone:
            return ()
        return (
            plural_message(
                "{count} place has no neighbours and is judged by its own number alone.",
                "{count} places have no neighbours and are judged by their own numbers alone.",
                alone,
            ),
        )

    @property
    def _is_box(self) -> bool:
        return self.neighbours == "queen" and self.distance_m is None

    @property
    def _is_full_box(self) -> bool:
        grid = self.places
        return isinstance(grid, SquareGrid) and grid.at_risk is None and self._is_box

    @property
    def _window(self) -> dict[int, int]:
        assert isinstance(self.places, SquareGrid)
        return square_window(self.places, neighbours=self.neighbours, distance_m=self.distance_m)

    @cached_property
    def _graph(self) -> sp.csr_array:
        graph = find_neighbours(
            self.places,
            neighbours="rook" if self.neighbours == "rook" else "queen",
            distance_m=self.distance_m,
        )
        return graph if self.kept is None else graph[self.kept][:, self.kept]

    @cached_property
    def _whole_graph(self) -> sp.csr_array:
        return self._graph.astype(np.int64)


def check_weights(weights: str) -> None:
    """Refuse weights that are not equal among the neighbours of a place.

    Raises
    ------
    ValueError
        If they are neither 1 each nor equal shares.
    """
    if weights not in {"binary", "row"}:
        raise ValueError(
            'Weights are "binary" (1 for each neighbour) or "row" (equal shares of 1); weights '
            "that fall with distance are not offered, because places could not share "
            "permutations then."
        )
