"""This package knows a reply as a workbook, for people who fill it in without the web.

Each section is a sheet with a row for each item. Only the cells of answers can be typed into, and
choices come from lists. Nothing of a reply is lost on the way there and back.
"""

from forestall.questionnaires.workbook.reading import reply_from_workbook
from forestall.questionnaires.workbook.writing import reply_to_workbook

__all__ = ["reply_from_workbook", "reply_to_workbook"]
