"""This folder knows how the tables of surveys came about."""
