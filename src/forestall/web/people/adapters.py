"""This file knows how the library that signs people in behaves here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """People are invited; nobody makes an account alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody can sign up without an invitation."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # the library has no types
    """A provider signs in those who were invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Return that an address which nobody invited gets no account."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # the library has no types
    """The name under which a second factor stands in an app on a telephone."""

    def get_totp_label(self, user: object) -> str:
        """Return the address of the person."""
        return str(getattr(user, "email", ""))
