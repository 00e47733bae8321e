"""This file knows how somebody comes in by the provider of the city: its signature is checked.

The library trusts a token that it fetched itself. A proxy between the two, or an address without
https, would then decide who signs in; so the signature is always compared with the provider's keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404
from requests import RequestException

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # the library has no types
    """Takes a token from the provider only with its signature."""

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        """Return what the token says, once issuer, audience, time and signature are right."""
        _check_algorithm(id_token)
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )


def _check_algorithm(id_token: str) -> None:
    """Make sure that a token is signed with a key of which only a half is public."""
    try:
        algorithm = jwt.get_unverified_header(id_token).get("alg")
    except jwt.PyJWTError as wrong:
        raise OAuth2Error("The token cannot be read.") from wrong
    if algorithm not in _ALGORITHMS:
        raise OAuth2Error("The token is not signed with a key of the provider.")


_ALGORITHMS = frozenset(
    f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)
)


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in who comes back from the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answered: HttpResponse = view.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, KeyError) as away:
        # It does not answer, or does not say what a provider has to.
        provider = SignedTokens(request, provider_id).get_provider()
        failed: HttpResponse = render_authentication_error(request, provider, exception=away)
        return failed
    return answered
