"""This file knows one field of a form on a part of a plan: label, hint, and the input it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    name
        Of the attribute; with a point for one of a record inside, such as "baseline.value".
    label, hint
        What is asked, and what helps to answer.
    rows
        Height of the input, for texts.
    needed
        Whether the part cannot be saved without it.
    refers
        Which list of the plan its keys come from: "partners", "problems" or "objectives".
    """

    name: str
    label: Message
    hint: Message | None = None
    rows: int = 1
    needed: bool = False
    refers: str = ""


TITLE = Field(
    "title", message("Title"), message("A few words by which everybody knows it."), needed=True
)
