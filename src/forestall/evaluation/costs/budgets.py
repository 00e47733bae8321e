"""This file knows what a programme costs: by line, payer and year, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from forestall.errors import InvalidMoney
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.evaluation.costs.money import Money


class LineKind(StrEnum):
    """What a line of a budget is.

    An offset is money that somebody gets or saves because of the programme, apart from prevented
    crime. A harm is the price of an unintended effect. Both can stand on either side of a ratio.
    """

    ONE_OFF = "one-off"
    RUNNING = "running"
    IN_KIND = "in kind"
    OFFSET = "offset"
    HARM = "harm"


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """One amount in one year.

    Attributes
    ----------
    what
        What it is for.
    who
        Who pays; of an offset who gets it, of a harm who bears it.
    kind
        One-off, running, in kind, offset or harm.
    year
        0 is the first year, which is not discounted.
    amount, low, high
        0 or more; its range where it is unsure.
    source
        Where the figure was read.
    """

    what: str
    who: str
    kind: LineKind
    year: int
    amount: Money
    source: str
    low: Money | None = None
    high: Money | None = None

    def __post_init__(self) -> None:
        if not (self.what and self.who and self.source):
            raise InvalidMoney(
                message("A line of a budget says what it is for, who pays, and its source.")
            )
        if self.year < 0:
            raise InvalidMoney(message("Years of a budget are counted from 0."))
        if (self.low is None) != (self.high is None):
            raise InvalidMoney(message("A range of a budget line needs both low and high."))
        for end in (self.low, self.high):
            if end is not None:
                end.check_same_basis(self.amount)
        low, high = self.low or self.amount, self.high or self.amount
        if not 0 <= low.amount <= self.amount.amount <= high.amount:
            raise InvalidMoney(
                message("The amount of “{what}” is below 0 or outside its range.", what=self.what)
            )


@dataclass(frozen=True)
class Budget:
    """The lines of a programme.

    Examples
    --------
    >>> from forestall.evaluation.costs import money
    >>> gates = BudgetLine(what="gates", who="council", kind=LineKind.ONE_OFF, year=0,
    ...     amount=money(40000, "GBP", "2023/24"), source="tender")
    >>> upkeep = running_costs("upkeep", who="residents' group", years=range(1, 3),
    ...     amount=money(2000, "GBP", "2023/24"), source="agreement")
    >>> str(Budget((gates, *upkeep)).total())
    '44000 GBP (2023/24 prices)'
    """

    lines: tuple[BudgetLine, ...]

    def __post_init__(self) -> None:
        if not any(is_cost(line) for line in self.lines):
            raise InvalidMoney(
                message("A budget has at least one line that somebody pays, also in kind.")
            )
        for line in self.lines:
            line.amount.check_same_basis(self.lines[0].amount)

    def total(self) -> Money:
        """Return what is paid in all years, in kind too, without discounting and offsets."""
        paid = [line.amount for line in self.lines if is_cost(line)]
        total = paid[0]
        for amount in paid[1:]:
            total = total + amount
        return total

    def at(self, convert: Callable[[Money], Money]) -> Self:
        """Return the budget with all amounts converted in the same way."""
        return replace(self, lines=tuple(_converted(line, convert) for line in self.lines))

    def by_payer(self) -> dict[str, Money]:
        """Return what each payer pays in all years, without discounting."""
        sums: dict[str, Money] = {}
        for line in filter(is_cost, self.lines):
            known = sums.get(line.who)
            sums[line.who] = line.amount if known is None else known + line.amount
        return sums


def running_costs(
    what: str, *, who: str, years: Sequence[int], amount: Money, source: str
) -> tuple[BudgetLine, ...]:
    """Make one running line for each of the years.

    Examples
    --------
    >>> from forestall.evaluation.costs import money
    >>> len(running_costs("wardens", who="council", years=range(3), source="budget 2023",
    ...     amount=money(30000, "GBP", "2023/24")))
    3
    """
    return tuple(
        BudgetLine(
            what=what, who=who, kind=LineKind.RUNNING, year=year, amount=amount, source=source
        )
        for year in years
    )


def is_cost(line: BudgetLine) -> bool:
    """Say whether a line is paid for the programme itself."""
    return line.kind in (LineKind.ONE_OFF, LineKind.RUNNING, LineKind.IN_KIND)


def _converted(line: BudgetLine, convert: Callable[[Money], Money]) -> BudgetLine:
    return replace(
        line,
        amount=convert(line.amount),
        low=None if line.low is None else convert(line.low),
        high=None if line.high is None else convert(line.high),
    )
