"""This file knows which publisher's file has which columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.records.readers.police_uk import recognise_police_uk
from forestall.records.readers.socrata import recognise_chicago

if TYPE_CHECKING:
    from forestall.records.readers.recipe import Columns, Recipe

PUBLISHERS = {"police.uk": recognise_police_uk, "chicago": recognise_chicago}


def recognise(columns: Columns) -> Recipe | None:
    """Return the recipe of the publisher whose columns these are, else None."""
    for recognise_publisher in PUBLISHERS.values():
        recipe = recognise_publisher(columns)
        if recipe is not None:
            return recipe
    return None
