"""This file knows the section on partners: by group of actors, agreements, and who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Clauses, LineStart, Listing, message
from forestall.plan.vocabulary import ActorGroup
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Heading,
    Item,
    Paragraph,
    Section,
    WordTable,
)
from forestall.publication.plan_pages.words import day_or_dash, in_short

if TYPE_CHECKING:
    from forestall.plan.records import Agreement, Partner
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def partners_section(setting: PlanSetting) -> Section:
    """Build the list of partners by group of actors, and which groups are missing."""
    blocks: list[Block] = []
    if not setting.plan.partners:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NO_PARTNERS,)))
    for group in (*ActorGroup, None):
        inside = [one for one in setting.plan.partners if one.sector.group is group]
        if inside:
            words = message("Others") if group is None else LineStart(group.words)
            blocks.append(Heading(words))
            blocks.append(_partners(inside, setting))
    blocks += _agreements(setting)
    blocks += _missing(setting)
    return Section(
        id="partners",
        heading=message("Partners"),
        question=message("Who takes part, and who is missing?"),
        blocks=tuple(blocks),
    )


def _partners(inside: list[Partner], setting: PlanSetting) -> WordTable:
    rows = tuple(
        (
            setting.text(one.name),
            LineStart(one.sector.words),
            setting.told(one.role),
            setting.told({setting.plan.languages[0]: one.contact}),
        )
        for one in inside
    )
    return WordTable(
        heads=(message("Partner"), message("Sector"), message("Role"), message("Contact")),
        rows=rows,
        labelled=True,
    )


def _agreements(setting: PlanSetting) -> list[Block]:
    """Return what was agreed, once where several partners agreed to the same."""
    signed: list[tuple[Agreement, list[Partner]]] = []
    without = [one for one in setting.plan.partners if one.agreement is None]
    for one in setting.plan.partners:
        if one.agreement is None:
            continue
        same = next((names for known, names in signed if known == one.agreement), None)
        if same is None:
            signed.append((one.agreement, [one]))
        else:
            same.append(one)
    blocks: list[Block] = []
    if signed:
        rows = tuple(
            (
                setting.text(one.about),
                day_or_dash(one.signed),
                day_or_dash(one.until),
                Listing([setting.text(partner.name) for partner in partners]),
            )
            for one, partners in signed
        )
        heads = (message("Agreed"), message("From"), message("To"), message("Partners"))
        blocks.append(WordTable(title=message("Agreements"), heads=heads, rows=rows, labelled=True))
    if without:
        names = Clauses([setting.text(one.name) for one in without])
        blocks.append(Paragraph((message("No agreement yet with: {partners}.", partners=names),)))
    return blocks


def _missing(setting: PlanSetting) -> list[Block]:
    present = {one.sector.group for one in setting.plan.partners}
    reasons = {one.what: one.reason for one in setting.plan.omissions}
    items = [
        Item(
            setting.text(reasons.get(f"actors:{group.value}", {}))
            or message(
                "No partner and no reason given ({paragraph}).", paragraph=in_short(group.paragraph)
            ),
            lead=message("{name}:", name=LineStart(group.words)),
        )
        for group in ActorGroup
        if group not in present
    ]
    if not items:
        return []
    return [Box(kind=BoxKind.NOTE, title=message("Who is missing"), items=tuple(items))]


_NO_PARTNERS = message("This plan names no partner yet; prevention needs many (1995/9 ¶3(b)).")
