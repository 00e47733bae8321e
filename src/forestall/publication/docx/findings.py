"""This file knows how findings become numbered paragraphs with what is sure about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import joint
from forestall.publication.docx import looks
from forestall.publication.docx.figures import figure_run
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.runs import chip_runs, runs_of, text_runs
from forestall.publication.figures import interval_figure

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.blocks import Finding, Findings
    from forestall.publication.docx.writing import Writing


def findings_block(block: Findings, writing: Writing) -> list[_Element]:
    """Write the findings as one numbered list."""
    return [part for finding in block.findings for part in _finding(finding, writing)]


def _finding(finding: Finding, writing: Writing) -> list[_Element]:
    runs = text_runs(finding.bold, writing, style="Strong")
    if finding.then:
        runs += [*text_runs(joint(), writing), *text_runs(finding.then, writing)]
    parts = [paragraph("Finding", runs, writing)]
    if finding.interval is not None:
        picture = figure_run(interval_figure(finding.interval), looks.TEXT_WIDTH, writing)
        parts.append(paragraph("Interval", [picture], writing))
        caption = text_runs(finding.interval.caption, writing)
        chip = chip_runs(finding.interval.certainty)
        parts.append(paragraph("FindingMore", [*caption, *text_runs(" ", writing), *chip], writing))
    if finding.more:
        parts.append(paragraph("FindingMore", runs_of(finding.more, writing), writing))
    return parts
