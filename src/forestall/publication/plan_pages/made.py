"""This file knows the last section: how the document was made, from what, in which languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, Listing, OnlyTranslated, message
from forestall.publication.blocks import Fact, Facts, Paragraph, Section
from forestall.publication.language_names import language_name
from forestall.publication.provenance import MADE_WITH

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.plan_pages.setting import PlanSetting


def made_section(setting: PlanSetting) -> Section:
    """Build the section that tells how the document was made."""
    plan = setting.plan
    facts = (
        Fact(message("Made with"), MADE_WITH),
        Fact(message("Looked at on"), Day(setting.today)),
        Fact(message("Version of the plan"), str(plan.version)),
        Fact(
            message("Languages of the plan"),
            Listing([language_name(tag) for tag in plan.languages]),
        ),
        Fact(message("Command"), code=setting.command),
    )
    return Section(
        id="made",
        heading=message("How this was made"),
        blocks=(
            Facts(facts),
            Paragraph((NO_COUNTS, _FIGURES)),
            Paragraph((_POLICE,)),
            Paragraph((_PEOPLE,)),
        ),
    )


def foot_lines() -> tuple[Text, ...]:
    """Return what stands at the foot: who wrote the texts, who translated the words around them."""
    return (_TEXTS, OnlyTranslated(_TRANSLATED))


NO_COUNTS = message("Nothing was counted to make this document.")
_FIGURES = message(
    "Amounts were typed by those who made the plan. Figures were typed too, or computed and "
    "protected before they came into it; each source says which."
)
_POLICE = message(
    "Law enforcement is outside the Guidelines; police may be partners, openly (2002/13 ¶3)."
)
_PEOPLE = message("Decisions are told by office; nobody is named.")
_TEXTS = message("The texts of the plan are those of the partners who made it.")
_TRANSLATED = message(
    "The words around them were translated by the project; in doubt, the first language of the "
    "plan decides."
)
