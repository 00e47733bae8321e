"""This file knows all that a report is written from, in any format and language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Document
    from forestall.publication.pictures import MapPicture


class ReportKind(StrEnum):
    """What a publication is about; it decides the names of its files of numbers."""

    DIAGNOSIS = "diagnosis"
    EVALUATION = "evaluation"
    PLAN = "plan"
    EVIDENCE = "evidence"


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a report comes from: what its file of numbers tells beside sentences and tables.

    Attributes
    ----------
    first_day, last_day
        The days whose incidents are counted; None where none are.
    data
        Publisher, licence, files and rows, as they stand in the file of numbers.
    protection
        The disclosure rule, likewise; its words are in ``rule_words``.
    choices
        What was chosen automatically.
    """

    made_on: date
    command: str
    place: str
    first_day: date | None
    last_day: date | None
    data: Mapping[str, Any]
    protection: Mapping[str, Any]
    rule_words: Text
    choices: tuple[Text, ...]
    made_with: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Publication:
    """A document without a language, the protected tables it is made of, and its provenance.

    Attributes
    ----------
    kind
        What it is about.
    record
        The text of a machine-readable file that later work reads, such as ``evaluation.json``; it
        holds nothing that is not protected. Empty where there is none.
    """

    document: Document
    tables: Mapping[str, SafeTable]
    provenance: Provenance
    kind: ReportKind = ReportKind.DIAGNOSIS
    record: str = ""

    @property
    def map(self) -> MapPicture | None:
        """Return the map of places with their protected numbers, if there is one."""
        from forestall.publication.pictures import MapPicture

        pictures = (getattr(block, "picture", None) for block in self._blocks())
        return next((one for one in pictures if isinstance(one, MapPicture)), None)

    def _blocks(self) -> Iterator[Block]:
        for section in self.document.sections:
            yield from section.blocks

    @property
    def findings(self) -> tuple[Text, ...]:
        """Return the sentences of the summary, in order: first the bold clause, then the rest."""
        from forestall.languages import Sentences
        from forestall.publication.blocks import Findings

        found = [block for block in self._blocks() if isinstance(block, Findings)]
        return tuple(Sentences((one.bold, one.then)) for block in found for one in block.findings)
