"""This file knows the two national replies of the demonstration: one submitted, one being written.

They are those of Northland, a country that does not exist, in which the city lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from msgspec import structs

from forestall.plan.vocabulary import Sector
from forestall.questionnaires import Answer, AnswerState, Choice, read_definition
from forestall.questionnaires.example import example_reply
from forestall.web.returns.services import assign_section, begin_return, change_return
from forestall.web.returns.signing import sign_return, submit_return

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return

_WRITTEN_BY = {
    "I": Sector.COORDINATION,
    "II": Sector.SOCIAL_SERVICES,
    "III": Sector.RESEARCH,
    "IV": Sector.NATIONAL,
    "V": Sector.COORDINATION,
}
# What the country says otherwise in the reply that it writes now.
_NOW = {
    "Q4(c)(iii)": Answer(state=AnswerState.DRAFTED, choice=Choice.YES),
    "Q5(c)": Answer(state=AnswerState.DRAFTED, choice=Choice.YES),
    "Q9(e)": Answer(
        state=AnswerState.DRAFTED,
        choice=Choice.YES,
        follow_up="A monthly hour on the radio, in which listeners ask and offices answer.",
        language="en",
    ),
}


def add_replies(city: Jurisdiction, *, by: Person, second: Person) -> None:
    """Add a reply that two people signed and that is frozen, and a later one that is begun."""
    before = example_reply("northland")
    submitted = begin_return(
        jurisdiction=city,
        questionnaire=before.questionnaire,
        on=before.on,
        office=before.office,
        by=by,
    )
    for section in _WRITTEN_BY:
        submitted = _write(submitted, section, before.answers, by=by)
    for person in (by, second):
        submitted = sign_return(found=submitted, was=submitted.digest, by=person)
    submitted = submit_return(found=submitted, by=by)
    begun = begin_return(
        jurisdiction=city,
        questionnaire=before.questionnaire,
        on=max(timezone.localdate(), before.on),
        office=before.office,
        earlier=submitted.reply,
        by=by,
    )
    for section, sector in _WRITTEN_BY.items():
        organisations = city.organisations.filter(sector=sector)
        assign_section(found=begun, section=section, organisations=organisations, by=by)
    for section in ("I", "II"):
        begun = _write(begun, section, _drafts(before.answers), by=by)


def _drafts(before: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return answers that no office has confirmed yet."""
    return {key: structs.replace(one, confirmed=None) for key, one in {**before, **_NOW}.items()}


def _write(found: Return, section: str, answers: Mapping[str, Answer], *, by: Person) -> Return:
    asked = read_definition(found.questionnaire, version=found.version)
    keys = {item.key for group in asked.groups if group.key == section for item in group.items}
    own = {key: one for key, one in answers.items() if key in keys}
    return change_return(
        found=found,
        change=lambda _, reply: structs.replace(reply, answers=reply.answers | own),
        by=by,
        what="workbook",
    )
