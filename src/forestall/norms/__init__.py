"""This stage knows the United Nations instruments on crime prevention as data."""

from forestall.norms.coverage import Coverage, read_coverage

__all__ = ["Coverage", "read_coverage"]
