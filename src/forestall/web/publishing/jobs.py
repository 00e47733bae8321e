"""This file knows the work in the background that makes a publication and the public site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import message
from forestall.web.operations.tasks import job as registered
from forestall.web.operations.tidying import tidier
from forestall.web.publishing.beside import check_can_stand_beside
from forestall.web.publishing.cleaning import clean_releases
from forestall.web.publishing.contents import write_content
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import MAKE, SITE
from forestall.web.publishing.site import build_preview, put_site

if TYPE_CHECKING:
    from forestall.web.operations.models import Job

tidier(clean_releases)


@registered(MAKE)
def make_publication(job: Job, *, release: int) -> dict[str, Any]:
    """Write the pages and files of a publication, and the site as it would be with it."""
    related = ("jurisdiction", "plan", "revision", "diagnosis")
    found = Release.objects.select_related(*related).get(pk=release)
    if found.state != Release.State.PREPARING:
        return {}
    job.report(0, 2, message("Pages and files are written."))
    write_content(found)
    check_can_stand_beside(found)
    job.report(1, 2, message("The site is put together as readers will see it."))
    build_preview(found)
    Release.objects.filter(pk=release, state=Release.State.PREPARING).update(
        state=Release.State.READY
    )
    return {"release": release}


@registered(SITE)
def make_site(job: Job, *, because: str) -> dict[str, Any]:
    """Make the public site of the jurisdiction anew and put it in the place of the one before."""
    job.report(0, 1, message("The public site is made anew."))
    put_site(job.jurisdiction)
    return {"because": because}
