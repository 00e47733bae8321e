"""This file knows a reply as the XML that ODK Collect and other tools send: one submission each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.workbook.opening import MOST_MEGABYTES
from forestall.questionnaires.xlsform.building import fields_of
from forestall.questionnaires.xlsform.form import Field, Section
from forestall.questionnaires.xlsform.submission import Record, Submissions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Reply
    from forestall.questionnaires.xlsform.form import FormPart

# What tools add by themselves, and what is no answer.
_ADDED = frozenset(
    ("meta", "formhub", "start", "end", "today", "deviceid", "username", "phonenumber", "audit")
)

_RETURNS = re.compile("\r\n?")
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff"


def reply_to_submission(questionnaire: Questionnaire, reply: Reply) -> bytes:
    """Write a reply as a submission (XML) to the form of its questionnaire.

    The same reply gives the same submission, with the same identifier.

    Raises
    ------
    InvalidQuestionnaire
        If the reply belongs to another questionnaire or cannot be kept.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import read_definition
    >>> from forestall.questionnaires.replies import Reply
    >>> asked = read_definition("2006-20")
    >>> empty = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> reply_from_submission(reply_to_submission(asked, empty), asked) == empty
    True
    """
    from lxml import etree

    form = fields_of(questionnaire)
    record = Submissions(questionnaire, form, settle=_left_by_tools).record_of(reply)
    root = etree.Element("data", id=questionnaire.key, version=str(questionnaire.version))
    _append(root, form.parts, record)
    content = hashlib.sha256(etree.tostring(root, encoding="UTF-8")).hexdigest()
    meta = etree.SubElement(root, "meta")
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sha256:{content}")
    etree.SubElement(meta, "instanceID").text = f"uuid:{named}"
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _left_by_tools(text: str) -> str:
    """Return what is left of a text when a tool opens it and sends it again.

    All of them lose returns; Enketo, which is in KoboToolbox, also loses spaces at both ends, and
    ODK Web Forms writes letters and their marks as one sign (NFC).
    """
    return unicodedata.normalize("NFC", _RETURNS.sub("\n", text)).strip(_SPACES)


def _append(above: _Element, parts: Iterable[FormPart], record: Record) -> None:
    from lxml import etree

    for part in parts:
        if isinstance(part, Field):
            if text := record.value(part.name):
                etree.SubElement(above, part.name).text = text
        elif part.repeats:
            for row in record.repeats.get(part.name, []):
                _append(etree.SubElement(above, part.name), part.parts, row)
        else:
            group = etree.Element(part.name)
            _append(group, part.parts, record)
            if len(group):
                above.append(group)


def reply_from_submission(
    read: bytes, questionnaire: Questionnaire, *, name: str = "submission.xml"
) -> Reply:
    """Read a reply from a submission (XML) to the form of a questionnaire.

    Tools may give the form another name; its fields have to be those of the questionnaire.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no XML, is larger than 20 MB, declares a document type, belongs to another
        version, or a field is unknown or holds what cannot be there; with its name.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> reply_from_submission(b"<data><Q99>yes</Q99></data>", read_definition("2006-20"))
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: Field “Q99”: the questionnaire has no such field.
    """
    root = _parsed(read, name)
    version = root.get("version", "").strip()
    if version.isdecimal() and version != str(questionnaire.version):
        raise InvalidQuestionnaire(
            message(
                "{file} needs to be a reply to “{wanted}”, version {version}, and is not.",
                file=name,
                wanted=questionnaire.key,
                version=questionnaire.version,
            )
        )
    form = fields_of(questionnaire)
    record = Record()
    _read(root, form.parts, record)
    return Submissions(questionnaire, form, settle=_left_by_tools).reply_of(record, name=name)


def _parsed(read: bytes, name: str) -> _Element:
    from lxml import etree

    if len(read) > MOST_MEGABYTES * 1_000_000:
        raise InvalidQuestionnaire(
            message("{file} is larger than {most} MB.", file=name, most=MOST_MEGABYTES)
        )
    # A document type could name other files or unfold without end, so none is followed or kept.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(read, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.getroottree().docinfo.doctype:
        raise InvalidQuestionnaire(
            message("{file} cannot be read as a submission (XML).", file=name)
        )
    return root


def _read(above: _Element, parts: Iterable[FormPart], record: Record) -> None:
    known = {part.name: part for part in parts}
    for element in above:
        name = str(element.tag).rpartition("}")[2]
        part = known.get(name)
        if part is None:
            if name in _ADDED or name.startswith("__"):
                continue
            raise record.refused(name, message("the questionnaire has no such field."))
        if isinstance(part, Section):
            under = record
            if part.repeats:
                under = Record()
                record.repeats.setdefault(name, []).append(under)
            _read(element, part.parts, under)
            continue
        if len(element) or name in record.values:
            raise record.refused(name, message("this needs one value."))
        record.values[name] = element.text or ""
