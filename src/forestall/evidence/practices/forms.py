"""This file knows the forms of what stands in a record: keys, checksums, addresses, currencies."""

from __future__ import annotations

KEY = "[a-z0-9]+(-[a-z0-9]+)*"
SHA256 = "[0-9a-f]{64}"
COUNTRY = "[A-Z]{2}"
CURRENCY = "[A-Z]{3}"
PRICE_YEAR = r"[0-9]{4}(/[0-9]{2})?"
# A web address, or a path that leads to a file beside the record and nowhere else.
ADDRESS = r"https?://[^\s@]+|(?!/)(?!(.*/)?\.\.(/|$))[^\\:\n]+"
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
