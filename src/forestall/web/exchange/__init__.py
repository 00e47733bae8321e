"""This folder knows how a place gives bundles of practices and plans, and takes those of others."""
