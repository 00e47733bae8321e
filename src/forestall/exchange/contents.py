"""This file knows whether the main file of a bundle is what the bundle says, and its languages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.errors import ForestallError, InvalidBundle
from forestall.exchange.manifest import Kind, Translation, TranslationState
from forestall.languages import Texts, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def title_of(kind: Kind, files: Mapping[str, bytes]) -> Texts:
    """Return the title that a main file has by language; empty where it has none of its own.

    Raises
    ------
    InvalidBundle
        If the main file is missing, or is not what the kind needs.
    """
    check_contents(kind, files)
    if kind not in (Kind.PLAN, Kind.PRACTICE):
        return {}
    title = _plain(files[kind.main_file])["title"]
    return {tag: text for tag, text in title.items() if text.strip()}


def check_contents(kind: Kind, files: Mapping[str, bytes]) -> None:
    """Make sure that the main file can be read as what the kind says, by its own reader.

    Raises
    ------
    InvalidBundle
        If it is missing, or cannot be; with what its reader says.

    Examples
    --------
    >>> check_contents(Kind.PLAN, {"plan.json": b"{}"})
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: plan.json cannot be used. At the top: the field “key” (short \
    name) is missing.
    """
    name = kind.main_file
    if name not in files:
        raise InvalidBundle(message("The bundle lacks its main file {name}.", name=name))
    try:
        if kind is Kind.PLAN:
            from forestall.plan.files import plan_from_json

            plan_from_json(files[name], name=name)
        else:
            _check_from_file(kind, files[name])
    except InvalidBundle:
        raise
    except ForestallError as wrong:
        raise InvalidBundle(*wrong.args) from None


def translations_of(kind: Kind, files: Mapping[str, bytes]) -> tuple[Translation, ...]:
    """Return how far plans and practices are written in each language, the original first.

    Counted are the texts that are given by language. Of other kinds nothing is said.

    Examples
    --------
    >>> from forestall.plan import example_plan, plan_to_json
    >>> for one in translations_of(Kind.PLAN, {"plan.json": plan_to_json(example_plan())}):
    ...     print(one.language, one.state.value)
    en original
    fr part
    ar part
    """
    if kind not in (Kind.PLAN, Kind.PRACTICE):
        return ()
    content = _plain(files[kind.main_file])
    tags = content["languages"]
    texts = list(_texts_of(content, frozenset(tags)))
    had = Counter(tag for one in texts for tag, text in one.items() if text.strip())
    return tuple(
        Translation(
            language=tag,
            state=_state(had[tag] == len(texts), is_original=tag == tags[0]),
            texts=had[tag],
            of=len(texts),
        )
        for tag in tags
    )


def _state(is_whole: bool, *, is_original: bool) -> TranslationState:  # noqa: FBT001
    if is_original:
        return TranslationState.ORIGINAL
    return TranslationState.WHOLE if is_whole else TranslationState.PART


def _texts_of(value: Any, tags: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield every text that is given by language: only such parts have languages as fields."""
    if isinstance(value, dict):
        if value and tags.issuperset(value):
            yield value
        else:
            for one in value.values():
                yield from _texts_of(one, tags)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_of(one, tags)


def _plain(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(content)
    return found


def _check_from_file(kind: Kind, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / kind.main_file
        file.write_bytes(content)
        if kind is Kind.PRACTICE:
            from forestall.evidence.practices import read_practice

            read_practice(file)
        elif kind is Kind.EVALUATION:
            from forestall.evidence.evaluation_records import read_evaluation_file

            read_evaluation_file(file)
        else:
            from forestall.evidence.sources import read_effects

            read_effects(file)
