"""This file knows how a file of a published folder is given, and that none beside it is."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponseRedirect

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_KINDS = {".geojson": "application/geo+json", ".pmtiles": "application/octet-stream"}


def file_response(request: HttpRequest, folder: Path, inside: str) -> HttpResponseBase:
    """Answer with a file of a folder; a folder in it answers with its page.

    Raises
    ------
    Http404
        If there is none of the name in the folder, or the name leads out of it.
    """
    wanted = PurePosixPath(inside)
    hidden = any(part.startswith(".") for part in wanted.parts)
    if wanted.is_absolute() or hidden or "\\" in inside or "\x00" in inside:
        raise Http404
    root = folder.resolve()
    try:
        path = (root / wanted).resolve(strict=True)
    except (OSError, RuntimeError):
        raise Http404 from None
    if not path.is_relative_to(root):
        raise Http404
    if path.is_dir():
        if inside and not inside.endswith("/"):
            return HttpResponseRedirect(f"{request.path}/")
        path /= "index.html"
    if not path.is_file():
        raise Http404
    kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    text = "; charset=utf-8" if kind and kind.startswith("text/") else ""
    answer = FileResponse(
        path.open("rb"), content_type=f"{kind or 'application/octet-stream'}{text}"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer
