"""This stage knows what is told: documents, pages, tables and maps, from protected numbers only."""

from forestall.publication.blocks import Document
from forestall.publication.html import write_html
from forestall.publication.numbers import diagnosis_schema
from forestall.publication.pages import write_pages
from forestall.publication.pdf import PrintedPdf, write_pdf
from forestall.publication.protected import ProtectedDiagnosis, protect_diagnosis
from forestall.publication.publish import Published, publish_diagnosis
from forestall.publication.report import Setting, build_report

__all__ = [
    "Document",
    "PrintedPdf",
    "ProtectedDiagnosis",
    "Published",
    "Setting",
    "build_report",
    "diagnosis_schema",
    "protect_diagnosis",
    "publish_diagnosis",
    "write_html",
    "write_pages",
    "write_pdf",
]
