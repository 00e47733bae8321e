"""This file knows which lists of choices of a form have a counterpart: yes, no, and boxes to mark.

The choices of a questionnaire are the four of the instruments. A list of another tool is read if
each of its choices is one of them, by its name or by its words in any language of the package.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.languages import Listing, message
from forestall.questionnaires.records import Mark
from forestall.questionnaires.vocabulary import Choice
from forestall.questionnaires.workbook.rows import known_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.questionnaires.xlsform.languages import FormLanguages
    from forestall.questionnaires.xlsform.sheets import SheetRow
    from forestall.questionnaires.xlsform.survey import Node

_MARK_KEY = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_SAME = {
    "y": Choice.YES, "partly": Choice.PARTLY, "partially": Choice.PARTLY, "partial": Choice.PARTLY,
    "in-part": Choice.PARTLY, "n": Choice.NO, "na": Choice.NOT_APPLICABLE,
    "n-a": Choice.NOT_APPLICABLE,
}  # fmt: skip


class ChoiceLists:
    """The lists of choices of a form, and the boxes that were read from them."""

    def __init__(self, rows: Iterable[SheetRow], languages: FormLanguages) -> None:
        self._languages = languages
        self._rows: dict[str, list[SheetRow]] = {}
        self._marks: dict[str, Mark] = {}
        for row in rows:
            self._rows.setdefault(row.text("list_name").strip(), []).append(row)

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the boxes of all lists that were read, in the order in which they were met."""
        return tuple(self._marks.values())

    def choices_of(self, node: Node) -> dict[str, Choice]:
        """Return the choices of a question by their names in the form.

        Raises
        ------
        InvalidQuestionnaire
            If the list is not there, or holds a choice that a questionnaire does not have.
        """
        found: dict[str, Choice] = {}
        for row in self._list_of(node):
            choice = choice_named(row.text("name"), row.texts("label").values())
            if choice is None:
                raise row.refused(
                    "name",
                    message(
                        "the choices of a questionnaire are {known}, and this is another.",
                        known=Listing([message("“{choice}”", choice=one.words) for one in Choice]),
                    ),
                )
            if choice in found.values():
                raise row.refused("name", message("this choice stands in the list twice."))
            found[row.text("name").strip()] = choice
        return found

    def marks_of(self, node: Node) -> tuple[str, ...]:
        """Return the keys of the boxes of a question.

        Raises
        ------
        InvalidQuestionnaire
            If the list is not there, or a box is there twice or with other words elsewhere.
        """
        return tuple(self._mark(row) for row in self._list_of(node))

    def keep_marks(self, name: str) -> None:
        """Keep the boxes of a list, although no question may offer them."""
        for row in self._rows.get(name, []):
            self._mark(row)

    def _mark(self, row: SheetRow) -> str:
        key = re.sub("[^a-z0-9]+", "-", row.text("name").casefold()).strip("-")
        if not _MARK_KEY.fullmatch(key):
            raise row.refused("name", message("a box needs a name of Latin letters or digits."))
        mark = Mark(key=key, title=self._languages.texts(row, "label"))
        if self._marks.setdefault(key, mark) != mark:
            raise row.refused("label", message("a box of this name has other words elsewhere."))
        return key

    def _list_of(self, node: Node) -> list[SheetRow]:
        if node.choices not in self._rows:
            raise node.row.refused("type", message("the sheet “choices” has no list of this name."))
        return self._rows[node.choices]


def choice_named(name: str, words: Iterable[str] = ()) -> Choice | None:
    """Return the choice that a name of a form, or else one of its words, stands for.

    Examples
    --------
    >>> choice_named("yes_in_part"), choice_named("1", ["Oui"]), choice_named("maybe")
    (<Choice.PARTLY: 'yes-in-part'>, <Choice.YES: 'yes'>, None)
    """
    plain = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")
    by_value: Mapping[str, Choice] = {one.value: one for one in Choice}
    if found := by_value.get(plain) or _SAME.get(plain):
        return found
    known = known_words()["choice"]
    kept = next(
        (known[one.strip().casefold()] for one in words if one.strip().casefold() in known), ""
    )
    return by_value.get(kept)
