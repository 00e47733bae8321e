"""This file knows the example plan as a whole: its head, reviews, consultation and omissions."""

from __future__ import annotations

from datetime import date

from forestall.plan.example.actions import ACTIONS
from forestall.plan.example.objectives import OBJECTIVES, PROBLEMS
from forestall.plan.example.partners import PARTNERS
from forestall.plan.example.texts import texts
from forestall.plan.records import (
    ActionPlan,
    ConsultationRecord,
    Omission,
    Place,
    Review,
    Voice,
)
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Jurisdiction


def example_plan() -> ActionPlan:
    """Return the plan of Port Alder against burglary, in consultation in April 2025.

    It is realistic, and not finished: one rights assessment waits for its second decision, a sum is
    not confirmed, a comment has no reply, and the consultation is still open.

    Examples
    --------
    >>> plan = example_plan()
    >>> len(plan.actions), plan.state.value, sorted(plan.title)
    (4, 'consulted', ['ar', 'en', 'fr'])
    """
    return ActionPlan(
        key="port-alder-harbour",
        title=texts(
            "Fewer home burglaries in the harbour districts",
            "Moins de cambriolages dans les quartiers du port",
            "خفض عمليات السطو على المساكن في أحياء الميناء",
        ),
        place=Place(
            name=texts("Port Alder", "Port Alder", "بورت ألدر"),
            country="XX",
            level=Jurisdiction.LOCAL,
        ),
        languages=("en", "fr", "ar"),
        starts=date(2025, 1, 1),
        ends=date(2026, 12, 31),
        currency="EUR",
        summary=_SUMMARY,
        accountable="safer-city-office",
        partners=PARTNERS,
        problems=PROBLEMS,
        objectives=OBJECTIVES,
        actions=ACTIONS,
        omissions=_OMISSIONS,
        reviews=_REVIEWS,
        consultations=(_CONSULTATION,),
        lasting=_LASTING,
        state=PlanState.CONSULTED,
        version=3,
    )


_SUMMARY = texts(
    "Demonstration: Port Alder and its plan are invented; the burglary counts are those published "
    "for Camden, London. Eleven partners close rear alleys with the residents, help after a "
    "burglary within two days, open a workshop in the evening and light the harbour paths.",
    "Démonstration : Port Alder et son plan sont inventés ; les nombres de cambriolages sont ceux "
    "publiés pour Camden, à Londres. Onze partenaires ferment des ruelles avec les habitants, "
    "aident dans les deux jours après un cambriolage, ouvrent un atelier le soir et éclairent les "
    "chemins du port.",
    "عرض توضيحي: بورت ألدر وخطتها من نسج الخيال، أما أعداد عمليات السطو فهي المنشورة عن كامدن في "
    "لندن. يتعاون أحد عشر شريكا على إغلاق الأزقة الخلفية مع السكان، والمساعدة بعد السطو خلال "
    "يومين، وفتح ورشة مسائية، وإنارة ممرات الميناء.",
)

_OMISSIONS = (
    Omission(
        what="approach:reintegration",
        reason=texts(
            "The regional probation service runs a programme of its own for people who return to "
            "Port Alder; this plan refers to it and adds nothing."
        ),
    ),
    Omission(
        what="level:recidivism",
        reason=texts("Mediation and diversion are in the regional plan of the courts."),
    ),
    Omission(
        what="level:after-sentence",
        reason=texts("Support after a sentence is in the plan of the regional probation service."),
    ),
    Omission(
        what="factor:tolerance-of-violence",
        reason=texts("The partners saw no link with burglary in these districts."),
    ),
    Omission(
        what="factor:education-and-values",
        reason=texts("Schooling is looked at in the youth plan of the city."),
    ),
)

_REVIEWS = (
    Review(on=date(2025, 10, 15)),
    Review(on=date(2026, 3, 16)),
    Review(on=date(2026, 12, 10)),
)

_CONSULTATION = ConsultationRecord(
    opened=date(2025, 4, 1),
    how=texts(
        "A public page, two evenings in the harbour hall, and a stall at the market; comments "
        "could be given in four languages and without an account."
    ),
    voices=(
        Voice(
            said=texts("A wheelchair user must be able to open the gates."),
            changed=texts("All gates get a low handle and a key card."),
        ),
        Voice(
            said=texts("Young people asked for a workshop on Fridays too."),
            changed=texts("Friday became one of the four evenings."),
        ),
        Voice(said=texts("The path behind the market should be lit first."), changed={}),
    ),
)

_LASTING = texts(
    "From 2027 the housing association cares for the gates from its rents, and the city pays the "
    "workshop and the visits from its ordinary budget if the reviews find that they help."
)
