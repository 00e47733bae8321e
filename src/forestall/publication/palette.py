"""This file knows the colours of the style sheet, for writers that cannot read the sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def palette() -> Mapping[str, str]:
    """Return the colours of light pages by their name in the sheet.

    Paper takes the same ones: nothing in a report rests on its background.

    Examples
    --------
    >>> palette()["paper"], palette()["series-1"]
    ('#fff', '#004085')
    """
    sheet = files("forestall.publication.html").joinpath("sheets/style.css").read_text("utf-8")
    first = sheet.partition(":root {")[2].partition("}")[0]
    return dict(re.findall(r"--([-\w]+):\s*(#[0-9a-f]{3,6})", first))
