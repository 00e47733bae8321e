"""This file knows how the counts of an evaluation are protected: where by when, with the effects.

A ratio follows from four counts, and gives the fourth away to a reader who knows three. It stands
in a table only where each of the four is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.disclosure import Status, protect_table
from forestall.publication.evaluation_labels import COMPARISON, TREATED, WHEN, ring_label
from forestall.publication.protected.coarse import shorten_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from forestall.disclosure import DisclosureRule, SafeTable
    from forestall.estimates.effects import LogRatio
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation import Cells, Displacement, Span
    from forestall.evaluation.programmes.found import OutcomeFindings

EFFECT_COLUMNS = ("expected", "ratio", "low", "high", "certainty")


def protect_counts(found: OutcomeFindings, *, rule: DisclosureRule) -> SafeTable:
    """Protect the counts before and after: of places, rings, and what they are compared with.

    ``where`` by ``when``; for the treated places and each ring, beside the count after, what was
    expected, the ratio with its 95 % interval and the words of certainty.
    """
    rows = _places(found.cells) + _rings(found)
    table = pd.DataFrame(rows, columns=["where", "inner_m", "outer_m", "when", "incidents"])
    table = _with_days(table, found.cells)
    safe = _protect(table, rule=rule, derived=())
    for name in EFFECT_COLUMNS:
        table[name] = None if name == "certainty" else float("nan")
    for label, effect in _effects(found).items():
        if all_shown(safe, needed_for(label, safe)):
            at = (table["where"] == label) & (table["when"] == "after")
            for name, value in effect.items():
                table.loc[at, name] = value
    table = shorten_columns(table, ["expected", "ratio", "low", "high"])
    return _protect(table, rule=rule, derived=EFFECT_COLUMNS)


def protect_outcomes(
    outcomes: Sequence[OutcomeFindings], *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect the counts of all outcomes, where there are several.

    An outcome whose counts differ by few from those of an earlier one would tell these few; it is
    left out.
    """
    kept: list[OutcomeFindings] = []
    for one in outcomes:
        if not any(_tell_few(one.cells, other.cells, rule) for other in kept):
            kept.append(one)
    if len(kept) < 2:
        return None
    rows = [
        (one.outcome.name, f"{group} {when}", number)
        for one in kept
        for group, both in _four(one.cells).items()
        for when, number in zip(WHEN, both, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["outcome", "cell", "incidents"])
    safe = _protect_wide(table, rule=rule, derived=())
    for name in EFFECT_COLUMNS[1:]:
        table[name] = None if name == "certainty" else float("nan")
    for one in kept:
        label = one.outcome.name
        cells = [(label, f"{group} {when}") for group in (TREATED, COMPARISON) for when in WHEN]
        if isinstance(one.comparison, Unanswered) or not all_shown(safe, cells):
            continue
        at = (table["outcome"] == label) & (table["cell"] == "treated after")
        for name, value in effect_of(one.comparison.ratio).items():
            table.loc[at, name] = value
    table = shorten_columns(table, ["ratio", "low", "high"])
    return _protect_wide(table, rule=rule, derived=EFFECT_COLUMNS[1:])


def all_shown(safe: SafeTable, cells: Iterable[tuple[str, str]]) -> bool:
    """Say whether each of some numbers is in a table, and shown as it is."""
    return all(
        row in safe.row_labels
        and column in safe.column_labels
        and safe.cell(row, column).status is Status.SHOWN
        for row, column in cells
    )


def needed_for(label: str, safe: SafeTable) -> list[tuple[str, str]]:
    """Return the counts that the effect on the treated places or a ring is made of.

    Both that of the ring of the comparison and that of its places are asked for: which of them was
    used tells about the other.
    """
    own = label if label == TREATED else ""
    against = [COMPARISON]
    if not own and f"comparison {label}" in safe.row_labels:
        against.append(f"comparison {label}")
    return [(where, when) for where in (label, *against) for when in WHEN]


def effect_of(estimate: Estimate[LogRatio]) -> dict[str, float | str]:
    """Return a ratio with its interval and how sure it is, for a table."""
    low, high = estimate.limits(0.95)
    return {
        "ratio": estimate.effect.ratio,
        "low": low.ratio,
        "high": high.ratio,
        "certainty": estimate.certainty.value,
    }


def _four(cells: Cells) -> Mapping[str, tuple[int, int]]:
    return {
        TREATED: (cells.treated.before, cells.treated.after),
        COMPARISON: (cells.comparison.before, cells.comparison.after),
    }


def _tell_few(one: Cells, other: Cells, rule: DisclosureRule) -> bool:
    pairs = [
        (a, b)
        for group, both in _four(one).items()
        for a, b in zip(both, _four(other)[group], strict=True)
    ]
    return any(0 < abs(a - b) < rule.threshold for a, b in pairs)


def _places(cells: Cells) -> list[tuple[str, float, float, str, int]]:
    none = float("nan")
    return [
        (group, none, none, when, number)
        for group, both in _four(cells).items()
        for when, number in zip(WHEN, both, strict=True)
    ]


def _rings(found: OutcomeFindings) -> list[tuple[str, float, float, str, int]]:
    counts = found.ring_counts
    if counts is None or isinstance(found.displacement, Unanswered):
        return []
    around = counts[counts["ring"] > 0]
    rows = []
    for (group, ring), part in around.groupby(["group", "ring"], sort=False):
        inner, outer = (
            float(part[name].iloc[0]) if name in part else float("nan")
            for name in ("inner_m", "outer_m")
        )
        for when in WHEN:
            number = int(part.loc[part["when"] == when, "incidents"].sum())
            rows.append((ring_label(int(str(ring)), group=str(group)), inner, outer, when, number))
    return sorted(rows, key=lambda row: (row[0].startswith(COMPARISON), row[1], row[0]))


def _with_days(table: pd.DataFrame, cells: Cells) -> pd.DataFrame:
    spans: dict[str, Span | None] = {"before": cells.before, "after": cells.after}
    if any(span is None for span in spans.values()):
        return table
    first = {when: span.first for when, span in spans.items() if span is not None}
    last = {when: span.last for when, span in spans.items() if span is not None}
    return table.assign(
        first_day=pd.to_datetime(table["when"].map(first)),
        last_day=pd.to_datetime(table["when"].map(last)),
    )


def _effects(found: OutcomeFindings) -> dict[str, dict[str, float | str]]:
    effects: dict[str, dict[str, float | str]] = {}
    if not isinstance(found.comparison, Unanswered):
        expected = _expected(found)
        effects[TREATED] = {"expected": expected, **effect_of(found.comparison.ratio)}
    if not isinstance(found.displacement, Unanswered):
        effects |= _ring_effects(found.displacement)
    return effects


def _expected(found: OutcomeFindings) -> float:
    assert not isinstance(found.comparison, Unanswered)
    after = found.cells.treated.after
    return after / found.comparison.ratio.effect.ratio if after else float("nan")


def _ring_effects(displacement: Displacement) -> dict[str, dict[str, float | str]]:
    rows = displacement.table[displacement.table["ring"] > 0]
    return {
        ring_label(int(str(row["ring"]))): {name: row[name] for name in EFFECT_COLUMNS}
        for row in rows.to_dict("records")
    }


def _protect(table: pd.DataFrame, *, rule: DisclosureRule, derived: Sequence[str]) -> SafeTable:
    known = ("inner_m", "outer_m", "first_day", "last_day")
    return protect_table(
        table,
        rule=rule,
        rows="where",
        columns="when",
        derived=derived,
        attributes=[name for name in known if name in table.columns],
        margins=(),
        within={"counted": "primary outcome"},
    )


def _protect_wide(
    table: pd.DataFrame, *, rule: DisclosureRule, derived: Sequence[str]
) -> SafeTable:
    return protect_table(
        table,
        rule=rule,
        rows="outcome",
        columns="cell",
        derived=derived,
        margins=(),
        within={"counted": "all outcomes"},
    )
