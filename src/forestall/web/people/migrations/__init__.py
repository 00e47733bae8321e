"""This folder knows how the tables of people came to be."""
