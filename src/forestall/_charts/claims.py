"""This file knows how the claims of an argument are drawn: what stands how, without adding up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from forestall._charts.house import CHANGE, INK, PAPER, WIDE, in_house_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_FILLS = (CHANGE["higher"], CHANGE["similar"], CHANGE["lower"])


def claims_chart(
    claims: pd.DataFrame, *, standings: Sequence[str], width: int = WIDE
) -> alt.LayerChart:
    """Draw one square for each claim: ``ground`` in rows, coloured by ``standing``.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.DataFrame({"ground": ["need"], "standing": ["known"]})
    >>> type(claims_chart(one, standings=["contradicted", "unknown", "known"])).__name__
    'LayerChart'
    """
    placed = claims.assign(place=claims.groupby("ground").cumcount() + 1)
    grounds = list(dict.fromkeys(claims["ground"]))
    squares = (
        alt.Chart(placed)
        .mark_rect(stroke=PAPER, strokeWidth=2)
        .encode(
            x=alt.X("place:O", title=None, axis=None),
            y=alt.Y("ground:N", sort=grounds, title=None),
            color=alt.Color(
                "standing:N",
                sort=list(standings),
                scale=alt.Scale(domain=list(standings), range=list(_FILLS)),
                legend=alt.Legend(title=None, orient="bottom", labelColor=INK),
            ),
        )
    )
    return in_house_style([squares], width=width, height=30 * max(len(grounds), 1))
