"""This folder knows evidence of a user's own: files of studies, references, and a city's folder."""

from forestall.evidence.sources.duplicates import (
    DuplicateStudies,
    find_duplicate_studies,
    without_certain_duplicates,
)
from forestall.evidence.sources.effect_form import effects_form
from forestall.evidence.sources.effects import read_effects
from forestall.evidence.sources.evidence_json import evidence_schema
from forestall.evidence.sources.export import export_evidence
from forestall.evidence.sources.folder import (
    Added,
    EvidenceFolder,
    add_to_folder,
    read_evidence_folder,
    remove_from_folder,
)
from forestall.evidence.sources.references import Reference, ReferenceKind, read_references

__all__ = [
    "Added",
    "DuplicateStudies",
    "EvidenceFolder",
    "Reference",
    "ReferenceKind",
    "add_to_folder",
    "effects_form",
    "evidence_schema",
    "export_evidence",
    "find_duplicate_studies",
    "read_effects",
    "read_evidence_folder",
    "read_references",
    "remove_from_folder",
    "without_certain_duplicates",
]
