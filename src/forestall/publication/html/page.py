"""This file knows how a document becomes one HTML file that needs no network and no script."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from forestall import __version__
from forestall.languages import Sentences, comma, direction, joint, language, say
from forestall.publication import cells
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.figures import axis_ends, heat_legend
from forestall.publication.fixed_words import fixed_words, strength
from forestall.publication.html import cells as html_cells
from forestall.publication.html import figures
from forestall.publication.html.isolates import isolate_numbers
from forestall.publication.html.sheet import sheet_for

if TYPE_CHECKING:
    from forestall.publication.blocks import Document


def write_html(document: Document) -> str:
    """Write a document as one page: styles inside, no script, nothing loaded.

    It is written in the language in force. Every text of the document is escaped; drawings come
    from the project's own code.

    Examples
    --------
    >>> from forestall.publication.blocks import Document, Paragraph, Section
    >>> section = Section(id="brief", heading="In brief", blocks=(Paragraph(("3 < 5",)),))
    >>> page = write_html(Document(title="Burglary", kicker="Diagnosis", lead="", made_line=(),
    ...     sections=(section,)))
    >>> "<p>3 &lt; 5</p>" in page, "<script" in page
    (True, False)
    """
    page = _environment().get_template("page.html.j2")
    body = page.render(
        document=document, words=_words(document), version=__version__, style="{{style}}"
    )
    body = re.sub(r">\s*\n\s*<", ">\n<", body)
    return isolate_numbers(body.replace("{{style}}", sheet_for(body), 1))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("forestall.publication.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__,
        "strength": strength,
        "axis_ends": axis_ends,
        "grid": cells.grid_rows,
        "cross": cells.cross_rows,
        "cross_heads": cells.cross_heads,
        "cell_class": html_cells.cell_class,
        "cell_html": html_cells.cell_html,
        "bar_width": html_cells.bar_width,
        "heat_class": html_cells.heat_class,
        "change_rows": cells.change_rows,
        "sentences": Sentences,
        "hidden_words": cells.hidden_words,
        "heat": cells.heat_rows,
        "heat_legend": heat_legend,
        "interval": figures.interval_svg,
        "drawn": figures.chart_svg,
        "drawn_change": figures.change_svg,
        "drawn_map": figures.map_html,
    }
    environment.tests |= {
        "link": lambda run: isinstance(run, Link),
        "sure": lambda run: isinstance(run, Sure),
        "strong": lambda run: isinstance(run, Strong),
    }
    return environment


def _words(document: Document) -> dict[str, str]:
    return {
        **asdict(fixed_words()),
        "language": language(),
        "direction": direction(),
        "title": say("{kicker}: {title}", kicker=document.kicker, title=document.title),
        "joint": joint(),
        "comma": comma(),
    }
