"""This file knows what makes places look worse than they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Listing, message
from forestall.publication.blocks import Box, BoxKind, Item
from forestall.publication.report.landmarks import landmark_words

if TYPE_CHECKING:
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


def misleading_blocks(setting: Setting) -> list[Block]:
    """Say what makes places look worse than they are, with the landmarks the publisher names."""
    items = []
    landmarks = setting.safe.landmarks
    if landmarks is not None:
        shown = [
            (str(name), number)
            for name in landmarks.row_labels
            if (number := landmarks.value(name)) is not None
        ]
        busy = [row for row in shown if not _receives_reports(row[0])][:2]
        received = [row for row in shown if _receives_reports(row[0])][:2]
        # Only where points were moved is a busy landmark more than the place of the incident.
        items += _landmark_items(busy if setting.snapped else [], received)
    if setting.snapped:
        items.append(
            Item(
                message("A landmark collects the records of the streets around it."),
                message("Moved points."),
            )
        )
    items.append(
        Item(
            message(
                "More records where many people pass do not mean more risk for each person there."
            ),
            message("People who pass."),
        )
    )
    return [
        Box(
            kind=BoxKind.CARE,
            title=message("What makes places look worse than they are"),
            items=tuple(items),
        )
    ]


def _landmark_items(busy: list[tuple[str, int]], received: list[tuple[str, int]]) -> list[Item]:
    items = []
    for rows, lead, text in (
        (busy, message("Busy places."), message("Recorded at or near: {listed}.")),
        (
            received,
            message("Places that receive reports."),
            message("Recorded at or near: {listed}; some happened elsewhere."),
        ),
    ):
        if rows:
            listed = [
                message("{kind} ({number})", kind=landmark_words(name), number=number)
                for name, number in rows
            ]
            items.append(Item(text.filled(listed=Listing(listed)), lead))
    return items


def _receives_reports(name: str) -> bool:
    return any(word in name.casefold() for word in ("police", "hospital", "prison", "court"))
