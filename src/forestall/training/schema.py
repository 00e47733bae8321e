"""This file knows the JSON Schemas of the files of training, made from their records."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from forestall.errors import InvalidTraining
from forestall.languages import Listing, message
from forestall.training.files import Gaps
from forestall.training.records import Courses, Holdings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = {"courses": Courses, "holdings": Holdings, "gaps": Gaps}


def training_schema(file: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one of the files: courses, holdings, gaps.

    Raises
    ------
    InvalidTraining
        If there is no such file.

    Examples
    --------
    >>> training_schema("holdings")["$id"]
    'urn:forestall:training:holdings:1'
    """
    if file not in FILES:
        raise InvalidTraining(
            message(
                "There is a schema for each of {known}, but “{name}” was asked for.",
                known=Listing(list(FILES)),
                name=file,
            )
        )
    made = msgspec.json.schema(FILES[file])
    for part in made["$defs"].values():
        part["description"] = " ".join(inspect.cleandoc(part.get("description", "")).split())
    name = f"urn:forestall:training:{file}:1"
    whole = made["$defs"][FILES[file].__name__]
    whole["properties"] = {"$schema": {"const": name}, **whole["properties"]}
    return {"$schema": _DIALECT, "$id": name, **made}
