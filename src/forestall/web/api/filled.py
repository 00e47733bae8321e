"""This file knows how what a program sends is held to the rules of the form of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.http.multipartparser import MultiPartParserError

from forestall.languages import message
from forestall.web.api.refusals import Refused
from forestall.web.data.arriving import refused_upload

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.forms import BaseForm
    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict
    from msgspec import Struct

    Files = MultiValueDict[str, UploadedFile[Any]]

Form = TypeVar("Form", bound="BaseForm")


def fields_of(record: Struct) -> dict[str, Any]:
    """Return the fields of a record by name, as a form takes them."""
    return {name: getattr(record, name) for name in record.__struct_fields__}


def filled(form: Form) -> Form:
    """Return a form whose rules are all kept.

    Raises
    ------
    Refused
        With the first field that cannot be used and why (422).
    """
    if form.is_valid():
        return form
    name, reasons = next(iter(form.errors.items()))
    said = str(reasons[0])
    if name == "__all__":
        raise Refused(422, message("{said}", said=said))
    raise Refused(422, message("“{name}” cannot be used: {said}", name=name, said=said))


def read_form(request: HttpRequest) -> tuple[QueryDict, Files]:
    """Return the fields and files of a form; files lie on the disk already.

    Raises
    ------
    Refused
        If it is not sent as a form (415), cannot be read (400), or a file was dropped while it
        arrived: too large, or no room for it (413).
    """
    if (request.content_type or "").lower() != "multipart/form-data":
        raise Refused(415, message("Send files as a form, with its type: multipart/form-data."))
    try:
        fields, files = request.POST, request.FILES
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent):
        raise Refused(400, message("The form cannot be read; send it once more.")) from None
    dropped = refused_upload(request)
    if dropped is not None:
        raise Refused(413, dropped)
    return fields, files
