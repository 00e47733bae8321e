"""This file knows what is read once in a request that only reads, such as a person's memberships.

A request that writes reads anew each time, and so does work in the background: a role that was
taken away while they waited for their turn counts.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from django.http import HttpRequest, HttpResponse

Read = TypeVar("Read")
_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)
_ONLY_READ = frozenset({"GET", "HEAD"})


class ReadOnce:
    """Keeps what was read for the time of a request that only reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if request.method not in _ONLY_READ:
            return self.get_response(request)
        with reading_once():
            return self.get_response(request)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep what is read by `once`, until the block ends."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Hashable, read: Callable[[], Read]) -> Read:
    """Return what was read under this key; it is read anew where nothing is kept.

    Examples
    --------
    >>> given = iter("ab")
    >>> with reading_once():
    ...     once("letter", lambda: next(given)), once("letter", lambda: next(given))
    ('a', 'a')
    >>> once("letter", lambda: next(given))
    'b'
    """
    kept = _KEPT.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: Read = kept[key]
    return found
