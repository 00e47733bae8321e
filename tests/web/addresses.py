"""This file knows every address of the workspace, for tests that hold for all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SAMPLES = {
    "int": "1",
    "str": "word",
    "slug": "word",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


def every_address() -> list[str]:
    """Return one path for each address, with made-up values in its places."""
    return sorted(set(_paths(get_resolver().url_patterns, "/")))


def _paths(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        path = before + _filled(one.pattern)
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from _paths(one.url_patterns, path)


def _filled(pattern: object) -> str:
    text = str(pattern).lstrip("^").rstrip("$")
    for name, converter in getattr(pattern, "converters", {}).items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        sample = _SAMPLES.get({"string": "str"}.get(kind, kind), "word")
        for prefix in {kind, {"string": "str"}.get(kind, kind)}:
            text = text.replace(f"<{prefix}:{name}>", sample)
        text = text.replace(f"<{name}>", sample)
    return text if "(" not in text else "word/"
