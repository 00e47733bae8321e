"""This folder knows the interactive pages: charts and a map to explore, without a network."""

from forestall.publication.explore.folder import write_explore

__all__ = ["write_explore"]
