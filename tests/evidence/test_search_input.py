"""Whatever is typed, a search answers; files and SQLites that cannot serve are told."""

import sqlite3
import threading
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidFile, InvalidOutput, MissingLibrary
from forestall.evidence.search import EvidenceDocument, build_index, open_index
from forestall.evidence.search.store import check_full_text_search

LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdeéèfghilmnopqrstuv",
    "es": "abcdefghilmnñopqrstuvó",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةأإى",
    "zh": "盗窃抢劫暴力路灯监控社区青年学校犯罪",
}
TEXTS = {
    "en": "Street lighting and burglary in terraced houses.",
    "fr": "Éclairage public et cambriolages.",
    "es": "Alumbrado público y robos en viviendas.",
    "ru": "Уличное освещение и квартирные кражи.",
    "ar": "إنارة الشوارع والسرقة",
    "zh": "路灯与入室盗窃",
}


def documents(extra=()):
    yield from (
        EvidenceDocument(
            key=language,
            kind="review",
            title="",
            text=text,
            language=language,
            facets={"place": frozenset({"street", language})},
        )
        for language, text in TEXTS.items()
    )
    yield from extra


@cache
def index():
    return build_index(documents())


@given(st.text())
def test_no_question_makes_it_stumble(question):
    index().find(question)
    index().facet_counts(question)


@given(st.lists(st.sampled_from([*'"*^():{}-+\'', "NEAR", "AND", "OR", "NOT", "NEAR(a b, 2)",
                                 "title:", "light", "路", "«", "\0", "ۖ", "\ud800"])))  # fmt: skip
def test_operators_of_the_search_engine_are_mere_text(pieces):
    index().find(" ".join(pieces))
    index().find("".join(pieces))


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "street* OR NEAR(",
        "'; DROP TABLE texts; --",
        "light\0ing",
        "🙂" * 500,
        "a" * 100_000,
        "word " * 10_000,
        " ".join(f"w{number}" for number in range(5_000)),
        "盗" * 50_000,
        "½ ㏂ ﷺ ǆ İ ß \u0301 \ud800",
    ],
)
def test_strange_questions_are_answered(question):
    index().find(question)


@given(st.text(), st.text())
def test_no_document_makes_it_stumble(title, text):
    built = build_index([EvidenceDocument(key="one", kind="study", title=title, text=text)])

    for hit in built.find(text):
        assert "".join(piece for piece, _ in hit.title.pieces) == title
        assert hit.fragment.text in text


@given(st.sampled_from(sorted(LETTERS)), st.data())
def test_a_document_is_found_by_a_word_that_only_it_has(language, data):
    word = data.draw(st.text(LETTERS[language], min_size=2, max_size=30))
    rare = EvidenceDocument(
        key="rare", kind="study", title="", text=f"x {word} x", language=language
    )

    hits = build_index(documents([rare])).find(word, limit=100)

    assert "rare" in [hit.key for hit in hits if hit.has_all_words]


@given(st.data())
def test_a_word_with_one_wrong_letter_is_found(data):
    language = data.draw(st.sampled_from(["en", "fr", "es", "ru", "ar"]))
    letters = st.text(LETTERS[language], min_size=5, max_size=12)
    word = data.draw(letters.filter(lambda text: len(set(text)) > 3))
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS[language]))
    wrong = word[:place] + letter + word[place + 1 :]
    rare = EvidenceDocument(key="rare", kind="study", title="", text=word, language=language)

    hits = build_index([rare]).find(f"{wrong} ")

    assert [hit.key for hit in hits] == ["rare"]


@given(
    st.sampled_from(["", "lighting", "éclairage", "盗窃", "кража", "light street zzz"]),
    st.sets(st.sampled_from(["street", "en", "ru", "nowhere"]), min_size=1),
)
def test_facets_only_narrow(question, places):
    wide = {hit.key for hit in index().find(question)}
    narrow = {hit.key for hit in index().find(question, facets={"place": places})}

    assert narrow <= wide
    counts = index().facet_counts(question)
    assert sum(counts.get("language", {}).values()) == len(wide)


def test_several_readers_may_ask_at_once():
    answers = []
    readers = [
        threading.Thread(
            target=lambda: answers.extend(len(index().find("burglary")) for _ in range(20))
        )
        for _ in range(4)
    ]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert answers == [answers[0]] * 80


def test_an_index_in_a_file_finds_the_same(tmp_path):
    path = tmp_path / "evidence.index"

    written = build_index(documents(), path=path)
    read = open_index(path)

    for question in ("burglery", "lighting", "", "кража"):
        assert read.find(question) == written.find(question) == index().find(question)
    assert read.facet_counts("") == index().facet_counts("")
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.index"]


def test_a_build_that_fails_leaves_the_older_file(tmp_path):
    path = tmp_path / "evidence.index"
    build_index(documents(), path=path).close()
    before = path.read_bytes()

    def broken():
        yield from documents()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build_index(broken(), path=path)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_is_no_index_is_told(tmp_path):
    words, other = tmp_path / "words.txt", tmp_path / "other.db"
    words.write_text("Not a database, and long enough to be one. " * 50)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE documents (number)")
    connection.close()

    for path in (words, other, tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InvalidFile, match="is no index of evidence"):
            open_index(path)


def test_a_cut_file_is_told(tmp_path):
    path = tmp_path / "evidence.index"
    build_index(documents(), path=path).close()
    path.write_bytes(path.read_bytes()[:8192])

    with pytest.raises(InvalidFile, match="build it again"):
        open_index(path)


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(InvalidOutput, match="cannot be written"):
        build_index(documents(), path=tmp_path / "nowhere" / "evidence.index")


def test_a_missing_full_text_search_is_told():
    class Bare(sqlite3.Connection):
        def execute(self, *arguments):
            raise sqlite3.OperationalError("no such module: fts5")

    connection = sqlite3.connect(":memory:", factory=Bare)

    with pytest.raises(MissingLibrary, match="needs SQLite with FTS5"):
        check_full_text_search(connection)
    connection.close()
