"""This file knows the folder of interactive pages: one a picture, with all that they need."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from forestall import __version__
from forestall.languages import say
from forestall.publication.blocks import Chart, CrossTable, Map, Multiples, Table
from forestall.publication.explore.basemap import SCRIPT
from forestall.publication.explore.chart_pages import (
    charts_of,
    live_chart,
    page_data,
    stop_words,
)
from forestall.publication.explore.compiled import script_json
from forestall.publication.explore.gap_pages import gap_parts
from forestall.publication.explore.map_pages import map_parts, map_words
from forestall.publication.html.environment import environment, words_of_pages
from forestall.publication.html.isolates import isolate_numbers
from forestall.publication.html.page import tidied
from forestall.publication.html.sheet import minified, sheet_for
from forestall.publication.html.surroundings import Surroundings
from forestall.publication.interactive import interactive_pictures, is_gap_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Document
    from forestall.publication.explore.basemap import Basemap
    from forestall.publication.interactive import InteractivePicture

PACKAGE = "forestall.publication.explore"
SHEET = "style.css"
_SHORT = 30
_CHARTS = ("vega.js", "chart.js")
_GAPS = ("gaps.js",)
_MAPS = ("maplibre.js", "maplibre-worker.js", "map.js")
# blob: for the worker of the map on a page that was opened from the file system.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def write_explore(
    document: Document,
    *,
    tables: Mapping[str, SafeTable] | None = None,
    root: str = "../",
    report: str = "../index.html",
    scripts: str = "",
    basemap: Basemap | None = None,
) -> Mapping[str, bytes]:
    """Write a page with an interactive chart or map for each picture of a document.

    The pages hold the numbers of the document's protected tables and nothing else. They open from
    the file system as well as from a server, and load nothing from elsewhere.

    Parameters
    ----------
    tables
        Name to table, as they lie in ``tables/`` of the report as CSV.
    root
        The way from these pages to the folder of the report.
    report
        The way to the page that leads here.
    scripts
        The way to a folder of such pages in another language, whose scripts are used; empty where
        this folder brings its own.

    basemap
        Tiles to draw under the places, from `read_basemap`.

    Returns
    -------
    Mapping
        File name to content.

    Examples
    --------
    >>> from forestall.publication.example import example_report
    >>> sorted(name for name in write_explore(example_report()) if name.endswith(".html"))
    ['concentration.html', 'kinds.html', 'map.html']
    """
    near = Surroundings(root=root, tables=tables or {})
    found = interactive_pictures(document)
    written: dict[str, str] = {}
    needed: set[str] = set()
    for picture in found:
        kind = _kind(picture)
        parts = kind.parts(picture, near, basemap)
        written[picture.file] = _rendered(
            kind.template,
            document,
            near=near,
            block=picture.block,
            back=f"{report}#{picture.section.id}",
            scripts=scripts,
            basemap_script=f"{scripts}{SCRIPT}",
            **parts,
        )
        needed |= set(kind.scripts)
    if written:
        sheet = sheet_for("".join(written.values()))
        written[SHEET] = f"{sheet}{minified(_read('explore.css'))}\n"
    pages = {name: text.encode() for name, text in written.items()}
    return pages if scripts else pages | _brought(needed, basemap)


@dataclass(frozen=True)
class _Kind:
    """What a kind of page is rendered from, and the scripts that it needs."""

    template: str
    scripts: tuple[str, ...]
    parts: Callable[[InteractivePicture, Surroundings, Basemap | None], dict[str, Any]]


def _kind(picture: InteractivePicture) -> _Kind:
    if isinstance(picture.block, Map):
        return _Kind(
            "map.html.j2",
            _MAPS,
            lambda one, near, basemap: map_parts(one, near=near, basemap=basemap),
        )
    if is_gap_map(picture.block):
        return _Kind("gaps.html.j2", _GAPS, lambda one, near, basemap: gap_parts(one))
    return _Kind("chart.html.j2", _CHARTS, lambda one, near, basemap: _chart_parts(one))


def _brought(needed: set[str], basemap: Basemap | None) -> dict[str, bytes]:
    brought = {name: _script(name) for name in sorted(needed)}
    if "map.js" in needed and basemap is not None:
        brought[SCRIPT] = basemap.script()
    if needed & {*_CHARTS, *_MAPS}:
        brought["LICENCES.txt"] = _script("LICENCES.txt")
    return brought


def _chart_parts(picture: InteractivePicture) -> dict[str, Any]:
    block = picture.block
    assert isinstance(block, Chart | Multiples)
    charts = charts_of(block)
    live = tuple(live_chart(chart) for chart in charts)
    data = page_data(live)
    behind = block.behind if isinstance(block, Multiples) else (block.behind,)
    tables = [table for table in behind if isinstance(table, Table | CrossTable)]
    return {
        "charts": charts,
        "data": Markup(script_json(data)),  # noqa: S704 - "<" is escaped
        "by_name": data["byName"],
        "years": live[0].years,
        "same_scale": len(live) > 1,
        "stop_words": stop_words(charts),
        "tables": tables,
        "short": all(len(table.safe.row_labels) <= _SHORT for table in tables),
    }


def _rendered(template: str, document: Document, **parts: Any) -> str:
    made = environment(PACKAGE).get_template(template)
    html = tidied(
        made.render(
            words=words_of_pages(document) | _words() | map_words(),
            document=document,
            policy=POLICY,
            version=__version__,
            **parts,
        )
    )
    return isolate_numbers(html)


def _words() -> dict[str, str]:
    return {
        "skip_to_text": say("Go to the text"),
        "back": say("Back to the report"),
        "how_slider": say("Point at the chart, or move the slider below it, to read each number."),
        "how_list": say(
            "Point at the chart, or choose from the list below it, to read each number."
        ),
        "since": say("Years from"),
        "until": say("to"),
        "same_scale": say("The same scale for all"),
    }


def _read(name: str) -> str:
    return files(PACKAGE).joinpath(name).read_text("utf-8")


def _script(name: str) -> bytes:
    folder = "scripts" if name in {"chart.js", "map.js", "gaps.js"} else "vendor"
    return files(PACKAGE).joinpath(folder, name).read_bytes()
