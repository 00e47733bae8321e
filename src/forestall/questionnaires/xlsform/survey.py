"""This file knows how the rows of a survey become a tree of questions, groups and repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.questionnaires.xlsform.form import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.questionnaires.xlsform.sheets import SheetRow

_DEEPEST = 20
_SAME = {
    "select one": "select_one", "select1": "select_one", "select_one_from": "select_one",
    "select multiple": "select_multiple", "select all that apply from": "select_multiple",
    "string": "text", "int": "integer", "begin_group": "begin group", "end_group": "end group",
    "begin_repeat": "begin repeat", "end_repeat": "end repeat",
}  # fmt: skip
_WITH_LIST = ("select_one", "select one", "select1", "select_multiple", "select multiple")


@dataclass(frozen=True, kw_only=True)
class Node:
    """A question, a group or a repeat.

    Attributes
    ----------
    row
        Where it stands.
    type
        Such as "text", "select_one", "group" or "repeat".
    choices
        The name of its list, and what else follows the type; "" for none.
    children
        Of a group or a repeat.
    """

    row: SheetRow
    type: str
    choices: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return its name."""
        return self.row.text("name").strip()

    @property
    def part(self) -> str:
        """Return what it is in a questionnaire, where forestall wrote the form."""
        return self.own("part")

    def own(self, column: str) -> str:
        """Return what stands in a column of our own."""
        return self.row.text(f"{OWN}{column}")


def tree_of(rows: Iterable[SheetRow]) -> list[Node]:
    """Return the questions, groups and repeats at the top.

    Raises
    ------
    InvalidQuestionnaire
        If a group or repeat has no end or no beginning, or a row no type or no name.

    Examples
    --------
    >>> from forestall.questionnaires.xlsform.sheets import SheetRow
    >>> row = SheetRow(sheet="survey", number=2, cells={"type": "select one  a", "name": "q"})
    >>> [(one.type, one.choices) for one in tree_of([row])]
    [('select_one', 'a')]
    """
    top: list[Node] = []
    opened: list[Node] = []
    for row in rows:
        kind, choices = _type_of(row)
        if kind.startswith("end "):
            if not opened or f"end {opened[-1].type}" != kind:
                raise row.refused("type", message("this ends nothing that was begun before."))
            opened.pop()
            continue
        if not row.text("name").strip():
            raise row.refused("name", message("the row needs a name."))
        node = Node(row=row, type=kind.removeprefix("begin "), choices=choices)
        (opened[-1].children if opened else top).append(node)
        if kind.startswith("begin "):
            opened.append(node)
        if len(opened) > _DEEPEST:
            raise row.refused("type", message("groups stand in each other too deeply."))
    if opened:
        raise opened[-1].row.refused("type", message("what begins here has no end."))
    return top


def _type_of(row: SheetRow) -> tuple[str, str]:
    words = " ".join(row.text("type").split())
    if not words:
        raise row.refused("type", message("the row needs a type."))
    plain = words.casefold()
    for start in _WITH_LIST:
        if plain.startswith(f"{start} "):
            return _SAME.get(start, start), words[len(start) :].strip()
    return _SAME.get(plain, plain), ""
