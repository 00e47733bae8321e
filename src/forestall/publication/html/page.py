"""This file knows how a document becomes one HTML file that needs no network and no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall import __version__
from forestall.publication.html.environment import environment, words_of_pages
from forestall.publication.html.isolates import isolate_numbers
from forestall.publication.html.sheet import sheet_for
from forestall.publication.html.surroundings import Surroundings
from forestall.publication.interactive import interactive_pictures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Document


def write_html(
    document: Document,
    *,
    tables: Mapping[str, SafeTable] | None = None,
    root: str = "",
    explore: str = "",
    languages: Mapping[str, str] | None = None,
) -> str:
    """Write a document as one page: styles inside, no script, nothing loaded.

    It is written in the language in force. Every text of the document is escaped; drawings come
    from the project's own code. Of a table with more than 200 rows the first 200 are shown, with a
    link to the file that holds them all.

    Parameters
    ----------
    tables
        Name to table, as they lie beside the page in ``tables/`` as CSV.
    root
        The way from the page to the folder of the report, such as ``../``; empty inside it.
    explore
        The way to the folder of interactive pages, such as ``explore/``; empty where there is none.
    languages
        Tag of each other language of the report to its page, as seen from this one.

    Examples
    --------
    >>> from forestall.publication.blocks import Document, Paragraph, Section
    >>> section = Section(id="brief", heading="In brief", blocks=(Paragraph(("3 < 5",)),))
    >>> page = write_html(Document(title="Burglary", kicker="Diagnosis", lead="", made_line=(),
    ...     sections=(section,)))
    >>> "<p>3 &lt; 5</p>" in page, "<script" in page
    (True, False)
    """
    near = Surroundings(
        root=root,
        tables=tables or {},
        interactive=addresses_of_pictures(document, explore),
    )
    page = environment().get_template("page.html.j2")
    body = page.render(
        document=document,
        words=words_of_pages(document),
        near=near,
        languages=languages or {},
        version=__version__,
        style="{{style}}",
    )
    body = tidied(body)
    return isolate_numbers(body.replace("{{style}}", sheet_for(body), 1))


def addresses_of_pictures(document: Document, explore: str) -> dict[int, str]:
    """Return for each picture where its interactive page is; nothing without such a folder."""
    if not explore:
        return {}
    return {
        id(block): f"{explore}{picture.file}"
        for picture in interactive_pictures(document)
        for block in (picture.block, *picture.parts)
    }


def tidied(html: str) -> str:
    """Return a page without the empty lines that templates leave."""
    return re.sub(r">\s*\n\s*<", ">\n<", html)
