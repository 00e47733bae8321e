"""Random questionnaires that can be used, with the texts that forms like to lose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.questionnaires.records import (
    Column,
    Condition,
    Contradiction,
    FollowUp,
    Group,
    Item,
    Mark,
    Questionnaire,
    Step,
)
from forestall.questionnaires.vocabulary import (
    AnswerType,
    Basis,
    CellType,
    Choice,
    FollowUpType,
    Level,
    StepKind,
)
from forestall.questionnaires.xlsform.form import PARENT_ROW
from tests.questionnaires.replies import HARD

if TYPE_CHECKING:
    from forestall.languages import Texts

_KEYS = ("Q1", "q1", "Q1(a)", "Q1-a", "2(a)", "meta", "Q1(a)-follow-up", "3.1", "Q1(b)(ii)", "4")
_FREE = st.one_of(
    st.sampled_from([*HARD, "", "I", "body", "a/b", "\ud800", "\x00", "\ufffe", "|", "name"]),
    st.text(max_size=6),
)
_TEXT = st.one_of(
    st.sampled_from([*HARD, "x" * 40_000, "𝄞" * 17_000, "# kept", "**b**", "1 2"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12),
).filter(str.strip)


@st.composite
def definitions(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire whose items refer to each other in every way that they can."""
    tags = draw(st.sampled_from([("en",), ("fr", "en"), ("zh-Hans", "ar", "qqq")]))
    texts = st.fixed_dictionaries(dict.fromkeys(tags, _TEXT))
    marks = tuple(
        Mark(key=key, title=draw(texts)) for key in draw(_some(("need", "can-provide", "3")))
    )
    items: list[Item] = []
    for key in draw(_some(_KEYS, least=1)):
        items.append(draw(_items(key, tuple(items), marks, texts)))
    cut = draw(st.integers(0, len(items)))
    names = draw(st.lists(_FREE, min_size=2, max_size=2, unique=True))
    groups = [
        Group(key=name, title=draw(texts), items=tuple(part))
        for name, part in zip(names, (items[:cut], items[cut:]), strict=True)
    ]
    steps = draw(st.booleans())
    return Questionnaire(
        key=draw(st.sampled_from(["own", "2006-20", "q1"])),
        version=2 if steps else draw(st.integers(1, 9)),
        dated=draw(st.dates(date(1900, 1, 1), date(2200, 1, 1))),
        instrument=draw(_FREE),
        languages=tags,
        title=draw(texts),
        about=draw(texts),
        groups=tuple(groups),
        addressed_to=draw(st.just({}) | texts),
        incomplete=draw(st.just({}) | texts),
        marks=marks,
        contradictions=tuple(
            Contradiction(all_of=(one,), why=draw(texts)) for one in draw(_conditions(items))
        ),
        steps=(Step(kind=StepKind.REMOVED, items=(draw(_FREE),)),) if steps else (),
    )


@st.composite
def _items(
    draw: st.DrawFn,
    key: str,
    earlier: tuple[Item, ...],
    marks: tuple[Mark, ...],
    texts: st.SearchStrategy[Texts],
) -> Item:
    kind = draw(st.sampled_from([one for one in AnswerType if marks or one != "marks"]))
    item = Item(
        key=key,
        type=kind,
        prompt=draw(texts),
        label=draw(_FREE),
        parent=draw(st.sampled_from(["", *(one.key for one in earlier)])),
        level=draw(st.none() | st.sampled_from(Level)),
        asked_if=draw(_conditions(list(earlier))),
        paragraphs=tuple(draw(st.lists(_FREE, max_size=2))),
        basis=draw(st.sampled_from(Basis)),
        note=draw(st.just({}) | texts),
    )
    if kind is AnswerType.CHOICE:
        choices = draw(_some(tuple(Choice), least=1))
        item = replace(item, choices=choices)
        return replace(item, follow_up=draw(_follow_ups(item, earlier, texts)))
    if kind is AnswerType.MARKS:
        return replace(item, marks=draw(_some(tuple(one.key for one in marks), least=1)))
    if kind is AnswerType.TABLE:
        keys = draw(st.lists(_FREE, min_size=1, max_size=2, unique=True))
        if draw(st.booleans()) and PARENT_ROW not in keys:
            keys.insert(0, PARENT_ROW)
            if earlier and earlier[-1].type is kind:
                item = replace(item, parent=earlier[-1].key)
        kinds = st.sampled_from(CellType)
        columns = (Column(key=one, title=draw(texts), type=draw(kinds)) for one in keys)
        return replace(item, columns=tuple(columns))
    return item


@st.composite
def _follow_ups(
    draw: st.DrawFn, item: Item, earlier: tuple[Item, ...], texts: st.SearchStrategy[Texts]
) -> FollowUp | None:
    own = FollowUp(
        when=draw(_some(item.choices, least=1)),
        type=draw(st.sampled_from([FollowUpType.TEXT, FollowUpType.TEXT_AND_DATE])),
        prompt=draw(texts),
    )
    shared = [
        replace(own, shared_with=one.key, type=one.follow_up.type)
        for one in earlier
        if one.follow_up and not one.follow_up.shared_with and one.follow_up.type != "table"
    ]
    tables = [
        replace(own, type=FollowUpType.TABLE, items=(one.key,), mark=one.marks[0])
        for one in earlier
        if one.marks
    ]
    return draw(st.none() | st.sampled_from([own, *shared, *tables]))


def _conditions(earlier: list[Item]) -> st.SearchStrategy[tuple[Condition, ...]]:
    offered = [one for one in earlier if one.choices]
    if not offered:
        return st.just(())
    one = st.sampled_from(offered).flatmap(
        lambda item: st.builds(
            Condition, item=st.just(item.key), choices=_some(item.choices, least=1)
        )
    )
    return st.lists(one, max_size=2).map(tuple)


def _some(of: tuple[Any, ...], *, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=5, unique=True).map(tuple)
