"""This file knows which value of the vocabulary an everyday word means, in any of six languages."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TypeVar

from forestall.evidence.vocabulary import Approach, Level, Outcome, Population, Problem, Setting
from forestall.languages import SOURCE_LANGUAGE, available_languages, use_language

E = TypeVar("E", bound=StrEnum)
_LABELLED = (Approach, Level, Outcome, Population, Problem, Setting)


def value_meant(kind: type[E], word: str) -> E | None:
    """Return the value that a word means: its name, its label in a language, or a word for it.

    Words for a thing are those of the table by which evidence is searched. None where a word means
    nothing, or several things.

    Examples
    --------
    >>> value_meant(Problem, "domestic-violence"), value_meant(Problem, "Mugging")
    (<Problem.PARTNER_ABUSE: 'partner-abuse'>, <Problem.ROBBERY: 'robbery'>)
    >>> value_meant(Problem, "cambriolage"), value_meant(Problem, "lighting")
    (<Problem.BURGLARY: 'burglary'>, None)
    """
    known = {_folded(one.value): one for one in kind}
    asked = _folded(word)
    if asked in known:
        return known[asked]
    label = _labels().get((kind.__name__, asked))
    if label is not None:
        return kind(label)
    return known.get(_folded(_concept(word) or ""))


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").split())


def _concept(word: str) -> str | None:
    """Return the one thing of the field that all of the words name together."""
    from forestall.evidence.search.concepts import find_longest_mentions
    from forestall.evidence.search.tokens import read_tokens

    for written in (word, word.replace("-", " ")):
        tokens = read_tokens(written)
        found = find_longest_mentions(tokens)
        if len(found) == 1 and found[0][:2] == (0, len(tokens)) and len(found[0][2]) == 1:
            return next(iter(found[0][2]))
    return None


@cache
def _labels() -> dict[tuple[str, str], str]:
    """Return values by their kind and their label in each language that has translations."""
    found: dict[tuple[str, str], str] = {}
    for tag in dict.fromkeys((SOURCE_LANGUAGE, *available_languages())):
        with use_language(tag):
            for kind in _LABELLED:
                for one in kind:
                    found.setdefault((kind.__name__, _folded(str(one.words))), one.value)
    return found
