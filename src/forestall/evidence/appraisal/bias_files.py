"""This file knows how a form on risk of bias is kept in a file, TOML or JSON, and read strictly."""

from __future__ import annotations

import difflib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from forestall.errors import InvalidFile
from forestall.evidence.appraisal.bias_forms import domains_of, questions_of
from forestall.evidence.appraisal.bias_questions import Answer, Family
from forestall.evidence.appraisal.risk_of_bias import AnsweredQuestion, BiasForm
from forestall.evidence.vocabulary import Outcome

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    E = TypeVar("E", bound=StrEnum)

_MOST_BYTES = 1_000_000
_WORDS = ("study", "outcome", "result", "family", "appraiser")


def read_bias_form(path: str | os.PathLike[str]) -> BiasForm:
    """Read a filled form; every key is known and every question answered, or it is refused.

    Parameters
    ----------
    path
        A file that ends in .toml or .json, of the form that `blank_bias_form` writes.

    Raises
    ------
    InvalidFile
        If it cannot be read, or with the first thing that is missing, unknown or wrong.

    Examples
    --------
    >>> from pathlib import Path
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.toml").write_text(blank_bias_form(Family.BY_LOT), encoding="utf-8")
    >>> read_bias_form(folder / "a.toml")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidFile: a.toml needs “study” in words, but says “”.
    """
    file = Path(path)
    form = _table_of(file)
    _check_keys(form, (*_WORDS, "answers"), file.name)
    words = {key: _words(form, key, file.name) for key in _WORDS}
    family = _choice(words["family"], Family, "family", file.name)
    try:
        return BiasForm(
            study=words["study"],
            outcome=_choice(words["outcome"], Outcome, "outcome", file.name),
            result=words["result"],
            family=family,
            appraiser=words["appraiser"],
            answers=_answers(form.get("answers"), family, file.name),
        )
    except ValueError as wrong:
        raise InvalidFile(f"{file.name} cannot be used: {wrong}") from None


def blank_bias_form(family: Family) -> str:
    """Return an empty form as TOML, each question above its answer as a comment.

    Examples
    --------
    >>> print(blank_bias_form(Family.BY_LOT)[:210])
    study = ""
    outcome = "crime"
    result = ""
    family = "drawn by lot"
    appraiser = ""
    <BLANKLINE>
    # How lots were drawn
    # Was it left to chance alone who or where got the measure?
    [answers.lots_drawn]
    answer = "no information"
    """
    lines = [
        'study = ""',
        f'outcome = "{Outcome.CRIME.value}"',
        'result = ""',
        f'family = "{family.value}"',
        'appraiser = ""',
    ]
    for domain in domains_of(family):
        lines += ["", f"# {str(domain.words).capitalize()}"]
        for question in domain.questions:
            lines += _blank_answer(question.key, str(question.asks))
            if question.eased_by is not None:
                lines += _blank_answer(question.eased_by.key, str(question.eased_by.asks))
    return "\n".join(lines) + "\n"


def bias_form_schema(family: Family) -> dict[str, Any]:
    """Return the JSON Schema of a filled form.

    Which easing questions are needed depends on other answers; only reading checks that.

    Examples
    --------
    >>> bias_form_schema(Family.BY_LOT)["properties"]["family"]
    {'const': 'drawn by lot'}
    """
    words = {"type": "string", "pattern": r"\S"}
    answer = {
        "type": "object",
        "properties": {
            "answer": {"enum": [one.value for one in Answer]},
            "because": {"type": "string"},
        },
        "required": ["answer"],
        "additionalProperties": False,
        "if": {"properties": {"answer": {"const": Answer.NO_INFORMATION.value}}},
        "else": {"properties": {"because": words}, "required": ["because"]},
    }
    asked = [question.key for domain in domains_of(family) for question in domain.questions]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Risk of bias of one result, {family.value}",
        "type": "object",
        "properties": {
            "study": words,
            "outcome": {"enum": [one.value for one in Outcome]},
            "result": words,
            "family": {"const": family.value},
            "appraiser": words,
            "answers": {
                "type": "object",
                "properties": {one.key: answer for one in questions_of(family)},
                "required": asked,
                "additionalProperties": False,
            },
        },
        "required": [*_WORDS, "answers"],
        "additionalProperties": False,
    }


def _table_of(file: Path) -> Mapping[str, Any]:
    readers: dict[str, Callable[[str], Any]] = {".toml": tomllib.loads, ".json": _read_json}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise InvalidFile(f"A form ends in .toml or .json, but {file.name} does not.")
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidFile(f"{file.name} is larger than a form can be, 1 MB.")
        form = reader(file.read_text(encoding="utf-8"))
    except OSError as wrong:
        why = (wrong.strerror or "no such file").lower()
        raise InvalidFile(f"{file.name} cannot be read: {why}.") from None
    except (ValueError, RecursionError) as wrong:
        kind = file.suffix.lower().lstrip(".").upper()
        where = "" if isinstance(wrong, UnicodeDecodeError | RecursionError) else f": {wrong}"
        raise InvalidFile(f"{file.name} is not valid {kind}{where}.") from None
    if not isinstance(form, dict):
        raise InvalidFile(f"{file.name} needs keys and values, but holds {type(form).__name__}.")
    return form


def _read_json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_each_key_once)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = [key for place, key in enumerate(keys) if key in keys[:place]]
    if twice:
        raise ValueError(f"“{twice[0]}” stands twice")
    return dict(pairs)


def _answers(found: object, family: Family, name: str) -> dict[str, AnsweredQuestion]:
    if not isinstance(found, dict) or not found:
        raise InvalidFile(f"{name} needs answers, one table for each question, but has none.")
    _check_keys(found, [one.key for one in questions_of(family)], f"{name} [answers]")
    return {key: _answer(given, f"{name} [answers.{key}]") for key, given in found.items()}


def _answer(given: object, where: str) -> AnsweredQuestion:
    if not isinstance(given, dict):
        raise InvalidFile(f"{where} needs “answer” and “because”, but is {given!r}.")
    _check_keys(given, ("answer", "because"), where)
    because = given.get("because", "")
    if not isinstance(because, str):
        raise InvalidFile(f"{where} needs “because” in words, but says {because!r}.")
    return AnsweredQuestion(
        answer=_choice(given.get("answer"), Answer, "answer", where), because=because.strip()
    )


def _check_keys(found: Mapping[str, Any], known: tuple[str, ...] | list[str], where: str) -> None:
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; “{near[0]}” was perhaps meant" if near else ""
            raise InvalidFile(f"{where} knows no “{key}”{hint}.")


def _words(form: Mapping[str, Any], key: str, where: str) -> str:
    found = form.get(key)
    if found is None:
        raise InvalidFile(f"{where} needs “{key}”, but does not say it.")
    if not isinstance(found, str) or not found.strip():
        raise InvalidFile(f"{where} needs “{key}” in words, but says “{found}”.")
    return found.strip()


def _choice(found: object, kind: type[E], key: str, where: str) -> E:
    values = [one.value for one in kind]
    if found not in values:
        said = "does not say it" if found is None else f"says “{found}”"
        raise InvalidFile(f"{where} needs “{key}”, one of {', '.join(values)}, but {said}.")
    return kind(found)


def _blank_answer(key: str, asks: str) -> list[str]:
    return [
        f"# {asks}",
        f"[answers.{key}]",
        f'answer = "{Answer.NO_INFORMATION.value}"',
        'because = ""',
        "",
    ]
