"""This app knows national replies: written by several institutions, signed by two, then frozen."""
