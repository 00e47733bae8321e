"""This file knows replies by chance: to 2006/20, well or badly answered, in any order."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from forestall.questionnaires import (
    Answer,
    AnswerState,
    Attachment,
    Choice,
    Confirmation,
    Kept,
    Reply,
    Source,
    SourceKind,
    read_definition,
)

INSTRUMENT = read_definition("2006-20")
KEYS = tuple(item.key for item in INSTRUMENT.items)

_days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
_texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\x7f"), max_size=8
)
_sources = st.builds(Source, kind=st.sampled_from(SourceKind), name=_texts, dated=st.none() | _days)
_files = st.builds(Attachment, name=_texts, sha256=st.sampled_from(["0" * 64, "a" * 64]))

any_answers = st.builds(
    Answer,
    state=st.sampled_from(AnswerState),
    choice=st.none() | st.sampled_from(list(Choice)),
    text=_texts,
    day=st.none() | _days,
    marks=st.lists(st.sampled_from(["need", "can-provide", "other"]), unique=True).map(tuple),
    rows=st.lists(st.dictionaries(_texts, _texts, max_size=1), max_size=1).map(tuple),
    follow_up=_texts,
    follow_up_day=st.none() | _days,
    language=st.sampled_from(["", "en", "fr", "ar"]),
    confidential=st.booleans(),
    sources=st.lists(_sources, max_size=1).map(tuple),
    attachments=st.lists(_files, max_size=1).map(tuple),
    confirmed=st.none() | st.builds(Confirmation, by=_texts, on=_days),
)
any_replies = st.builds(
    Reply,
    questionnaire=st.just("2006-20"),
    version=st.just(1),
    country=st.sampled_from(["XA", "XB"]),
    on=_days,
    office=_texts,
    answers=st.dictionaries(st.sampled_from([*KEYS, "Q77", "Q2"]), any_answers, max_size=8),
    kept=st.lists(
        st.builds(Kept, item=st.sampled_from(KEYS), version=st.integers(1, 3), answer=any_answers),
        max_size=2,
    ).map(tuple),
)


def drafted(choice: Choice | None = None, **fields: object) -> Answer:
    """Return a drafted answer."""
    return Answer(state=AnswerState.DRAFTED, choice=choice, **fields)  # type: ignore[arg-type]


def reply(answers: dict[str, Answer], **fields: object) -> Reply:
    """Return a reply to 2006/20 with these answers."""
    given = {"country": "XA", "on": date(2026, 1, 31), "version": 1, **fields}
    return Reply(questionnaire="2006-20", answers=answers, **given)  # type: ignore[arg-type]
