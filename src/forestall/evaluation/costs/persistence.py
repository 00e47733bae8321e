"""This file knows how long an effect is taken to last: stated by somebody, and varied."""

from __future__ import annotations

from dataclasses import dataclass

from forestall.errors import InvalidMoney
from forestall.languages import message


@dataclass(frozen=True, kw_only=True)
class Persistence:
    """The effect of each year as a share of the yearly effect that was estimated.

    Attributes
    ----------
    shares
        One a year from the first year of the effect; 1 is the whole effect.
    low, high
        Two other courses that are thinkable; they are tried in the sensitivity table. Without
        them, what would happen if the effect ended earlier is not shown.
    source
        Who says so, and why.

    Examples
    --------
    >>> fading(years=3, yearly_loss=0.5, source="assumed").shares
    (1.0, 0.5, 0.25)
    """

    shares: tuple[float, ...]
    source: str
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if not self.source:
            raise InvalidMoney(message("How long an effect lasts needs a source or a reason."))
        for course in (self.shares, self.low, self.high):
            if course is not None and not (course and all(0 <= share <= 10 for share in course)):
                raise InvalidMoney(
                    message("How an effect lasts is one share a year, each from 0 to 10.")
                )
        if (self.low is None) != (self.high is None):
            raise InvalidMoney(message("A range of how long an effect lasts needs both ends."))


def lasting(*, years: int, source: str) -> Persistence:
    """Take the whole effect to last so many years; a year less and a year more are tried.

    Examples
    --------
    >>> lasting(years=2, source="measured for two years").high
    (1.0, 1.0, 1.0)
    """
    return Persistence(
        shares=(1.0,) * years,
        low=(1.0,) * max(years - 1, 1),
        high=(1.0,) * (years + 1),
        source=source,
    )


def fading(*, years: int, yearly_loss: float, source: str) -> Persistence:
    """Take the effect to lose a share each year; losing twice and half as much are tried.

    Parameters
    ----------
    years
        After these, nothing is left.
    yearly_loss
        A fraction of what is left, 0 to 1.
    source
        Who says so, and why.

    Examples
    --------
    >>> fading(years=2, yearly_loss=0.2, source="assumed").low
    (1.0, 0.6)
    """
    if not 0 <= yearly_loss <= 1:
        raise InvalidMoney(message("A yearly loss is a fraction from 0 to 1."))

    def course(loss: float) -> tuple[float, ...]:
        return tuple((1 - loss) ** year for year in range(years))

    return Persistence(
        shares=course(yearly_loss),
        low=course(min(2 * yearly_loss, 1.0)),
        high=course(yearly_loss / 2),
        source=source,
    )
