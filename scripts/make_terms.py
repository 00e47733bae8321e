"""This file knows how the page of terms is made from the glossaries of the languages.

::

    uv run python -m scripts.make_terms
"""

from __future__ import annotations

import csv

from scripts.extract_sentences import PACKAGE
from scripts.update_catalogues import LANGUAGES, LOCALES

PAGE = PACKAGE.parent.parent / "docs" / "reference" / "terms.md"
_HEAD = """# Terms

The words of the field in the six languages of the United Nations. Every translation keeps to them,
so that the same thing has the same name in page, print, tables and workspace; a test looks for them
in every translated sentence. The glossaries are `locales/terms.csv` and
`locales/<language>/terms.csv` in the package, where `stems` holds the forms a sentence may use.

The translations are the project's own; the names that the United Nations use were kept where they
exist. This page is made by `scripts/make_terms.py`.

"""


def page() -> str:
    """Return the page."""
    columns = {tag: _translations(tag) for tag in LANGUAGES}
    lines = [
        f"| term | meaning | {' | '.join(LANGUAGES)} |",
        f"| --- | --- | {' | '.join('---' for _ in LANGUAGES)} |",
    ]
    with (LOCALES / "terms.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            words = [columns[tag].get(row["term"], "") for tag in LANGUAGES]
            lines.append(f"| {row['term']} | {row['meaning']} | {' | '.join(words)} |")
    return _HEAD + "\n".join(lines) + "\n"


def _translations(tag: str) -> dict[str, str]:
    path = LOCALES / tag / "terms.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["term"]: row["translation"] for row in csv.DictReader(stream)}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
