"""This package knows questionnaires and replies as ODK, KoboToolbox and similar tools write them.

A questionnaire is a form (XLSForm). Replies are submissions: one XML file each, or a workbook with
a sheet for each repeat. Nothing of ours is lost on the way there and back.
"""
