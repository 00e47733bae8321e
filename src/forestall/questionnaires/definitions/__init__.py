"""This stage knows the questionnaires of the United Nations that are packaged, one file each."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Listing, message
from forestall.questionnaires.files import questionnaire_from_json
from forestall.questionnaires.records import Questionnaire  # noqa: TC001

__all__ = ["read_definition", "read_definitions"]

_FILE = re.compile(r"(?P<key>.+)\.v(?P<version>[1-9]\d*)\.json")


def read_definition(key: str, *, version: int | None = None) -> Questionnaire:
    """Read a packaged questionnaire.

    Parameters
    ----------
    key
        Its short name, such as "2006-20".
    version
        The number of a version; without one, the newest.

    Raises
    ------
    InvalidQuestionnaire
        If there is no such questionnaire, or no such version of it.

    Examples
    --------
    >>> read_definition("2006-20").instrument
    'ECOSOC 2006/20'
    """
    versions = _packaged().get(key)
    if versions is None:
        raise InvalidQuestionnaire(
            message(
                "There is no questionnaire “{key}”; there are: {known}.",
                key=key[:60],
                known=Listing(sorted(_packaged())),
            )
        )
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        raise InvalidQuestionnaire(
            message(
                "The questionnaire “{key}” has no version {version}; there are: {known}.",
                key=key,
                version=wanted,
                known=Listing([str(one) for one in sorted(versions)]),
            )
        )
    return _read(versions[wanted])


def read_definitions() -> tuple[Questionnaire, ...]:
    """Return every packaged questionnaire in its newest version, in the order of their keys.

    Examples
    --------
    >>> "2006-20" in [one.key for one in read_definitions()]
    True
    """
    return tuple(read_definition(key) for key in sorted(_packaged()))


@cache
def _packaged() -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for file in files(__name__).iterdir():
        if named := _FILE.fullmatch(file.name):
            found.setdefault(named["key"], {})[int(named["version"])] = file.name
    return found


@cache
def _read(name: str) -> Questionnaire:
    return questionnaire_from_json(files(__name__).joinpath(name).read_bytes(), name=name)
