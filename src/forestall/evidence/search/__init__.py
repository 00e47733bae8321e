"""This folder knows how evidence is searched: in six languages, in spite of misspellings.

It searches records of `EvidenceDocument`, whatever they stand for.
"""

from forestall.evidence.search.concepts import FieldWord, read_field_words
from forestall.evidence.search.documents import EvidenceDocument
from forestall.evidence.search.fragments import Fragment
from forestall.evidence.search.index import EvidenceIndex, SearchHit, build_index, open_index
from forestall.evidence.search.questions import Correction

__all__ = [
    "Correction",
    "EvidenceDocument",
    "EvidenceIndex",
    "FieldWord",
    "Fragment",
    "SearchHit",
    "build_index",
    "open_index",
    "read_field_words",
]
