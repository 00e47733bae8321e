"""Search of 5,000 made-up documents in six languages: build, file, 200 questions.

Run with ``python benchmarks/evidence_search.py``. Texts are drawn from made-up words by Zipf's law
and the words of the field, some 150 words each; questions are words, phrases and misspellings.
"""

import random
import statistics
import tempfile
import time
from pathlib import Path

from forestall.evidence.search import (
    EvidenceDocument,
    EvidenceIndex,
    build_index,
    open_index,
    read_field_words,
)

DOCUMENTS, QUESTIONS, WORDS, LENGTH = 5_000, 200, 8_000, 150
LETTERS = {
    "en": "etaoinshrdlucmfgyp",
    "fr": "esaitnrulodcmpévqà",
    "es": "eaosrnidlctumpbgvñ",
    "ru": "оеаинтсрвлкмдпуяыь",
    "ar": "ايلمونرتبةعدسفهكقح",
    "zh": "的一是在不了有和人这中大为上个国我以要他",
}


def made_words(draw: random.Random, language: str) -> list[str]:
    """Return made-up words, the common ones shorter, and words of the field among them."""
    letters = LETTERS[language]
    words = [
        "".join(draw.choices(letters, k=3 + min(rank, 2_000) // 400 + draw.randrange(4)))
        for rank in range(WORDS)
    ]
    for row in read_field_words():
        if row.language == language:
            words[draw.randrange(200, 3_000)] = row.word
    return words


def made_documents(draw: random.Random) -> list[EvidenceDocument]:
    """Return documents, each language as often."""
    weights = [1 / (rank + 10) for rank in range(WORDS)]
    vocabularies = {language: made_words(draw, language) for language in LETTERS}
    made = []
    for number in range(DOCUMENTS):
        language = list(LETTERS)[number % len(LETTERS)]
        words = draw.choices(vocabularies[language], weights, k=LENGTH)
        made.append(
            EvidenceDocument(
                key=f"D{number}",
                kind="study",
                title=" ".join(words[:6]),
                text=" ".join(words),
                language=language,
                facets={"problem": frozenset({f"problem-{number % 27}"})},
            )
        )
    return made


def made_questions(draw: random.Random, documents: list[EvidenceDocument]) -> list[str]:
    """Return questions of one to four words, every third with a letter left out."""
    field = [row.word for row in read_field_words()]
    questions = []
    for number in range(QUESTIONS):
        words = draw.choice(documents).text.split()
        question = " ".join([draw.choice(field), *draw.sample(words, k=number % 4)])
        place = draw.randrange(len(question))
        questions.append(question[:place] + question[place + 1 :] if number % 3 == 0 else question)
    return questions


def milliseconds(index: EvidenceIndex, questions: list[str]) -> list[float]:
    """Time each question."""
    taken = []
    for question in questions:
        start = time.perf_counter()
        index.find(question)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def main() -> None:
    """Print the times."""
    draw = random.Random(1)
    documents = made_documents(draw)
    questions = made_questions(draw, documents)
    start = time.perf_counter()
    index = build_index(documents)
    print(f"build of {DOCUMENTS:,} documents: {time.perf_counter() - start:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.index"
        build_index(documents, path=path).close()
        start = time.perf_counter()
        open_index(path).close()
        print(f"opening its file: {time.perf_counter() - start:.2f} s")
        print(f"size of the file: {path.stat().st_size / 1e6:.1f} MB")
    taken = milliseconds(index, questions)
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"{QUESTIONS} questions: median {statistics.median(taken):.1f} ms, "
          f"one in twenty above {slow:.1f} ms, slowest {max(taken):.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
