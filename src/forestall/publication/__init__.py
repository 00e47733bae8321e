"""This stage knows what is told: documents, pages, tables and maps, from protected numbers only."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.publication.blocks import Document
    from forestall.publication.contents import Publication, ReportKind
    from forestall.publication.docx import write_docx
    from forestall.publication.editions import Editions, republish
    from forestall.publication.explore import Basemap, read_basemap, write_explore
    from forestall.publication.html import write_html
    from forestall.publication.numbers import diagnosis_schema
    from forestall.publication.pages import write_pages
    from forestall.publication.pdf import PrintedPdf, write_pdf
    from forestall.publication.plan_pages import PlanEdition
    from forestall.publication.protected import ProtectedDiagnosis, protect_diagnosis
    from forestall.publication.publish import publish_diagnosis
    from forestall.publication.publish_evidence import (
        publish_gap_map,
        publish_intervention,
        publish_suggestions,
    )
    from forestall.publication.publish_plans import publish_action_plan
    from forestall.publication.publish_programmes import publish_evaluation, publish_plan
    from forestall.publication.published import Published
    from forestall.publication.report import Setting, build_report

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "Document": "blocks",
    "Publication": "contents",
    "ReportKind": "contents",
    "Editions": "editions",
    "republish": "editions",
    "write_docx": "docx",
    "Basemap": "explore",
    "read_basemap": "explore",
    "write_explore": "explore",
    "write_html": "html",
    "PrintedPdf": "pdf",
    "write_pdf": "pdf",
    "diagnosis_schema": "numbers",
    "write_pages": "pages",
    "ProtectedDiagnosis": "protected",
    "protect_diagnosis": "protected",
    "Published": "published",
    "publish_diagnosis": "publish",
    "publish_evaluation": "publish_programmes",
    "publish_plan": "publish_programmes",
    "PlanEdition": "plan_pages",
    "publish_action_plan": "publish_plans",
    "publish_gap_map": "publish_evidence",
    "publish_intervention": "publish_evidence",
    "publish_suggestions": "publish_evidence",
    "Setting": "report",
    "build_report": "report",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "Basemap",
    "Document",
    "Editions",
    "PlanEdition",
    "PrintedPdf",
    "ProtectedDiagnosis",
    "Publication",
    "Published",
    "ReportKind",
    "Setting",
    "build_report",
    "diagnosis_schema",
    "protect_diagnosis",
    "publish_action_plan",
    "publish_diagnosis",
    "publish_evaluation",
    "publish_gap_map",
    "publish_intervention",
    "publish_plan",
    "publish_suggestions",
    "read_basemap",
    "republish",
    "write_docx",
    "write_explore",
    "write_html",
    "write_pages",
    "write_pdf",
]
