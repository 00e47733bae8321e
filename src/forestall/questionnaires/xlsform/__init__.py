"""This package knows questionnaires and replies as ODK, KoboToolbox and similar tools write them.

A questionnaire is a form (XLSForm). Replies are submissions: one XML file each, or a workbook with
a sheet for each repeat. Nothing of ours is lost on the way there and back.
"""

from forestall.questionnaires.xlsform.instances import reply_from_submission, reply_to_submission
from forestall.questionnaires.xlsform.reading import ImportedForm, questionnaire_from_xlsform
from forestall.questionnaires.xlsform.related import replies_to_sheets
from forestall.questionnaires.xlsform.related_reading import replies_from_sheets
from forestall.questionnaires.xlsform.writing import questionnaire_to_xlsform

__all__ = [
    "ImportedForm",
    "questionnaire_from_xlsform",
    "questionnaire_to_xlsform",
    "replies_from_sheets",
    "replies_to_sheets",
    "reply_from_submission",
    "reply_to_submission",
]
