"""This file knows what stands beside exported evidence: what it is, and how it may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.library import Evidence

README = "README.md"
README_TITLE = "# Evidence on crime prevention, exported by forestall"
_MEANINGS = {
    "effects.csv": "Effects of single studies, a row each; `read_effects` reads it again",
    "reviews.csv": "What reviews and single texts say, in their own figures and words",
    "readings.csv": "Our reading of each row of `reviews.csv`, by its `key`",
    "evidence.json": "All of it in one file",
    "evidence.schema.json": "JSON Schema of `evidence.json`",
    "sources.ris": "The texts that were read, for a program that keeps references (RIS)",
    "sources.bib": "The same in BibTeX",
}
_TEXT = """
**What.** {reviews} records of what reviews and single texts say, and {effects} effects of single
studies. Nothing here says what works in a city: it says what was found elsewhere, in which text.
Null and harmful results are rows of their own.

**Law enforcement.** Measures of police, courts and sanctions lie outside the Guidelines for the
Prevention of Crime (2002/13, paragraph 3). They are kept for comparison, marked, never suggested.

**Figures.** A ratio below 1 is not always better: `favours` and `direction` say which side is.
`effect_on_scale` holds the number on which studies are averaged, the logarithm of a ratio.
An empty cell means "not seen", never zero. Texts that a spreadsheet would take for a formula
have an apostrophe in front.

**Licence.** Figures are facts. Quotations are short, marked as such, and belong to their authors
and publishers. Counts of studies that were read in packages of other authors keep the licence
named at their source. Our readings are under the MIT licence. What a city added is the city's.

**Attribution.** Cite the work itself, by the source, title, authors and year of each row; and
forestall for the readings.
"""


def readme_of(evidence: Evidence, names: Iterable[str]) -> bytes:
    """Return the text that stands beside exported files.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> print(readme_of(packaged_evidence(), ["effects.csv"]).decode().splitlines()[0])
    # Evidence on crime prevention, exported by forestall
    """
    listed = "".join(f"| `{name}` | {_MEANINGS[name]} |\n" for name in names)
    text = _TEXT.format(reviews=len(evidence.reviews), effects=len(evidence.effects))
    return f"{README_TITLE}\n{text}\n| File | Holds |\n| --- | --- |\n{listed}".encode()
