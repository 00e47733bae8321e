"""This file knows how findings of a diagnosis become figures of a problem.

Only what a finished diagnosis of the same place has published is offered, so that a number comes
with its source, its time and its unit, and what the report hides is hidden here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django import forms
from django.http import Http404

from forestall.languages import in_language, say
from forestall.web.data.findings import findings_of
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.organisations.roles import Verb
from forestall.web.plans.parts import item_at, with_item
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.languages import Texts
    from forestall.plan.records import ActionPlan, Figure
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

_MOST_DIAGNOSES = 50


class FindingsForm(forms.Form):
    """Which findings of a diagnosis become figures."""

    def __init__(self, figures: Sequence[Figure], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._figures = figures
        self.fields["findings"] = forms.MultipleChoiceField(
            label=say("Findings that become figures of the problem"),
            choices=[(str(at), in_language(one.said)) for at, one in enumerate(figures)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": say("Choose one finding at least.")},
        )

    @property
    def chosen(self) -> tuple[Figure, ...]:
        """Return the figures that were chosen, each once."""
        return tuple(self._figures[int(at)] for at in dict.fromkeys(self.cleaned_data["findings"]))


def diagnoses_for(plan: Plan, person: Person) -> list[SafetyDiagnosis]:
    """Return the finished diagnoses of the place of a plan that have findings, newest first."""
    found = SafetyDiagnosis.objects.visible_to(person).filter(
        jurisdiction=plan.jurisdiction, state=WorkState.DONE.value
    )
    some = found.select_related("store")[:_MOST_DIAGNOSES]
    return [one for one in some if one.said.get("figures")]


def chosen_diagnosis(plan: Plan, person: Person, number: str) -> SafetyDiagnosis | None:
    """Return the diagnosis that was chosen on a page; None where none was.

    Raises
    ------
    Http404
        If it is none of those that can be chosen.
    """
    if not number:
        return None
    for one in diagnoses_for(plan, person):
        if str(one.pk) == number:
            return one
    raise Http404


def figures_offered(diagnosis: SafetyDiagnosis, plan: ActionPlan) -> tuple[Figure, ...]:
    """Return the findings of a diagnosis in the languages of a plan."""
    return tuple(_in_languages_of(plan, one) for one in findings_of(diagnosis))


def take_findings(*, plan: Plan, problem: str, figures: Sequence[Figure], by: Person) -> Plan:
    """Add findings to the figures of a problem; one that stands there already is not added again.

    Raises
    ------
    NotAllowed
        If the person may not change the plan.
    InvalidPlan
        If somebody took the problem out meanwhile.
    """
    where = f"problems/{problem}"

    def change(content: ActionPlan) -> ActionPlan:
        there: Any = item_at(content, where)
        new = tuple(one for one in figures if one not in there.figures)
        changed = msgspec.structs.replace(there, figures=(*there.figures, *new))
        return with_item(content, where, changed)

    return change_plan(
        plan=plan, change=change, by=by, what=f"{where}/figures", verb=Verb.EDIT_PLAN
    )


def _in_languages_of(plan: ActionPlan, figure: Figure) -> Figure:
    texts = {
        name: _known(getattr(figure, name), plan) for name in ("said", "source", "period", "unit")
    }
    return msgspec.structs.replace(figure, **texts)


def _known(words: Texts, plan: ActionPlan) -> Texts:
    """Return words in the languages of a plan; in its first where there is none of them."""
    known = {tag: words[tag] for tag in plan.languages if tag in words}
    return known or ({plan.languages[0]: in_language(words, "en")} if words else {})
