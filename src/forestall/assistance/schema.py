"""This file knows the JSON Schemas of the files of assistance, made from their records."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from forestall.assistance.files import MatchingFile, NeedsFile, OffersFile, ProposalsFile
from forestall.errors import InvalidAssistance
from forestall.languages import Listing, message

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = {
    "needs": NeedsFile,
    "offers": OffersFile,
    "proposals": ProposalsFile,
    "matching": MatchingFile,
}


def assistance_schema(file: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one of the files: needs, offers, proposals, matching.

    Raises
    ------
    InvalidAssistance
        If there is no such file.

    Examples
    --------
    >>> assistance_schema("needs")["$id"]
    'urn:forestall:assistance:needs:1'
    """
    if file not in FILES:
        raise InvalidAssistance(
            message(
                "There is a schema for each of {known}, but “{name}” was asked for.",
                known=Listing(list(FILES)),
                name=file,
            )
        )
    made = msgspec.json.schema(FILES[file])
    for part in made["$defs"].values():
        part["description"] = " ".join(inspect.cleandoc(part.get("description", "")).split())
    name = f"urn:forestall:assistance:{file}:1"
    whole = made["$defs"][FILES[file].__name__]
    whole["properties"] = {"$schema": {"const": name}, **whole["properties"]}
    return {"$schema": _DIALECT, "$id": name, **made}
