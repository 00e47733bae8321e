"""This file knows in which languages a form is, and what it says in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import SOURCE_LANGUAGE, message
from forestall.questionnaires.xlsform.names import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.languages import Texts
    from forestall.questionnaires.xlsform.sheets import SheetRow

_LABEL = "label::"


class FormLanguages:
    """The languages of a form, in the order of its columns.

    A column without a language is in the default language of the form.
    """

    def __init__(self, rows: Sequence[SheetRow], *, default: str, known: Sequence[str]) -> None:
        self._default = self._tag_of(default) if default.strip() else SOURCE_LANGUAGE
        titles = dict.fromkeys(title for row in rows for title in row.texts("label"))
        self._titles = {title: self._tag_of(title) for title in titles}
        self.tags = tuple(known) or tuple(dict.fromkeys(self._titles.values()))

    def texts(self, row: SheetRow, column: str) -> Texts:
        """Return what stands in a column, in every language of the form; {} if in none.

        Raises
        ------
        InvalidQuestionnaire
            If it is missing in one of the languages; with the place.
        """
        given: Texts = {}
        for title, text in row.texts(column).items():
            given[self._tag_of(title)] = text
        if not given:
            return {}
        for title, tag in self._missing(given):
            raise row.refused(
                f"{column}::{title}" if title else column,
                message("the text is missing in the language {tag}.", tag=tag),
            )
        return {tag: given[tag] for tag in self.tags}

    def needed(self, row: SheetRow, column: str) -> Texts:
        """Return what stands in a column, as `texts`; it has to be there.

        Raises
        ------
        InvalidQuestionnaire
            If it is not.
        """
        found = self.texts(row, column)
        if not found:
            raise row.refused(column, message("the row needs words."))
        return found

    def _missing(self, given: Texts) -> Iterable[tuple[str, str]]:
        titles = {tag: title for title, tag in self._titles.items()}
        return [(titles.get(tag, tag), tag) for tag in self.tags if tag not in given]

    def _tag_of(self, title: str) -> str:
        if not title:
            return self._default
        found = language_tag(title)
        if found is None:
            raise InvalidQuestionnaire(
                message(
                    "The form names a language “{title}” without its tag; write it such as "
                    "“Français (fr)”.",
                    title=title[:60],
                )
            )
        return found
