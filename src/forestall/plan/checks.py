"""This file knows what a plan lacks, and what stands between it and its next state.

The two texts ask an integrated plan for many things (1995/9 ¶2 and 3; 2002/13 ¶9 to 23). Each that
is missing is told in words with its paragraph. There is no score, because a plan is not better for
having more boxes filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Sentences, in_language, message, plural_message
from forestall.plan.checking.actions import check_actions
from forestall.plan.checking.asked_about import check_asked_about
from forestall.plan.checking.balance import check_balance
from forestall.plan.checking.looking_back import check_consultation, check_reviews
from forestall.plan.checking.means import check_means
from forestall.plan.checking.objectives import check_objectives
from forestall.plan.checking.partners import check_partners
from forestall.plan.checking.problems import check_problems
from forestall.plan.checking.rights import check_rights_of_actions
from forestall.plan.checking.whole import check_whole
from forestall.plan.states import PlanState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from forestall.languages import Message
    from forestall.plan.checking.points import PlanPart, PlanPoint
    from forestall.plan.records import ActionPlan


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanCheck:
    """What a plan lacks, part by part.

    Attributes
    ----------
    points
        In the order of the parts, and of the plan inside each.
    """

    points: tuple[PlanPoint, ...]

    def before(self, state: PlanState) -> tuple[PlanPoint, ...]:
        """Return the points that must be settled before the plan enters a state."""
        return tuple(one for one in self.points if state in one.blocks)

    def of(self, part: PlanPart, about: str | None = None) -> tuple[PlanPoint, ...]:
        """Return the points on a part, or only those about the one thing with a key."""
        return tuple(one for one in self.points if one.part is part and about in (None, one.about))

    @property
    def advice(self) -> tuple[PlanPoint, ...]:
        """Return the points that stand in the way of no state."""
        return tuple(one for one in self.points if not one.blocks)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each point, in the language in force.

        Columns: ``part``, ``about``, ``title``, ``said``, ``paragraph``, ``before_consultation``,
        ``before_adoption``.
        """
        import pandas as pd

        columns = ["part", "about", "title", "said", "paragraph"]
        columns += ["before_consultation", "before_adoption"]
        rows = [
            (
                one.part.value,
                one.about,
                in_language(one.title),
                str(one.said),
                one.paragraph,
                PlanState.CONSULTED in one.blocks,
                PlanState.ADOPTED in one.blocks,
            )
            for one in self.points
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in plain sentences how much has to be settled before which state."""
        if not self.points:
            return str(message("The plan has all that the two texts ask for."))
        sentences = []
        if consultation := len(self.before(PlanState.CONSULTED)):
            sentences.append(
                plural_message(
                    "{count} point has to be settled before residents are asked.",
                    "{count} points have to be settled before residents are asked.",
                    consultation,
                )
            )
        sentences.append(_before_adoption(len(self.before(PlanState.ADOPTED))))
        if advice := len(self.advice):
            sentences.append(
                plural_message("{count} more is advice.", "{count} more are advice.", advice)
            )
        return str(Sentences(tuple(sentences)))


def check_plan(
    plan: ActionPlan,
    *,
    today: date,
    drafted_by: Mapping[str, frozenset[str]] | None = None,
    consulted: ActionPlan | None = None,
) -> PlanCheck:
    """Say what a plan lacks of all that the two texts ask for, with the paragraph of each.

    Parameters
    ----------
    today
        Against which open consultations, reviews and steps are compared.
    drafted_by
        From the key of an action to the keys of the people who drafted it; they cannot be among
        the two who decide on its rights assessment.
    consulted
        The plan about which residents were last asked, as they read it; None where it is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> found = check_plan(example_plan(), today=date(2025, 3, 31))
    >>> found.summary()
    '4 points have to be settled before adoption. 1 more is advice.'
    >>> [(one.about, one.paragraph) for one in found.points][1:3]
    [('light', '2002/13:10'), ('light', '1997/33:4')]
    """
    points = (
        *_points(plan, today, drafted_by or {}),
        *check_asked_about(plan, consulted),
        *check_reviews(plan, today=today),
    )
    return PlanCheck(points=points)


def ready_for(
    plan: ActionPlan,
    state: PlanState,
    *,
    today: date,
    drafted_by: Mapping[str, frozenset[str]] | None = None,
    consulted: ActionPlan | None = None,
) -> tuple[PlanPoint, ...]:
    """Return the points that stand between a plan and a state; none if it is ready.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> ready_for(example_plan(), PlanState.CONSULTED, today=date(2025, 3, 31))
    ()
    """
    found = check_plan(plan, today=today, drafted_by=drafted_by, consulted=consulted)
    return found.before(state)


def _points(
    plan: ActionPlan, today: date, drafted_by: Mapping[str, frozenset[str]]
) -> Iterator[PlanPoint]:
    yield from check_whole(plan)
    yield from check_problems(plan)
    yield from check_objectives(plan, today=today)
    yield from check_actions(plan, today=today)
    yield from check_means(plan)
    yield from check_rights_of_actions(plan, drafted_by=drafted_by)
    yield from check_balance(plan)
    yield from check_partners(plan)
    yield from check_consultation(plan, today=today)


def _before_adoption(count: int) -> Message:
    if not count:
        return message("Nothing stands in the way of adoption.")
    return plural_message(
        "{count} point has to be settled before adoption.",
        "{count} points have to be settled before adoption.",
        count,
    )
