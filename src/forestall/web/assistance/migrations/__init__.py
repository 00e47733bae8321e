"""This folder knows how the tables of assistance came to be."""
