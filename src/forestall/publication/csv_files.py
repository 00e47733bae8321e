"""This file knows the protected tables as CSV files, with the codebook that explains them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from forestall.disclosure.plain_cells import csv_text
from forestall.publication.codebook import codebook_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.disclosure import SafeTable


def csv_files(tables: Mapping[str, SafeTable]) -> dict[str, bytes]:
    r"""Return each table as CSV and the codebook, by name of file.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> table = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [40, 3]})
    >>> files = csv_files({"offences": protect_table(table, rule="threshold-5", rows="offence",
    ...     margins=[])})
    >>> list(files), files["offences.csv"].decode()
    (['offences.csv', 'codebook.csv'], 'offence,incidents\nTheft,40\nArson,<5\n')
    """
    with TemporaryDirectory() as folder:
        written = {
            f"{name}.csv": safe.to_csv(Path(folder) / f"{name}.csv").read_bytes()
            for name, safe in tables.items()
        }
    return {**written, "codebook.csv": _codebook(tables)}


def _codebook(tables: Mapping[str, SafeTable]) -> bytes:
    heads = ("file", "holds", "column", "means")
    return csv_text([heads, *codebook_rows(tables)]).encode("utf-8")
