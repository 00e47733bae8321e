"""This folder knows how a place gives practices and plans to others as bundles, and takes theirs."""
