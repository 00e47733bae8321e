"""This file knows how what is published is written so that any web server can give it.

A page of a report carries its style inside. On the public site a browser is told to take styles
from files only, also where no server says so: the style goes into a file, the rule into the page.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings

from forestall.languages import available_languages, say, use_language
from forestall.publication.editions import publish
from forestall.publication.publish_plans import publish_action_plan
from forestall.publication.stored import read_stored
from forestall.web.publishing.models import Release

if TYPE_CHECKING:
    from pathlib import Path

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'
_RULE = re.compile(r'<meta http-equiv="Content-Security-Policy"')
_HEAD = '<header class="top"><div class="wrap">'
# Where a report lies on the site: plan/3/index.html, so that the site is two folders up.
_FOLDERS_UP = 2


def write_content(release: Release) -> None:
    """Write a publication into its folder; what a job that died left there is replaced."""
    shutil.rmtree(release.content, ignore_errors=True)
    release.content.parent.mkdir(parents=True, exist_ok=True)
    if release.kind == Release.Kind.PLAN:
        assert release.revision is not None
        publish_action_plan(
            release.revision.content,
            release.content,
            languages=release.languages,
            formats=release.formats,
        )
    else:
        # Written anew: nothing else that lies in the folder becomes public.
        publish(
            read_stored(settings.HOME / release.source).publication(),
            release.content,
            formats=release.formats,
            languages=release.languages,
        )
    for page in sorted(release.content.rglob("*.html")):
        _make_static(page, release)


def _make_static(page: Path, release: Release) -> None:
    """Take the style out of a page, and put in the rule for browsers and the way to the site."""
    html = page.read_text("utf-8")
    rule = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head, _, _ = html.partition("</head>")
    if _RULE.search(head):
        return  # an interactive page brings a rule of its own
    depth = len(page.relative_to(release.content).parts) - 1

    def to_file(found: re.Match[str]) -> str:
        sheet = found.group(1)
        name = f"style-{hashlib.sha256(sheet.encode()).hexdigest()[:12]}.css"
        (release.content / name).write_text(sheet, "utf-8")
        return f'<link rel="stylesheet" href="{"../" * depth}{name}">'

    html = _STYLE.sub(to_file, html)
    html = html.replace(_CHARSET, f"{_CHARSET}\n{rule}", 1)
    html = html.replace(_HEAD, f"{_HEAD}\n{_way_back(html, depth, release)}", 1)
    page.write_text(html, "utf-8")


def _way_back(html: str, depth: int, release: Release) -> str:
    tag = (re.search(r'<html lang="([^"]+)"', html) or ["", "en"])[1]
    city = release.jurisdiction
    known = tag if tag in available_languages() else "en"
    with use_language(known):
        words = say("Public pages of {city}", city=city.name)
    folder = "" if tag == city.language else f"{tag}/"
    up = "../" * (_FOLDERS_UP + depth)
    return f'<p class="small"><a href="{up}{folder}index.html">{escape(words)}</a></p>'
