"""This file knows how a reading begins, whom it asks, and how its report is written."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from forestall.errors import AnswerChanged, InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires import read_definition
from forestall.questionnaires.together import Chapter, states
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.secretariat.models import ChapterRevision, ChapterText, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

MOST_LETTERS = 100_000


@transaction.atomic
def begin_reading(
    *, jurisdiction: Jurisdiction, title: str, questionnaire: str, by: Person
) -> Reading:
    """Begin to gather replies to the newest version of a questionnaire, from all states.

    Raises
    ------
    NotAllowed
        If the person does not gather replies there.
    InvalidQuestionnaire
        If there is no such questionnaire.
    """
    check_may(by, Verb.GATHER_REPLIES, jurisdiction)
    asked = read_definition(questionnaire)
    reading = Reading.objects.create(
        jurisdiction=jurisdiction,
        title=title,
        questionnaire=asked.key,
        version=asked.version,
        asked=[one.code for one in states()],
        code=secrets.token_hex(8),
        made_by=by,
    )
    record("begin reading", by=by, about=f"reading {reading.pk}", jurisdiction=jurisdiction)
    return reading


@transaction.atomic
def change_asked(*, reading: Reading, asked: Iterable[str], by: Person) -> Reading:
    """Say which states were asked.

    Raises
    ------
    NotAllowed
        If the person does not gather replies there.
    InvalidQuestionnaire
        If no state is left, one is not known, or one that replied is left out.
    """
    check_may(by, Verb.GATHER_REPLIES, reading.jurisdiction)
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    wanted = sorted(set(asked))
    if not wanted or not {one.code for one in states()}.issuperset(wanted):
        raise InvalidQuestionnaire(message("Choose one state at least, each from the list."))
    if not set(wanted).issuperset(locked.replies.values_list("state", flat=True)):
        raise InvalidQuestionnaire(
            message("A state whose reply is here was asked; take the reply out first.")
        )
    locked.asked = wanted
    locked.save()
    record(
        "change asked states",
        by=by,
        about=f"reading {locked.pk}",
        jurisdiction=locked.jurisdiction,
        states=len(wanted),
    )
    return locked


@transaction.atomic
def write_chapter(
    *, reading: Reading, chapter: Chapter, text: str, was: int, by: Person
) -> ChapterText:
    """Save the text of a chapter, and keep the revision.

    Parameters
    ----------
    was
        The revision that the person read; 0 before the first.

    Raises
    ------
    NotAllowed
        If the person does not read the replies there.
    AnswerChanged
        If somebody else saved it meanwhile.
    InvalidQuestionnaire
        If the text is longer than 100 000 letters.
    """
    check_may(by, Verb.STUDY_REPLIES, reading.jurisdiction)
    if len(text) > MOST_LETTERS:
        raise InvalidQuestionnaire(
            message("The text is longer than {most} letters; shorten it.", most=MOST_LETTERS)
        )
    Reading.objects.select_for_update().get(pk=reading.pk)
    found, _ = ChapterText.objects.get_or_create(reading=reading, chapter=chapter.value)
    if found.revision != was:
        raise AnswerChanged(
            message("Somebody else changed this chapter meanwhile; nothing was overwritten.")
        )
    if found.text == text:
        return found
    found.text = text
    found.revision += 1
    found.save()
    ChapterRevision.objects.create(of=found, number=found.revision, text=text, saved_by=by)
    record(
        "write chapter",
        by=by,
        about=f"reading {reading.pk}",
        jurisdiction=reading.jurisdiction,
        chapter=chapter.value,
        revision=found.revision,
    )
    return found
