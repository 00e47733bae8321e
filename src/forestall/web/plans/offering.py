"""This file knows what of finished diagnoses is offered on the page that adds a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from django.urls import reverse

from forestall.web.plans.editing import Written
from forestall.web.plans.taken import (
    FindingsForm,
    chosen_diagnosis,
    diagnoses_for,
    figures_offered,
)

if TYPE_CHECKING:
    from msgspec import Struct

    from forestall.web.data.models import SafetyDiagnosis
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@dataclass(frozen=True)
class FindingsOffer:
    """Findings that can be taken with a new problem.

    Attributes
    ----------
    diagnoses
        Those that can be chosen; none on pages on other parts.
    diagnosis, form
        The one that was chosen, and its findings.
    leads_to
        Where figures are taken for a problem that is there already; "" elsewhere.
    """

    diagnoses: tuple[SafetyDiagnosis, ...] = ()
    diagnosis: SafetyDiagnosis | None = None
    form: FindingsForm | None = None
    leads_to: str = ""

    @classmethod
    def on(cls, request: SignedInRequest, plan: Plan, where: str) -> FindingsOffer:
        """Return what is offered on the page that adds to a list, or changes a part.

        Raises
        ------
        Http404
            If a diagnosis was chosen that cannot be.
        """
        parts = where.split("/")
        if parts[0] == "problems" and len(parts) > 1:
            return cls(leads_to=reverse("plan-take", args=[plan.pk, parts[1]]))
        if where != "problems":
            return cls()
        diagnosis = chosen_diagnosis(plan, request.user, request.GET.get("diagnosis", ""))
        form = None
        if diagnosis is not None:
            given = request.POST if request.method == "POST" else None
            form = FindingsForm(figures_offered(diagnosis, plan.content), given)
            form.fields["findings"].required = False
        return cls(tuple(diagnoses_for(plan, request.user)), diagnosis, form)

    def is_valid(self) -> bool:
        """Return whether what was chosen can be taken; nothing chosen can."""
        return self.form is None or self.form.is_valid()

    def with_findings(self, written: Written) -> Written:
        """Return what was written, with the chosen findings as figures."""
        if self.form is None:
            return written
        chosen = self.form.chosen

        def made(there: Struct | None) -> Any:
            return msgspec.structs.replace(written.made(there), figures=chosen)

        return Written(made=made, unchanged=written.unchanged)
