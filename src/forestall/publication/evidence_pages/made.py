"""This file knows the last section: how the page was made, by which rules, from what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, message
from forestall.publication.blocks import Fact, Facts, Paragraph, Section
from forestall.publication.evidence_pages.quoted import pages_note
from forestall.publication.provenance import MADE_WITH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.languages import Message


def made_section(*, made_on: date, command: str, caveats: Sequence[Message] = ()) -> Section:
    """Build the section that every page on evidence ends with."""
    facts = (
        Fact(message("Made with"), MADE_WITH),
        Fact(message("Made on"), Day(made_on)),
        Fact(message("Command"), code=command),
    )
    told = tuple(Paragraph((one,)) for one in caveats)
    return Section(
        id="made",
        heading=message("How this was made"),
        blocks=(Facts(facts), pages_note(), *told),
    )
