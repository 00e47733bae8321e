"""This file knows the migrations of the exchange."""
