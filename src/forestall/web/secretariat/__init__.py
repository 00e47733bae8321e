"""This app knows national replies from the side of whoever gathers and reports on them."""
