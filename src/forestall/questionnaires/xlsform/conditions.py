"""This file knows how conditions stand in a form, as expressions of XPath, and which can be read.

A questionnaire asks an item after one of several choices, so what is read are comparisons of one
answer with one choice, joined by “or”. Anything else has no counterpart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.questionnaires.records import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.questionnaires.vocabulary import Choice

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) | (?P<equal>=) | (?P<comma>,)
        | \$\{\s*(?P<item>[^{}\s]+)\s*\}
        | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
        | (?P<word>[A-Za-z]+)
    )""",
    re.VERBOSE,
)
_MOST_SIGNS = 20_000
_DEEPEST = 50


class NoCondition(ValueError):
    """An expression that no condition of a questionnaire can say."""


def expression_of(conditions: Iterable[Condition], names: Mapping[str, str]) -> str:
    """Return conditions, of which one suffices, as an expression.

    Parameters
    ----------
    names
        From the key of an item to its name in the form.

    Examples
    --------
    >>> from forestall.questionnaires.vocabulary import Choice
    >>> adopted = Condition(item="Q2(a)", choices=(Choice.YES, Choice.PARTLY))
    >>> expression_of([adopted], {"Q2(a)": "Q2_a"})
    "${Q2_a} = 'yes' or ${Q2_a} = 'yes-in-part'"
    """
    return " or ".join(
        f"${{{names[one.item]}}} = '{choice.value}'" for one in conditions for choice in one.choices
    )


def both(first: str, second: str) -> str:
    """Return the expression that two expressions hold.

    Examples
    --------
    >>> both("", "a"), both("a", "b or c")
    ('a', '(a) and (b or c)')
    """
    return f"({first}) and ({second})" if first and second else first or second


def comparisons_in(expression: str) -> list[tuple[str, str]]:
    """Return the comparisons of an expression, of which one suffices: names and choices.

    Raises
    ------
    NoCondition
        If it says something else.

    Examples
    --------
    >>> comparisons_in("selected(${a}, 'yes') or ( ${b} = 'no' )")
    [('a', 'yes'), ('b', 'no')]
    """
    if len(expression) > _MOST_SIGNS:
        raise NoCondition
    reader = _Reader(_tokens(expression))
    found = reader.alternatives(0)
    if not reader.is_at_end:
        raise NoCondition
    return found


def conditions_in(
    comparisons: Iterable[tuple[str, str]],
    keys: Mapping[str, str],
    choices: Mapping[str, Mapping[str, Choice]],
) -> tuple[Condition, ...]:
    """Return comparisons as conditions, one for each item.

    Parameters
    ----------
    keys
        From the name of an item in the form to its key.
    choices
        From the name of an item to its choices by their names in the form.

    Raises
    ------
    NoCondition
        If an item or a choice is not there.

    Examples
    --------
    >>> from forestall.questionnaires.vocabulary import Choice
    >>> offered = {"a": {"yes": Choice.YES, "no": Choice.NO}}
    >>> conditions_in([("a", "no"), ("a", "yes")], {"a": "A"}, offered)[0].choices
    (<Choice.NO: 'no'>, <Choice.YES: 'yes'>)
    """
    found: dict[str, list[Choice]] = {}
    for name, value in comparisons:
        if name not in keys or value not in choices.get(name, {}):
            raise NoCondition
        choice = choices[name][value]
        if choice not in found.setdefault(keys[name], []):
            found[keys[name]].append(choice)
    return tuple(Condition(item=key, choices=tuple(given)) for key, given in found.items())


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise NoCondition
        kind = match.lastgroup
        found.append(("text" if kind in ("single", "double") else kind, match[kind]))
        at = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._tokens)

    def alternatives(self, depth: int) -> list[tuple[str, str]]:
        found = self._one(depth)
        while self._next() == ("word", "or"):
            self._at += 1
            found += self._one(depth)
        return found

    def _one(self, depth: int) -> list[tuple[str, str]]:
        kind, text = self._next()
        if kind == "open" and depth < _DEEPEST:
            self._at += 1
            found = self.alternatives(depth + 1)
            self._take("close")
            return found
        if (kind, text) == ("word", "selected"):
            self._at += 1
            self._take("open")
            return [self._comparison("comma", closed=True)]
        return [self._comparison("equal", closed=False)]

    def _comparison(self, between: str, *, closed: bool) -> tuple[str, str]:
        item = self._take("item")
        self._take(between)
        value = self._take("text")
        if closed:
            self._take("close")
        return item, value

    def _take(self, kind: str) -> str:
        found, text = self._next()
        if found != kind:
            raise NoCondition
        self._at += 1
        return text

    def _next(self) -> tuple[str, str]:
        return ("end", "") if self.is_at_end else self._tokens[self._at]
