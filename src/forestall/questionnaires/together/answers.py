"""This file knows one answer of one state as it is read together with those of others."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the record is built from its types
from typing import TYPE_CHECKING

from forestall.questionnaires.replies import Unordered
from forestall.questionnaires.together.withheld import without_withheld
from forestall.questionnaires.vocabulary import AnswerState, Choice

if TYPE_CHECKING:
    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Answer, Reply


class OpenAnswer(Unordered, frozen=True, kw_only=True):
    """What one state answered to one item, none of it confidential; it has no order.

    Attributes
    ----------
    state
        The code of the state.
    item
        The key of the item.
    applies
        Whether the question fits the state.
    words
        Its text; of a table, its rows.
    language
        Tag of the language of its words; "" where it is not said.
    """

    state: str
    item: str
    applies: bool = True
    choice: Choice | None = None
    marks: tuple[str, ...] = ()
    words: str = ""
    follow_up: str = ""
    day: date | None = None
    language: str = ""

    @property
    def has_words(self) -> bool:
        """Return whether there is anything to quote."""
        return bool(self.words or self.follow_up)


def answers_of(reply: Reply, *, questionnaire: Questionnaire) -> tuple[OpenAnswer, ...]:
    """Return the answers of a reply that may be read together with others.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import Answer, Reply, read_definition
    >>> lead = Answer(state=AnswerState.DRAFTED, text="The ministry", language="en")
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="KE", on=date(2026, 1, 31),
    ...     answers={"Q3": lead},
    ... )
    >>> answers_of(reply, questionnaire=read_definition("2006-20"))[0].words
    'The ministry'
    """
    kept = without_withheld(reply, questionnaire=questionnaire)
    return tuple(_open(reply.country, key, one) for key, one in kept.answers.items())


def _open(country: str, key: str, answer: Answer) -> OpenAnswer:
    return OpenAnswer(
        state=country,
        item=key,
        applies=answer.state is not AnswerState.NOT_APPLICABLE,
        choice=answer.choice,
        marks=answer.marks,
        words=answer.text.strip() or _rows(answer),
        follow_up=answer.follow_up.strip(),
        day=answer.day or answer.follow_up_day,
        language=answer.language,
    )


def _rows(answer: Answer) -> str:
    rows = ("; ".join(cell.strip() for cell in row.values() if cell.strip()) for row in answer.rows)
    return "\n".join(row for row in rows if row)
