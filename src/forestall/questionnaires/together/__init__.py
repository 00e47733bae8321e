"""This package knows many replies to one questionnaire, read together: counts and quotations.

It is no scorecard (2006/20 annex): states stand in the order of their names or by region, and
nothing here orders, rates or compares them by what they answered. What is confidential is taken out
of a reply before anything else is done with it.
"""

from forestall.questionnaires.together.answers import OpenAnswer, answers_of
from forestall.questionnaires.together.chapters import Chapter, chapter_items
from forestall.questionnaires.together.counts import (
    AnswerKind,
    ItemCounts,
    RegionCounts,
    count_by_region,
    count_item,
    count_kinds,
    kind_of,
)
from forestall.questionnaires.together.orders import StateOrder, in_state_order, state_order_named
from forestall.questionnaires.together.response import Response, count_response
from forestall.questionnaires.together.searching import Snippet, find_in, folded, snippet_of
from forestall.questionnaires.together.states import (
    RegionName,
    State,
    StateName,
    region_of,
    regions,
    states,
)
from forestall.questionnaires.together.themes import Theme, paragraphs_of, themes_of
from forestall.questionnaires.together.withheld import (
    OpenReply,
    open_part,
    with_traces,
    without_withheld,
)

__all__ = [
    "AnswerKind",
    "Chapter",
    "ItemCounts",
    "OpenAnswer",
    "OpenReply",
    "RegionCounts",
    "RegionName",
    "Response",
    "Snippet",
    "State",
    "StateName",
    "StateOrder",
    "Theme",
    "answers_of",
    "chapter_items",
    "count_by_region",
    "count_item",
    "count_kinds",
    "count_response",
    "find_in",
    "folded",
    "in_state_order",
    "kind_of",
    "open_part",
    "paragraphs_of",
    "region_of",
    "regions",
    "snippet_of",
    "state_order_named",
    "states",
    "themes_of",
    "with_traces",
    "without_withheld",
]
