"""This file knows how the catalogues of the languages follow the sentences of the package.

::

    uv run python scripts/update_catalogues.py            # bring every catalogue up to date
    uv run python scripts/update_catalogues.py ar --missing 40   # print what is not translated yet

New sentences are added without a translation, sentences that are gone are dropped, and nothing is
guessed from a similar sentence: a guess that nobody reads is a wrong sentence in a report.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from scripts.extract_sentences import PACKAGE, find_sentences

if TYPE_CHECKING:
    from pathlib import Path

LOCALES = PACKAGE / "locales"
LANGUAGES = ("ar", "es", "fr", "ru", "zh")


def catalogue_file(tag: str) -> Path:
    """Return where the catalogue of a language is."""
    return LOCALES / tag / "LC_MESSAGES" / "forestall.po"


def read_catalogue(tag: str) -> Catalog:
    """Read the catalogue of a language; an empty one where there is none yet."""
    path = catalogue_file(tag)
    if not path.is_file():
        return Catalog(locale=tag)
    with path.open("rb") as stream:
        return read_po(stream, locale=tag)


def updated(tag: str) -> Catalog:
    """Return the catalogue of a language with just the sentences that the package has now."""
    old = read_catalogue(tag)
    new = Catalog(locale=tag, project="forestall", charset="utf-8", fuzzy=False)
    for one in find_sentences():
        key = one.texts if len(one.texts) > 1 else one.texts[0]
        known = old.get(one.texts[0])
        kept = known.string if known is not None and _same_shape(known, one.texts) else None
        new.add(key, kept, locations=[(one.file, None)])  # type: ignore[list-item]
    return new


def missing(catalogue: Catalog) -> list[Message]:
    """Return the sentences without a whole translation."""
    return [one for one in catalogue if one.id and (one.fuzzy or not _is_whole(one))]


def write_catalogue(tag: str, catalogue: Catalog) -> None:
    """Write a catalogue in an order that does not change when code moves."""
    path = catalogue_file(tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = f"# The sentences of forestall: {tag}. See docs/how-to/translate.md.\n"
    catalogue.header_comment = header
    with path.open("wb") as stream:
        write_po(stream, catalogue, sort_output=True, width=100, omit_header=True)
    plain = path.read_text(encoding="utf-8")
    path.write_text(header + _head(catalogue) + plain, encoding="utf-8")


def _head(catalogue: Catalog) -> str:
    lines = (
        f"Language: {catalogue.locale_identifier}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _same_shape(known: Message, texts: tuple[str, ...]) -> bool:
    plural = len(texts) > 1
    return bool(known.pluralizable) == plural and (not plural or known.id == texts)


def _is_whole(one: Message) -> bool:
    strings = one.string if isinstance(one.string, tuple | list) else (one.string,)
    return bool(strings) and all(strings)


def main() -> None:
    """Bring the catalogues up to date and say how many sentences wait for a translator."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--missing", type=int, default=0, help="print so many of those missing")
    given = parser.parse_args()
    for tag in given.languages:
        catalogue = updated(tag)
        write_catalogue(tag, catalogue)
        waiting = missing(catalogue)
        print(f"{tag}: {len(waiting)} of {len(catalogue)} sentences wait for a translation.")
        for one in waiting[: given.missing]:
            print(f"  {one.id!r}")


if __name__ == "__main__":
    main()
