"""This file knows the pages on which a person makes and ends their own tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from forestall.errors import NotAllowed
from forestall.languages import say
from forestall.web.api.forms import TokenForm
from forestall.web.api.models import Token
from forestall.web.api.services import make_token, revoke_token

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@sensitive_variables("secret")
def tokens(request: SignedInRequest) -> HttpResponse:
    """Show one's own tokens, and make one; its secret is on the answer and nowhere else."""
    posted = request.method == "POST"
    form = TokenForm(request.POST if posted else None, person=request.user)
    secret = ""
    if posted and form.is_valid():
        try:
            _, secret = make_token(
                name=form.cleaned_data["name"],
                jurisdiction=form.place,
                roles=form.roles,
                ends_at=form.ends_at,
                by=request.user,
            )
            form = TokenForm(person=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    own = Token.objects.of(request.user).select_related("jurisdiction")
    shown = {"form": form, "secret": secret, "tokens": own}
    return render(request, "api/tokens.html", shown)


@login_required
@require_POST
def revoke(request: SignedInRequest, number: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = get_object_or_404(Token.objects.of(request.user), pk=number)
    revoke_token(token=token, by=request.user)
    messages.success(request, say("The token is ended; no program can use it any more."))
    return redirect("tokens")
