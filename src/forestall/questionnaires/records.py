"""This file knows the record of a questionnaire: groups, items, conditions and follow-ups.

A questionnaire is data. What it asks, at which level of government, with which choices and which
follow-up stands in its file, with the asymmetries of the instrument. Its words are our own, in
every language of the file.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types

from msgspec import Struct

from forestall.languages import Texts  # noqa: TC001
from forestall.questionnaires.vocabulary import (
    AnswerType,
    Basis,
    CellType,
    Choice,
    FollowUpType,
    Level,
    StepKind,
)


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That an earlier item was answered with one of these choices.

    Attributes
    ----------
    item
        Key of the earlier item.
    choices
        Any of them suffices.
    """

    item: str
    choices: tuple[Choice, ...]


class Mark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A box that can be marked in rows of a table; boxes of one row do not depend on each other."""

    key: str
    title: Texts


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of a table whose rows are the replier's own."""

    key: str
    title: Texts
    type: CellType = CellType.TEXT


class FollowUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked after certain choices.

    Attributes
    ----------
    when
        The choices after which it is asked.
    shared_with
        Key of the earlier item under whose answer it stands, where two items share one field.
    items, mark
        For a table: the rows, and the box that has to be marked in one of them.
    """

    when: tuple[Choice, ...]
    type: FollowUpType
    prompt: Texts
    shared_with: str = ""
    items: tuple[str, ...] = ()
    mark: str = ""


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is asked, or a heading over several.

    Attributes
    ----------
    key
        As the norms refer to it, such as "Q4(c)(ii)".
    prompt
        What is asked, in our own words.
    label
        Its number in print, such as "4(c)(ii)"; empty where the instrument prints none.
    parent
        Key of the item under which it stands.
    level
        The level of government that it is about; None for no one level.
    choices, marks, columns
        What can be chosen; keys of the boxes; columns of the table.
    asked_if
        Conditions, of which one suffices; without any it is always asked.
    paragraphs, basis
        What it is about, such as "2002/13:17(b)", and who says so.
    note
        How the instrument differs here from its neighbours or from the Guidelines.
    """

    key: str
    type: AnswerType
    prompt: Texts
    label: str = ""
    parent: str = ""
    level: Level | None = None
    choices: tuple[Choice, ...] = ()
    marks: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    follow_up: FollowUp | None = None
    asked_if: tuple[Condition, ...] = ()
    paragraphs: tuple[str, ...] = ()
    basis: Basis = Basis.JUDGEMENT
    note: Texts = {}


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section with its items, in the order of the instrument."""

    key: str
    title: Texts
    items: tuple[Item, ...]


class Contradiction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers that sit badly together, and why; both can still be right.

    Attributes
    ----------
    all_of
        It is told where each of them holds.
    why
        Said to whoever replies.
    """

    all_of: tuple[Condition, ...]
    why: Texts


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of items of the version before.

    Attributes
    ----------
    items, into
        Keys in the version before, and in this one; nothing for a removed item.
    why
        Why it was changed.
    """

    kind: StepKind
    items: tuple[str, ...]
    into: tuple[str, ...] = ()
    why: Texts = {}


class Questionnaire(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole questionnaire in one version.

    Attributes
    ----------
    format
        The version of this record; 1.
    key, version, dated
        Its short name; the number of the version, from 1; the day of the instrument or version.
    instrument
        The resolution, such as "ECOSOC 2006/20".
    languages
        In which every text of it is written.
    addressed_to
        Who is asked.
    incomplete
        What the source does not hold; empty where it is whole.
    marks
        Boxes that rows of tables refer to.
    contradictions
        Answers that sit badly together.
    steps
        From the version before; empty for the first.
    """

    key: str
    version: int
    dated: date
    instrument: str
    languages: tuple[str, ...]
    title: Texts
    about: Texts
    groups: tuple[Group, ...]
    addressed_to: Texts = {}
    incomplete: Texts = {}
    marks: tuple[Mark, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    steps: tuple[Step, ...] = ()
    format: int = 1

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item, in the order of the instrument."""
        return tuple(item for group in self.groups for item in group.items)

    def item(self, key: str) -> Item | None:
        """Return the item of a key; None if there is none."""
        return next((item for item in self.items if item.key == key), None)
