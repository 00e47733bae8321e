"""This folder knows the city that does not exist: for looking at a workspace before it is used."""

from forestall.web.demonstration.city import (
    CITY,
    ROLES,
    is_demonstration,
    links_of_demonstration,
    load_demonstration,
)

__all__ = [
    "CITY",
    "ROLES",
    "is_demonstration",
    "links_of_demonstration",
    "load_demonstration",
]
