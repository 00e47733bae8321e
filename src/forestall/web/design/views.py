"""This file knows the living page of all parts of which pages are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def parts(request: HttpRequest) -> HttpResponse:
    """Show every part of a page, as it looks."""
    return render(request, "design/parts.html")
