"""This folder knows how the workspace runs: start, stop, health, backup, the demonstration."""
