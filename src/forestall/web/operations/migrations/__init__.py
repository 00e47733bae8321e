"""This folder knows how the tables of operations came to be."""
