"""This file knows that each publisher's way of writing incidents has a file of its own here."""
