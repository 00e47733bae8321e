"""This file knows how somebody comes in by the provider of the city: its signature is checked.

The library trusts a token that it fetched itself. A proxy between the two, or an address without
https, would then decide who signs in; so the signature is always compared with the provider's keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # the library has no types
    """Takes a token from the provider only with its signature."""

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        """Return what the token says, once issuer, audience, time and signature are right."""
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
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
    return answered
