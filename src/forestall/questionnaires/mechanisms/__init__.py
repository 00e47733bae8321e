"""This stage knows the mechanisms by which States already report what a questionnaire asks.

The rows are ours and stand in one table, each with the source that was read and the day. A link
between two questions is a judgement, and says how sure it is.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from forestall.questionnaires.mechanisms.records import Confidence, MechanismItem, Nearness
from forestall.questionnaires.mechanisms.table import mechanisms_from_csv, read_mechanisms_file

__all__ = [
    "Confidence",
    "MechanismItem",
    "Nearness",
    "mechanisms_from_csv",
    "read_links",
    "read_mechanisms",
    "read_mechanisms_file",
]


@cache
def read_mechanisms() -> tuple[MechanismItem, ...]:
    """Read the packaged rows. They are few: what could not be read is not in them.

    Examples
    --------
    >>> {one.questionnaire for one in read_mechanisms()} == {"2006-20", "1997-34", "1997-28"}
    True
    """
    table = files(__name__).joinpath("known.csv").read_bytes()
    return mechanisms_from_csv(table, name="known.csv")


@cache
def read_links() -> dict[str, tuple[str, ...]]:
    """Read which provisions the paragraphs of our questionnaires are linked to, by judgement.

    Examples
    --------
    >>> read_links()["51/60:8"]
    ('2002/13:27(a)', '1997/34:2(f)')
    """
    lines = files(__name__).joinpath("links.csv").read_text("utf-8").splitlines()
    links: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(lines):
        links[row["provision"]] = (*links.get(row["provision"], ()), row["linked"])
    return links
