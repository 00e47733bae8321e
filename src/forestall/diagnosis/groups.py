"""This file knows how kinds of offence, and places, are named, ordered and told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.records import Areas
from forestall.records.kinds import At, Kind

if TYPE_CHECKING:
    from forestall.records import Counts, Places

ALL_CRIME = "all"
OTHER_KINDS = "other kinds"
NOT_NAMED = "kind not named"
_MIXED = frozenset(
    {
        "other crime",
        "other crimes",
        "other",
        "other kinds",
        "other offense",
        "other offenses",
        "other offence",
        "other offences",
        "miscellaneous",
        "miscellaneous crimes against society",
    }
)


def group_words(group: str) -> Message | Kind:
    """Return the name of a group for a sentence."""
    if group == ALL_CRIME:
        return message("All recorded crime")
    if group == OTHER_KINDS:
        return message("Other kinds")
    if group == NOT_NAMED:
        return message("Kind not named")
    return Kind(group, At.PUBLISHED)


def place_words(places: Places) -> Message:
    """Return what the places are, for use after a number: "squares of 500 m" or "areas"."""
    return message("areas") if isinstance(places, Areas) else places.label


def is_mixed(group: str) -> bool:
    """Say whether a group is a catch-all, whose content differs from month to month."""
    return group.casefold() in _MIXED


def group_of(counts: Counts) -> str:
    """Return the one kind of offence that was counted, or "all"."""
    if "offence" not in counts.by:
        return counts.offences[0][0] if len(counts.offences) == 1 else ALL_CRIME
    kinds = counts.table["offence"].unique()
    return str(kinds[0]) if len(kinds) == 1 else ALL_CRIME


def counted_groups(counts: Counts) -> list[tuple[str, bool]]:
    """Return (kind, counts as crime), largest first; catch-alls, then those counted apart, last."""
    if "offence" not in counts.by:
        return []
    crime = dict(counts.offences)
    totals = counts.table.groupby("offence", observed=True)["incidents"].sum()
    labels = [(str(label), int(total)) for label, total in totals.items() if total > 0]
    labels.sort(key=lambda row: (not crime.get(row[0], True), is_mixed(row[0]), -row[1], row[0]))
    return [(label, crime.get(label, True)) for label, _ in labels]
