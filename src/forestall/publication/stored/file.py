"""This file knows ``publication.json``: how it begins, what it holds, and when it is refused.

The head can be read alone: what the file is, and which files of the folder belong to the report.
The content follows, with its checksum, so that a file which was cut short or edited is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.errors import InvalidPublication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from forestall.publication.contents import Publication

STORED = "publication.json"
KIND, FORMAT = "forestall-publication", 1
_CONTENT = '\n"content":'
_END = "}\n"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Edition:
    """One format in one language, and its files as seen from the folder of the report.

    ``language`` is empty for what has no language, such as tables.
    """

    language: str
    format: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """What a stored publication holds: the editions there are, and the content as it is written.

    The first edition is the page in the first language.
    """

    editions: tuple[Edition, ...]
    content: str

    def publication(self) -> Publication:
        """Read the content.

        Raises
        ------
        InvalidPublication
            If it is not as it was written.
        """
        from forestall.publication.stored.codec import Parts, decode

        data = _loaded(self.content)
        if not isinstance(data, dict) or set(data) != {"value", "tables", "places"}:
            raise InvalidPublication(_broken("its content has other parts than it should"))
        if not isinstance(data["tables"], list) or not isinstance(data["places"], list):
            raise InvalidPublication(_broken("its content has other parts than it should"))
        try:
            read = decode(Parts(**data))
        except InvalidPublication as wrong:
            raise InvalidPublication(_broken(str(wrong))) from wrong
        if type(read).__name__ != "Publication":
            raise InvalidPublication(_broken("its content is no publication"))
        found: Publication = read
        _check_names(found)
        return found


def _check_names(publication: Publication) -> None:
    """Refuse names that would become files or addresses of another kind than ours."""
    from forestall.publication.blocks import Document, Section
    from forestall.publication.codebook import TABLES

    document, tables = publication.document, publication.tables
    if not isinstance(document, Document) or not isinstance(document.sections, tuple):
        raise InvalidPublication(_broken("its content is no publication"))
    try:
        str(document.title)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise InvalidPublication(_broken("its title cannot be read")) from None
    if not isinstance(tables, dict) or not set(tables) <= set(TABLES):
        raise InvalidPublication(_broken("a table has a name that no report has"))
    for section in document.sections:
        if not isinstance(section, Section) or not _ID.fullmatch(str(section.id)):
            raise InvalidPublication(_broken("a section has a name that no report has"))


def content_of(publication: Publication) -> str:
    """Write a publication as JSON: a line for each part, table and map."""
    from forestall.publication.stored.codec import encode

    parts = encode(publication)
    lines = {"tables": parts.tables, "places": parts.places}
    lists = [
        f'"{name}":[\n' + ",\n".join(_dumped(one) for one in many) + "\n]"
        for name, many in lines.items()
    ]
    return "{" + ",\n".join([f'"value":{_dumped(parts.value)}', *lists]) + "}"


def write_stored(stored: Stored) -> str:
    r"""Write the file: its first line says what it is.

    Examples
    --------
    >>> text = write_stored(Stored((Edition("en", "html", ("index.html",)),), "{}"))
    >>> text.startswith('{"kind":"forestall-publication","format":1,')
    True
    >>> text.endswith('\n"content":{}}\n')
    True
    """
    head = {"kind": KIND, "format": FORMAT, "made_with": f"forestall {__version__}"}
    editions = ",\n".join(_dumped(asdict(edition)) for edition in stored.editions)
    return (
        f"{_dumped(head)[:-1]},\n"
        f'"editions":[\n{editions}\n],\n'
        f'"sha256":"{_checksum(stored.content)}",{_CONTENT}{stored.content}{_END}'
    )


def read_stored(folder: Path) -> Stored:
    """Read the stored publication of a report.

    Raises
    ------
    InvalidPublication
        If there is none, it is of a newer version, or it is not as it was written.
    """
    head, content = _read(folder)
    if head["sha256"] != _checksum(content):
        _loaded(content)
        raise InvalidPublication(_broken("its checksum is another, so it was edited"))
    return Stored(_editions(head), content)


def read_editions(folder: Path) -> tuple[Edition, ...]:
    """Return the editions that a folder holds; nothing else of the file is looked at.

    Raises
    ------
    InvalidPublication
        If there is no stored publication, or its head cannot be read.
    """
    return _editions(_read(folder)[0])


def _read(folder: Path) -> tuple[dict[str, Any], str]:
    path = folder / STORED
    if not path.is_file():
        raise InvalidPublication(
            f"A report is needed, but “{folder}” holds no {STORED}. Make the report "
            "again, also where an older version made it."
        )
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidPublication(_foreign("it is no text in UTF-8")) from None
    if f'"{KIND}"' not in text[:200]:
        raise InvalidPublication(_foreign("it does not begin as one"))
    start, mark, rest = text.partition(_CONTENT)
    head = _loaded(f"{start.rstrip(',')}}}" if mark else text)
    _check_format(head)
    if not mark or not rest.endswith(_END):
        raise InvalidPublication(_broken("it ends too early"))
    return head, rest.removesuffix(_END)


def _check_format(head: Any) -> None:
    found = head.get("format") if isinstance(head, dict) else None
    if type(found) is int and found > FORMAT:
        raise InvalidPublication(
            f"{STORED} is of format {found} ({str(head.get('made_with'))[:40]}), but this version "
            f"({__version__}) reads format {FORMAT}; install a newer forestall."
        )
    if found is True or found != FORMAT or not {"editions", "sha256"} <= set(head):
        raise InvalidPublication(_broken("its first lines are not as they should be"))


def _editions(head: dict[str, Any]) -> tuple[Edition, ...]:
    try:
        found = [(str(e["language"]), str(e["format"]), list(e["files"])) for e in head["editions"]]
    except (KeyError, TypeError):
        raise InvalidPublication(_broken("its list of editions cannot be read")) from None
    if not all(_is_inside(name) for _, _, files in found for name in files):
        raise InvalidPublication(_broken("an edition names a file outside the folder"))
    return tuple(Edition(language, kind, tuple(files)) for language, kind, files in found)


def _is_inside(name: object) -> bool:
    if not isinstance(name, str) or not name or "\\" in name or "\0" in name or ":" in name:
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        where = f"it is no JSON at line {wrong.lineno}, column {wrong.colno}"
        raise InvalidPublication(_broken(where)) from None
    except RecursionError:
        raise InvalidPublication(_broken("its parts lie too deep in each other")) from None
    except ValueError:
        raise InvalidPublication(_broken("it holds a number of too many digits")) from None


def _checksum(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", errors="surrogatepass")).hexdigest()


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _broken(why: str) -> str:
    return f"{STORED} was cut short or edited: {why}. Make the report again."


def _foreign(why: str) -> str:
    return f"{STORED} is no stored publication of forestall: {why}. Make the report again."


def all_files(editions: Sequence[Edition]) -> frozenset[str]:
    """Return every file of some editions, and the stored publication itself.

    Examples
    --------
    >>> sorted(all_files([Edition("en", "html", ("index.html",))]))
    ['index.html', 'publication.json']
    """
    return frozenset({STORED, *(name for edition in editions for name in edition.files)})
