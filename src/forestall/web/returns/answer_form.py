"""This file knows the form of one answer: made from what its question asks, filled, read back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from django import forms

from forestall.languages import available_languages, in_language, say
from forestall.publication.language_names import language_name
from forestall.questionnaires import (
    Answer,
    AnswerState,
    AnswerType,
    CellType,
    Choice,
    Confirmation,
    FollowUpType,
)
from forestall.questionnaires.sound_replies import MOST_LETTERS
from forestall.web.design.written import WrittenField
from forestall.web.returns.answering import seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.questionnaires import Column, FollowUp, Item, Questionnaire

SPARE_ROWS = 3
# Replaced by the office of whoever saves, and by the day; the form only says that there is one.
_GIVEN = Confirmation(by="", on=date(2000, 1, 1))


class AnswerForm(forms.Form):
    """The form of one answer.

    Parameters
    ----------
    item
        What is asked.
    asked
        The questionnaire, for the words of its boxes.
    answer
        The answer as it is; None where there is none.
    followed
        Whether the follow-up is asked, given the answers so far.
    tag
        Language of the texts, where the answer names none.
    rows
        How many rows of a table are needed at least.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        item: Item,
        asked: Questionnaire,
        answer: Answer | None,
        followed: bool,
        tag: str,
        rows: int = 0,
    ) -> None:
        super().__init__(data, initial={"seen": seen(answer)})
        self.item, self.answer = item, answer or Answer()
        self.rows = max(len(self.answer.rows) + SPARE_ROWS, rows)
        self.fields["state"] = _state_field(self.answer)
        self.fields |= dict(_content_fields(item, asked, self.answer, self.rows))
        follow_up = item.follow_up
        shown = followed or self.answer.follow_up or self.answer.follow_up_day
        if shown and follow_up is not None and _asks_for_text(follow_up):
            self.fields |= dict(_follow_up_fields(follow_up, self.answer))
        self.fields |= dict(_fields_of_all(item, self.answer, tag))

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the question does not apply."""
        cleaned = super().clean() or self.cleaned_data
        without = cleaned.get("state") == AnswerState.NOT_APPLICABLE
        if without and not str(cleaned.get("text", "")).strip():
            self.add_error("text", say("Say why the question does not apply."))
        return cleaned

    def made(self) -> Answer:
        """Return the answer as the form says; what it does not ask for stays."""
        given = self.cleaned_data
        values: dict[str, Any] = {
            name: given[name] or None if name in _DAYS else given[name]
            for name in ("text", "day", "follow_up", "follow_up_day", "language", "confidential")
            if name in given
        }
        values["state"] = AnswerState(given["state"])
        if "choice" in given:
            values["choice"] = Choice(given["choice"]) if given["choice"] else None
        if "marks" in given:
            values["marks"] = tuple(given["marks"])
        if self.item.type is AnswerType.TABLE:
            values["rows"] = self._rows()
        # Without a text there is nothing that could be in a language.
        if not (values.get("text") or values.get("follow_up")):
            values["language"] = ""
        values["confirmed"] = (self.answer.confirmed or _GIVEN) if given["confirmed"] else None
        return msgspec.structs.replace(self.answer, **values)

    def _rows(self) -> tuple[dict[str, str], ...]:
        rows = []
        for at in range(self.rows):
            cells = {
                one.key: _cell(self.cleaned_data.get(f"row-{at}-{one.key}"))
                for one in self.item.columns
            }
            rows.append({key: cell for key, cell in cells.items() if cell})
        return tuple(row for row in rows if row)


_DAYS = {"day", "follow_up_day"}


def _cell(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _asks_for_text(follow_up: FollowUp) -> bool:
    return not follow_up.shared_with and follow_up.type is not FollowUpType.TABLE


def _state_field(answer: Answer) -> forms.Field:
    held = AnswerState.DRAFTED if answer.state is AnswerState.OPEN else answer.state
    return forms.ChoiceField(
        label=say("How far the answer is"),
        help_text=say("Follow-ups appear once an answer is drafted."),
        choices=[(one.value, str(one.words)) for one in AnswerState],
        initial=held.value,
    )


def _content_fields(
    item: Item, asked: Questionnaire, answer: Answer, rows: int
) -> Iterator[tuple[str, forms.Field]]:
    if item.type is AnswerType.CHOICE:
        yield "choice", _choice_field(item, answer)
    elif item.type is AnswerType.DATE:
        yield "day", _day_field(say("Day"), answer.day)
    elif item.type is AnswerType.MARKS:
        titles = {one.key: in_language(one.title) for one in asked.marks}
        yield (
            "marks",
            forms.MultipleChoiceField(
                label=say("Mark what holds"),
                choices=[(key, titles.get(key, key)) for key in item.marks],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=list(answer.marks),
            ),
        )
    elif item.type is AnswerType.TABLE:
        for at in range(rows):
            row = answer.rows[at] if at < len(answer.rows) else {}
            for one in item.columns:
                yield f"row-{at}-{one.key}", _cell_field(one, at, row.get(one.key, ""))


def _choice_field(item: Item, answer: Answer) -> forms.Field:
    # A choice that the question does not offer, such as from a file, is kept until it is changed.
    more = [answer.choice] if answer.choice and answer.choice not in item.choices else []
    return forms.ChoiceField(
        label=say("Answer"),
        choices=[
            ("", say("– none –")),
            *((one.value, str(one.words)) for one in (*item.choices, *more)),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=answer.choice.value if answer.choice else "",
    )


def _follow_up_fields(follow_up: FollowUp, answer: Answer) -> Iterator[tuple[str, forms.Field]]:
    prompt = in_language(follow_up.prompt)
    yield "follow_up", _text_field(prompt or say("Answer to the follow-up"), answer.follow_up)
    if follow_up.type is FollowUpType.TEXT_AND_DATE or answer.follow_up_day:
        yield "follow_up_day", _day_field(say("Date of the follow-up"), answer.follow_up_day)


def _fields_of_all(item: Item, answer: Answer, tag: str) -> Iterator[tuple[str, forms.Field]]:
    is_text = item.type is AnswerType.TEXT
    label = say("Answer in words") if is_text else say("Why the question does not apply")
    hint = "" if is_text else say("Only where it is chosen above that it does not apply.")
    yield "text", _text_field(label, answer.text, hint)
    yield (
        "language",
        forms.ChoiceField(
            label=say("Language of the text"),
            choices=[(one, language_name(one)) for one in _tags(answer.language or tag)],
            initial=answer.language or tag,
        ),
    )
    yield (
        "confidential",
        forms.BooleanField(
            label=say("This answer is confidential"),
            help_text=say("Only those who write it read it, and it is left out of what leaves."),
            required=False,
            initial=answer.confidential,
        ),
    )
    yield (
        "confirmed",
        forms.BooleanField(
            label=say("My office stands by this answer"),
            help_text=say("The name of your organisation and the day are kept, never your name."),
            required=False,
            initial=answer.confirmed is not None,
        ),
    )


def _tags(held: str) -> list[str]:
    known = list(available_languages())
    return known if held in known else [held, *known]


def _text_field(label: str, initial: str, hint: str = "") -> forms.Field:
    return WrittenField(
        label=label,
        help_text=hint,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        required=False,
        initial=initial,
    )


def _day_field(label: str, initial: date | str | None) -> forms.Field:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        required=False,
        initial=initial,
    )


def _cell_field(column: Column, at: int, held: str) -> forms.Field:
    label = say("Row {row}: {column}", row=at + 1, column=in_language(column.title))
    if column.type is CellType.DATE and (not held or _is_day(held)):
        return _day_field(label, held)
    return WrittenField(label=label, max_length=2000, required=False, initial=held)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
