"""This folder knows people who sign in: their address, their language, their second factor."""
