"""This file knows whether effects differ between groups of studies.

Source: Borenstein, Hedges, Higgins & Rothstein (2009), Introduction to Meta-Analysis, chapter 19.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from forestall._stats.between_studies import Between
from forestall.errors import CannotSynthesise
from forestall.evidence.synthesis.averages import Choices, Model, average_effects
from forestall.evidence.synthesis.checks import check_can_be_averaged, study_name
from forestall.evidence.synthesis.moderator_columns import moderator_of
from forestall.evidence.synthesis.moderators import explain_by_moderators
from forestall.evidence.synthesis.rows import average_row, forest_of
from forestall.languages import Decimal, Listing, Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import altair as alt

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.averages import Average
    from forestall.languages import Message

_GROUP = "subgroup"


@dataclass(frozen=True, eq=False, kw_only=True)
class SubgroupComparison(Result):
    """The average in each group of studies, each with a variance between studies of its own.

    ``table`` has a row for each group: ``group``, ``studies``, ``effect``, ``low``, ``high``,
    ``new_low``, ``new_high`` (for a new place), ``p_value``, ``tau2``, ``i2``, ``certainty``. Of a
    group with one study it has that study, which is no average: ``certainty`` is missing.

    Attributes
    ----------
    p_value
        Of no difference between groups, by one variance between studies common to all, and Knapp
        and Hartung's F test; None where it cannot be had.
    """

    whole: Average
    p_value: float | None

    def summary(self) -> str:
        """Return groups with worse outcomes, if any, then whether groups differ."""
        none = self.whole.effect.moved_to(0.0).published
        worse = self.table[(self.table["effect"] > none) & self.table["certainty"].notna()]
        said = [
            message(
                "On average the outcome was worse with the measure in {groups}.",
                groups=Listing(list(worse["group"])),
            )
        ]
        return str(Sentences((*(said if len(worse) else []), self._difference())))

    def _difference(self) -> Message:
        if self.p_value is None:
            return message("Whether the groups differ cannot be tested with these studies.")
        shown = Decimal(max(self.p_value, 0.001), 3)
        if self.p_value < 0.05:
            return message("The groups differ by more than chance (p {p}).", p=shown)
        return message("No difference between the groups can be told from chance (p {p}).", p=shown)

    def plot(self) -> alt.LayerChart:
        """Return the average of each group, and that of all."""
        return forest_of(self.table.assign(study=self.table["group"]), self.whole, None)


def compare_subgroups(
    effects: Iterable[StudyEffect],
    *,
    by: str | Callable[[StudyEffect], str | None],
    variance: Between = Between.REML,
    level: float = 0.95,
) -> SubgroupComparison:
    """Compare the average effect between groups of studies.

    Parameters
    ----------
    by
        A key of `StudyEffect.moderators` (also ``year`` and ``design``), or a function that names
        the group of an effect, None where it is not known.

    Raises
    ------
    CannotSynthesise
        As for `synthesise_effects`; if there are fewer than two groups.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> found = compare_subgroups(made_up_effects(), by="homes")
    >>> found.table[["group", "studies", "effect"]].round(2).values.tolist()
    [['terraced houses', 3, 0.72], ['flats', 3, 0.98]]
    """
    given = tuple(effects)
    check_can_be_averaged(given)
    choices = Choices(model=Model.RANDOM, variance=variance, level=level)
    groups, left_out = _groups(given, by)
    rows = [{"group": name, **_row(members, choices)} for name, members in groups.items()]
    marked = [
        replace(one, moderators={**one.moderators, _GROUP: f"group {name}"})
        for name, members in groups.items()
        for one in members
    ]
    return SubgroupComparison(
        table=pd.DataFrame(rows),
        caveats=_caveats(rows, left_out),
        made_by=f"compare_subgroups(by={by if isinstance(by, str) else by.__name__!r}, "
        f"variance=Between.{variance.name}, level={level:g})",
        whole=average_effects(marked, choices).average,
        p_value=_p_value(marked, variance),
    )


def _groups(
    effects: tuple[StudyEffect, ...], by: str | Callable[[StudyEffect], str | None]
) -> tuple[Mapping[str, list[StudyEffect]], int]:
    found: dict[str, list[StudyEffect]] = {}
    left_out = 0
    for one in effects:
        name = moderator_of(one, by) if isinstance(by, str) else by(one)
        if name is None:
            left_out += 1
        else:
            found.setdefault(name, []).append(one)
    if len(found) < 2:
        raise CannotSynthesise(
            message(
                "A comparison needs two groups or more, but there are {count}; {unknown} effects "
                "are in none.",
                count=len(found),
                unknown=left_out,
            )
        )
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1]))), left_out


def _row(members: list[StudyEffect], choices: Choices) -> dict[str, object]:
    studies = len({study_name(one) for one in members})
    if studies > 1:
        return {"studies": studies, **average_row(average_effects(members, choices))}
    turned = members[0].favourable
    reach = members[0].limits(choices.level)[1].number - members[0].effect.number
    alone = len(members) == 1
    return {
        "studies": 1,
        "effect": turned.published if alone else None,
        "low": turned.moved_to(turned.number - reach).published if alone else None,
        "high": turned.moved_to(turned.number + reach).published if alone else None,
    }


def _p_value(marked: list[StudyEffect], variance: Between) -> float | None:
    try:
        return explain_by_moderators(marked, moderators=[_GROUP], variance=variance).p_value
    except CannotSynthesise:
        return None


def _caveats(rows: list[dict[str, object]], left_out: int) -> tuple[Message, ...]:
    said = [_NOT_DUE_TO_IT]
    single = sum(row["studies"] == 1 for row in rows)
    if single:
        said.append(
            plural_message(
                "{count} group has one study only; it is shown as it is.",
                "{count} groups have one study only; it is shown as it is.",
                single,
            )
        )
    if left_out:
        said.append(
            plural_message(
                "{count} effect is left out because its group is not known.",
                "{count} effects are left out because their group is not known.",
                left_out,
            )
        )
    return tuple(said)


_NOT_DUE_TO_IT = message(
    "Groups of studies differ in more than this: a difference need not be due to it."
)
