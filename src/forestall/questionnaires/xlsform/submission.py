"""This file knows which fields of a submission hold a reply, and how a reply comes out of them.

A submission is what a tool sends: values by the names of fields, and records of repeats within it.
What no field holds goes along in one field that nobody sees. On the way back, what was typed wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Message, message
from forestall.questionnaires.files import reply_from_json, reply_to_json
from forestall.questionnaires.replies import Answer, Reply
from forestall.questionnaires.sound_replies import check_sound_reply
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, CellType
from forestall.questionnaires.workbook.carried import carried_beside, with_carried
from forestall.questionnaires.xlsform import about
from forestall.questionnaires.xlsform.details import details_in
from forestall.questionnaires.xlsform.form import PARENT_ROW, repeats_in
from forestall.questionnaires.xlsform.hidden import as_sent, hidden_in, without
from forestall.questionnaires.xlsform.lists import choice_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.xlsform.form import Form

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?")


@dataclass(frozen=True, kw_only=True)
class Record:
    """What stands in a submission, or in one record of a repeat.

    Attributes
    ----------
    values
        From the name of a field to what stands there.
    repeats
        From the name of a repeat to its records.
    place
        Where it stands in its file.
    """

    values: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, list[Record]] = field(default_factory=dict)
    place: Message | None = None

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.values.get(name, "")

    def day(self, name: str) -> date | None:
        """Return the day in a field.

        Raises
        ------
        InvalidQuestionnaire
            If it holds something else.
        """
        if not self.value(name).strip():
            return None
        found = _day_in(self.value(name))
        if found is None:
            raise self.refused(name, message("a day such as 2026-01-31 is needed."))
        return found

    def filled(self, worked_out: frozenset[str]) -> Record:
        """Return the record without the records of repeats in which nobody wrote.

        Tools show each repeat once to begin with, and send it also where it stayed empty.

        Parameters
        ----------
        worked_out
            Names of fields that hold something although nobody wrote it.

        Examples
        --------
        >>> empty = Record(values={"day": "", "row": "1"}, repeats={"inner": [Record()]})
        >>> Record(repeats={"table": [empty]}).filled(frozenset({"row"})).repeats
        {'table': []}
        """
        repeats = {
            name: [one for row in rows if (one := row.filled(worked_out))._is_written(worked_out)]
            for name, rows in self.repeats.items()
        }
        return Record(values=self.values, repeats=repeats, place=self.place)

    def _is_written(self, worked_out: frozenset[str]) -> bool:
        own = any(text for name, text in self.values.items() if name not in worked_out)
        return own or any(self.repeats.values())

    def refused(self, name: str, said: Message) -> InvalidQuestionnaire:
        """Return the refusal of what stands in a field, with its place."""
        if self.place is None:
            return InvalidQuestionnaire(message("Field “{field}”: {fault}", field=name, fault=said))
        return InvalidQuestionnaire(
            message("{place}, field “{field}”: {fault}", place=self.place, field=name, fault=said)
        )


def _day_in(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


class Submissions:
    """The submissions of a questionnaire, in both directions.

    Parameters
    ----------
    settle
        What is left of a text where it is written.
    """

    def __init__(
        self, questionnaire: Questionnaire, form: Form, *, settle: Callable[[str], str]
    ) -> None:
        self._asked, self._form, self._settle = questionnaire, form, settle
        self._keys = {name: key for key, name in form.items.items()}
        above = {section.name: outer for section, outer in repeats_in(form.parts)}
        # From the key of a nested table to the one above it.
        self._above = {
            key: self._keys[above[name]] for key, name in form.items.items() if above.get(name)
        }
        self._worked_out = frozenset(form.columns[key][PARENT_ROW] for key in self._above)

    def record_of(self, reply: Reply) -> Record:
        """Return what a submission holds of a reply, and what goes along.

        Raises
        ------
        InvalidQuestionnaire
            If the reply belongs to another questionnaire or cannot be kept.
        """
        if (reply.questionnaire, reply.version) != (self._asked.key, self._asked.version):
            raise InvalidQuestionnaire(
                message(
                    "The reply needs to be to “{wanted}”, version {version}, and is not.",
                    wanted=self._asked.key,
                    version=self._asked.version,
                )
            )
        check_sound_reply(reply)
        record = self._record(reply)
        seen = self._seen(reply)
        if carried := carried_beside(reply, seen=as_sent(seen, hidden_in(self._asked, seen))):
            record.values[about.CARRIED] = carried
        return record

    def reply_of(self, record: Record, *, name: str) -> Reply:
        """Return the reply that a submission holds.

        Raises
        ------
        InvalidQuestionnaire
            If a field holds what cannot be there; with its name.
        """
        read, carried = self._reply(record), record.value(about.CARRIED)

        def see(whole: Reply) -> Reply:
            """Return what the fields hold, without what is hidden and was not sent."""
            seen = self._seen(whole)
            hidden = hidden_in(self._asked, seen)
            sent = {key: read.answers.get(key, Answer()) for key in hidden}
            return as_sent(
                seen,
                {
                    key: [one for one in names if not getattr(sent[key], one)]
                    for key, names in hidden.items()
                },
            )

        whole = with_carried(read, carried, see=see, name=name)
        return reply_from_json(reply_to_json(whole), name=name)

    def _seen(self, reply: Reply) -> Reply:
        """Return what the fields of a submission hold of a reply."""
        return self._reply(self._record(reply))

    def _record(self, reply: Reply) -> Record:
        found = Record()
        known = [one for one in self._asked.items if one.key in reply.answers]
        secret = [one.key for one in known if reply.answers[one.key].confidential]
        self._put(found, about.COUNTRY, reply.country)
        self._put(found, about.OFFICE, reply.office)
        self._put(found, about.ON, reply.on.isoformat())
        self._put(found, about.SECRET, " ".join(self._form.items[key] for key in secret))
        hidden = hidden_in(self._asked, reply)
        for item in known:
            answer, sent = reply.answers[item.key], Record()
            self._put_answer(found, item, answer)
            self._put_answer(sent, item, without(answer, hidden[item.key]))
            is_seen = bool(sent.values)
            if item.type is AnswerType.TABLE and self._put_rows(found, item, reply):
                is_seen = is_seen or "rows" not in hidden[item.key]
            details = self._details(item, answer)
            if details.values or details.repeats or answer.state is not AnswerState.DRAFTED:
                is_seen = False
            if not is_seen:
                details.values[about.ITEM] = self._form.items[item.key]
                details.values[about.STATE] = answer.state.value
                found.repeats.setdefault(about.DETAILS, []).append(details)
        return found

    def _put(self, record: Record, name: str, text: str) -> None:
        if left := self._settle(text):
            record.values[name] = left

    def _put_answer(self, record: Record, item: Item, answer: Answer) -> None:
        name = self._form.items[item.key]
        if item.type is AnswerType.CHOICE and answer.choice in item.choices and answer.choice:
            self._put(record, name, answer.choice.value)
        elif item.type is AnswerType.TEXT:
            self._put(record, name, answer.text)
        elif item.type is AnswerType.DATE and answer.day:
            self._put(record, name, answer.day.isoformat())
        elif item.type is AnswerType.MARKS:
            self._put(record, name, " ".join(one for one in answer.marks if one in item.marks))
        follow_up, day = self._form.follow_ups.get(item.key, ("", ""))
        if follow_up:
            self._put(record, follow_up, answer.follow_up)
        if day and answer.follow_up_day:
            self._put(record, day, answer.follow_up_day.isoformat())

    def _put_rows(self, record: Record, item: Item, reply: Reply) -> bool:
        """Write the rows of a table; those of a nested one under the row that they name."""
        name, is_put = self._form.items[item.key], False
        for row in reply.answers[item.key].rows:
            under: Record | None = record
            if item.key in self._above:
                under = self._row_named(record, self._above[item.key], row.get(PARENT_ROW, ""))
            if under is not None:
                under.repeats.setdefault(name, []).append(self._row(item, row))
                is_put = True
        return is_put

    def _row_named(self, record: Record, table: str, number: str) -> Record | None:
        rows = [one for one, _ in self._records_of(record, table)]
        if not re.fullmatch("[1-9][0-9]{0,5}", number) or int(number) > len(rows):
            return None
        return rows[int(number) - 1]

    def _records_of(self, record: Record, table: str) -> list[tuple[Record, int]]:
        """Return the records of a table in their order, with the number of the row above."""
        above = self._above.get(table)
        outer = [record] if above is None else [one for one, _ in self._records_of(record, above)]
        return [
            (row, at)
            for at, one in enumerate(outer, start=1)
            for row in one.repeats.get(self._form.items[table], [])
        ]

    def _row(self, item: Item, row: Mapping[str, str]) -> Record:
        found = Record()
        names = self._form.columns[item.key]
        for column in item.columns:
            text = row.get(column.key, "")
            is_day = _day_in(text) is not None and len(text) == len("2026-01-31")
            if column.type is not CellType.DATE or is_day:
                self._put(found, names[column.key], text)
        return found

    def _details(self, item: Item, answer: Answer) -> Record:
        found = Record()
        if item.type is not AnswerType.TEXT:
            self._put(found, about.TEXT, answer.text)
        self._put(found, about.LANGUAGE, answer.language)
        if answer.confidential:
            self._put(found, about.CONFIDENTIAL, about.MARKED)
        if answer.confirmed:
            self._put(found, about.CONFIRMED_BY, answer.confirmed.by)
            self._put(found, about.CONFIRMED_ON, answer.confirmed.on.isoformat())
        for source in answer.sources:
            one = Record()
            self._put(one, about.KIND, source.kind.value)
            self._put(one, about.NAME, source.name)
            self._put(one, about.REFERENCE, source.reference)
            self._put(one, about.DATED, source.dated.isoformat() if source.dated else "")
            found.repeats.setdefault(about.SOURCES, []).append(one)
        for file in answer.attachments:
            one = Record()
            self._put(one, about.FILE, file.name)
            self._put(one, about.CHECKSUM, file.sha256)
            found.repeats.setdefault(about.FILES, []).append(one)
        return found

    def _reply(self, sent: Record) -> Reply:
        record = sent.filled(self._worked_out)
        on = record.day(about.ON)
        if on is None:
            raise record.refused(
                about.ON, message("the day as of which the answers hold is needed.")
            )
        details, secret = self._details_in(record), self._secret(record)
        answers = {}
        for item in self._asked.items:
            given = self._given(record, item) | details.get(item.key, {})
            if given:
                given.setdefault("confidential", item.key in secret)
                answers[item.key] = Answer(**{"state": AnswerState.DRAFTED, **given})
        return Reply(
            questionnaire=self._asked.key,
            version=self._asked.version,
            country=record.value(about.COUNTRY).strip().upper(),
            office=record.value(about.OFFICE),
            on=on,
            answers=answers,
        )

    def _given(self, record: Record, item: Item) -> dict[str, Any]:
        """Return what is answered in the fields of an item; nothing if they are empty."""
        name = self._form.items[item.key]
        follow_up, day = self._form.follow_ups.get(item.key, ("", ""))
        found: dict[str, Any] = {
            "follow_up": record.value(follow_up),
            "follow_up_day": record.day(day),
        }
        if item.type is AnswerType.CHOICE and record.value(name).strip():
            found["choice"] = choice_named(record.value(name))
            if found["choice"] is None:
                raise record.refused(name, message("this is none of its choices."))
        elif item.type is AnswerType.TEXT:
            found["text"] = record.value(name)
        elif item.type is AnswerType.DATE:
            found["day"] = record.day(name)
        elif item.type is AnswerType.MARKS:
            found["marks"] = self._marks(record, item)
        elif item.type is AnswerType.TABLE:
            found["rows"] = self._rows(record, item)
        return {field: value for field, value in found.items() if value not in (None, "", ())}

    def _marks(self, record: Record, item: Item) -> tuple[str, ...]:
        name = self._form.items[item.key]
        found = tuple(record.value(name).split())
        if set(found) - set(item.marks):
            raise record.refused(name, message("this is none of its boxes."))
        return found

    def _rows(self, record: Record, item: Item) -> tuple[dict[str, str], ...]:
        names = self._form.columns[item.key]
        found = []
        for row, above in self._records_of(record, item.key):
            cells = {key: text for key, name in names.items() if (text := row.value(name))}
            if item.key in self._above:
                cells[PARENT_ROW] = str(above)
            found.append(cells)
        return tuple(found)

    def _secret(self, record: Record) -> set[str]:
        """Return the items that stay confidential where nothing more is said about them."""
        names = record.value(about.SECRET).split()
        if set(names) - set(self._keys):
            raise record.refused(about.SECRET, message("this names no question."))
        return {self._keys[one] for one in names}

    def _details_in(self, record: Record) -> dict[str, dict[str, Any]]:
        """Return what is said about single answers, by the key of their item."""
        found: dict[str, dict[str, Any]] = {}
        for row in record.repeats.get(about.DETAILS, []):
            key = self._keys.get(row.value(about.ITEM).strip())
            if key is None:
                raise row.refused(about.ITEM, message("this names no question."))
            if key in found:
                raise row.refused(about.ITEM, message("this question is named twice."))
            found[key] = details_in(row)
        return found
