"""This file knows which kinds of offence changed, all compared over the same months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import RatioComparison, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.diagnosis.comparisons import ComparedPeriods


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
