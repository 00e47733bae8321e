"""This folder knows how the tables of plans came to be."""
