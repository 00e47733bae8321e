"""This file knows when a table has nothing left to show, and says why in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import Status
from forestall.languages import Message, Sentences, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    ChangeTable,
    CrossTable,
    HeatTable,
    Table,
)

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block


def wholly_hidden(block: Block) -> tuple[Message, ...]:
    """Return why no number of a table can be shown; nothing when at least one is.

    Every writer puts these sentences where the table would be.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> from forestall.publication.blocks import Column
    >>> few = pd.DataFrame({"kind": ["Arson", "Fraud"], "incidents": [2, 3]})
    >>> table = Table(title="Kinds", safe=protect_table(few, rule="threshold-5", rows="kind"),
    ...     columns=(Column(name="kind", head="Kind"), Column(name="incidents", head="Crimes")))
    >>> for sentence in wholly_hidden(table):
    ...     print(sentence)
    None of the 2 numbers of this table can be shown.
    Each is smaller than 5, or would tell such a number; they are hidden to protect people.
    Together they are 5.
    """
    if not isinstance(block, Table | CrossTable | ChangeTable | HeatTable):
        return ()
    record = block.safe.record
    if not record.cells or record.hidden < record.cells or _tells_more(block):
        return ()
    return (
        plural_message(
            "The only number of this table cannot be shown.",
            "None of the {count} numbers of this table can be shown.",
            record.cells,
        ),
        message(
            "Each is smaller than {threshold}, or would tell such a number; they are hidden to "
            "protect people.",
            threshold=record.rule.threshold,
        ),
        *_sum(block.safe),
    )


def shown_or_told(block: Block) -> Block:
    """Return a block, or the box that stands where a table has nothing left to show.

    Examples
    --------
    >>> from forestall.publication.blocks import Heading
    >>> shown_or_told(Heading("Months"))
    Heading(text='Months', id='')
    """
    why = wholly_hidden(block)
    if not why:
        return block
    return Box(kind=BoxKind.CANNOT, title=getattr(block, "title", ""), sentences=(Sentences(why),))


def _tells_more(block: Table | CrossTable | ChangeTable | HeatTable) -> bool:
    """Say whether columns that no count stands behind are left to be read."""
    if not isinstance(block, Table):
        return False
    others = [column.name for column in block.columns[1:] if column.name != block.safe.count]
    frame = block.safe.frame
    return any(bool(frame[name].notna().any()) for name in others if name in frame.columns)


def _sum(safe: SafeTable) -> tuple[Message, ...]:
    total = safe.grand_total
    if total.status in {Status.LEFT_OUT, Status.SMALL, Status.SECONDARY} or not total.number:
        return ()
    return (message("Together they are {total}.", total=total.number),)
