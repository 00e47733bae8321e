"""This file knows what section 3 says of near repeats and of places that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import (
    ConcentrationOverTime,
    NearRepeatsByKind,
    PatternChange,
    Unanswered,
)
from forestall.languages import Decimal, Listing, Quantity, Share, say, say_plural
from forestall.publication.blocks import (
    Box,
    BoxKind,
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
from forestall.publication.report.words import (
    ALL_CRIME,
    kind_inside,
    kind_name,
    months_words,
    sentences,
)
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from forestall.disclosure import SafeTable
    from forestall.languages import Message
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_CLEAR, _PROBABLE = 0.01, 0.05
_FIRST_WEEK = 7
_WORTH_SAYING = 1.2
_TWICE = 2.0
_LEAST_APART = 0.1
_MOSTLY_SAME = 0.5


def near_blocks(setting: Setting) -> list[Block]:
    """Say whether another incident follows soon and nearby, with all bands behind it."""
    head = Heading(say("Soon after and nearby"), "near")
    found, safe = setting.diagnosis.near_repeats, setting.safe.near_repeats
    if not isinstance(found, NearRepeatsByKind) or safe is None or safe.frame["p_max"].isna().all():
        return [head, _not_told(say(_CANNOT["near"]), [found])]
    opening = [
        say(
            "From {day} on, pairs of incidents of one kind were counted by the distance and the "
            "days between them.",
            day=found.first_day,
        ),
        say("Chance means that times and places have nothing to do with each other."),
    ]
    shown = set(safe.frame["offence"])
    caveats = [
        caveat for kind, one in found.by_kind.items() if kind in shown for caveat in one.caveats
    ]
    return [
        head,
        Paragraph((" ".join([*opening, *near_sentences(safe)]),)),
        Details(say("All distances and days"), (_near_table(safe),)),
        Source(
            (
                setting.source,
                *_without_counts(caveats),
                say(
                    "Incidents without a point, or that may have happened over more than a week, "
                    "are left out."
                ),
            )
        ),
    ]


def near_sentences(safe: SafeTable) -> list[str]:
    """Return a sentence for each kind: its nearest band beyond chance, or that there is none."""
    frame = safe.frame
    beyond = _beyond(frame)
    looked_at = list(dict.fromkeys(frame["offence"]))
    others = [kind for kind in looked_at if kind not in set(beyond["offence"])]
    said = [
        _band_sentence(row) for _, row in beyond.groupby("offence", sort=False).head(1).iterrows()
    ]
    if others and said:
        said.append(say("For the other kinds looked at, nothing stands out from chance."))
    if not said:
        said.append(
            say(
                "Of {kinds}, no more pairs close in place and time were recorded than chance "
                "explains.",
                kinds=Listing([kind_inside(str(kind)) for kind in looked_at]),
            )
        )
    if frame["pairs"].isna().any():
        said.append(say("Of distances and days with too few pairs to show, nothing is said."))
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
            bold=say(
                "In the week after {kind}, more of it was recorded nearby than chance explains.",
                kind=kind_inside(str(row["offence"])),
            ),
            then=" ".join([_band_sentence(row), say(_HELP)]),
            more=(Link(say("Soon after and nearby"), "#near"),),
        )
    ]


def same_places_blocks(setting: Setting) -> list[Block]:
    """Say whether crime lies in the same places as the year before, and year after year."""
    head = Heading(say("The same places as before"), "same-places")
    changed, kept = setting.diagnosis.pattern_change, setting.diagnosis.places_kept
    moved, stayed = change_sentences(setting), kept_sentences(setting)
    if not moved and not stayed:
        return [head, _not_told(say(_CANNOT["places"]), [changed, kept])]
    blocks: list[Block] = [head]
    blocks += [_paragraph(moved) if moved else _not_told(say(_CANNOT["changed"]), [changed])]
    blocks += [_paragraph(stayed) if stayed else _not_told(say(_CANNOT["kept"]), [kept])]
    tables: list[Block] = []
    if moved and setting.safe.pattern_change is not None:
        tables.append(_change_table(setting, setting.safe.pattern_change))
    if stayed and setting.safe.places_kept is not None:
        tables.append(_kept_table(setting, setting.safe.places_kept))
    if tables:
        blocks.append(Details(say("Tables behind these sentences"), tuple(tables)))
    caveats = [
        *(getattr(changed, "caveats", ()) if moved else ()),
        *(getattr(kept, "caveats", ()) if stayed else ()),
    ]
    rough = [say("Where few incidents are expected, the test of places is rough.")] if moved else []
    return [*blocks, Source((setting.source, *_without_counts(caveats), *rough))]


def kept_sentences(setting: Setting) -> list[str]:
    """Say which share of the places that hold half of a year did so in the year before."""
    kept, safe = setting.diagnosis.places_kept, setting.safe.places_kept
    if not isinstance(kept, ConcentrationOverTime) or safe is None:
        return []
    means = safe.frame[["kept", "kept_if_stable", "kept_if_drawn_anew"]].astype(float).mean()
    if means.isna().any():
        return []
    return [
        say(
            "Of the {squares} that hold half of {kind} in a year, on average {kept} had done so "
            "the year before.",
            squares=setting.squares_words,
            kind=setting.kind(ALL_CRIME),
            kept=Share(float(means["kept"])),
        ),
        say(
            "If each place kept its share, chance alone would make it about {stable}; if places "
            "were drawn anew each year, {anew}.",
            stable=Share(float(means["kept_if_stable"])),
            anew=Share(float(means["kept_if_drawn_anew"])),
        ),
        _same_or_not(*means),
    ]


def kept_finding(setting: Setting) -> list[Finding]:
    """Say in the summary whether it is the same places year by year."""
    said = kept_sentences(setting)
    if not said:
        return []
    link = (Link(say("The same places as before"), "#same-places"),)
    return [Finding(bold=said[0], then=" ".join(said[1:]), more=link)]


def _same_or_not(kept: float, stable: float, anew: float) -> str:
    if stable - anew < _LEAST_APART:
        return say("These two are too close to tell which of them holds.")
    if (kept - anew) / (stable - anew) >= _MOSTLY_SAME:
        return say("So it is largely the same places each year.")
    return say("So the places change much from year to year.")


def _beyond(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the shown bands beyond chance, allowing for all bands of a kind and for the kinds."""
    kinds = max(frame["offence"].nunique(), 1)
    p_value = frame["p_max"].astype(float) * kinds
    return frame.assign(p_value=p_value)[p_value <= _PROBABLE]


def _soon(beyond: pd.DataFrame) -> pd.DataFrame:
    """Return those of the first week that are not only clear but also large."""
    first = (beyond["days_from"] == 0) & (beyond["days_to"] <= _FIRST_WEEK)
    return beyond[first & (beyond["ratio"].astype(float) >= _WORTH_SAYING)]


def _band_sentence(row: pd.Series) -> str:
    ratio = float(row["ratio"])
    twice = ratio >= _TWICE
    text = _BAND["many" if twice else "more", "place" if row["distance_to_m"] == 0 else "near"]
    return say(
        text,
        kind=kind_name(str(row["offence"])),
        more=Decimal(ratio, 1) if twice else Share(ratio - 1),
        distance=_distance_words(row),
        first=int(row["days_from"]),
        last=int(row["days_to"]) - 1,
        certainty=(Certainty.CLEAR if row["p_value"] <= _CLEAR else Certainty.PROBABLE).words,
    )


def _what_it_means(beyond: pd.DataFrame) -> list[str]:
    if beyond.empty:
        return []
    if len(_soon(beyond)):
        return [say(_HELP)]
    if (beyond["ratio"].astype(float) < _WORTH_SAYING).all():
        return [say("So small a difference changes little for prevention.")]
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
_CANNOT = {
    "near": "Whether another incident follows soon and nearby cannot be told.",
    "places": "Whether it is the same places as before cannot be told.",
    "changed": "Whether it is the same places as the year before cannot be told.",
    "kept": "Whether it is the same places year by year cannot be told.",
}


def _distance_words(row: pd.Series) -> str:
    if row["distance_to_m"] == 0:
        return say("same place")
    return say(
        "{low} to {high}",
        low=float(row["distance_from_m"]),
        high=Quantity(float(row["distance_to_m"]), "m"),
    )


def _paragraph(said: list[str]) -> Paragraph:
    return Paragraph((" ".join(said),))


def _not_told(title: str, answers: list[object]) -> Box:
    """Say why there is no answer: the reasons of the diagnosis, or that its numbers are hidden."""
    reasons = dict.fromkeys(
        str(answer)
        if isinstance(answer, Unanswered)
        else say("Some of the numbers it is made of are hidden to protect small numbers.")
        for answer in answers
    )
    return Box(kind=BoxKind.EMPTY, title=title, sentences=sentences(reasons))


def _without_counts(caveats: list[Message]) -> list[str]:
    """Return each caveat once, but for those that count incidents: nobody protected these."""
    return list(sentences(dict.fromkeys(str(each) for each in caveats if each.count is None)))


def _near_table(safe: SafeTable) -> Table:
    frame = safe.frame
    words: dict[Hashable, str] = {
        row["band"]: say(
            "{kind}, {distance}, {first} to {last} days",
            kind=kind_name(str(row["offence"])),
            distance=_distance_words(row),
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


def change_sentences(setting: Setting) -> list[str]:
    """Say in how many places the share changed from one year to the next, and if chance did it."""
    changed = setting.diagnosis.pattern_change
    compared = getattr(setting.diagnosis.trend, "compared", None)
    if not isinstance(changed, PatternChange) or compared is None:
        return []
    places = changed.table["state"].value_counts()
    higher, lower = int(places.get("higher", 0)), int(places.get("lower", 0))
    values = {
        "months": months_words(compared.after_months),
        "total": int(places.sum()),
        "squares": setting.squares_words,
    }
    if not higher and not lower:
        first = say(
            "{months}: the share of none of the {total} {squares} with records can be told from "
            "that a year before.",
            **values,
        )
    else:
        first = say_plural(
            "{months}: {count} of {total} {squares} with records holds a larger share than a year "
            "before, {lower} a smaller one.",
            "{months}: {count} of {total} {squares} with records hold a larger share than a year "
            "before, {lower} a smaller one.",
            higher,
            lower=lower,
            **values,
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
                head=say(
                    "{squares} that hold half, in fives", squares=setting.squares_words.capitalize()
                ),
            ),
            Column(name="kept", head=say("stayed"), unit=Unit.SHARE),
            Column(name="kept_if_stable", head=say("if all were stable"), unit=Unit.SHARE),
            Column(name="kept_if_drawn_anew", head=say("if drawn anew"), unit=Unit.SHARE),
        ),
    )
