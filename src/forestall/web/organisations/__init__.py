"""This folder knows organisations, jurisdictions, and who is a member in which role."""
