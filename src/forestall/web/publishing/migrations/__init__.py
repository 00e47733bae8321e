"""This folder knows how the tables of publishing came to be."""
