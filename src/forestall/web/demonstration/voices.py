"""This file knows what residents of the city that does not exist say on its draft."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from forestall.languages import use_language
from forestall.web.consultation.comments import add_comment, reply_to_comment, show_comment
from forestall.web.consultation.rankings import add_ranking
from forestall.web.consultation.services import open_consultation

if TYPE_CHECKING:
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

_DAYS = 28
# About what, in which language, what is said, what is answered; "" waits for a decision.
_SAID = (
    (
        "actions/gates",
        "en",
        "My mother uses a wheelchair. Will she be able to open the gates by herself?",
        "Yes. Each gate has a low handle and opens with a key card; two residents who use a "
        "wheelchair tried the first one.",
    ),
    (
        "actions/workshop",
        "fr",
        "Le vendredi soir, il n’y a rien. L’atelier pourrait-il ouvrir ce soir-là aussi ?",
        "Le vendredi est devenu l’un des quatre soirs.",
    ),
    (
        "",
        "en",
        "Who looks at whether all this helps? Please publish it also if it does not.",
        "The university compares streets with and without gates, and publishes whatever it finds.",
    ),
    ("actions/light", "en", "The path behind the market is darker than the quay.", ""),
)
_RANKED = (("home-burglary", "again-and-again"), ("again-and-again",))
_ANSWERS = 10


def add_voices(plan: Plan, *, by: Person) -> None:
    """Open a consultation on a draft, with comments, replies, and what comes first."""
    today = timezone.localdate()
    asked = open_consultation(plan=plan, opens=today, ends=today + timedelta(days=_DAYS), by=by)
    for about, tag, said, answered in _SAID:
        with use_language(tag):
            comment = add_comment(consultation=asked, about=about, text=said, organisation=None)
            if answered:
                show_comment(comment=comment, by=by)
                reply_to_comment(comment=comment, reply=answered, changed_in=None, by=by)
    for number in range(_ANSWERS):
        order = _RANKED[number % len(_RANKED)]
        add_ranking(consultation=asked, ballot=f"example {number}", order=order)
