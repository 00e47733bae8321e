"""This file knows what the PDF writer offers."""

from forestall.publication.pdf.writing import STANDARD, PrintedPdf, write_pdf

__all__ = ["STANDARD", "PrintedPdf", "write_pdf"]
