"""This folder knows how the tables of national replies came to be."""
