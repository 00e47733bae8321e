"""This file knows what section 3 says of near repeats and of places that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import ConcentrationOverTime, NearRepeatsByKind, PatternChange
from forestall.languages import (
    Decimal,
    Message,
    Month,
    Quantity,
    Share,
    message,
    plural_message,
    say,
)
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
from forestall.publication.report.words import kind_inside, kind_name, sentences

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_LEVEL = 0.05
_FIRST_WEEK = 7


def near_blocks(setting: Setting) -> list[Block]:
    """Say whether another incident follows soon and nearby, with all bands behind it."""
    head = Heading(say("Soon after and nearby"), "near")
    found, safe = setting.diagnosis.near_repeats, setting.safe.near_repeats
    if not isinstance(found, NearRepeatsByKind) or safe is None:
        return [head, Paragraph((_not_told(str(getattr(found, "reason", ""))),))]
    opening = say(
        "Pairs of incidents of one kind were counted by the distance and the days between them, "
        "from {day} on, and set against what would be if times and places had nothing to do with "
        "each other.",
        day=found.first_day,
    )
    caveats = dict.fromkeys(
        sentence for one in found.by_kind.values() for sentence in sentences(one.caveats)
    )
    return [
        head,
        Paragraph((" ".join([opening, *near_sentences(safe)]),)),
        Details(say("All distances and days"), (_near_table(safe),)),
        Source((setting.source, *caveats)),
    ]


def near_sentences(safe: SafeTable) -> list[str]:
    """Return a sentence for each kind: its nearest band beyond chance, or that there is none."""
    frame = safe.frame
    beyond = _beyond(frame)
    said = [
        say(
            "{kind}: pairs {distance} and {first} to {last} days apart were recorded {ratio} "
            "times as often as chance explains.",
            kind=kind_name(str(row["offence"])),
            distance=_distance(row),
            first=int(row["days_from"]),
            last=int(row["days_to"]) - 1,
            ratio=Decimal(float(row["ratio"]), 1),
        )
        for _, row in beyond.groupby("offence", sort=False).head(1).iterrows()
    ]
    others = [kind for kind in frame["offence"].unique() if kind not in set(beyond["offence"])]
    if others and said:
        said.append(say("For the other kinds looked at, nothing stands out from chance."))
    if not said:
        said.append(
            say("No kind has more pairs of incidents close in place and time than chance explains.")
        )
    return said


def near_finding(setting: Setting) -> list[Finding]:
    """Say in the summary that another follows soon and nearby, where one kind shows it."""
    safe = setting.safe.near_repeats
    if safe is None:
        return []
    beyond = _beyond(safe.frame)
    soon = beyond[(beyond["days_from"] == 0) & (beyond["days_to"] <= _FIRST_WEEK)]
    if soon.empty:
        return []
    row = soon.iloc[0]
    return [
        Finding(
            bold=say(
                "In the week after {kind}, another one nearby is more frequent than by chance.",
                kind=kind_inside(str(row["offence"])),
            ),
            then=_often(row),
            more=(Link(say("Soon after and nearby"), "#near"),),
        )
    ]


def same_places_blocks(setting: Setting) -> list[Block]:
    """Say whether crime lies in the same places as the year before, and year after year."""
    head = Heading(say("The same places as before"), "same-places")
    changed, kept = setting.diagnosis.pattern_change, setting.diagnosis.places_kept
    said = [*_change_sentences(setting, changed), *kept_sentences(setting)]
    if not said:
        reason = str(getattr(changed, "reason", "")) or str(getattr(kept, "reason", ""))
        return [head, Paragraph((_not_told_places(reason),))]
    tables: list[Block] = []
    if setting.safe.pattern_change is not None:
        tables.append(_change_table(setting, setting.safe.pattern_change))
    if setting.safe.places_kept is not None:
        tables.append(_kept_table(setting, setting.safe.places_kept))
    caveats = [*getattr(changed, "caveats", ()), *getattr(kept, "caveats", ())]
    return [
        head,
        Paragraph((" ".join(said),)),
        Details(say("Tables behind these sentences"), tuple(tables)),
        Source((setting.source, *sentences(caveats))),
    ]


def kept_sentences(setting: Setting) -> list[str]:
    """Say which share of the places that hold half of a year did so in the year before."""
    kept, safe = setting.diagnosis.places_kept, setting.safe.places_kept
    if not isinstance(kept, ConcentrationOverTime) or safe is None:
        return []
    means = safe.frame[["kept", "kept_if_stable", "kept_if_drawn_anew"]].astype(float).mean()
    return [
        say(
            "Year by year, on average {kept} of the {squares} that hold half of it had also done "
            "so the year before.",
            kept=Share(float(means["kept"])),
            squares=setting.squares_words,
        ),
        say(
            "If every place kept its share and only chance moved the counts, it would be {stable}; "
            "if the places were drawn anew each year, {anew}.",
            stable=Share(float(means["kept_if_stable"])),
            anew=Share(float(means["kept_if_drawn_anew"])),
        ),
    ]


def kept_finding(setting: Setting) -> list[Finding]:
    """Say in the summary whether it is the same places year by year."""
    said = kept_sentences(setting)
    if not said:
        return []
    link = (Link(say("The same places as before"), "#same-places"),)
    return [Finding(bold=said[0], then=said[1], more=link)]


def _beyond(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the shown bands beyond chance, allowing for all bands of a kind and for the kinds."""
    kinds = max(frame["offence"].nunique(), 1)
    return frame[frame["p_max"].astype(float) * kinds <= _LEVEL]


def _often(row: pd.Series[float]) -> str:
    ratio = Decimal(float(row["ratio"]), 1)
    if row["distance_to_m"] == 0:
        return say("Pairs at the same place were recorded {ratio} times as often.", ratio=ratio)
    return say(
        "Pairs {distance} apart were recorded {ratio} times as often.",
        distance=_distance(row),
        ratio=ratio,
    )


def _distance(row: pd.Series[float]) -> Message:
    """Return the band of distance in words; both ends are 0 for the same place."""
    if row["distance_to_m"] == 0:
        return message("at the same place")
    high = Quantity(float(row["distance_to_m"]), "m")
    return message("{low} to {high}", low=float(row["distance_from_m"]), high=high)


def _not_told(reason: str) -> str:
    return say(
        "Whether another incident follows soon and nearby cannot be told. {reason}", reason=reason
    )


def _not_told_places(reason: str) -> str:
    return say("Whether it is the same places as before cannot be told. {reason}", reason=reason)


def _near_table(safe: SafeTable) -> Table:
    frame = safe.frame
    words: dict[Hashable, str] = {
        row["band"]: say(
            "{kind}, {distance}, {first} to {last} days",
            kind=kind_name(str(row["offence"])),
            distance=_distance(row),
            first=int(row["days_from"]),
            last=int(row["days_to"]) - 1,
        )
        for _, row in frame.iterrows()
    }
    return Table(
        title=say("Pairs of incidents by the distance and the days between them"),
        safe=safe,
        columns=(
            Column(name="band", head=say("Kind, distance, days"), unit=Unit.WORDS),
            Column(name="pairs", head=say("Pairs recorded")),
            Column(name="expected", head=say("By chance"), unit=Unit.DECIMAL, decimals=1),
            Column(name="ratio", head=say("Times chance"), unit=Unit.DECIMAL, decimals=2),
            Column(name="p_max", head=say("p, all bands together"), unit=Unit.DECIMAL, decimals=3),
        ),
        row_words=words,
    )


def _change_sentences(setting: Setting, changed: object) -> list[str]:
    safe = setting.safe.pattern_change
    compared = getattr(setting.diagnosis.trend, "compared", None)
    if not isinstance(changed, PatternChange) or safe is None or compared is None:
        return []
    places = safe.frame.set_index("state")["places"].astype(int)
    higher, lower = int(places.get("higher", 0)), int(places.get("lower", 0))
    values = {
        "month": Month(compared.after_months[-1].date()),
        "total": int(places.sum()),
        "squares": setting.squares_words,
    }
    if not higher and not lower:
        first = say(
            "In the year to {month}, none of the {total} {squares} with records holds a share that "
            "can be told from that in the same months a year before.",
            **values,
        )
    else:
        first = str(
            plural_message(
                "In the year to {month}, {count} of {total} {squares} with records holds a larger "
                "share than in the same months a year before and {lower} a smaller one; the others "
                "cannot be told from before.",
                "In the year to {month}, {count} of {total} {squares} with records hold a larger "
                "share than in the same months a year before and {lower} a smaller one; the others "
                "cannot be told from before.",
                higher,
                lower=lower,
                **values,
            )
        )
    return [first, changed.moved_summary()]


def _change_table(setting: Setting, safe: SafeTable) -> Table:
    return Table(
        title=say("Places by what became of their share"),
        safe=safe,
        columns=(
            Column(name="state", head=say("Share"), unit=Unit.WORDS),
            Column(name="places", head=setting.squares_words.capitalize()),
            Column(name="incidents", head=say("Recorded after")),
            Column(name="share_before", head=say("Share before"), unit=Unit.SHARE),
            Column(name="share_after", head=say("Share after"), unit=Unit.SHARE),
        ),
        row_words={
            "higher": say("larger share than before"),
            "similar": say("cannot be told from before"),
            "lower": say("smaller share than before"),
        },
    )


def _kept_table(setting: Setting, safe: SafeTable) -> Table:
    return Table(
        title=say("Places that hold half of each year, and those that stayed"),
        safe=safe,
        columns=(
            Column(name="year", head=say("Year"), unit=Unit.WORDS),
            Column(name="incidents", head=say("Recorded")),
            Column(
                name="places_50",
                head=say("{squares} that hold half, in fives", squares=setting.squares_words),
            ),
            Column(name="kept", head=say("stayed"), unit=Unit.SHARE),
            Column(name="kept_if_stable", head=say("if all were stable"), unit=Unit.SHARE),
            Column(name="kept_if_drawn_anew", head=say("if drawn anew"), unit=Unit.SHARE),
        ),
    )
