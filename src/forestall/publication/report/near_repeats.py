"""This file knows what section 3 says of incidents that follow soon and nearby."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import NearRepeatsByKind
from forestall.languages import Decimal, Listing, Quantity, Sentences, Share, message
from forestall.publication.blocks import (
    Column,
    Details,
    Finding,
    Heading,
    Link,
    Paragraph,
    Source,
    Table,
    Unit,
)
from forestall.publication.report.untold import cannot_words, not_told, without_counts
from forestall.publication.report.words import kind_inside, kind_name
from forestall.records.readers.recipe import UNSTATED
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


_CLEAR, _PROBABLE = 0.01, 0.05
_FIRST_WEEK = 7
_WORTH_SAYING = 1.2
_TWICE = 2.0


def near_blocks(setting: Setting) -> list[Block]:
    """Say whether another incident follows soon and nearby, with all bands behind it."""
    head = Heading(message("Soon after and nearby"), "near")
    found, safe = setting.diagnosis.near_repeats, setting.safe.near_repeats
    if not isinstance(found, NearRepeatsByKind) or safe is None or safe.frame["p_max"].isna().all():
        return [head, not_told(cannot_words("near"), [found])]
    opening = [
        message(
            "From {day} on, pairs of incidents of one kind were counted by the distance and the "
            "days between them.",
            day=found.first_day,
        ),
        message("Chance means that times and places have nothing to do with each other."),
    ]
    shown = set(safe.frame["offence"])
    caveats = [
        caveat for kind, one in found.by_kind.items() if kind in shown for caveat in one.caveats
    ]
    return [
        head,
        Paragraph((Sentences((*opening, *near_sentences(safe))),)),
        Details(message("All distances and days"), (_near_table(safe),)),
        Source(
            (
                setting.source,
                *without_counts(caveats),
                message(
                    "Incidents without a point, or that may have happened over more than a week, "
                    "are left out."
                ),
            )
        ),
    ]


def near_sentences(safe: SafeTable) -> list[Text]:
    """Return a sentence for each kind: its nearest band beyond chance, or that there is none."""
    frame = safe.frame
    beyond = _beyond(frame)
    looked_at = list(dict.fromkeys(frame["offence"]))
    others = [kind for kind in looked_at if kind not in set(beyond["offence"])]
    said = [
        _band_sentence(row) for _, row in beyond.groupby("offence", sort=False).head(1).iterrows()
    ]
    if others and said:
        said.append(message("For the other kinds looked at, nothing stands out from chance."))
    if not said:
        said.append(
            message(
                "Of {kinds}, no more pairs close in place and time were recorded than chance "
                "explains.",
                kinds=Listing([kind_inside(str(kind)) for kind in looked_at]),
            )
        )
    if frame["pairs"].isna().any():
        said.append(message("Of distances and days with too few pairs to show, nothing is said."))
    return [*said, *_what_it_means(beyond)]


def near_finding(setting: Setting) -> list[Finding]:
    """Say in the summary that another follows soon and nearby, where one kind shows it."""
    safe = setting.safe.near_repeats
    if safe is None:
        return []
    soon = _soon(_beyond(safe.frame))
    if soon.empty:
        return []
    row = soon.iloc[0]
    return [
        Finding(
            bold=_soon_sentence(str(row["offence"])),
            then=Sentences((_band_sentence(row), message(_HELP))),
            more=(Link(message("Soon after and nearby"), "#near"),),
        )
    ]


def _beyond(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the shown bands beyond chance, allowing for all bands of a kind and for the kinds."""
    kinds = max(frame["offence"].nunique(), 1)
    p_value = frame["p_max"].astype(float) * kinds
    return frame.assign(p_value=p_value)[p_value <= _PROBABLE]


def _soon_sentence(kind: str) -> Text:
    if kind == UNSTATED:
        return message(
            "In the week after an incident, more were recorded nearby than chance explains."
        )
    return message(
        "In the week after {kind}, more of it was recorded nearby than chance explains.",
        kind=kind_inside(kind),
    )


def _kind(label: str) -> Text:
    return message("Recorded incidents") if label == UNSTATED else kind_name(label)


def _soon(beyond: pd.DataFrame) -> pd.DataFrame:
    """Return those of the first week that are not only clear but also large."""
    first = (beyond["days_from"] == 0) & (beyond["days_to"] <= _FIRST_WEEK)
    return beyond[first & (beyond["ratio"].astype(float) >= _WORTH_SAYING)]


def _band_sentence(row: pd.Series) -> Text:
    ratio = float(row["ratio"])
    twice = ratio >= _TWICE
    text = _BAND["many" if twice else "more", "place" if row["distance_to_m"] == 0 else "near"]
    return message(
        text,
        kind=_kind(str(row["offence"])),
        more=Decimal(ratio, 1) if twice else Share(ratio - 1),
        distance=_distance_words(row),
        first=int(row["days_from"]),
        last=int(row["days_to"]) - 1,
        certainty=(Certainty.CLEAR if row["p_value"] <= _CLEAR else Certainty.PROBABLE).words,
    )


def _what_it_means(beyond: pd.DataFrame) -> list[Text]:
    if beyond.empty:
        return []
    if len(_soon(beyond)):
        return [message(_HELP)]
    if (beyond["ratio"].astype(float) < _WORTH_SAYING).all():
        return [message("So small a difference changes little for prevention.")]
    return []


_HELP = "Help for neighbours matters most in the days just after an incident."
_BAND = {
    ("more", "near"): (
        "{kind}: {more} more pairs than by chance were recorded {distance} and {first} to {last} "
        "days apart ({certainty})."
    ),
    ("many", "near"): (
        "{kind}: {more} times as many pairs as by chance were recorded {distance} and {first} to "
        "{last} days apart ({certainty})."
    ),
    ("more", "place"): (
        "{kind}: {more} more pairs than by chance were recorded at the same place, {first} to "
        "{last} days apart ({certainty})."
    ),
    ("many", "place"): (
        "{kind}: {more} times as many pairs as by chance were recorded at the same place, {first} "
        "to {last} days apart ({certainty})."
    ),
}


def _distance_words(row: pd.Series) -> Text:
    if row["distance_to_m"] == 0:
        return message("same place")
    return message(
        "{low} to {high}",
        low=float(row["distance_from_m"]),
        high=Quantity(float(row["distance_to_m"]), "m"),
    )


def _near_table(safe: SafeTable) -> Table:
    frame = safe.frame
    words: dict[Hashable, Text] = {
        row["band"]: message(
            "{kind}, {distance}, {first} to {last} days",
            kind=_kind(str(row["offence"])),
            distance=_distance_words(row),
            first=int(row["days_from"]),
            last=int(row["days_to"]) - 1,
        )
        for _, row in frame.iterrows()
    }
    return Table(
        title=message("Pairs of incidents by the distance and the days between them"),
        safe=safe,
        columns=(
            Column(name="band", head=message("Kind, distance, days"), unit=Unit.WORDS),
            Column(name="pairs", head=message("Pairs recorded")),
            Column(name="expected", head=message("By chance"), unit=Unit.DECIMAL, decimals=1),
            Column(name="ratio", head=message("Times chance"), unit=Unit.DECIMAL, decimals=2),
            Column(
                name="p_max", head=message("p, all bands together"), unit=Unit.DECIMAL, decimals=3
            ),
        ),
        row_words=words,
        folds=True,
    )
