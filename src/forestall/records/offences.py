"""This file knows which category of the international classification an offence belongs to.

The classification is ICCS 1.0 of UNODC. The source's own label is always kept beside it, and the
basis of each code is stated, because most codes are a judgement and not a published mapping.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidMapping
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.records.readers.recipe import Recipe

CLASSIFICATION = "ICCS 1.0 (UNODC, 2015)"
BASIS_OF_USER = "given with the data"
_DATA = Path(__file__).parent / "data"
# The publisher's label, where its words are not those of the code list.
_OTHER_WORDS = {"violence sexual offences": "violent crime"}


@dataclass(frozen=True, kw_only=True)
class Classified:
    """An offence label with its ICCS code, the basis of that code and what to know of it."""

    label: str
    iccs: str | None
    basis: str | None
    note: str = ""


def classify(
    labels: Iterable[str], recipe: Recipe, *, crosswalk: Mapping[str, str] | None = None
) -> dict[str, Classified]:
    """Return the ICCS code of each label: the user's where given, else ours, else none.

    Parameters
    ----------
    labels
        Offences as the source names them.
    recipe
        Names the scheme of the labels, and codes that came with a mapping.
    crosswalk
        The user's codes by label; when given, ours are not used at all.
    """
    own = {_plain(label): code for label, code in {**recipe.offences, **(crosswalk or {})}.items()}
    ours = {} if crosswalk is not None else _scheme(recipe.scheme)
    found = {}
    for label in labels:
        plain = _plain(label)
        if plain in own:
            found[label] = Classified(label=label, iccs=own[plain] or None, basis=BASIS_OF_USER)
        else:
            known = ours.get(_OTHER_WORDS.get(plain, plain))
            found[label] = Classified(
                label=label,
                iccs=known.iccs if known else None,
                basis=known.basis if known else None,
                note=known.note if known else "",
            )
    return found


def iccs_title(code: str) -> str | None:
    """Return the title of an ICCS category, or None when there is no such code.

    Examples
    --------
    >>> iccs_title("0501"), iccs_title("9999")
    ('Burglary', None)
    """
    return _titles().get(code)


def check_codes(codes: Mapping[str, str], *, named: str) -> None:
    """Check that the codes given for offences exist.

    Raises
    ------
    InvalidMapping
        If a code is no category of ICCS 1.0.
    """
    for label, code in codes.items():
        if code and code not in _titles():
            raise InvalidMapping(
                message(
                    "An offence needs a code of ICCS 1.0 such as 0501, but {named} gives "
                    "“{code}” for “{label}”.",
                    named=named,
                    code=code,
                    label=label,
                )
            )


def read_crosswalk(path: Path) -> dict[str, str]:
    """Read a user's codes: a CSV with the columns ``source_label`` and ``iccs_code``.

    Raises
    ------
    InvalidMapping
        If the file cannot be read, a column is missing or a code does not exist.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream)
            if not {"source_label", "iccs_code"} <= set(rows.fieldnames or ()):
                raise InvalidMapping(
                    message(
                        "A crosswalk has the columns source_label and iccs_code, but “{name}” "
                        "has {known}.",
                        name=path.name,
                        known=", ".join(rows.fieldnames or ["none"]),
                    )
                )
            codes = {row["source_label"]: (row["iccs_code"] or "").strip() for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise InvalidMapping(
            message("The crosswalk “{name}” cannot be read: {wrong}.", name=path.name, wrong=wrong)
        ) from None
    check_codes(codes, named=f"“{path.name}”")
    return codes


def _plain(label: str) -> str:
    words = label.casefold().replace("-", " ").replace("/", " ").replace(",", " ").split()
    return " ".join(word for word in words if word != "and") or label


@cache
def _scheme(scheme: str | None) -> dict[str, Classified]:
    found: dict[str, Classified] = {}
    with (_DATA / "iccs_crosswalks.csv").open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["scheme"] == scheme:
                known = Classified(
                    label=row["source_label"],
                    iccs=row["iccs_code"] or None,
                    basis=row["basis"],
                    note=row["note"],
                )
                found[_plain(row["source_label"])] = known
                found.setdefault(_plain(row["source_code"]), known)
    return found


@cache
def _titles() -> dict[str, str]:
    with (_DATA / "iccs.csv").open(newline="", encoding="utf-8") as stream:
        return {row["code"]: row["title"] for row in csv.DictReader(stream)}
