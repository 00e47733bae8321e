"""A publication that is stored and read again is the same, and a broken file is refused."""

from __future__ import annotations

import datetime as dt
import json
import string
import typing
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall import languages
from forestall.disclosure import SafeTable, protect_table
from forestall.publication.blocks import Heading, Strong
from forestall.publication.contents import Publication
from forestall.publication.stored.codec import Parts, decode, encode
from forestall.publication.stored.known import fields_of, known_classes
from forestall.records import Places, SquareGrid, hex_grid, square_grid
from forestall.results import Certainty

GRID = square_grid(origin=(0, 0), cell_m=250, columns=4, rows=3, crs="EPSG:27700")


def some_table(**more: Any) -> SafeTable:
    kinds = pd.DataFrame(
        {
            "offence": ["Theft", "Arson", "Fraud", "Other"],
            "incidents": [40, 3, 20, 11],
            "share": [0.54, 0.04, 0.27, 0.15],
            "limit": [1.5, 2.0, np.inf, np.nan],
        }
    )
    given = {"rule": "threshold-5", "rows": "offence", "shares": ["share"], "derived": ["limit"]}
    return protect_table(kinds, **{**given, **more})


# Every class that may occur, with values of the types that its fields have

RUN: Any = str | Strong
NAMES: dict[str, Any] = {
    **known_classes(),
    **{one.__name__: one for one in (SafeTable, Places, SquareGrid, Hashable, Mapping, Sequence)},
    "Any": Any,
    "date": dt.date,
    "Text": languages.Text,
    "Words": languages.Words,
    "Block": Heading,
    "Picture": known_classes()["SeasonColumns"],
    "Run": RUN,
    "Runs": tuple[RUN, ...],
}
TEXTS = st.text(string.ascii_letters + "é中 <&", max_size=8)
FIXED: dict[str, Any] = {
    "Message": st.builds(
        languages.message,
        st.just("{count} of {places} in {name}, {share}"),
        count=st.integers(0, 9999),
        places=st.floats(0, 100),
        name=TEXTS,
        share=st.builds(languages.Share, st.floats(0, 1), st.integers(0, 2)),
    )
    | st.builds(languages.plural_message, TEXTS, TEXTS, st.integers(0, 99)),
    "Quantity": st.builds(languages.Quantity, st.floats(0, 5000), st.sampled_from(["m", "km"])),
}


def strategy_of(hint: Any) -> st.SearchStrategy[Any]:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint in KNOWN_VALUES:
        return KNOWN_VALUES[hint]
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(strategy_of(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(strategy_of, parts))
    if origin is Sequence:
        return st.lists(strategy_of(parts[0]), max_size=2)
    if origin in (Mapping, dict):
        return st.dictionaries(strategy_of(parts[0]), strategy_of(parts[1]), max_size=2)
    if parts:
        return st.one_of(*map(strategy_of, parts))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return instances_of(hint)
    raise AssertionError(f"No values for {hint}.")


KNOWN_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(0, 500),
    float: st.floats(-50, 50).map(lambda number: round(number, 2)),
    bool: st.booleans(),
    type(None): st.none(),
    object: st.integers(0, 99) | TEXTS,
    Any: st.integers(0, 99) | TEXTS | st.none(),
    Hashable: st.integers(0, 99)
    | TEXTS
    | st.sampled_from([pd.Timestamp("2024-03-01"), pd.Period("2024-03", freq="M")]),
    dt.date: st.dates(dt.date(1999, 1, 1), dt.date(2030, 1, 1)),
    SafeTable: st.just(some_table()),
    SquareGrid: st.just(GRID),
    Places: st.sampled_from(
        [GRID, hex_grid(origin=(0, 0), cell_m=9, columns=2, rows=2, crs="EPSG:27700")]
    ),
    languages.Words: FIXED["Message"],
    Certainty: st.sampled_from(list(Certainty)),
}


def instances_of(one: type[Any]) -> st.SearchStrategy[Any]:
    if one.__name__ in FIXED:
        fixed: st.SearchStrategy[Any] = FIXED[one.__name__]
        return fixed
    hints = typing.get_type_hints(one, globalns=NAMES, localns=NAMES)
    return st.builds(one, **{name: strategy_of(hints[name]) for name in fields_of(one)})


def classes_with_fields() -> list[type[Any]]:
    return [one for one in known_classes().values() if is_dataclass(one)]


@pytest.mark.parametrize("one", classes_with_fields(), ids=lambda one: one.__name__)
def test_every_class_is_the_same_when_read_again(one):
    @settings(max_examples=12, deadline=None)
    @given(instances_of(one))
    def check(value):
        parts = encode(value)
        again = decode(Parts(**json.loads(json.dumps(parts.__dict__))))

        assert type(again) is one
        assert encode(again) == parts
        if not parts.tables and not parts.places and one is not Publication:
            assert again == value

    check()


@pytest.mark.parametrize("one", [c for c in known_classes().values() if issubclass(c, Enum)])
def test_every_choice_is_the_same_when_read_again(one):
    assert [decode(encode(choice)) for choice in one] == list(one)
