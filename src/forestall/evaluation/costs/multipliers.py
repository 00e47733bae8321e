"""This file knows how many crimes are committed for each recorded, and where that may be used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.errors import InvalidMoney
from forestall.evaluation.costs.unit_costs import Confidence, CostBasis
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.evaluation.costs.unit_costs import UnitCost


class CountedBy(StrEnum):
    """Who counted the outcome of an estimate."""

    POLICE_RECORDS = "police records"
    SURVEY = "survey of victims"
    OTHER_RECORDS = "other records"


class Reporting(StrEnum):
    """Whether the measure changed how often crimes are reported or recorded."""

    STEADY = "steady"
    SHIFTED = "shifted"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, kw_only=True)
class RecordedToCommitted:
    """Crimes committed for each crime recorded, from a survey of victims.

    Attributes
    ----------
    offence
        The kind it holds for.
    central, low, high
        The factor, 1 or more, and its range.
    source, confidence
        The survey and years, and how far it can be trusted.

    Examples
    --------
    >>> RecordedToCommitted(offence="burglary", central=1.9, low=1.6, high=2.3,
    ...     source="city survey 2023 against records 2023", confidence=Confidence.OWN).central
    1.9
    """

    offence: str
    central: float
    low: float
    high: float
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if not self.source:
            raise InvalidMoney(message("A multiplier needs a source."))
        if not 1 <= self.low <= self.central <= self.high < float("inf"):
            raise InvalidMoney(
                message(
                    "A multiplier is 1 or more and lies inside its range; for {offence} it is not.",
                    offence=self.offence,
                )
            )


def check_multiplier(
    multiplier: RecordedToCommitted,
    *,
    cost: UnitCost,
    counted_by: CountedBy,
    reporting: Reporting,
) -> None:
    """Refuse a multiplier where it would count crimes twice or mistake reporting for crime.

    Raises
    ------
    InvalidMoney
        If the outcome is not from police records, the cost is not per crime committed, or the
        measure changed reporting.

    Examples
    --------
    >>> from forestall.evaluation.costs import CostMethod, CostPart, UnitCost, money
    >>> cost = UnitCost(offence="burglary", central=money(3268, "GBP", 2003),
    ...     method=CostMethod.BOTTOM_UP, part=CostPart.TOTAL, per=CostBasis.RECORDED,
    ...     source="made up", confidence=Confidence.OWN)
    >>> factor = RecordedToCommitted(offence="burglary", central=1.9, low=1.6, high=2.3,
    ...     source="made up", confidence=Confidence.OWN)
    >>> check_multiplier(factor, cost=cost, counted_by=CountedBy.POLICE_RECORDS,
    ...     reporting=Reporting.STEADY)
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidMoney: A multiplier needs a cost per crime committed; that of burglary
    is not.
    """
    if counted_by is not CountedBy.POLICE_RECORDS:
        raise InvalidMoney(message("A multiplier is only for outcomes that the police recorded."))
    if cost.per is not CostBasis.COMMITTED:
        raise InvalidMoney(
            message(
                "A multiplier needs a cost per crime committed; that of {offence} is not.",
                offence=cost.offence,
            )
        )
    if reporting is Reporting.SHIFTED:
        raise InvalidMoney(
            message("Where reporting shifted, recorded crime cannot be scaled to crime committed.")
        )
