"""This folder knows the city that does not exist: for looking at a workspace before it is used."""
