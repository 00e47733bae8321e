"""This file knows what section 3 says of places that stay or change from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import ConcentrationOverTime, PatternChange
from forestall.languages import LineStart, Sentences, Share, message, plural_message
from forestall.publication.blocks import (
    Column,
    Details,
    Finding,
    Heading,
    Link,
    Source,
    Table,
    Unit,
)
from forestall.publication.report.untold import cannot_words, not_told, paragraph_of, without_counts
from forestall.publication.report.words import months_words
from forestall.records.kinds import ALL_CRIME

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


_LEAST_APART = 0.1
_MOSTLY_SAME = 0.5


def same_places_blocks(setting: Setting) -> list[Block]:
    """Say whether crime lies in the same places as the year before, and year after year."""
    head = Heading(message("The same places as before"), "same-places")
    changed, kept = setting.diagnosis.pattern_change, setting.diagnosis.places_kept
    moved, stayed = change_sentences(setting), kept_sentences(setting)
    if not moved and not stayed:
        return [head, not_told(cannot_words("places"), [changed, kept])]
    blocks: list[Block] = [head]
    blocks += [paragraph_of(moved) if moved else not_told(cannot_words("changed"), [changed])]
    blocks += [paragraph_of(stayed) if stayed else not_told(cannot_words("kept"), [kept])]
    tables: list[Block] = []
    if moved and setting.safe.pattern_change is not None:
        tables.append(_change_table(setting, setting.safe.pattern_change))
    if stayed and setting.safe.places_kept is not None:
        tables.append(_kept_table(setting, setting.safe.places_kept))
    if tables:
        blocks.append(Details(message("Tables behind these sentences"), tuple(tables)))
    caveats = [
        *(getattr(changed, "caveats", ()) if moved else ()),
        *(getattr(kept, "caveats", ()) if stayed else ()),
    ]
    rough = (
        [message("Where few incidents are expected, the test of places is rough.")] if moved else []
    )
    return [*blocks, Source((setting.source, *without_counts(caveats), *rough))]


def kept_sentences(setting: Setting) -> list[Text]:
    """Say which share of the places that hold half of a year did so in the year before."""
    kept, safe = setting.diagnosis.places_kept, setting.safe.places_kept
    if not isinstance(kept, ConcentrationOverTime) or safe is None:
        return []
    means = safe.frame[["kept", "kept_if_stable", "kept_if_drawn_anew"]].astype(float).mean()
    if means.isna().any():
        return []
    return [
        message(
            "Of the {squares} that hold half of {kind} in a year, on average {kept} had done so "
            "the year before.",
            squares=setting.squares_words,
            kind=setting.kind(ALL_CRIME),
            kept=Share(float(means["kept"])),
        ),
        message(
            "If each place kept its share and only chance moved the numbers, it would be about "
            "{stable}.",
            stable=Share(float(means["kept_if_stable"])),
        ),
        message(
            "If places were drawn anew each year, it would be about {anew}.",
            anew=Share(float(means["kept_if_drawn_anew"])),
        ),
        _same_or_not(*means),
    ]


def kept_finding(setting: Setting) -> list[Finding]:
    """Say in the summary whether it is the same places year by year."""
    said = kept_sentences(setting)
    if not said:
        return []
    link = (Link(message("The same places as before"), "#same-places"),)
    return [Finding(bold=said[0], then=Sentences(said[1:]), more=link)]


def _same_or_not(kept: float, stable: float, anew: float) -> Text:
    if stable - anew < _LEAST_APART:
        return message("These two are too close to tell which of them holds.")
    if (kept - anew) / (stable - anew) >= _MOSTLY_SAME:
        return message("So it is largely the same places each year.")
    return message("So the places change much from year to year.")


def change_sentences(setting: Setting) -> list[Text]:
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
        first = message(
            "{months}: the share of none of the {total} {squares} with records can be told from "
            "that a year before.",
            **values,
        )
    else:
        first = plural_message(
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
        title=message("Places by what became of their share"),
        safe=safe,
        columns=(
            Column(name="state", head=message("Share"), unit=Unit.WORDS),
            Column(name="places", head=LineStart(setting.squares_words)),
            Column(name="incidents", head=message("Recorded after")),
            Column(name="share_before", head=message("Share before"), unit=Unit.SHARE),
            Column(name="share_after", head=message("Share after"), unit=Unit.SHARE),
        ),
        row_words={
            "higher": message("larger share than before"),
            "similar": message("cannot be told from before"),
            "lower": message("smaller share than before"),
        },
    )


def _kept_table(setting: Setting, safe: SafeTable) -> Table:
    return Table(
        title=message("Places that hold half of each year, and those that stayed"),
        safe=safe,
        columns=(
            Column(name="year", head=message("Year"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Recorded")),
            Column(
                name="places_50",
                head=message(
                    "{squares} that hold half, in fives", squares=LineStart(setting.squares_words)
                ),
            ),
            Column(name="kept", head=message("stayed"), unit=Unit.SHARE),
            Column(name="kept_if_stable", head=message("if all were stable"), unit=Unit.SHARE),
            Column(name="kept_if_drawn_anew", head=message("if drawn anew"), unit=Unit.SHARE),
        ),
    )
