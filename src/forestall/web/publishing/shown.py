"""This file knows what of a publication the pages of the public site tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from forestall.languages import (
    Amount,
    LineStart,
    available_languages,
    in_language,
    message,
    use_language,
)
from forestall.plan.progress import IndicatorProgress, indicator_progress
from forestall.plan.vocabulary import StepState
from forestall.publication.blocks import Findings
from forestall.publication.codebook import TABLES
from forestall.publication.stored import read_stored
from forestall.web.consultation.draft import text_of
from forestall.web.publishing.models import Release

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from forestall.languages import OwnWords, Text
    from forestall.plan.actions import Action, Step
    from forestall.plan.records import ActionPlan
    from forestall.publication.blocks import Document, Finding
    from forestall.publication.contents import Publication
    from forestall.web.organisations.models import Jurisdiction

_FINDINGS = 3
_DATA = (".csv", ".json", ".geojson", ".xlsx", ".parquet")
# How a report is written once more; of no use to who looks for data.
_NO_DATA = frozenset({"publication.json", "report.json"})


@dataclass(frozen=True)
class ShownStep:
    """A step of an action: what it is, how far it is, and what was done."""

    title: OwnWords
    state: Text
    progress: OwnWords
    ends: date


@dataclass(frozen=True)
class ShownAction:
    """An action: what it is, who answers for it, and how far its steps are."""

    title: OwnWords
    accountable: OwnWords
    steps: tuple[ShownStep, ...]
    done: int


@dataclass(frozen=True)
class ShownObjective:
    """An objective, and how it gets on."""

    title: OwnWords
    progress: IndicatorProgress


@dataclass(frozen=True)
class DataFile:
    """A file that can be taken away: its address on the site, its name, its size, what it holds."""

    address: str
    name: str
    bytes: int
    holds: Text = ""

    @property
    def kilobytes(self) -> int:
        """Return its size, at least 1."""
        return max(1, round(self.bytes / 1000))


@dataclass(frozen=True)
class ShownRelease:
    """A publication of which the site tells."""

    release: Release
    released_on: date

    @property
    def withdrawn(self) -> bool:
        """Return whether it was taken back."""
        return self.release.state == Release.State.WITHDRAWN

    @property
    def folder(self) -> str:
        """Return its folder on the site; a plan or a report keeps it when published again."""
        return f"{self.release.kind}/{self._number}"

    @cached_property
    def _number(self) -> int:
        if self.release.plan_id is not None:
            return self.release.plan_id
        first = Release.objects.of_the_same(self.release).values_list("pk", flat=True).first()
        return first or self.release.pk

    def page(self, tag: str) -> str:
        """Return the address of its page in a language, or in its first one."""
        if self.withdrawn:
            return f"{self.folder}/{_in_folder(tag, self.release.jurisdiction)}index.html"
        languages = self.release.languages
        inner = f"{tag}/" if tag in languages[1:] else ""
        return f"{self.folder}/{inner}index.html"

    @cached_property
    def plan(self) -> ActionPlan:
        """Return the plan as it was released."""
        assert self.release.revision is not None
        return self.release.revision.content

    @property
    def title(self) -> OwnWords | str:
        """Return the title in the language of the reader."""
        if self.release.kind == Release.Kind.PLAN:
            return text_of(self.plan.title, self.plan)
        if self.withdrawn:  # its files may be gone
            return self.release.title
        with use_language(self.release.jurisdiction.language):
            usual = str(self.document.title) == self.release.title
        return str(self.document.title) if usual else self.release.title

    @property
    def state(self) -> str:
        """Return the state of a plan, to begin a line."""
        return str(LineStart(self.plan.state.words))

    @property
    def summary(self) -> OwnWords:
        """Return the summary of a plan."""
        return text_of(self.plan.summary, self.plan)

    @property
    def actions(self) -> tuple[ShownAction, ...]:
        """Return the actions of a plan."""
        return tuple(_action(one, self.plan) for one in self.plan.actions)

    @property
    def objectives(self) -> tuple[ShownObjective, ...]:
        """Return the objectives of a plan, each as it was on the day of the release."""
        return tuple(
            ShownObjective(
                text_of(one.title, self.plan), indicator_progress(one, today=self.released_on)
            )
            for one in self.plan.objectives
        )

    @property
    def money(self) -> Amount | None:
        """Return the money that a plan needs; None where none is written."""
        sums = [
            one.amount for action in self.plan.actions for one in action.money if not one.in_kind
        ]
        return Amount(round(sum(sums)), self.plan.currency) if sums else None

    @property
    def partners(self) -> int:
        """Return how many partners a plan has."""
        return len(self.plan.partners)

    @cached_property
    def document(self) -> Document:
        """Return the document of a report as it was written."""
        return self._publication.document

    @cached_property
    def _publication(self) -> Publication:
        return read_stored(self.release.content).publication()

    @property
    def source(self) -> str:
        """Return whom the numbers of a report come from, and under which licence; "" if unsaid."""
        if self.release.kind == Release.Kind.PLAN:
            return ""
        told = self._publication.provenance.data
        said = [str(told.get(name) or "") for name in ("publisher", "licence")]
        return str(told.get("attribution") or " · ".join(one for one in said if one))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the first findings of a report."""
        found = (
            finding
            for section in self.document.sections
            for block in section.blocks
            if isinstance(block, Findings)
            for finding in block.findings
        )
        return tuple(found)[:_FINDINGS]

    @property
    def files(self) -> tuple[DataFile, ...]:
        """Return what can be taken away as data: protected tables, and the plan as a record."""
        content = self.release.content
        found = (
            path
            for path in sorted(content.rglob("*"))
            if path.suffix in _DATA
            and path.name not in _NO_DATA
            and path.is_file()
            # The same numbers with sentences in another language.
            and path.relative_to(content).parts[0] not in available_languages()
        )
        return tuple(
            DataFile(f"{self.folder}/{inside}", inside, path.stat().st_size, _holds(path))
            for path in found
            for inside in (path.relative_to(content).as_posix(),)
        )


def _holds(path: Path) -> Text:
    """Return what a file of data holds, by its name; "" where nothing is known of it."""
    if path.suffix in (".csv", ".parquet") and path.stem in TABLES:
        return TABLES[path.stem]
    return _HOLDS.get(path.name, "")


_HOLDS = {
    "codebook.csv": message("What each table and each column means"),
    "diagnosis.json": message("All numbers and sentences of the diagnosis, for programs"),
    "evaluation.json": message("The evaluation as a record, for programs"),
    "map.geojson": message("Places on the map, with their protected numbers"),
    "plan.json": message("The whole plan as a record, for programs"),
    "tables.xlsx": message("All tables in one workbook"),
}


def current_releases(
    jurisdiction: Jurisdiction, *, also: Release | None = None
) -> tuple[ShownRelease, ...]:
    """Return the latest publication of each plan and each report, plans first.

    Parameters
    ----------
    also
        One that is not released yet, shown as though it were released today.
    """
    today = timezone.localdate()
    told = Release.objects.told().filter(jurisdiction=jurisdiction)
    found = [] if also is None else [ShownRelease(also, today)]
    for one in told.select_related("jurisdiction", "plan", "revision"):
        assert one.released_at is not None
        found.append(ShownRelease(one, timezone.localdate(one.released_at)))
    latest: dict[str, ShownRelease] = {}
    for one_shown in found:
        latest.setdefault(one_shown.folder, one_shown)
    order = list(Release.Kind)
    return tuple(
        sorted(latest.values(), key=lambda one: order.index(Release.Kind(one.release.kind)))
    )


def _in_folder(tag: str, jurisdiction: Jurisdiction) -> str:
    return "" if tag == jurisdiction.language else f"{tag}/"


def _action(action: Action, plan: ActionPlan) -> ShownAction:
    partners = {one.key: one.name for one in plan.partners}
    return ShownAction(
        title=text_of(action.title, plan),
        accountable=text_of(partners.get(action.accountable, {}), plan),
        steps=tuple(_step(one, plan) for one in action.steps),
        done=sum(one.state is StepState.DONE for one in action.steps),
    )


def _step(step: Step, plan: ActionPlan) -> ShownStep:
    return ShownStep(
        title=text_of(step.title, plan),
        state=step.state.words,
        progress=text_of(step.progress, plan),
        ends=step.ends,
    )


def own_name(jurisdiction: Jurisdiction, shown: tuple[ShownRelease, ...]) -> str:
    """Return the name of the place in the language of the reader, where a plan has it."""
    plans = [one.plan for one in shown if one.release.kind == Release.Kind.PLAN]
    return in_language(plans[0].place.name) if plans else jurisdiction.name
