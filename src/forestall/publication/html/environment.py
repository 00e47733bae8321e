"""This file knows how templates find their filters, and which words stand in every page."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from forestall.languages import Sentences, comma, direction, joint, language, say
from forestall.publication import cells
from forestall.publication.blanks import Blank
from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.figures import axis_ends, heat_legend
from forestall.publication.fixed_words import fixed_words, strength
from forestall.publication.html import cells as html_cells
from forestall.publication.html import figures
from forestall.publication.html.surroundings import MOST_ROWS
from forestall.publication.language_names import language_name
from forestall.publication.wholly_hidden import wholly_hidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.publication.blocks import Document

HTML = "forestall.publication.html"


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
        "wholly_hidden": wholly_hidden,
        "heat": cells.heat_rows,
        "heat_legend": heat_legend,
        "interval": figures.interval_svg,
        "drawn": figures.chart_svg,
        "drawn_change": figures.change_svg,
        "drawn_map": figures.map_html,
        "direction": direction,
        "language_name": language_name,
        "spoken": html_cells.spoken,
    }
    made.globals |= {"most_rows": MOST_ROWS, "rows_shown": rows_shown}
    kinds = {"link": Link, "sure": Sure, "strong": Strong, "blank": Blank}
    made.tests |= {name: _is_kind(kind) for name, kind in kinds.items()}
    return made


def _is_kind(kind: type) -> Callable[[object], bool]:
    return lambda one: isinstance(one, kind)


def words_of_pages(document: Document) -> dict[str, str]:
    """Return the words of the frame of a page, in the language in force."""
    return {
        **asdict(fixed_words()),
        "language": language(),
        "direction": direction(),
        "title": say("{kicker}: {title}", kicker=document.kicker, title=document.title),
        "joint": joint(),
        "comma": comma(),
        "languages": say("Languages"),
        "language_name": language_name(language()),
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
