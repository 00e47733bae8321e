"""This file knows how tests write small documents as Word files and read them again."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import numpy as np
import pandas as pd
from lxml import etree

from forestall.disclosure import protect_table
from forestall.languages import use_language
from forestall.publication.blocks import Column, Document, HeatTable, Section, Unit
from forestall.publication.docx import write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = (
    Column(name="offence", head="Kind", unit=Unit.WORDS),
    Column(name="incidents", head="Crimes"),
    Column(name="share", head="Share", unit=Unit.SHARE, decimals=1),
)


def document_of(*blocks, title="Recorded crime", **more):
    """Return a document with one section."""
    section = Section(id="brief", heading="In brief", blocks=tuple(blocks))
    given = {"kicker": "Safety diagnosis", "lead": "What was recorded.", "made_line": ("Today",)}
    return Document(title=title, sections=(section,), **(given | more))


def written(document, *, language="en"):
    """Write a document as a Word file in a language."""
    with use_language(language):
        return write_docx(document)


def read(document, *, language="en"):
    """Write a document and read it again with python-docx."""
    return docx.Document(BytesIO(written(document, language=language)))


def word_of(*blocks, language="en", **more):
    """Write blocks as the only ones of a document and read the file."""
    return read(document_of(*blocks, **more), language=language)


def parts_of(data):
    """Return the XML parts of a Word file by name."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def all_of(root, tag):
    """Return all elements of WordprocessingML with a name."""
    return list(root.iter(f"{W}{tag}"))


def value(element, name="val"):
    """Return an attribute of WordprocessingML."""
    return element.get(f"{W}{name}")


def words_in(element):
    """Return the text of an element, fields and all."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def safe_hours(largest=60):
    """Return a heat table of a week whose numbers rise from 0 (hidden where small)."""
    chance = np.random.default_rng(20020724)
    hours = [(day, hour) for day in range(7) for hour in range(24)]
    frame = pd.DataFrame(hours, columns=["weekday", "hour"])
    frame["incidents"] = chance.integers(0, largest, len(frame))
    safe = protect_table(frame, rule="threshold-5", rows="weekday", columns="hour", margins=())
    return HeatTable(
        title="Most in the evening",
        subtitle="Incidents in each hour of the week",
        safe=safe,
        breaks=(10.0, 20.0, 30.0, 45.0),
        legend=("under 10", "10–19", "20–29", "30–44", "45 or more"),
    )


def safe_kinds(labels=("Burglary", "Theft", "Arson", "Bigamy"), counts=(40, 20, 3, 2)):
    """Return a protected table; of the usual one the last two numbers are hidden."""
    table = pd.DataFrame({"offence": list(labels), "incidents": list(counts)})
    table["share"] = table["incidents"] / table["incidents"].sum()
    return protect_table(table, rule="threshold-5", rows="offence", shares=["share"])
