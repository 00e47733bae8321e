"""This file knows the words for what was done; the log itself keeps its keys, such as “join”."""

from __future__ import annotations

from forestall.languages import Message, message


def verb_words(verb: str) -> Message | None:
    """Return the words for what was done; None for a key of an earlier version of the program.

    Examples
    --------
    >>> str(verb_words("decide rights")), verb_words("no such verb")
    ('decided on a rights assessment', None)
    """
    return _WORDS.get(verb)


_WORDS: dict[str, Message] = {
    "add areas": message("added an area file"),
    "add partner": message("wrote a partner down"),
    "add place": message("added a place"),
    "add store": message("added a record store"),
    "answer import": message("answered the questions of an import"),
    "begin diagnosis": message("began a diagnosis"),
    "begin import": message("began an import"),
    "assign section": message("assigned a section of a national reply"),
    "begin plan": message("began a plan"),
    "begin return": message("began a national reply"),
    "cancel job": message("cancelled work in the background"),
    "change partner": message("changed what is written of a partner"),
    "change role": message("changed the role of a member"),
    "close consultation": message("closed a consultation"),
    "comment": message("commented on a draft"),
    "decide on comment": message("decided on a comment"),
    "decide rights": message("decided on a rights assessment"),
    "download rejected rows": message("downloaded rejected rows"),
    "drop import": message("dropped an import"),
    "edit plan": message("changed a plan"),
    "end job": message("ended work in the background"),
    "export audit log": message("exported the audit log"),
    "finish diagnosis": message("finished a diagnosis"),
    "finish import": message("finished an import"),
    "invite": message("invited somebody"),
    "join": message("joined an organisation"),
    "lead return": message("changed a national reply as a whole"),
    "make token": message("made a token for a program"),
    "moderate": message("noted a consultation in a plan"),
    "move plan": message("took a plan to its next state"),
    "open consultation": message("opened a consultation"),
    "prepare release": message("prepared a publication"),
    "record consultation": message("noted a consultation"),
    "release": message("published a publication"),
    "remark on answer": message("remarked on an answer of a national reply"),
    "remove member": message("ended a membership"),
    "reply to comment": message("replied to a comment"),
    "report progress": message("reported progress"),
    "revoke token": message("revoked a token of a program"),
    "start job": message("started work in the background"),
    "settle remark": message("settled a remark on an answer of a national reply"),
    "sign return": message("signed a national reply"),
    "submit return": message("submitted a national reply"),
    "take workbook": message("took answers from a workbook into a national reply"),
    "withdraw": message("withdrew a publication"),
    "unlink indicator": message("took an indicator off its source"),
    "link indicator": message("linked an indicator to a source"),
    "add wave": message("added a wave of a survey"),
    "add survey": message("added a survey"),
    "consent ended": message("deleted an entry whose consent has ended"),
    "leave roster": message("deleted their own entry as an expert"),
    "change roster entry": message("changed their own entry as an expert"),
    "join roster": message("wrote themselves down as an expert"),
    "remove office": message("took an office out of the directory"),
    "change office": message("changed what is written of an office"),
    "add office": message("wrote an office down"),
    "write return": message("wrote an answer of a national reply"),
}
