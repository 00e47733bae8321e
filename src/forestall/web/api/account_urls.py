"""This file knows the addresses of one's own tokens."""

from django.urls import path

from forestall.web.api import account_views

urlpatterns = [
    path("", account_views.tokens, name="tokens"),
    path("<int:number>/revoke/", account_views.revoke, name="token-revoke"),
]
