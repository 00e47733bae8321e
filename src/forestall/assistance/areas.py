"""This file knows the twelve areas of technical assistance of the questionnaire of 2006/20."""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from importlib.resources import files

from forestall.languages import Message, message


class Area(StrEnum):
    """An area in which help can be needed or offered (2006/20 Q26(a) to (l))."""

    GOVERNMENT = "government"
    SKILLS = "skills"
    PARTNERSHIPS = "partnerships"
    SOCIAL = "social"
    LOCAL = "local"
    SITUATIONAL = "situational"
    RECIDIVISM = "recidivism"
    SUSTAINABILITY = "sustainability"
    KNOWLEDGE = "knowledge"
    PLANNING = "planning"
    EVALUATION = "evaluation"
    TRANSNATIONAL = "transnational"

    @property
    def item(self) -> str:
        """Return the row of the questionnaire, such as ``Q26(a)``."""
        return _AREAS[self][0]

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _AREAS[self][1]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of the Guidelines that the questionnaire prints beside the row.

        Examples
        --------
        >>> Area.PLANNING.item, Area.PLANNING.paragraphs
        ('Q26(j)', ('2002/13:22',))
        """
        printed = rows_of_areas()[self.item]["related_paragraphs"]
        return tuple(f"2002/13:{one}" for one in printed.split(";") if one)


@cache
def rows_of_areas() -> dict[str, dict[str, str]]:
    """Return the rows of question 26 that are areas, as the packaged questionnaire has them.

    The last row of the table asks in text which area is a priority, and is none.

    Examples
    --------
    >>> len(rows_of_areas())
    12
    """
    table = files("forestall.norms").joinpath("instrument_2006_20.csv").read_text("utf-8")
    return {
        row["item_id"]: row
        for row in csv.DictReader(table.splitlines())
        if row["parent"] == "Q26" and row["answer_type"] == "table"
    }


_AREAS = {
    Area.GOVERNMENT: ("Q26(a)", message("Prevention as a permanent part of government")),
    Area.SKILLS: ("Q26(b)", message("Government support for skills")),
    Area.PARTNERSHIPS: ("Q26(c)", message("Support of partnerships")),
    Area.SOCIAL: ("Q26(d)", message("Social prevention")),
    Area.LOCAL: ("Q26(e)", message("Local or neighbourhood prevention")),
    Area.SITUATIONAL: ("Q26(f)", message("Situational prevention")),
    Area.RECIDIVISM: ("Q26(g)", message("Preventing recidivism")),
    Area.SUSTAINABILITY: ("Q26(h)", message("Sustainability and accountability")),
    Area.KNOWLEDGE: ("Q26(i)", message("Knowledge-based prevention")),
    Area.PLANNING: ("Q26(j)", message("Planning interventions")),
    Area.EVALUATION: ("Q26(k)", message("Monitoring and evaluation")),
    Area.TRANSNATIONAL: (
        "Q26(l)",
        message("Links of local crime with transnational organised crime"),
    ),
}
