"""This file knows what can be searched: a piece of evidence with its words and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from forestall.evidence.search.tokens import primary_language

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class EvidenceDocument:
    """One text that a question may lead to.

    Attributes
    ----------
    key
        What a hit leads to. Documents in several languages may have the same.
    kind
        What it is, such as "intervention", "review", "practice", "local evaluation" or "study".
    title, text
        The words that are searched; those of the title weigh more.
    language
        Code of the language it is written in, such as ``fr`` or ``zh-Hans``.
    facets
        Values by name of facet, such as ``{"problem": frozenset({"burglary"})}``. The facets
        ``kind`` and ``language`` are added where they are not given.

    Examples
    --------
    >>> lighting = EvidenceDocument(
    ...     key="street-lighting", kind="review", title="Street lighting",
    ...     text="Brighter streets and crime.", facets={"problem": frozenset({"burglary"})})
    >>> sorted(lighting.facets)
    ['kind', 'language', 'problem']
    """

    key: str
    kind: str
    title: str
    text: str
    language: str = "en"
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Complete the facets; the mapping that was given stays as it is."""
        if not self.key:
            raise ValueError("A document needs a key that a hit can lead to.")
        implied = {
            "kind": frozenset({self.kind}),
            "language": frozenset({primary_language(self.language)}),
        }
        given = {name: frozenset(values) for name, values in self.facets.items()}
        object.__setattr__(self, "facets", MappingProxyType(implied | given))


def check_documents(documents: tuple[EvidenceDocument, ...]) -> None:
    """Raise `ValueError` if two documents of one key are of one language, or of different kinds.

    Examples
    --------
    >>> one = EvidenceDocument(key="a", kind="review", title="A", text="")
    >>> check_documents((one, one))
    Traceback (most recent call last):
    ValueError: Two documents have the key 'a' and the language 'en'.
    """
    seen: set[tuple[str, str]] = set()
    kinds: dict[str, str] = {}
    for document in documents:
        version = (document.key, primary_language(document.language))
        if version in seen:
            raise ValueError(
                f"Two documents have the key {version[0]!r} and the language {version[1]!r}."
            )
        seen.add(version)
        if kinds.setdefault(document.key, document.kind) != document.kind:
            raise ValueError(f"The documents with the key {document.key!r} are of several kinds.")
