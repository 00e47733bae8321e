"""This file knows the sizes, colours and fonts of a Word file; they are those of the printed page.

Word measures pages in twips (a twentieth of a point), letters in half points, rules in eighths of
a point and pictures in EMU (English metric units, 914,400 an inch).
"""

from __future__ import annotations

from forestall.publication.palette import palette

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635

# A4 with 18 mm at the sides.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
SIDE, TOP, BOTTOM = 1020, 1247, 1134
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

# Arial is on every computer with Word, and Liberation Sans, which has no Arabic letters, stands in
# for it elsewhere; for Tahoma it is DejaVu Sans, which has. All digits of both are as wide.
LATIN, COMPLEX, EAST_ASIAN, CODE = "Arial", "Tahoma", "Microsoft YaHei", "Consolas"

BODY, SMALL, TABLE, SMALL_TABLE, LEAD, NUMBER = 10, 8.5, 9, 7.5, 12, 17
TITLE, HEADING_1, HEADING_2, HEADING_3 = 20, 14, 11.5, 10

# Where the text of lists and findings begins.
INDENT = 397
# Room at the sides of a cell of a report table.
CELL_SIDES = 85
# Half the thick edge of a box, which Word draws over the end of the line.
BOX_EDGE = 60
# A chart of 680 pixels is as wide as the text, so that all drawn words are of one size.
TWIPS_PER_PIXEL = TEXT_WIDTH / 680
# A shorter table stands on one page.
ROWS_TOGETHER = 20


def colour(name: str) -> str:
    """Return a colour of the style sheet as Word writes it.

    Black is left to Word ("auto"), so that dark screens and high contrast work.

    Examples
    --------
    >>> colour("series-1"), colour("paper")
    ('004085', 'FFFFFF')
    """
    digits = palette()[name].removeprefix("#").upper()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
