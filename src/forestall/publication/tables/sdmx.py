"""This file knows the indicator tables as SDMX-CSV 2.0, with the structure that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure.plain_cells import plain_cell
from forestall.publication.tables.observations import Setting, observe
from forestall.publication.tables.structure import (
    ATTRIBUTES,
    DIMENSIONS,
    MEASURE,
    schema,
    structure_message,
)
from forestall.publication.tables.texts import without_impossible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.publication.contents import Publication
    from forestall.publication.tables.observations import Observations

INDICATORS, STRUCTURE_FILE = "indicators.csv", "structure.xml"


def write_sdmx(
    tables: Mapping[str, SafeTable],
    *,
    place: str,
    first_day: date,
    last_day: date,
    iccs: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Write counts by kind, month and area, and rates by area, for statistical offices.

    A hidden count has no value, the observation status Q (suppressed) and the confidentiality
    status C (too small) or D (hidden with it). Codes are the same in every language, and their
    names are English. The same tables give the same bytes.

    Parameters
    ----------
    tables
        Tables of a report by name; those that hold no indicator are passed over.
    place
        Name of the whole area.
    first_day, last_day
        The period of the records, both days included.
    iccs
        Code of ICCS 1.0, such as 0501, by the label of the publisher.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> table = pd.DataFrame({"offence": ["Burglary", "Arson"], "incidents": [40, 3]})
    >>> safe = protect_table(table, rule="threshold-5", rows="offence", margins=[])
    >>> files = write_sdmx({"offences": safe}, place="Hill Town", first_day=date(2024, 1, 1),
    ...     last_day=date(2024, 8, 31), iccs={"Burglary": "0501"})
    >>> for line in files["indicators.csv"].decode().splitlines()[1:]:
    ...     print(line.partition("I,")[2])
    _O,HILL_TOWN,ICCS0501,BURGLARY,INCIDENTS,2024-01-01/P8M,40,NUMBER,A,F,0,Burglary,
    _O,HILL_TOWN,_X,ARSON,INCIDENTS,2024-01-01/P8M,,NUMBER,Q,C,0,Arson,Fewer than 5.
    """
    setting = Setting(place=place, first_day=first_day, last_day=last_day, iccs=iccs or {})
    found = observe(tables, setting)
    return {
        INDICATORS: _csv(found).encode("utf-8"),
        STRUCTURE_FILE: structure_message(found).encode("utf-8"),
    }


def report_sdmx(publication: Publication) -> dict[str, bytes]:
    """Write the indicators of a report as SDMX."""
    told = publication.provenance
    assert told.first_day is not None
    assert told.last_day is not None
    codes = told.data.get("classification", {}).get("codes", {})
    return write_sdmx(
        publication.tables,
        place=told.place,
        first_day=told.first_day,
        last_day=told.last_day,
        iccs={label: code for label, code in codes.items() if code},
    )


def _csv(found: Observations) -> str:
    import pandas as pd
    from pysdmx.io.csv.sdmx20.writer import write
    from pysdmx.io.pd import PandasDataset

    columns = [*DIMENSIONS, MEASURE, *ATTRIBUTES]
    rows = [
        {name: plain_cell(without_impossible(text)) for name, text in row.items()}
        for row in found.rows
    ]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    text = write([PandasDataset(structure=schema(found), data=table)])
    assert text is not None
    return text
