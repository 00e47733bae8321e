"""This file knows which formats and languages a report has, and where they lie in its folder.

The first language is at the root of the folder, each other one in a folder named by its tag.
Tables, map and numbers are there once. Whatever is written next to what exists is written from the
stored publication, so that all formats and languages tell the same.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidPublication, UnknownLanguage
from forestall.languages import available_languages, language, use_language
from forestall.publication.blocks import Link
from forestall.publication.contents import ReportKind
from forestall.publication.explore.basemap import basemap_in
from forestall.publication.files import check_output, replaced_folder
from forestall.publication.formats import (
    CHOSEN,
    FORMATS,
    Made,
    Request,
    Scope,
    always_written,
    can_be_made,
    known_formats,
)
from forestall.publication.stored import (
    STORED,
    Edition,
    Stored,
    content_of,
    read_stored,
    write_stored,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from forestall.languages import Text
    from forestall.publication.contents import Publication
    from forestall.publication.explore import Basemap

_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_NO_LANGUAGE = ""
# A format in a language; the language is empty for what is there once.
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Editions:
    """What was written.

    Attributes
    ----------
    written
        Every file that is new, in the order of languages and formats.
    paths
        The same in short, as seen from the folder: a file, or a folder with a slash at its end.
    warnings
        What a reader should know about them.
    """

    folder: Path
    written: tuple[Path, ...]
    paths: tuple[str, ...]
    warnings: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The formats and languages of a report, by name; the page and the first language first."""

    formats: tuple[str, ...]
    languages: tuple[str, ...]
    kind: ReportKind = ReportKind.DIAGNOSIS


def check_place(
    out: Path,
    *,
    formats: Sequence[str] = (),
    languages: Sequence[str] = (),
    kind: ReportKind = ReportKind.DIAGNOSIS,
) -> Wanted:
    """Check formats, languages and the folder of a report before any work for it is done.

    Raises
    ------
    InvalidOutput
        If the folder holds something else, or a file of the report would take a place that is not
        free.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.
    """
    tags = known_languages(*languages) or (language(),)
    wanted = Wanted(formats=known_formats("html", *formats), languages=tags, kind=kind)
    check_output(out, coming=[_path(tags[0], key) for key in _keys(wanted)])
    return wanted


def publish(
    publication: Publication,
    out: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    basemap: Basemap | None = None,
) -> Editions:
    """Write a publication into a folder; an earlier report in it is replaced as a whole.

    Parameters
    ----------
    formats
        Names of formats; the page is always written.
    languages
        Tags of languages, or "all"; the first is at the root of the folder. The language in force
        when empty.
    basemap
        Tiles for the interactive map.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.
    """
    folder = Path(out)
    wanted = check_place(folder, formats=formats, languages=languages, kind=publication.kind)
    keys = _sorted(_keys(wanted), wanted.languages[0])
    keys = tuple(key for key in keys if can_be_made(key[1], publication))
    content = content_of(publication)
    # What is written is what was stored: writing it once more later gives the same bytes.
    work = _Work(Stored((), content).publication(), keys, wanted.languages[0], basemap)
    with replaced_folder(folder) as working:
        made = work.write(keys, working)
        _write_stored(working, made, content)
    return work.told(folder, made)


def republish(
    folder: str | os.PathLike[str],
    *,
    formats: Sequence[str] = (),
    languages: Sequence[str] = (),
    basemap: Basemap | None = None,
) -> Editions:
    """Write a report once more from its stored publication, without computing anything again.

    Formats and languages that are named are added, and written anew where they exist: formats
    alone in every language there is, languages alone in the formats of the first language. What
    else exists stays, and pages link to what was added. With nothing named, all that exists is
    written anew.

    Parameters
    ----------
    basemap
        Tiles for the interactive map; those that the folder has when None.

    Raises
    ------
    InvalidPublication
        If the folder holds no report, or its stored publication is not as it was written.
    InvalidOutput
        If a file that no report put there is in the way.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication import publish_diagnosis
    >>> from forestall.publication.example import example_diagnosis
    >>> with TemporaryDirectory() as folder:
    ...     _ = publish_diagnosis(example_diagnosis(), out=folder)
    ...     republish(folder, languages=["ar"]).paths
    ('index.html', 'ar/index.html', 'ar/diagnosis.json')
    """
    folder = Path(folder)
    check_output(folder)
    stored = read_stored(folder)
    publication, first = stored.publication(), _first_of(stored)
    there = {
        (one.language, one.format): one
        for one in stored.editions
        if all((folder / name).is_file() for name in one.files)
    }
    numbers, *_ = always_written(publication.kind)
    present = tuple(dict.fromkeys(((first, "html"), (first, numbers), *there)))
    asked = _asked(
        present, known_formats(*formats), known_languages(*languages), kind=publication.kind
    )
    check_output(folder, coming=[_path(first, key) for key in asked])
    keys = _sorted({*present, *asked}, first)
    before = [(one.language, one.format) for one in stored.editions]
    fresh = [key for key in keys if key not in there or key in _fresh(keys, before, asked)]
    work = _Work(publication, keys, first, basemap or basemap_in(folder))
    with replaced_folder(folder) as working:
        for key in keys:
            if key not in fresh:
                _copy(there[key], folder, working)
        made = {(one.language, one.format): one for one in work.write(fresh, working)}
        _write_stored(working, [{**there, **made}[key] for key in keys], stored.content)
    return work.told(folder, list(made.values()))


def known_languages(*names: str) -> tuple[str, ...]:
    """Return the tags of languages, each once; a name may hold several with commas, or "all".

    Raises
    ------
    UnknownLanguage
        With the first for which there is no catalogue.

    Examples
    --------
    >>> known_languages("ar,fr", "ar")
    ('ar', 'fr')
    """
    asked = [part.strip() for name in names for part in name.split(",")]
    tags = [tag for one in asked for tag in (available_languages() if one == "all" else (one,))]
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise UnknownLanguage(
                f"A language is named by its tag, such as en or pt-BR, but “{tag}” was given."
            )
        with use_language(tag):
            pass
    return tuple(dict.fromkeys(tags))


def _keys(wanted: Wanted) -> tuple[Key, ...]:
    return tuple(
        dict.fromkeys(
            (tag if FORMATS[name].scope is Scope.LANGUAGE else _NO_LANGUAGE, name)
            for tag in wanted.languages
            for name in (*wanted.formats, *always_written(wanted.kind))
        )
    )


def _asked(
    present: Sequence[Key], formats: Sequence[str], languages: Sequence[str], *, kind: ReportKind
) -> list[Key]:
    if not formats and not languages:
        return [key for key in present if _can_be_written(*key)]
    known = [name for tag, name in present if tag == present[0][0] and name in CHOSEN]
    writable = [tag for tag in languages or _languages(present) if _can_be_written(tag, "html")]
    wanted = Wanted(formats=("html", *(formats or known)), languages=tuple(writable), kind=kind)
    # What has no language is made with the report; later it is asked for by its name.
    return [(tag, name) for tag, name in _keys(wanted) if tag or name in formats]


def _sorted(keys: Iterable[Key], first: str) -> tuple[Key, ...]:
    """Return editions in one order, however they came together: the same report, the same bytes."""
    names = list(FORMATS)

    def place(key: Key) -> tuple[bool, bool, str, int, str]:
        tag, name = key
        at = names.index(name) if name in names else len(names)
        return tag == _NO_LANGUAGE, tag != first, tag, at, name

    return tuple(sorted(set(keys), key=place))


def _fresh(keys: Sequence[Key], before: Sequence[Key], asked: Sequence[Key]) -> Collection[Key]:
    """Return what is to be written: all that is asked for, and every page with other links now."""
    changed = {tag for tag, _ in set(keys) ^ set(before)}
    everywhere = _NO_LANGUAGE in changed or set(_languages(keys)) != set(_languages(before))
    linking = (
        key
        for key in keys
        if key[1] in ("html", "pages")
        and _can_be_written(*key)
        and (everywhere or key[0] in changed)
    )
    return {*asked, *linking}


def _can_be_written(tag: str, name: str) -> bool:
    """Say whether an edition can be written: of another version, or without its catalogue, not."""
    try:
        return name in FORMATS and (not tag or bool(known_languages(tag)))
    except UnknownLanguage:
        return False


def _first_of(stored: Stored) -> str:
    """Return the language at the root of the folder: that of the first page."""
    pages = [one.language for one in stored.editions if one.format == "html"]
    if not pages:
        raise InvalidPublication(
            f"{STORED} was cut short or edited: it names no page. Make the report again."
        )
    return pages[0]


def _languages(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag, name in keys if name == "html"))


def _folder_of(tag: str, first: str) -> str:
    return "" if tag in (first, _NO_LANGUAGE) else f"{tag}/"


def _path(first: str, key: Key) -> str:
    return f"{_folder_of(key[0], first)}{FORMATS[key[1]].path}"


class _Work:
    """Writes editions of one publication; ``keys`` are all that there will be."""

    def __init__(
        self,
        publication: Publication,
        keys: Sequence[Key],
        first: str,
        basemap: Basemap | None = None,
    ) -> None:
        self._basemap = basemap
        self._publication = publication
        self._keys = keys
        self._first = first
        self._warnings: list[Text] = []

    def write(self, keys: Sequence[Key], working: Path) -> list[Edition]:
        made = []
        for key in keys:
            with use_language(key[0] or self._first):
                made.append(self._edition(key, working))
        return made

    def told(self, folder: Path, made: Sequence[Edition]) -> Editions:
        written = tuple(folder / name for one in made for name in one.files)
        return Editions(
            folder=folder,
            written=written,
            paths=tuple(_path(self._first, (one.language, one.format)) for one in made),
            warnings=tuple(self._warnings),
        )

    def _edition(self, key: Key, working: Path) -> Edition:
        tag, name = key
        made: Made = FORMATS[name].made(self._request(tag or self._first, name))
        self._warnings += made.warnings
        files = {f"{_folder_of(tag, self._first)}{file}": made.files[file] for file in made.files}
        for file, data in files.items():
            (working / file).parent.mkdir(parents=True, exist_ok=True)
            (working / file).write_bytes(data)
        return Edition(tag, name, tuple(files))

    def _request(self, tag: str, name: str) -> Request:
        return Request(
            publication=self._publication,
            document=replace(self._publication.document, downloads=tuple(self._links(tag))),
            root="../" if _folder_of(tag, self._first) else "",
            languages=self._others(tag, name),
            formats=frozenset(there for one, there in self._keys if one in (tag, _NO_LANGUAGE)),
            basemap=self._basemap,
        )

    def _links(self, tag: str) -> Iterator[Link]:
        """Yield links to what can be downloaded, as seen from the folder of the report."""
        for name, one in FORMATS.items():
            key = (tag if one.scope is Scope.LANGUAGE else _NO_LANGUAGE, name)
            if one.words and key in self._keys:
                yield Link(one.words, f"{_folder_of(key[0], self._first)}{one.opened}")

    def _others(self, tag: str, name: str) -> Mapping[str, str]:
        """Return the other languages in the same format, or their page, as seen from this one."""
        root = "../" if _folder_of(tag, self._first) else ""
        others = [one for one in _languages(self._keys) if one != tag]
        opened = {
            one: FORMATS[name if FORMATS[name].opens and (one, name) in self._keys else "html"]
            for one in others
        }
        return {
            one: f"{root}{_folder_of(one, self._first)}{there.opened}"
            for one, there in opened.items()
        }


def _copy(kept: Edition, folder: Path, working: Path) -> None:
    for name in kept.files:
        (working / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, working / name)


def _write_stored(working: Path, editions: Sequence[Edition], content: str) -> None:
    text = write_stored(Stored(tuple(editions), content))
    (working / STORED).write_text(text, encoding="utf-8")
