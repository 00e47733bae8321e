"""This folder knows the data of a jurisdiction, and the diagnoses made of them."""
