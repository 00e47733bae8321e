"""This file knows how templates find their filters, and which words stand in every page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from forestall.languages import Sentences, Share, comma, direction, joint, language, say
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.html import cells, figures
from forestall.publication.html.surroundings import MOST_ROWS
from forestall.publication.wholly_hidden import wholly_hidden

if TYPE_CHECKING:
    from forestall.publication.blocks import Document
    from forestall.results import Certainty

HTML = "forestall.publication.html"
_STRENGTH = {"CLEAR": 4, "PROBABLE": 3, "SIGN": 2, "CHANCE": 1, "LITTLE_CHANGED": 0}


@cache
def environment(package: str = HTML) -> Environment:
    """Return the environment of the templates of a package, which may use those of `HTML`."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((package, HTML))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
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
        "wholly_hidden": wholly_hidden,
        "heat": figures.heat_rows,
        "interval": figures.interval_svg,
        "drawn": figures.chart_svg,
        "drawn_map": figures.map_html,
    }
    made.globals |= {"most_rows": MOST_ROWS, "rows_shown": rows_shown}
    made.tests |= {
        "link": lambda run: isinstance(run, Link),
        "sure": lambda run: isinstance(run, Sure),
        "strong": lambda run: isinstance(run, Strong),
    }
    return made


def _strength(certainty: Certainty) -> int:
    return _STRENGTH[certainty.name]


def words_of_pages(document: Document) -> dict[str, str]:
    """Return the words of the frame of a page, in the language in force."""
    return {
        "language": language(),
        "direction": direction(),
        "title": say("{kicker}: {title}", kicker=document.kicker, title=document.title),
        "joint": joint(),
        "comma": comma(),
        "skip": say("Go to the summary"),
        "contents": say("Contents"),
        "downloads": say("Download:"),
        "bar": say("Bar"),
        "interval": say("95 % interval, drawn"),
        "change": say("Change (95 % interval), how sure"),
        "too_few": say("too few to compare"),
        "hidden": say("number not shown"),
        "command": say("Command"),
        "interactive_map": say("Open the interactive map"),
        "interactive_chart": say("Open the interactive chart"),
        "all_rows": say("All rows (CSV)"),
        "next_rows": say("Next rows"),
        "earlier_rows": say("Earlier rows"),
    }


def rows_shown(first: int, last: int, count: int) -> str:
    """Say which rows of a long table stand here.

    Examples
    --------
    >>> rows_shown(1, 200, 10_000)
    'Rows 1 to 200 of 10,000.'
    """
    return say("Rows {first} to {last} of {count}.", first=first, last=last, count=count)
