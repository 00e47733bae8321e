"""This file knows how two densities are set against chance, and what must be said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from forestall.diagnosis.density import surface_caveats
from forestall.languages import Decimal, Message, message, plural_message, share_in_full

if TYPE_CHECKING:
    import pandas as pd

    from forestall._stats.kernels import Kernel
    from forestall._stats.surfaces import EdgeName
    from forestall.diagnosis.event_pair import EventPair

Alternative = Literal["two-sided", "greater", "less"]


@dataclass(frozen=True)
class ComparisonTest:
    """How the ratio is set against chance."""

    permutations: int
    seed: int
    alternative: Alternative
    level: float
    least_incidents: float

    def __post_init__(self) -> None:
        if self.permutations < 0 or not 0 < self.level <= 0.5 or self.least_incidents < 0:
            raise ValueError(
                "Permutations and the least number of incidents are 0 or more, and a level lies "
                "above 0 and up to 0.5."
            )
        if self.alternative not in {"two-sided", "greater", "less"}:
            raise ValueError("The alternative must be two-sided, greater or less.")

    @property
    def words(self) -> str:
        """The settings as in the call."""
        return (
            f"permutations={self.permutations}, seed={self.seed}, "
            f"alternative='{self.alternative}', level={self.level}, "
            f"least_incidents={self.least_incidents}"
        )

    def floor_per_km2(self, kernel: Kernel) -> float:
        """Return the density of both groups together below which nothing is said."""
        return self.least_incidents / (kernel.effective_area / 1e6)


def comparison_caveats(
    pair: EventPair, table: pd.DataFrame, kernel: Kernel, edge: EdgeName, test: ComparisonTest
) -> tuple[Message, ...]:
    """Say how two densities were compared, and where nothing is said."""
    return (
        *surface_caveats(pair.studied, kernel, edge, events=pair.events, outside=pair.outside),
        *_chance_caveats(test),
        plural_message(
            "Nothing is said on {count} square with less than {floor} incidents of both groups per "
            "km² (fewer than {least} within the effective area of the kernel).",
            "Nothing is said on {count} squares with less than {floor} incidents of both groups "
            "per km² (fewer than {least} within the effective area of the kernel).",
            int((table["state"] == "too few").sum()),
            floor=test.floor_per_km2(kernel),
            least=float(test.least_incidents),
        ),
    )


def _chance_caveats(test: ComparisonTest) -> tuple[Message, ...]:
    if not test.permutations:
        return (message("The ratio was not set against chance: no permutations were asked for."),)
    said = [
        message(
            _LABELLED[test.alternative],
            permutations=test.permutations,
            seed=str(test.seed),
            level=share_in_full(test.level),
        ),
        message(
            "Random labelling takes every record as independent of the others; repeats at one "
            "place make differences look surer than they are."
        ),
    ]
    least = (2 if test.alternative == "two-sided" else 1) / (test.permutations + 1)
    if least > test.level:
        said.append(
            message(_TOO_FEW_LABELLINGS, least=Decimal(least, 3), level=share_in_full(test.level))
        )
    return tuple(said)


_LABELLED = {
    "two-sided": (
        "Set against {permutations} random labellings of all incidents (seed {seed}), square by "
        "square and in both directions. p-values are not adjusted: by chance alone about {level} "
        "of the area shown would lie inside a contour, so trust one only if the patterns differ as "
        "a whole."
    ),
    "greater": (
        "Set against {permutations} random labellings of all incidents (seed {seed}), square by "
        "square; only where the first group is denser was looked for. p-values are not adjusted: "
        "by chance alone about {level} of the area shown would lie inside a contour, so trust one "
        "only if the patterns differ as a whole."
    ),
    "less": (
        "Set against {permutations} random labellings of all incidents (seed {seed}), square by "
        "square; only where the first group is less dense was looked for. p-values are not "
        "adjusted: by chance alone about {level} of the area shown would lie inside a contour, so "
        "trust one only if the patterns differ as a whole."
    ),
}
_TOO_FEW_LABELLINGS = (
    "So few labellings cannot give a p-value below {least}, so that no contour at {level} is "
    "possible."
)
