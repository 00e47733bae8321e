"""This folder knows how a city publishes: prepared by one, released by another, withdrawn."""
