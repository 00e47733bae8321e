"""This folder knows a questionnaire as a document: an empty form to fill in, and a reply."""

from forestall.publication.questionnaire_pages.answers import facts_of
from forestall.publication.questionnaire_pages.form import build_form
from forestall.publication.questionnaire_pages.reply import build_reply

__all__ = ["build_form", "build_reply", "facts_of"]
