"""This file knows how the packaged fonts for print are cut from the Noto families.

Three families come as Python packages, one as an npm package (version 5.3.0)::

    npm pack @fontsource/noto-sans-math@5.3.0 && tar xzf fontsource-noto-sans-math-5.3.0.tgz
    uv run --no-project --with fonttools==4.68.0 --with fontpkg-noto-sans==2.15 \
        --with fontpkg-noto-sans-arabic==2.12 --with justmytype-intl-cjk==0.1.0 \
        python scripts/make_fonts.py package

Letters that Noto Sans has are cut out of the Chinese font, so that a list of families that begins
with it writes Latin words in Noto Sans and keeps Chinese quotation marks and dashes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = Path(__file__).parents[1] / "src/forestall/publication/fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A font as published, and what is kept of it."""

    family: str
    package: str
    version: str
    file: str
    licence: str
    sha256: str
    code_points: frozenset[int]
    weights: tuple[str, ...] = ("Regular", "Bold")
    features: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the first part of the file names."""
        return self.family.replace(" ", "")


def spans(*pairs: tuple[int, int]) -> frozenset[int]:
    """Return all code points of the spans, both ends included."""
    return frozenset(point for first, last in pairs for point in range(first, last + 1))


def gb2312() -> frozenset[int]:
    """Return the characters of GB2312 without Latin, Greek and Cyrillic letters."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    letters = {point for point in found if 0xC0 <= point < 0x2000 and chr(point).isalpha()}
    return frozenset(found - letters)


LATIN = spans(
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20C1), (0x2100, 0x218B), (0x2190, 0x22FF),
    (0x25A0, 0x25FF), (0xFFFD, 0xFFFD),
)  # fmt: skip
ARABIC = spans(
    (0x20, 0x7E), (0xA0, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x600, 0x6FF), (0x750, 0x77F),
    (0x8A0, 0x8FF), (0x2000, 0x206F), (0x2212, 0x2212), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF),
)  # fmt: skip
SYMBOLS = spans((0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF))
CHINESE = gb2312() | spans(
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x2010, 0x2027),
    (0x3000, 0x303F),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)

SOURCES = (
    Source(
        family="Noto Sans",
        package="fontpkg-noto-sans (PyPI)",
        version="2.15",
        file="fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf",
        licence="fontpkg_noto_sans/LICENSE",
        sha256="bfb7bb691513f12e734dc346c03a03f784912432d7e3fa8e56efcf906fe86b3d",
        code_points=LATIN,
    ),
    Source(
        family="Noto Sans Arabic",
        package="fontpkg-noto-sans-arabic (PyPI)",
        version="2.12",
        file="fontpkg_noto_sans_arabic/files/NotoSansArabic[wdth,wght].ttf",
        licence="fontpkg_noto_sans_arabic/LICENSE",
        sha256="63111b5b2e074dd48cc67692e0a2726d86ee94c1c37fe8598257b7b4e87e869e",
        code_points=ARABIC,
    ),
    Source(
        family="Noto Sans SC",
        package="justmytype-intl-cjk (PyPI)",
        version="0.1.0",
        file="justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf",
        licence="justmytype_intl_cjk/fonts/ofl/notosanssc/OFL.txt",
        sha256="a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da",
        code_points=CHINESE,
        features=("ccmp",),  # forms for Japan and Korea would come in by `locl`
    ),
    Source(
        family="Noto Sans Math",
        package="@fontsource/noto-sans-math (npm)",
        version="5.3.0",
        file="files/noto-sans-math-latin-400-normal.woff",
        licence="LICENSE",
        sha256="b5710a7b1c8a9af4f0c1f638a97c8625d9c6a69af765bfc14da14cb76fb01032",
        code_points=SYMBOLS,
        weights=("Regular",),
    ),
)


def make_fonts(source: Source, folder: Path) -> list[dict[str, Any]]:
    """Write the weights of a family and its licence, and return their part of the manifest."""
    original = folder / source.file
    _check(original, source.sha256)
    licence = FONTS / f"{source.name}-OFL.txt"
    licence.write_bytes((folder / source.licence).read_bytes())
    return [_make_one(source, original, weight) for weight in source.weights]


def _make_one(source: Source, original: Path, weight: str) -> dict[str, Any]:
    # The time of making would differ from run to run.
    font = TTFont(original, recalcTimestamp=False)
    kept = source.code_points & set(font.getBestCmap())
    _cut(font, kept, features=source.features)
    if "fvar" in font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        place = {**axes, "wght": WEIGHTS[weight], **({"wdth": 100} if "wdth" in axes else {})}
        font = instancer.instantiateVariableFont(font, place)
    _name(font, source.family, weight)
    font.flavor = None
    target = FONTS / f"{source.name}-{weight}.ttf"
    font.save(target)
    return {
        "file": target.name,
        "family": source.family,
        "weight": WEIGHTS[weight],
        "characters": len(kept),
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "source": source.package,
        "source_version": source.version,
        "source_file": Path(source.file).name,
        "source_sha256": source.sha256,
        "font_version": str(font["name"].getDebugName(5)),
        "licence": "OFL-1.1",
        "licence_file": f"{source.name}-OFL.txt",
    }


def _cut(font: TTFont, kept: Iterable[int], *, features: tuple[str, ...]) -> None:
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG"]  # nothing is written from top to bottom
    options.layout_features = list(features) or options.layout_features
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(font)


def _name(font: TTFont, family: str, weight: str) -> None:
    """Name the font after its family: a variable font is named after its thinnest form."""
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    words = {1: family, 2: weight, 4: f"{family} {weight}", 6: f"{family}-{weight}"}
    for number, text in words.items():
        names.setName(text.replace(" ", "") if number == 6 else text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = WEIGHTS[weight]
    bold = weight == "Bold"
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    if "STAT" in font:
        del font["STAT"]


def _check(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{path.name} is another file: its SHA-256 is {found}.")


def _folder_of(source: Source, npm: Path) -> Path:
    top = Path(source.file).parts[0]
    if top == "files":
        return npm
    found = find_spec(top)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"The package {source.package} {source.version} is not installed.")
    return Path(found.submodule_search_locations[0]).parent


def main(npm: Path) -> None:
    """Write all fonts and their manifest."""
    FONTS.mkdir(exist_ok=True)
    manifest = [
        entry for source in SOURCES for entry in make_fonts(source, _folder_of(source, npm))
    ]
    text = json.dumps({"fonts": manifest}, ensure_ascii=False, indent=1)
    (FONTS / "manifest.json").write_text(text + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in FONTS.glob("*.ttf"))
    print(f"{len(manifest)} fonts written, {size / 1e6:.2f} MB.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
