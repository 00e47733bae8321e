"""This file knows how the change of each kind is shown, compared over the same months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.diagnosis import GroupChanges
from forestall.languages import Listing, Message, Sentences, message, plural_message
from forestall.publication.blocks import Box, BoxKind, ChangeTable, Paragraph, Source
from forestall.publication.drawing.intervals import REACHES
from forestall.publication.report.words import (
    kind_inside,
    kind_words,
    months_short,
    months_words,
    sentences,
)
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


def changes_blocks(setting: Setting) -> list[Block]:
    """Compare each kind over the same months, or say why not."""
    changes, safe = setting.diagnosis.group_changes, setting.safe.changes
    if not isinstance(changes, GroupChanges) or safe is None:
        reason = (
            message("In some of the months too few incidents were recorded to compare them.")
            if isinstance(changes, GroupChanges)
            else changes.reason
        )
        return [
            Box(
                kind=BoxKind.EMPTY,
                title=message("Change is not shown"),
                sentences=(reason,),
            )
        ]
    compared = changes.compared
    opening = message(
        "Months differ in length, so this section compares daily averages: {after} against "
        "{before}.",
        after=months_words(compared.after_months),
        before=months_words(compared.before_months),
    )
    largest = _largest_limit(safe.frame)
    table = ChangeTable(
        title=message(
            "Recorded a day: {after} against {before}",
            after=months_words(compared.after_months),
            before=months_words(compared.before_months),
        ),
        safe=safe,
        kind_head=message("Kind"),
        before_head=months_short(compared.before_months),
        after_head=months_short(compared.after_months),
        row_words=kind_words(safe.row_labels),
        reach=next((r for r in REACHES[1:] if r >= largest), REACHES[-1]),
    )
    summary = Sentences((opening, *_how_many(changes, safe.frame)))
    return [Paragraph((summary,)), table, Source(_change_source(setting, changes))]


def _largest_limit(frame: pd.DataFrame) -> float:
    """Return how far most intervals reach; a few long ones are cut at the end of the axis."""
    limits = np.concatenate([frame["low"].astype(float) - 1, frame["high"].astype(float) - 1])
    finite = np.abs(limits[np.isfinite(limits)])
    return float(np.quantile(finite, 0.9)) if finite.size else 0.6


def _how_many(changes: GroupChanges, frame: pd.DataFrame) -> list[Text]:
    """Say how many kinds of crime clearly changed; what is counted apart is said apart."""
    known = frame[frame["side"] == "after"].dropna(subset=["ratio"])
    apart = changes.table.loc[~changes.table["counts_as_crime"].astype(bool), "group"]
    is_apart = known["group"].isin(apart)
    rows, clearly = known[~is_apart], known[known["certainty"] == Certainty.CLEAR.value]
    clear = rows["certainty"] == Certainty.CLEAR.value
    unsure = int((rows["certainty"] == Certainty.CHANCE.value).sum())
    found = [
        *_clearly(rows[clear & (rows["ratio"] < 1)], fell=True),
        *_clearly(rows[clear & (rows["ratio"] > 1)], fell=False),
    ]
    if unsure:
        found.append(
            plural_message(
                "For {count} kind the difference cannot be told from chance.",
                "For {count} kinds the difference cannot be told from chance.",
                unsure,
            )
        )
    return [*found, *_clearly_apart(clearly[clearly["group"].isin(apart)])]


def _clearly_apart(rows: pd.DataFrame) -> list[Message]:
    found = []
    for side in ("fewer", "more"):
        groups = rows.loc[(rows["ratio"] < 1) == (side == "fewer"), "group"]
        if len(groups):
            kinds = Listing([kind_inside(str(group)) for group in groups])
            found.append(message(_APART[side], kinds=kinds))
    return found


_APART = {
    "fewer": "Counted apart, and clearly fewer: {kinds}.",
    "more": "Counted apart, and clearly more: {kinds}.",
}


def _clearly(rows: pd.DataFrame, *, fell: bool) -> list[Message]:
    """Name up to three kinds that clearly changed, the largest first."""
    if rows.empty:
        return []
    named = Listing([kind_inside(str(group)) for group in rows["group"].head(3)])
    if len(rows) <= 3:
        found = message("Clearly fewer: {kinds}.", kinds=named)
        return [found if fell else message("Clearly more: {kinds}.", kinds=named)]
    if fell:
        return [
            message("{count} kinds clearly fell, among them {kinds}.", count=len(rows), kinds=named)
        ]
    return [
        message("{count} kinds clearly rose, among them {kinds}.", count=len(rows), kinds=named)
    ]


def _change_source(setting: Setting, changes: GroupChanges) -> tuple[Text, ...]:
    return (setting.source, *sentences(changes.caveats), *_left_out(setting, changes))


def _left_out(setting: Setting, changes: GroupChanges) -> list[Text]:
    """Say for how many kinds nothing is shown: one of their months is hidden, or they have few."""
    safe = setting.safe.changes
    assert safe is not None
    groups = changes.table.loc[~changes.table["group"].isin(safe.row_labels)]
    hidden = sum(_has_hidden_month(setting, row, changes) for row in groups.to_dict("records"))
    found: list[Text] = []
    if hidden:
        found.append(
            plural_message(
                "For {count} kind a month is hidden to protect small numbers, so no comparison is "
                "shown.",
                "For {count} kinds a month is hidden to protect small numbers, so no comparison is "
                "shown.",
                hidden,
            )
        )
    if len(groups) - hidden:
        found.append(
            plural_message(
                "{count} kind has too few records to show a comparison.",
                "{count} kinds have too few records to show a comparison.",
                len(groups) - hidden,
            )
        )
    return found


def _has_hidden_month(
    setting: Setting, row: Mapping[Hashable, object], changes: GroupChanges
) -> bool:
    """Say whether a compared month of a kind is not shown, by the protected tables alone."""
    months = [*changes.compared.before_months, *changes.compared.after_months]
    group = str(row["group"])
    if not row["counts_as_crime"]:
        safe = setting.safe.apart_months
        return safe is None or any(
            month not in safe.row_labels or safe.value(month) is None for month in months
        )
    safe = setting.safe.group_months
    if safe is None or group not in safe.row_labels:
        return True
    return any(
        month not in safe.column_labels or safe.value(group, month) is None for month in months
    )
