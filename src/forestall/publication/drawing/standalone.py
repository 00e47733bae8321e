"""This file knows how a drawing stands alone: its classes become attributes, for paper.

A page colours drawings by its style sheet. Outside a page there is none, so the rules for charts
and maps are written here once more, in the order of the sheet; their colours come from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from forestall.publication.drawing.svg import short
from forestall.publication.fonts import font_families
from forestall.publication.palette import palette

if TYPE_CHECKING:
    from collections.abc import Mapping

_SVG = "http://www.w3.org/2000/svg"
_ROUND = {"stroke-linejoin": "round", "stroke-linecap": "round"}
# A name after "@" is a colour of the palette.
_SHAPES: Mapping[str, Mapping[str, str]] = {
    "ax": {"stroke": "@edge", "fill": "none"},
    "gr": {"stroke": "@line", "fill": "none"},
    "nil": {"stroke": "@ink", "stroke-width": "1.25", "fill": "none"},
    "dash": {"stroke-dasharray": "4 3"},
    "ln": {"fill": "none", "stroke-width": "2.5", **_ROUND},
    "thin": {"stroke-width": "1"},
    "fine": {"stroke-width": "1.5"},
    **{f"s{k}": {"stroke": f"@series-{k}"} for k in range(1, 5)},
    "s0": {"stroke": "@series-rest"},
    **{f"f{k}": {"fill": f"@series-{k}"} for k in range(1, 5)},
    "f0": {"fill": "@series-rest"},
    "fb": {"fill": "@band"},
    "fp": {"fill": "@paper"},
    **{f"m{k}": {"fill": f"@map-{k}"} for k in range(1, 7)},
    "ed": {"stroke": "@edge", "stroke-width": "0.75"},
    "wf": {"fill": "@care"},
    "ws": {"fill": "none", "stroke": "@care", "stroke-width": "2"},
    "pr": {"fill": "none", "stroke": "@series-rest", "stroke-width": "6"},
    "iv": {"stroke": "@series-1", "stroke-width": "5", "fill": "none"},
    "ivp": {"fill": "@paper", "stroke": "@series-1", "stroke-width": "2.5"},
    "dot": {"stroke": "@series-1", "stroke-width": "13", "stroke-linecap": "round"},
    "dot-in": {"stroke": "@paper", "stroke-width": "7", "stroke-linecap": "round"},
    "ground": {"fill": "@map-ground"},
    "hatch": {"stroke": "@map-hatch", "stroke-width": "0.9", "fill": "none"},
    "hot": {
        "fill": "none", "stroke": "@map-hot", "stroke-width": "2", "stroke-linejoin": "round",
    },
    "hot-under": {
        "fill": "none", "stroke": "@paper", "stroke-width": "4.5", "stroke-linejoin": "round",
    },
    "border": {"fill": "none", "stroke": "@edge", "stroke-width": "1"},
    "street": {"fill": "none", "stroke": "@map-street", "stroke-width": "1"},
    "boundary": {
        "fill": "none", "stroke": "@ink-2", "stroke-width": "1.25", "stroke-dasharray": "5 3",
    },
    "pin": {"fill": "@ink", "stroke": "@paper", "stroke-width": "3", "r": "12"},
    "key-box": {"stroke": "@edge", "stroke-width": "0.75"},
}  # fmt: skip
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "": {"font-size": "13", "fill": "@ink-2", "font-weight": "400", "text-anchor": "start"},
    "tk": {"fill": "@ink", "font-weight": "700"},
    "tl": {"fill": "@ink"},
    "end": {"text-anchor": "end"},
    "mid": {"text-anchor": "middle"},
    "halo": {"stroke": "@paper", "stroke-width": "4"},
    "t1": {"fill": "@series-1", "font-weight": "700"},
    "t2": {"fill": "@series-2", "font-weight": "700"},
    "t3": {"fill": "@ink", "font-weight": "700"},
    "t4": {"fill": "@ink", "font-weight": "700"},
    "key": {"fill": "@paper", "font-size": "16", "font-weight": "700", "text-anchor": "middle"},
    "scale": {"font-size": "15", "fill": "@ink"},
}
# Outlines keep their width where a map is scaled; only a page can ask for that by name.
_KEEP_WIDTH = frozenset({"hot", "hot-under", "border", "street", "boundary"})
_OF_THE_PAGE = ("direction", "class", "role", "aria-label", "aria-hidden", "preserveAspectRatio")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class DrawnWords:
    """Words of a drawing: the point that their baseline starts at, ends at or is centred on."""

    x: float
    y: float
    text: str
    anchor: str
    size: float
    weight: int
    fill: str
    halo: str = ""


@dataclass(frozen=True, kw_only=True)
class Standalone:
    """A drawing that needs no style sheet.

    Attributes
    ----------
    width, height
        In pixels.
    shapes
        SVG of everything but the words.
    words
        The words over the shapes: whoever sets them must know the direction of the language.
    """

    width: float
    height: float
    shapes: str
    words: tuple[DrawnWords, ...]


def stand_alone(svg: str) -> Standalone:
    """Part a drawing into shapes that carry their look and words to be set over them.

    Examples
    --------
    >>> from forestall.publication.drawing.svg import Drawing
    >>> drawing = Drawing(40, 20)
    >>> drawing.line(0, 5, 40, 5, "gr")
    >>> drawing.text(40, 15, "2019", "end")
    >>> alone = stand_alone(drawing.svg(alt=""))
    >>> 'stroke="#ccd5d8"' in alone.shapes, alone.words[0].anchor, alone.words[0].text
    (True, 'end', '2019')
    """
    root = _read(svg)
    width, height = _size(root)
    words = []
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}text":
                words.append(_drawn_words(child))
                parent.remove(child)
    _resolve(root, scale=1.0)
    return Standalone(width=width, height=height, shapes=_written(root), words=tuple(words))


def standalone_svg(svg: str, *, families: tuple[str, ...] = ()) -> str:
    """Return a drawing as SVG without classes: colours, sizes and anchors are attributes.

    Parameters
    ----------
    families
        Font families of its words; those of the language in force when empty.

    Examples
    --------
    >>> standalone_svg('<svg viewBox="0 0 9 9"><path class="gr" d="M0 0V9"/></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"
     width="9" height="9"><path d="M0 0V9" stroke="#ccd5d8" fill="none" /></svg>'
    """
    root = _read(svg)
    _size(root)
    for text in root.iter(f"{{{_SVG}}}text"):
        _dress_text(text, families or font_families())
    _resolve(root, scale=1.0)
    return _written(root)


def _read(svg: str) -> ET.Element:
    """Read one of our own drawings; words from data may hold what XML cannot."""
    named = svg if f'xmlns="{_SVG}"' in svg else svg.replace("<svg", f'<svg xmlns="{_SVG}"', 1)
    return ET.fromstring(_NOT_XML.sub("\ufffd", named))  # noqa: S314 - drawn by this package


def _written(root: ET.Element) -> str:
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def _size(root: ET.Element) -> tuple[float, float]:
    """Give the drawing the size of its view box, if it names none."""
    box = [float(part) for part in root.get("viewBox", "").split()]
    for name, length in zip(("width", "height"), box[2:], strict=True):
        root.set(name, root.get(name, short(length)))
    return float(root.get("width", "")), float(root.get("height", ""))


def _resolve(element: ET.Element, *, scale: float) -> None:
    names = element.get("class", "").split()
    own = scale * _scale_of(element.get("transform", ""))
    if element.tag != f"{{{_SVG}}}text":
        unknown = [name for name in names if element.get("viewBox") is None and name not in _SHAPES]
        assert not unknown, f"no rule for {unknown}"
        for name, rule in _SHAPES.items():
            if name in names:
                _dress(element, rule, scale=own if name in _KEEP_WIDTH else 1.0)
    for name in _OF_THE_PAGE:
        element.attrib.pop(name, None)
    for child in element:
        _resolve(child, scale=own)


def _dress(element: ET.Element, rule: Mapping[str, str], *, scale: float) -> None:
    for name, value in rule.items():
        if name == "stroke-width" and scale != 1.0:
            element.set(name, f"{float(value) / scale:.4g}")
        else:
            element.set(name, _colour(value))


def _scale_of(transform: str) -> float:
    found = re.search(r"scale\(([\d.]+)", transform)
    return float(found[1]) if found else 1.0


def _colour(value: str) -> str:
    return palette()[value[1:]] if value.startswith("@") else value


def _text_rules(element: ET.Element) -> dict[str, str]:
    names = element.get("class", "").split()
    unknown = [name for name in names if name not in _TEXTS]
    assert not unknown, f"no rule for {unknown}"
    rules = (rule for name, rule in _TEXTS.items() if not name or name in names)
    return {key: _colour(value) for rule in rules for key, value in rule.items()}


def _drawn_words(element: ET.Element) -> DrawnWords:
    rules = _text_rules(element)
    size = float(rules["font-size"])
    return DrawnWords(
        x=float(element.get("x", 0)),
        y=_baseline(element, size),
        text="".join(element.itertext()),
        anchor=rules["text-anchor"],
        size=size,
        weight=int(rules["font-weight"]),
        fill=rules["fill"],
        halo=rules.get("stroke", ""),
    )


def _baseline(element: ET.Element, size: float) -> float:
    lower = element.get("dy", "0")
    shift = float(lower.removesuffix("em")) * (size if lower.endswith("em") else 1.0)
    return round(float(element.get("y", 0)) + shift, 2)


def _dress_text(element: ET.Element, families: tuple[str, ...]) -> None:
    rules = _text_rules(element)
    element.set("y", short(_baseline(element, float(rules["font-size"]))))
    element.attrib.pop("dy", None)
    element.set("font-family", ", ".join(families))
    for name, value in rules.items():
        element.set(name, value)
    if "stroke" in rules:
        element.set("paint-order", "stroke")
        element.set("stroke-linejoin", "round")
