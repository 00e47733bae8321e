"""This folder knows evidence of a user's own: files of studies, references, and a city's folder."""

from forestall.evidence.sources.effect_form import effects_form
from forestall.evidence.sources.effects import read_effects
from forestall.evidence.sources.references import Reference, ReferenceKind, read_references

__all__ = ["Reference", "ReferenceKind", "effects_form", "read_effects", "read_references"]
