"""This package knows which provisions of the texts a plan touches, and what it says to each.

A checklist with explanations, never a score: a plan is not better for touching more paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Sentences, message, plural_message
from forestall.plan.checks import check_plan
from forestall.plan.provisions.asked import provisions_asked
from forestall.plan.provisions.held import held_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from forestall.languages import Message
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan

__all__ = ["PlanProvisions", "TouchedProvision", "provisions_asked", "provisions_of"]


@dataclass(frozen=True, kw_only=True)
class TouchedProvision:
    """One provision, and what a plan has of it.

    Attributes
    ----------
    paragraph
        Such as "2002/13:22(a)".
    asks
        What it asks for, in our own words.
    held
        What the plan says to it, counted; empty if nothing.
    lacks
        The points of the checks that the paragraph stands behind.
    """

    paragraph: str
    asks: Message
    held: tuple[Message, ...]
    lacks: tuple[PlanPoint, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanProvisions:
    """Every provision that asks something of a plan, in the order of the texts."""

    rows: tuple[TouchedProvision, ...]

    @property
    def touched(self) -> tuple[TouchedProvision, ...]:
        """Return the provisions to which the plan says something."""
        return tuple(one for one in self.rows if one.held)

    @property
    def untouched(self) -> tuple[TouchedProvision, ...]:
        """Return the provisions to which it says nothing; not all of them concern every plan."""
        return tuple(one for one in self.rows if not one.held)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each provision, in the language in force.

        Columns: ``paragraph``, ``asks``, ``held``, ``lacks``; the last two as text, "" for none.
        """
        import pandas as pd

        rows = [
            (
                one.paragraph,
                str(one.asks),
                str(Sentences(one.held)) if one.held else "",
                str(Sentences([point.named for point in one.lacks])) if one.lacks else "",
            )
            for one in self.rows
        ]
        return pd.DataFrame(rows, columns=["paragraph", "asks", "held", "lacks"])

    def summary(self) -> str:
        """Return in plain sentences how to read the list."""
        sentences = [
            plural_message(
                "The plan speaks to {count} paragraph.",
                "The plan speaks to {count} paragraphs.",
                len(self.touched),
            ),
            message("A paragraph that it does not touch need not concern it."),
            message("A longer list is no better plan."),
        ]
        return str(Sentences(tuple(sentences)))


def provisions_of(
    plan: ActionPlan,
    *,
    today: date,
    drafted_by: Mapping[str, frozenset[str]] | None = None,
    consulted: ActionPlan | None = None,
) -> PlanProvisions:
    """Say of each provision what a plan has of it, and what it lacks.

    Parameters
    ----------
    today, drafted_by, consulted
        As in `check_plan`.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> found = provisions_of(example_plan(), today=date(2025, 3, 31))
    >>> one = next(one for one in found.rows if one.paragraph == "2002/13:17(b)")
    >>> print(one.asks, *one.held)
    Have a plan with clear priorities and targets. 1 objective has a target.
    """
    held = held_by(plan)
    points = check_plan(plan, today=today, drafted_by=drafted_by, consulted=consulted).points
    return PlanProvisions(
        rows=tuple(
            TouchedProvision(
                paragraph=paragraph,
                asks=asks,
                held=held.get(paragraph, ()),
                lacks=tuple(one for one in points if one.paragraph == paragraph),
            )
            for paragraph, asks in provisions_asked().items()
        )
    )
