"""This file knows that pytest runs the code blocks of README.md and the documentation."""

from tests.documentation.blocks import PAGES

pytest_collect_file = PAGES.pytest()
