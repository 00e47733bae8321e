"""This file knows how the public site of a jurisdiction is put together and put in its place.

A site is a folder of files. It is made beside the one before and takes its place in one step: a
link that leads to the one or to the other, so that whoever is cut off in between leaves the old
site as it was. No server is needed to read it, and it can be copied to any.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from importlib.resources import files
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from forestall.publication.html.sheet import minified, whole_sheet
from forestall.web.consultation.models import Consultation
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.publishing.models import Release
from forestall.web.publishing.pages import site_pages
from forestall.web.publishing.shown import current_releases

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.web.organisations.models import Jurisdiction

_A_DAY = 86_400
_UNFINISHED = ".new"


def public_folder(city: str) -> Path:
    """Return where the site of a jurisdiction is: a link to the version that is read."""
    return _home() / "public" / city


def put_site(jurisdiction: Jurisdiction) -> Path:
    """Make the site anew and put it in place; what was told meanwhile is in it, too."""
    versions = _home() / "public" / ".versions" / jurisdiction.slug
    versions.mkdir(parents=True, exist_ok=True)
    while True:
        told = _told(jurisdiction)
        working = versions / f"{secrets.token_hex(6)}{_UNFINISHED}"
        build_site(jurisdiction, working)
        with transaction.atomic():
            # Two that are made at once are put in place one after the other.
            wait_for_turn(jurisdiction)
            if _told(jurisdiction) == told:
                finished = working.rename(working.with_suffix(""))
                before = put_in_place(finished, public_folder(jurisdiction.slug))
                break
        shutil.rmtree(working, ignore_errors=True)
    _remove_others(versions, {finished.name, before.name if before else ""})
    return finished


def put_in_place(finished: Path, public: Path) -> Path | None:
    """Let a link lead to a finished site, in one step, and return the site before; None if none."""
    before = public.resolve() if public.is_symlink() else None
    link = public.with_name(f".{public.name}-{secrets.token_hex(6)}")
    link.symlink_to(os.path.relpath(finished, public.parent), target_is_directory=True)
    if public.is_dir() and not public.is_symlink():  # a folder that somebody copied here
        public.rename(public.with_name(f".{public.name}-{secrets.token_hex(6)}-copied"))
    link.replace(public)
    return before


def build_preview(release: Release) -> None:
    """Make the site as it would be, were a publication released today."""
    shutil.rmtree(release.preview, ignore_errors=True)
    build_site(release.jurisdiction, release.preview, also=release)


def build_site(jurisdiction: Jurisdiction, out: Path, *, also: Release | None = None) -> None:
    """Write a whole site into a new folder.

    Parameters
    ----------
    also
        A publication that is shown as though it were released.
    """
    out.mkdir(parents=True)
    own = files("forestall.web.design").joinpath("static/forestall/workspace.css")
    sheet = whole_sheet() + minified(own.read_text("utf-8"))
    (out / "style.css").write_text(sheet, "utf-8")
    shown = current_releases(jurisdiction, also=also)
    for one in shown:
        if not one.withdrawn:
            shutil.copytree(one.release.content, out / one.folder, copy_function=_link_or_copy)
    for address, html in site_pages(jurisdiction, shown):
        page = out / address
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, "utf-8")


def _home() -> Path:
    home: Path = settings.HOME
    return home


def _told(jurisdiction: Jurisdiction) -> str:
    """Return a hash of all that the site is made from."""
    releases = Release.objects.told().filter(jurisdiction=jurisdiction)
    consultations = Consultation.objects.filter(plan__jurisdiction=jurisdiction)
    seen = (
        *releases.values_list("pk", "state", "reason"),
        *consultations.values_list("pk", "opens", "ends", "closed_at", "recorded_at"),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _link_or_copy(source: str, target: str) -> None:
    """Let one file stand in several sites, where the disk can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove_others(versions: Path, kept: set[str]) -> None:
    """Remove earlier sites, but not the one before, from which somebody may still be reading."""
    for one in versions.iterdir():
        unfinished = one.name.endswith(_UNFINISHED)
        if one.name in kept or (unfinished and time.time() - one.stat().st_mtime < _A_DAY):
            continue
        shutil.rmtree(one, ignore_errors=True)
