"""This file knows what in the workspace bears on a question of 2006/20, and where it comes from.

Nothing here is an answer: a person takes a proposal or leaves it, and an office confirms it. What
a person may not see in the workspace is not drawn from for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forestall.languages import ExactAmount, Listing, Sentences, Text, in_language, message
from forestall.plan.budget import plan_budget
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.questionnaires import Choice, Source, SourceKind
from forestall.web.directory.models import Office, OfficeKind
from forestall.web.organisations.models import Jurisdiction, Organisation, below
from forestall.web.plans.models import Plan
from forestall.web.surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from forestall.web.people.models import Person

# Sectors that are no part of government (2002/13 ¶16: civil society, business, communities).
_OUTSIDE_GOVERNMENT = (
    Sector.ASSOCIATION, Sector.VOLUNTEERS, Sector.PARENTS, Sector.VICTIM_SUPPORT, Sector.BUSINESS,
    Sector.BANKING, Sector.TRADE, Sector.MEDIA, Sector.RESEARCH,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What could be answered to one question, and what it is drawn from.

    Attributes
    ----------
    item
        Key of the question.
    choice, text, follow_up, follow_up_day
        As in an answer; only what is drawn from the workspace.
    sources
        At least one.
    """

    item: str
    sources: tuple[Source, ...]
    choice: Choice | None = None
    text: Text = ""
    follow_up: Text = ""
    follow_up_day: date | None = None


@dataclass(frozen=True)
class PlanDrawnFrom:
    """A plan that was adopted, at its level of government, with the day of its adoption."""

    plan: Plan
    level: Level
    adopted: date | None

    @property
    def source(self) -> Source:
        """Return how an answer names it."""
        return Source(
            kind=SourceKind.PLAN,
            name=f"{self.plan.title} ({self.plan.jurisdiction.name})",
            reference=self.plan.get_absolute_url(),
            dated=self.adopted,
        )


def drawn_from(place: Jurisdiction, person: Person, *, on: date) -> list[Proposal]:
    """Return what the workspace proposes for a place, from what the person sees at it and below.

    Parameters
    ----------
    on
        The day as of which the answers hold; what was adopted or agreed later is left out, and so
        is what had ended.
    """
    places = Jurisdiction.objects.visible_to(person).filter(pk__in=below({place.pk}))
    drawn = [_drawn(one) for one in _followed(places, person)]
    plans = [one for one in drawn if one.adopted is None or one.adopted <= on]
    return [
        *_of_plans(plans),
        *_of_leading(plans, place),
        *_of_offices(places),
        *_of_partners(places, on),
        *_of_consultations(plans),
        *_of_budgets(plans),
        *_of_measuring(plans, places, person),
        *_of_reviews(plans),
    ]


def _followed(places: Any, person: Person) -> Any:
    found = Plan.objects.visible_to(person).followed().filter(jurisdiction__in=places)
    return found.select_related("jurisdiction").order_by("pk")


def _drawn(plan: Plan) -> PlanDrawnFrom:
    adopted = plan.revisions.filter(state=PlanState.ADOPTED).order_by("number")
    saved_at = adopted.values_list("saved_at", flat=True).first()
    return PlanDrawnFrom(
        plan=plan,
        level=Level(plan.jurisdiction.level),
        adopted=saved_at.date() if saved_at is not None else None,
    )


def _of_plans(plans: list[PlanDrawnFrom]) -> Iterator[Proposal]:
    """Yield that policies or strategies were adopted, for each level (Q2)."""
    for item, level in (
        ("Q2(a)", Level.NATIONAL),
        ("Q2(b)", Level.REGIONAL),
        ("Q2(c)", Level.LOCAL),
    ):
        found = [one for one in plans if one.level is level]
        if found:
            days = [one.adopted for one in found if one.adopted is not None]
            yield Proposal(
                item=item,
                choice=Choice.YES,
                follow_up=Listing([one.source.name for one in found]),
                follow_up_day=min(days, default=None) if item == "Q2(a)" else None,
                sources=tuple(one.source for one in found),
            )


def _of_leading(plans: list[PlanDrawnFrom], place: Jurisdiction) -> Iterator[Proposal]:
    """Yield which body answers for the national plan (Q3)."""
    found = []
    for one in plans:
        content = one.plan.content
        leads = [own for own in content.partners if own.key == content.accountable]
        if one.plan.jurisdiction_id == place.pk and one.level is Level.NATIONAL and leads:
            found.append((in_language(leads[0].name, place.language), one.source))
    if found:
        yield Proposal(
            item="Q3",
            text=Listing(list(dict.fromkeys(name for name, _ in found))),
            sources=tuple(source for _, source in found),
        )


def _of_offices(places: Any) -> Iterator[Proposal]:
    """Yield which centres and focal points there are (Q4(a) and (b))."""
    kinds = [OfficeKind.FOCAL_POINT, OfficeKind.CENTRE]
    for item, level in (("Q4(a)", Level.NATIONAL), ("Q4(b)", Level.REGIONAL)):
        found = Office.objects.filter(
            jurisdiction__in=places, jurisdiction__level=level, kind__in=kinds
        )
        if found:
            yield Proposal(
                item=item,
                choice=Choice.YES,
                follow_up=Listing([one.name for one in found]) if item == "Q4(a)" else "",
                sources=tuple(
                    Source(
                        kind=SourceKind.OFFICE,
                        name=one.name,
                        reference="/directory/",
                        dated=one.confirmed_on,
                    )
                    for one in found
                ),
            )


def _of_partners(places: Any, on: date) -> Iterator[Proposal]:
    """Yield which agreements the register has with bodies outside government (Q4(e))."""
    for item, level in _BY_LEVEL["Q4(e)"]:
        found = Organisation.objects.filter(
            jurisdiction__in=places,
            jurisdiction__level=level,
            sector__in=_OUTSIDE_GOVERNMENT,
            agreed_on__lte=on,
        ).exclude(agreed_until__lt=on)
        if found:
            yield Proposal(
                item=item,
                choice=Choice.YES,
                sources=tuple(
                    Source(
                        kind=SourceKind.OFFICE,
                        name=one.name,
                        reference="/partners/",
                        dated=one.agreed_on,
                    )
                    for one in found
                ),
            )


def _of_consultations(plans: list[PlanDrawnFrom]) -> Iterator[Proposal]:
    """Yield where residents were asked about a plan (Q4(f))."""
    for item, level in _BY_LEVEL["Q4(f)"]:
        found = [one for one in plans if one.level is level and one.plan.content.consultations]
        if found:
            yield Proposal(item=item, choice=Choice.YES, sources=tuple(one.source for one in found))


def _of_budgets(plans: list[PlanDrawnFrom]) -> Iterator[Proposal]:
    """Yield what each level of government pays, as planned (Q14; 2002/13 ¶20)."""
    said, sources = [], []
    for one in plans:
        budget = plan_budget(one.plan.content)
        paid = [row for row in budget.by_level if row.sums.money]
        if paid:
            said.append(
                message(
                    "{plan}: {sums}.",
                    plan=one.source.name,
                    sums=Listing(
                        [
                            message(
                                "{level} {amount}",
                                level=row.words,
                                amount=ExactAmount(row.sums.money, budget.currency),
                            )
                            for row in paid
                        ]
                    ),
                )
            )
            sources.append(one.source)
    if said:
        planned = message("Money that is planned, by who pays it:")
        yield Proposal(item="Q14", text=Sentences((planned, *said)), sources=tuple(sources))


def _of_measuring(plans: list[PlanDrawnFrom], places: Any, person: Person) -> Iterator[Proposal]:
    """Yield what is measured, by surveys and in plans (Q18(c))."""
    sources = [
        Source(
            kind=SourceKind.SURVEY,
            name=one.name,
            reference=one.get_absolute_url(),
            dated=max((wave.last_day for wave in one.waves.all()), default=None),
        )
        for one in Survey.objects.visible_to(person)
        .filter(jurisdiction__in=places)
        .prefetch_related("waves")
        if one.waves.all()
    ]
    sources.extend(
        one.source
        for one in plans
        if any(objective.measured for objective in one.plan.content.objectives)
    )
    if sources:
        yield Proposal(
            item="Q18(c)",
            choice=Choice.YES,
            follow_up=Listing([one.name for one in sources]),
            sources=tuple(sources),
        )


def _of_reviews(plans: list[PlanDrawnFrom]) -> Iterator[Proposal]:
    """Yield which plans were looked at again, and when (Q17(e))."""
    held = [
        (one, max(review.held for review in one.plan.content.reviews if review.held is not None))
        for one in plans
        if any(review.held is not None for review in one.plan.content.reviews)
    ]
    if held:
        yield Proposal(
            item="Q17(e)",
            choice=Choice.YES,
            follow_up=Listing([one.source.name for one, _ in held]),
            sources=tuple(
                Source(
                    kind=SourceKind.EVALUATION,
                    name=one.source.name,
                    reference=one.source.reference,
                    dated=day,
                )
                for one, day in held
            ),
        )


_BY_LEVEL = {
    base: (
        (f"{base}(i)", Level.NATIONAL),
        (f"{base}(ii)", Level.REGIONAL),
        (f"{base}(iii)", Level.LOCAL),
    )
    for base in ("Q4(e)", "Q4(f)")
}
