"""This folder knows how pages look: base, parts of pages, style sheet, the living page of parts."""
