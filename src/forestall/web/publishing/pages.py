"""This file knows the pages of the public site, each in every language, and how they are linked.

Links lead from file to file, so that the site reads the same on any server, and on none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from forestall.languages import available_languages, use_language
from forestall.publication.language_names import language_name
from forestall.web.consultation.draft import text_of
from forestall.web.consultation.models import Consultation
from forestall.web.organisations.models import Organisation
from forestall.web.publishing.contents import POLICY
from forestall.web.publishing.shown import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import OwnWords
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.publishing.shown import ShownRelease

# The folder of a page, and its template.
PAGES = {
    "": "start",
    "plan": "plans",
    "diagnosis": "diagnoses",
    "results": "results",
    "data": "data",
    "take-part": "take_part",
}


@dataclass(frozen=True)
class Links:
    """Where links of one page lead.

    Attributes
    ----------
    tag, own
        The language of the page, and that at the root of the site.
    depth
        How many folders the page is below the site.
    """

    tag: str
    own: str
    depth: int

    def page(self, name: str, tag: str = "") -> str:
        """Return the way to a page of the site, in a language or that of the page.

        Examples
        --------
        >>> Links("fr", "en", 2).page("plan"), Links("en", "en", 0).page("", "ar")
        ('../../plan/fr/index.html', 'ar/index.html')
        """
        return self.file(f"{folder_of(name, tag or self.tag, self.own)}index.html")

    def file(self, address: str) -> str:
        """Return the way to any file of the site."""
        return f"{'../' * self.depth}{address}"


def folder_of(name: str, tag: str, own: str) -> str:
    """Return the folder of a page in a language.

    Examples
    --------
    >>> folder_of("plan", "en", "en"), folder_of("plan", "fr", "en"), folder_of("", "fr", "en")
    ('plan/', 'plan/fr/', 'fr/')
    """
    return "".join(f"{part}/" for part in (name, tag if tag != own else "") if part)


def site_pages(
    jurisdiction: Jurisdiction, shown: tuple[ShownRelease, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each page.

    What was withdrawn has a page that says so where the publication was.
    """
    for tag in available_languages():
        with use_language(tag):
            shared = _shared(jurisdiction, shown)
            for name, template in PAGES.items():
                yield _page(jurisdiction, name, template, {**shared, "here": name})
            for one in shown:
                if one.withdrawn:
                    context = {**shared, "here": one.folder, "one": one}
                    yield _page(jurisdiction, one.folder, "withdrawn", context)


def _page(
    jurisdiction: Jurisdiction, name: str, template: str, context: dict[str, Any]
) -> tuple[str, str]:
    tag, own = context["tag"], jurisdiction.language
    folder = folder_of(name, tag, own)
    links = Links(tag, own, folder.count("/"))
    html = render_to_string(
        f"publishing/site/{template}.html", {**context, "links": links}, using="jinja2"
    )
    return f"{folder}index.html", html


def _shared(jurisdiction: Jurisdiction, shown: tuple[ShownRelease, ...]) -> dict[str, Any]:
    from forestall.languages import language

    today = timezone.localdate()
    address = next((one.release.address for one in shown if one.release.address), "/")
    asked = Consultation.objects.filter(plan__jurisdiction=jurisdiction)
    asked = asked.select_related("plan", "revision")
    current = [one for one in shown if not one.withdrawn]
    return {
        "tag": language(),
        "city": own_name(jurisdiction, shown),
        "tongues": [(tag, language_name(tag)) for tag in available_languages()],
        "policy": POLICY,
        "shown": shown,
        "plans": [one for one in current if one.release.kind == "plan"],
        "diagnoses": [one for one in current if one.release.kind == "diagnosis"],
        "evaluations": [one for one in current if one.release.kind == "evaluation"],
        "consultations": [
            (one, _title(one)) for one in asked if one.closed_at is None and one.ends >= today
        ],
        "ended": [
            (one, _title(one)) for one in asked if one.closed_at is not None or one.ends < today
        ],
        "address": address,
        "demonstration": getattr(settings, "DEMONSTRATION", False),
        "today": today,
        "offices": Organisation.objects.filter(
            jurisdiction=jurisdiction, sector="coordination"
        ).exclude(contact=""),
    }


def _title(consultation: Consultation) -> OwnWords:
    content = consultation.revision.content
    return text_of(content.title, content)
