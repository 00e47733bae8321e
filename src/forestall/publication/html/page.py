"""This file knows how a document becomes one HTML file that needs no network and no script."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from forestall import __version__
from forestall.languages import Sentences, Share, comma, direction, joint, language, say
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.html import cells, figures
from forestall.publication.html.isolates import isolate_numbers
from forestall.publication.html.sheet import sheet_for
from forestall.publication.language_names import language_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.publication.blocks import Document
    from forestall.results import Certainty

_STRENGTH = {"CLEAR": 4, "PROBABLE": 3, "SIGN": 2, "CHANCE": 1, "LITTLE_CHANGED": 0}


def write_html(
    document: Document,
    *,
    root: str = "",
    languages: Mapping[str, str] | None = None,
) -> str:
    """Write a document as one page: styles inside, no script, nothing loaded.

    It is written in the language in force. Every text of the document is escaped; drawings come
    from the project's own code.

    Parameters
    ----------
    root
        The way from the page to the folder of the report, such as ``../``; empty inside it.
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
    page = _environment().get_template("page.html.j2")
    body = page.render(
        document=document,
        words=_words(document),
        root=root,
        languages=languages or {},
        version=__version__,
        style="{{style}}",
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
        "strength": _strength,
        "signed_share": lambda fraction: str(Share(fraction, signed=True)),
        "grid": cells.grid_rows,
        "cross": cells.cross_rows,
        "cross_heads": cells.cross_heads,
        "cell_class": cells.cell_class,
        "change_rows": cells.change_rows,
        "sentences": Sentences,
        "hidden_words": cells.hidden_words,
        "heat": figures.heat_rows,
        "interval": figures.interval_svg,
        "drawn": figures.chart_svg,
        "drawn_map": figures.map_html,
        "direction": direction,
        "language_name": language_name,
    }
    environment.tests |= {
        "link": lambda run: isinstance(run, Link),
        "sure": lambda run: isinstance(run, Sure),
        "strong": lambda run: isinstance(run, Strong),
    }
    return environment


def _strength(certainty: Certainty) -> int:
    return _STRENGTH[certainty.name]


def _words(document: Document) -> dict[str, str]:
    return {
        "language": language(),
        "direction": direction(),
        "title": say("{kicker}: {title}", kicker=document.kicker, title=document.title),
        "joint": joint(),
        "comma": comma(),
        "skip": say("Go to the summary"),
        "contents": say("Contents"),
        "downloads": say("Download:"),
        "languages": say("Languages"),
        "language_name": language_name(language()),
        "bar": say("Bar"),
        "interval": say("95 % interval, drawn"),
        "change": say("Change (95 % interval), how sure"),
        "too_few": say("too few to compare"),
        "hidden": say("number not shown"),
        "command": say("Command"),
    }
