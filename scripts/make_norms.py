"""This file knows how the page on norms is made from the packaged table.

::

    uv run python scripts/make_norms.py
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from forestall.norms import Coverage, read_coverage

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "norms.md"

_HEAD = """# Norms

<!-- Made by scripts/make_norms.py from src/forestall/norms/coverage.csv. -->

Which provisions of the United Nations instruments on crime prevention the software serves today,
with which command, and which test holds it. Provisions are paraphrased; the instruments themselves
are the authority. What a provision asks for beyond the software stands under "not covered". A
provision that is not listed is not served yet.
"""
_INSTRUMENTS = {
    "1995/9": "Cooperation in urban crime prevention (ECOSOC 1995/9, annex)",
    "1997/28": "Firearm regulation (ECOSOC 1997/28)",
    "1997/33": "Elements of responsible crime prevention (ECOSOC 1997/33, annex)",
    "1997/34": "Information on the Declaration on Crime and Public Security (ECOSOC 1997/34)",
    "2002/13": "Guidelines for the Prevention of Crime (ECOSOC 2002/13, annex)",
    "2006/20": "Information-gathering instrument (ECOSOC 2006/20, annex)",
}


def norms_page() -> str:
    """Return the page, one section for each instrument."""
    parts = [_HEAD]
    for instrument, rows in groupby(read_coverage(), key=lambda row: row.provision.split(":")[0]):
        parts.append(f"\n## {_INSTRUMENTS[instrument]}\n")
        parts.extend(_entry(row) for row in rows)
    return "".join(parts)


def _entry(row: Coverage) -> str:
    lines = [
        f"\n### {row.provision.split(':')[1]}: {row.paraphrase}\n",
        f"\n{row.feature}\n",
        f"\n* Shown by: {', '.join(f'`{command}`' for command in row.commands)}",
        f"\n* Held by: `{row.test}`",
        f"\n* Not covered: {row.not_covered}" if row.not_covered else "",
        "\n",
    ]
    return "".join(lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(norms_page(), encoding="utf-8")
    print(f"{len(read_coverage())} entries written.")


if __name__ == "__main__":
    main()
