"""This folder knows how residents and partners are asked about a plan, and answered."""
