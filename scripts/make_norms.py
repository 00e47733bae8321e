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
with which command or page, and which test holds it. Provisions are paraphrased; the instruments
themselves are the authority. What a provision asks for beyond the software stands under "not
covered". A provision that is not listed is not served yet. The last section goes the other way:
from each part of the product to the provisions that it serves.
"""
_PARTS = """
## By part of the product

| Part | Provisions |
|---|---|
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
    parts.append(_PARTS)
    parts.extend(
        f"| `{part}` | {', '.join(provisions)} |\n"
        for part, provisions in sorted(_by_part().items())
    )
    return "".join(parts)


def _by_part() -> dict[str, list[str]]:
    """Return the provisions that each command, library and part of the workspace serves."""
    found: dict[str, list[str]] = {}
    for row in read_coverage():
        for part in dict.fromkeys((*map(_part_of, row.commands), *map(_first_of, row.pages))):
            if row.provision not in found.setdefault(part, []):
                found[part].append(row.provision)
    return found


def _part_of(command: str) -> str:
    """Return the first two words of a command, or the stage of a function."""
    if command.startswith("forestall "):
        return " ".join(command.split()[:2])
    return ".".join(command.split(".")[:2])


def _first_of(page: str) -> str:
    """Return the part of the workspace that a page is in."""
    return f"/{page.split('/')[1]}/"


def _entry(row: Coverage) -> str:
    lines = [
        f"\n### {row.provision.split(':')[1]}: {row.paraphrase}\n",
        f"\n{row.feature}\n",
        _listed("Shown by", row.commands),
        _listed("In the workspace", row.pages),
        f"\n* Held by: `{row.test}`",
        f"\n* Not covered: {row.not_covered}" if row.not_covered else "",
        "\n",
    ]
    return "".join(lines)


def _listed(title: str, shown: tuple[str, ...]) -> str:
    return f"\n* {title}: {', '.join(f'`{one}`' for one in shown)}" if shown else ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(norms_page(), encoding="utf-8")
    print(f"{len(read_coverage())} entries written.")


if __name__ == "__main__":
    main()
