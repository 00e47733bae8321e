"""This file knows the fonts for print: where they lie, and which family a language begins with.

The folder holds cut-down Noto fonts under the SIL Open Font License; ``manifest.json`` names the
source, version and checksum of each, scripts/make_fonts.py makes them.
"""

from __future__ import annotations

import os
from pathlib import Path

from forestall.errors import InvalidFonts
from forestall.languages import language

FOLDER_VARIABLE = "FORESTALL_FONT_DIR"
_EVERY = ("Noto Sans", "Noto Sans Math", "Noto Sans Arabic", "Noto Sans SC")
_FIRST = {"ar": "Noto Sans Arabic", "fa": "Noto Sans Arabic", "ur": "Noto Sans Arabic"} | {
    "zh": "Noto Sans SC"
}


def font_folders() -> tuple[Path, ...]:
    """Return the folders of the fonts: the user's own first, then the packaged one.

    The environment variable ``FORESTALL_FONT_DIR`` names a folder with more fonts (TTF or OTF), for
    scripts and rare characters that the packaged ones lack.

    Raises
    ------
    InvalidFonts
        If the variable names something that is no folder.

    Examples
    --------
    >>> (font_folders()[-1] / "NotoSans-Regular.ttf").is_file()
    True
    """
    packaged = Path(__file__).parent
    own = os.environ.get(FOLDER_VARIABLE)
    if not own:
        return (packaged,)
    if not Path(own).is_dir():
        raise InvalidFonts(f"{FOLDER_VARIABLE} must name a folder with fonts, but “{own}” is none.")
    return (Path(own), packaged)


def font_families(tag: str | None = None) -> tuple[str, ...]:
    """Return the families that text of a language is set in, the first one preferred.

    Every list holds all packaged families: a name in another script finds its letters too.

    Parameters
    ----------
    tag
        Tag of the language; the one in force when None.

    Examples
    --------
    >>> font_families("fr")[0], font_families("ar")[:2], font_families("zh")[:2]
    ('Noto Sans', ('Noto Sans Arabic', 'Noto Sans'), ('Noto Sans SC', 'Noto Sans'))
    """
    first = _FIRST.get((tag or language()).split("-")[0].lower(), _EVERY[0])
    return (first, *(family for family in _EVERY if family != first))
