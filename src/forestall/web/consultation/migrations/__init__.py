"""This folder knows how the tables of consultation came to be."""
