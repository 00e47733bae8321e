"""This folder knows how the tables of sources of indicators came about."""
