"""Forestall: the open workbench for knowledge-based crime prevention.

The stages of the work are its parts: ``forestall.records`` (what happened),
``forestall.diagnosis`` (what the problem is), ``forestall.disclosure`` (which numbers
are safe to show) and ``forestall.publication`` (what is told).
"""

__version__ = "0.1.0"
