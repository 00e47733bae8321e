"""This file knows which names of the records stage others may use."""
