"""This folder knows how the tables of audit came to be."""
