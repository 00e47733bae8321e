"""This file knows how the rights of a person are narrowed for a request, such as by a token.

Limits only ever take away: what a person may do is what their roles and the limits both allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.web.organisations.roles import Role


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What is left of the rights of a person.

    Attributes
    ----------
    token
        Number of the token by which the request is made; for the audit log.
    jurisdiction
        Key of the only jurisdiction that exists.
    roles
        The only roles that count there, as long as the person has them.
    """

    token: int
    jurisdiction: int
    roles: frozenset[Role]
