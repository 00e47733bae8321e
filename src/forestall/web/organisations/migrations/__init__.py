"""This folder knows how the tables of organisations came to be."""
