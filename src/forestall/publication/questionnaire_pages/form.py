"""This file knows the empty form of a questionnaire: how to fill it in, who replies, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, OwnWords, has_words, message
from forestall.publication.blanks import ShortFields
from forestall.publication.blocks import Box, BoxKind, Document, Item, Items, Section
from forestall.publication.questionnaire_pages.form_items import DATE_FIELDS, form_blocks
from forestall.publication.questionnaire_pages.words import NO_SCORECARD
from forestall.questionnaires import AnswerType, Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.questionnaires import Questionnaire


def build_form(asked: Questionnaire, *, address: str = "") -> Document:
    """Build the empty form of a questionnaire, to be printed and filled in by hand.

    The document is in no language: each writer writes it in the language in force.

    Parameters
    ----------
    address
        Where the same questions are answered on the web; without one, the form names the command
        that writes a workbook.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> form = build_form(read_definition("1997-34"))
    >>> str(form.kicker), [str(one.heading) for one in form.sections][:2]
    ('Form to fill in: ECOSOC 1997/34', ['How to fill in this form', 'Who replies'])
    """
    return Document(
        title=OwnWords(asked.title),
        kicker=message("Form to fill in: {instrument}", instrument=asked.instrument),
        lead=OwnWords(asked.about),
        made_line=(
            message("Version {version}, {day}", version=asked.version, day=Day(asked.dated)),
        ),
        sections=(
            Section(
                id="how", heading=message("How to fill in this form"), blocks=_how(asked, address)
            ),
            Section(id="who", heading=message("Who replies"), blocks=_who(asked)),
            *(
                Section(
                    id=f"section-{number}",
                    heading=OwnWords(group.title),
                    number=str(number),
                    blocks=tuple(form_blocks(group, asked)),
                )
                for number, group in enumerate(asked.groups, start=1)
            ),
            Section(id="end", heading=message("Before it is sent"), blocks=_END),
        ),
        foot=(NO_SCORECARD, _OWN_WORDS),
    )


def _how(asked: Questionnaire, address: str) -> tuple[Block, ...]:
    blocks: list[Block] = [Items(tuple(Item(text) for text in _ways(asked)))]
    if has_words(asked.incomplete):
        blocks.append(Box(kind=BoxKind.CARE, sentences=(OwnWords(asked.incomplete),)))
    if address:
        blocks.append(
            Box(
                kind=BoxKind.NOTE,
                title=_DIGITAL,
                sentences=(
                    message(
                        "The same questions can be answered on the web: {address}", address=address
                    ),
                ),
            )
        )
    else:
        blocks.append(
            Box(
                kind=BoxKind.NOTE,
                title=_DIGITAL,
                sentences=(message("This command writes the same questions as a workbook:"),),
                command=f"forestall questionnaire form {asked.key} -o reply.xlsx",
            )
        )
    return tuple(blocks)


def _ways(asked: Questionnaire) -> Iterator[Text]:
    """Yield what to know before, as far as this form has it."""
    choices = {one for item in asked.items for one in item.choices}
    if choices:
        yield message("Tick one box under each question.")
    if Choice.PARTLY in choices:
        yield message("“Yes, in part” and “not applicable” stand only where they are offered.")
    if any(item.follow_up for item in asked.items):
        yield message("A line that begins with “If” is filled in after that answer only.")
    if any(item.asked_if for item in asked.items):
        yield message("A question that begins with “Only if” is left out otherwise.")
    if any(item.type is AnswerType.MARKS for item in asked.items):
        yield message("The boxes of one row of the table do not depend on each other.")
    yield from _WAYS


def _who(asked: Questionnaire) -> tuple[Block, ...]:
    blocks: list[Block] = [
        ShortFields(names=(message("Country"), message("The office that replies"))),
        ShortFields(
            names=DATE_FIELDS,
            lead=message("The day as of which the answers hold"),
            narrow=True,
        ),
    ]
    if has_words(asked.addressed_to):
        who = message("Addressed to: {who}", who=OwnWords(asked.addressed_to))
        blocks.insert(0, Items((Item(who),)))
    return tuple(blocks)


_WAYS = (
    message("If a question does not fit your country, say so and why."),
    message("Name offices, never persons."),
    message("Write “confidential” beside an answer that must not leave your office."),
    message("If the room does not suffice, go on overleaf with the number of the question."),
    message("Paragraphs show what a question is about: “2002/13 ¶7” is paragraph 7 of the text."),
)
_DIGITAL = message("Without paper")
_OWN_WORDS = message("The questions are in our own words; the instrument is the authority.")
_END: tuple[Block, ...] = (
    ShortFields(names=(message("The office that stands by these answers"),)),
    ShortFields(names=DATE_FIELDS, narrow=True),
    ShortFields(names=(message("Signature"), message("Stamp of the office"))),
)
