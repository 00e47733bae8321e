"""This folder knows how indicators of plans are measured by themselves, from stores and surveys."""
