"""This folder knows the tables of stores, imports, areas and diagnoses, step by step."""
