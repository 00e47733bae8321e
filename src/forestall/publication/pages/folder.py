"""This file knows how a document becomes a folder of pages that share one style sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.languages import say
from forestall.publication.blocks import Details, Heading
from forestall.publication.html.environment import environment, words_of_pages
from forestall.publication.html.isolates import isolate_numbers
from forestall.publication.html.page import addresses_of_pictures, tidied
from forestall.publication.html.sheet import sheet_for
from forestall.publication.html.surroundings import Surroundings
from forestall.publication.pages.long_tables import continued_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block, Document, Section
    from forestall.publication.pages.long_tables import Continued

SUMMARY, SHEET = "index.html", "style.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)


def write_pages(
    document: Document,
    *,
    tables: Mapping[str, SafeTable] | None = None,
    root: str = "../",
    whole: str = "",
    explore: str = "",
    languages: Mapping[str, str] | None = None,
) -> Mapping[str, bytes]:
    """Write a document as a summary and one page a section, in the language in force.

    The first section is the summary. A table of more than 200 rows goes on on pages of its own.

    Parameters
    ----------
    tables
        Name to table, as they lie in ``tables/`` of the report as CSV.
    root
        The way from these pages to the folder of the report.
    whole
        The way to the same document on one page; empty where there is none.
    explore
        The way to the folder of interactive pages, such as ``../explore/``; empty where there is
        none.
    languages
        Tag of each other language to the way to the summary in it.

    Returns
    -------
    Mapping
        File name to content: ``index.html``, ``style.css``, and a page for each other section.

    Examples
    --------
    >>> from forestall.publication.example import example_report
    >>> list(write_pages(example_report()))[:4]
    ['index.html', 'what.html', 'when.html', 'where.html']
    """
    continued = continued_tables(document)
    pages = _Pages(
        document=document,
        near=Surroundings(
            root=root,
            files=_files(document),
            tables=tables or {},
            interactive=addresses_of_pictures(document, explore),
            more={id(page.table): page.file for page in reversed(continued)},
        ),
        languages=languages or {},
        whole=whole,
        words=words_of_pages(document) | _more_words(),
    )
    written = {
        SUMMARY: pages.summary(),
        **{f"{s.id}.html": pages.section(k) for k, s in enumerate(document.sections) if k},
        **{page.file: pages.continued(page) for page in continued},
    }
    written[SHEET] = sheet_for("".join(written.values())) + "\n"
    return {name: text.encode() for name, text in written.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class _Pages:
    document: Document
    near: Surroundings
    languages: Mapping[str, str]
    whole: str
    words: Mapping[str, str]

    def summary(self) -> str:
        return self._rendered(
            "summary.html.j2",
            SUMMARY,
            section=self.document.sections[0],
            languages=self.languages,
            whole=self.whole,
        )

    def section(self, place: int) -> str:
        sections = self.document.sections
        return self._rendered(
            "section.html.j2",
            f"{sections[place].id}.html",
            section=sections[place],
            before=sections[place - 1],
            after=sections[place + 1] if place + 1 < len(sections) else None,
        )

    def continued(self, page: Continued) -> str:
        return self._rendered("rows.html.j2", page.file, section=page.section, page=page)

    def _rendered(self, template: str, here: str, **parts: Any) -> str:
        made = environment("forestall.publication.pages").get_template(template)
        html = made.render(
            document=self.document,
            near=replace(self.near, here=here),
            words=self.words,
            policy=POLICY,
            version=__version__,
            title_of=title_of,
            **parts,
        )
        return isolate_numbers(tidied(html))


def title_of(section: Section) -> str:
    """Return the number and heading of a section.

    Examples
    --------
    >>> from forestall.publication.blocks import Section
    >>> title_of(Section(id="when", number="2", heading="When"))
    '2. When'
    """
    return f"{section.number}. {section.heading}" if section.number else str(section.heading)


def _more_words() -> dict[str, str]:
    return {
        "whole": say("All on one page"),
        "skip_to_text": say("Go to the text"),
        "pages": say("Pages before and after this one"),
        "next": say("Next"),
        "previous": say("Previous"),
    }


def _files(document: Document) -> dict[str, str]:
    """Return for each section and heading its address."""
    found = {}
    for place, section in enumerate(document.sections):
        file = f"{section.id}.html" if place else SUMMARY
        found[section.id] = file
        found |= {name: f"{file}#{name}" for name in _ids(section.blocks)}
    return found


def _ids(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading) and block.id:
            yield block.id
        elif isinstance(block, Details):
            yield from _ids(block.blocks)
