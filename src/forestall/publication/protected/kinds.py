"""This file knows how kinds of offence, and their order of attention, are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Priorities
from forestall.disclosure import protect_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.diagnosis import OffenceGroup, Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable


def protect_kinds(groups: Sequence[OffenceGroup], *, rule: DisclosureRule) -> SafeTable:
    """Protect the number of each kind with its share."""
    table = pd.DataFrame(
        {
            "offence": [group.label for group in groups],
            "incidents": np.array([group.incidents for group in groups], dtype=np.int64),
        }
    )
    table["share"] = table["incidents"] / max(int(table["incidents"].sum()), 1)
    return protect_table(table, rule=rule, rows="offence", shares=["share"])


def protect_priorities(
    priorities: Priorities | Unanswered, offences: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect the criteria of each kind whose number can be shown."""
    if not isinstance(priorities, Priorities):
        return None
    table = priorities.table
    shown = [label for label in offences.row_labels if offences.value(label) is not None]
    table = table[table["group"].isin(shown)].reset_index(drop=True)
    derived = [name for name in table.columns if name not in ("group", "incidents")]
    return protect_table(table, rule=rule, rows="group", derived=derived, margins=())
