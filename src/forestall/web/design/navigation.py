"""This file knows the top rows of a page: which stages a person sees, and which one they are in.

A stage is shown to the roles that work in it (design guide, section 8), and only where its part of
the workspace is installed. The work of one's own place stands in the first row, what is done with
other places and countries in the second: one row of all of them fits no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from forestall.languages import Message, message
from forestall.web.organisations.models import held_by
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from forestall.web.people.models import Person

_ALL = frozenset(Role)
_TWO_WHO_DECIDE = {Role.COORDINATOR, Role.PARTNER, Role.EVALUATOR, Role.ADMINISTRATOR}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One link of the top rows.

    Attributes
    ----------
    address
        Where it leads.
    words
        What it is called, translated when written.
    current
        Whether the page is part of it.
    is_shared
        Whether it is work with other places, which stands in the second row.
    """

    address: str
    words: Message
    current: bool
    is_shared: bool


_STAGES: tuple[tuple[str, Message, frozenset[Role]], ...] = (
    ("home", message("Home"), _ALL),
    ("data", message("Data"), frozenset({Role.ANALYST})),
    (
        "diagnoses",
        message("Diagnosis"),
        frozenset({Role.COORDINATOR, Role.ANALYST, Role.EVALUATOR}),
    ),
    ("plans", message("Plans"), _ALL - {Role.ANALYST, Role.PUBLISHER}),
    ("partners", message("Partners"), frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})),
    ("safeguards", message("Safeguards"), frozenset(_TWO_WHO_DECIDE)),
    ("consultations", message("Consultation"), frozenset({Role.COORDINATOR, Role.PARTNER})),
    ("follow_up", message("Follow-up"), frozenset({Role.COORDINATOR, Role.PARTNER})),
    (
        "evaluations",
        message("Evaluation"),
        frozenset({Role.COORDINATOR, Role.ANALYST, Role.EVALUATOR}),
    ),
    ("publishing", message("Publishing"), frozenset({Role.COORDINATOR, Role.PUBLISHER})),
    (
        "public",
        message("Public site"),
        frozenset({Role.COORDINATOR, Role.PUBLISHER, Role.READER}),
    ),
    ("organisation", message("Organisation"), frozenset({Role.ADMINISTRATOR})),
    ("audit", message("Audit log"), frozenset({Role.ADMINISTRATOR})),
    ("returns", message("National replies"), frozenset({Role.COORDINATOR, Role.PARTNER})),
    ("readings", message("Replies together"), frozenset({Role.COORDINATOR, Role.ANALYST})),
    ("assistance", message("Assistance"), frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})),
    (
        "exchange",
        message("Exchange"),
        frozenset({Role.COORDINATOR, Role.EVALUATOR, Role.PUBLISHER, Role.ADMINISTRATOR}),
    ),
    ("directory", message("Directory"), _ALL),
    ("training", message("Training"), _ALL),
)

_WITH_OTHERS = frozenset({"returns", "readings", "assistance", "exchange", "directory", "training"})


def stages_of(person: Person, path: str) -> list[Stage]:
    """Return the stages that a person works in, the one of the page marked."""
    held = {one.role for one in held_by(person)}
    return [
        Stage(
            address=address,
            words=words,
            current=_is_in(path, address),
            is_shared=name in _WITH_OTHERS,
        )
        for name, words, roles in _STAGES
        if name == "home" or not roles.isdisjoint(held)
        for address in _addresses(name)
    ]


def _addresses(name: str) -> list[str]:
    try:
        return [reverse(name)]
    except NoReverseMatch:
        return []


def _is_in(path: str, address: str) -> bool:
    return path == address if address == reverse("home") else path.startswith(address)
