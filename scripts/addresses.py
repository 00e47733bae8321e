"""This file knows every page of the workspace by its address, with what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver

from forestall.web.pages import ABOUT, NEEDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forestall.web.organisations.roles import Verb


PROGRAMS = "api/v1/"


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address.

    Attributes
    ----------
    name
        The name by which it is reversed; empty for one without a name.
    route
        How it is written, such as "plans/<int:number>/".
    verb
        What it needs; None for a page without a role, such as that for signing in.
    about
        The name of the function that finds its object; empty for a page about no object.
    arguments
        The names of its parts that change, in their order.
    owner
        The module of the view.
    """

    name: str
    route: str
    verb: Verb | None
    about: str
    arguments: tuple[str, ...]
    owner: str


def addresses() -> list[Address]:
    """Return all addresses of pages, in the order of their routes.

    The JSON interface (``api/v1/``) has a page and tests of its own.
    """
    pages = (one for one in _below(get_resolver(), "", ()) if not one.route.startswith(PROGRAMS))
    return sorted(pages, key=lambda one: one.route)


def _below(resolver: URLResolver, route: str, given: tuple[str, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        arguments = (*given, *_arguments(one))
        whole = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(one, whole, arguments)
        elif isinstance(one, URLPattern):
            view: Callable[..., Any] = one.callback
            about = getattr(view, ABOUT, None)
            yield Address(
                name=one.name or "",
                route=whole,
                verb=getattr(view, NEEDS, None),
                about=about.__name__ if about is not None else "",
                arguments=arguments,
                owner=view.__module__,
            )


def _arguments(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    named = getattr(pattern.pattern, "regex", None)
    return tuple(named.groupindex) if named is not None else ()
