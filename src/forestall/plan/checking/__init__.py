"""This folder knows what each part of a plan has to say, by the paragraph that asks for it."""
