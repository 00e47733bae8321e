"""Random replies, with the texts that files like to lose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from forestall.questionnaires.replies import (
    Answer,
    Attachment,
    Confirmation,
    Kept,
    Reply,
    Source,
)
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice, SourceKind

if TYPE_CHECKING:
    from forestall.questionnaires import Questionnaire

HARD = (
    "=1+1", "+SUM(A1)", "-2", "@x", "a\r\nb", "a\rb", "_x000D_", "x005F_x0041_", " kept ", "\t",
    "#REF!", "0042", "1e5", "2026-01-31", "TRUE", "“yes”", "نعم، جزئياً", "是\n否", "<b>&amp;</b>",
    "'quoted", "\u200f\u2068", "'", '"', "a,b;c", "${label}", "jr:itext", "None", "null",
    "x" * 4000,
)  # fmt: skip
_TEXT = st.one_of(
    st.just(""),
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20),
)
_FILLED = _TEXT.filter(bool)
_DAY = st.dates(date(1800, 1, 1), date(2200, 12, 31))
_SOURCE = st.builds(
    Source,
    kind=st.sampled_from(SourceKind),
    name=_TEXT,
    reference=_TEXT,
    dated=st.none() | _DAY,
)
_FILE = st.builds(
    Attachment, name=_TEXT, sha256=st.text("0123456789abcdef", min_size=64, max_size=64)
)


def answers(questionnaire: Questionnaire, item: str | None = None) -> st.SearchStrategy[Answer]:
    """Return answers to an item, mostly of its kind and sometimes not."""
    asked = questionnaire.item(item) if item else None
    marks = [one.key for one in questionnaire.marks] or ["other"]
    keys = [one.key for one in asked.columns] if asked else []
    rows = st.lists(
        st.dictionaries(st.sampled_from([*keys, "other"]), _TEXT, max_size=3), max_size=3
    )
    tabular = asked is not None and asked.type is AnswerType.TABLE
    return st.builds(
        Answer,
        state=st.sampled_from(AnswerState),
        choice=st.none() | st.sampled_from(Choice),
        text=_TEXT,
        day=st.none() | _DAY,
        marks=st.lists(st.sampled_from(marks), max_size=2).map(tuple),
        rows=rows.map(tuple) if tabular else st.just(()) | rows.map(tuple),
        follow_up=_TEXT,
        follow_up_day=st.none() | _DAY,
        language=st.sampled_from(["", "en", "ar", "fr-CA"]),
        confidential=st.booleans(),
        sources=st.lists(_SOURCE, max_size=2).map(tuple),
        attachments=st.lists(_FILE, max_size=2).map(tuple),
        confirmed=st.none() | st.builds(Confirmation, by=_TEXT, on=_DAY),
    )


@st.composite
def replies(draw: st.DrawFn, questionnaire: Questionnaire, *, most: int = 6) -> Reply:
    """Draw a reply to a questionnaire, with answers that it does not know now and then."""
    keys = draw(
        st.lists(
            st.sampled_from([*(one.key for one in questionnaire.items), "gone"]),
            max_size=most,
            unique=True,
        )
    )
    kept = st.builds(Kept, item=_FILLED, version=st.integers(1, 3), answer=answers(questionnaire))
    return Reply(
        questionnaire=questionnaire.key,
        version=questionnaire.version,
        country=draw(st.sampled_from(["XX", "AA", "NO"])),
        office=draw(_TEXT),
        on=draw(_DAY),
        answers={key: draw(answers(questionnaire, key)) for key in keys},
        kept=tuple(draw(st.lists(kept, max_size=1))),
    )
