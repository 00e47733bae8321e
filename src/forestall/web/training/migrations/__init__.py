"""This file knows the migrations of training."""
