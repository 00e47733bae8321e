"""This file knows which addresses of the JSON interface do what each page does.

A new page fails `test_pages.py` until it stands here: beside what does the same for programs, or
among those that programs have no use for, with the reason.
"""

from __future__ import annotations

_PART = "/plans/{number}/parts/{where}"

# By the name of the page: verbs and paths of the interface.
DONE_BY: dict[str, tuple[str, ...]] = {
    "audit": ("GET /audit",),
    "audit_check": ("GET /audit/check",),
    "audit_export": ("GET /audit/export",),
    "consultations": ("GET /consultations",),
    "consultation": (
        "GET /consultations/{number}/comments",
        "GET /consultations/{number}/rankings",
    ),
    "consultation-open": ("POST /consultations",),
    "consultation-close": ("POST /consultations/{number}/close",),
    "consultation-record": ("POST /consultations/{number}/record",),
    "comment": ("GET /comments/{number}",),
    "comment-show": ("POST /comments/{number}/show",),
    "comment-withhold": ("POST /comments/{number}/withhold",),
    "comment-reply": ("POST /comments/{number}/reply",),
    "data": ("GET /imports", "GET /areas"),
    "areas-add": ("POST /areas",),
    "store": ("GET /stores/{number}", "POST /stores/{number}/imports"),
    "store-add": ("POST /stores",),
    "import": ("GET /imports/{number}",),
    "import-again": ("POST /imports/{number}/again",),
    "import-answer": ("POST /imports/{number}/answer",),
    "import-drop": ("DELETE /imports/{number}",),
    "import-rejected": ("GET /imports/{number}/rejected",),
    "import-stop": ("POST /imports/{number}/stop",),
    "diagnoses": ("GET /diagnoses",),
    "diagnosis": ("GET /diagnoses/{number}",),
    "diagnosis-choose": ("GET /stores",),
    "diagnosis-add": ("POST /diagnoses",),
    "diagnosis-again": ("POST /diagnoses/{number}/again",),
    "diagnosis-stop": ("POST /diagnoses/{number}/stop",),
    "diagnosis-compare": ("GET /diagnoses/{number}/compare/{other}",),
    "diagnosis-report": ("GET /diagnoses/{number}/files",),
    "diagnosis-file": ("GET /diagnoses/{number}/files/{name}",),
    "directory": ("GET /directory/offices",),
    "office-add": ("POST /directory/offices",),
    "office-edit": ("PUT /directory/offices/{number}",),
    "office-remove": ("DELETE /directory/offices/{number}",),
    "experts": ("GET /directory/experts",),
    "follow_up": ("GET /follow-up",),
    "organisation": ("GET /members",),
    "member_invite": ("POST /organisations/{number}/invitations",),
    "member_role": ("PUT /members/{number}",),
    "member_remove": ("DELETE /members/{number}",),
    "place_add": ("POST /jurisdictions/{number}/below",),
    "partners": ("GET /organisations", "GET /organisations/{number}"),
    "partner_add": ("POST /organisations",),
    "partner_edit": ("PUT /organisations/{number}",),
    "partners_missing": ("GET /groups",),
    "plans": ("GET /plans",),
    "plan": ("GET /plans/{number}/row", "GET /plans/{number}/checks", "GET /plans/{number}/moves"),
    "plan-accountability": ("GET /plans/{number}/duties", "GET /plans/{number}/progress"),
    "plan-add": (f"POST {_PART}",),
    "plan-begin": ("POST /plans",),
    "plan-decide": ("POST /plans/{number}/decisions/{action}",),
    "plan-difference": ("GET /plans/{number}/difference",),
    "plan-edit": (f"PUT {_PART}",),
    "plan-edit-head": ("PUT /plans/{number}/head",),
    "plan-file": ("GET /plans/{number}",),
    "plan-money": ("GET /plans/{number}/budget",),
    "plan-move": ("POST /plans/{number}/moves",),
    "plan-part": (f"GET {_PART}",),
    "plan-provisions": ("GET /plans/{number}/provisions",),
    "plan-remove": (f"DELETE {_PART}",),
    "plan-roles": ("GET /plans/{number}/roles",),
    "plan-timetable": (f"GET {_PART}",),
    "plan-versions": ("GET /plans/{number}/versions", "GET /plans/{number}/versions/{revision}"),
    "publishing": ("GET /releases",),
    "release": ("GET /releases/{number}",),
    "release-prepare": ("POST /plans/{number}/releases",),
    "release-preview-file": ("GET /releases/{number}/preview/{name}",),
    "release-publish": ("POST /releases/{number}/release",),
    "release-withdraw": ("POST /releases/{number}/withdraw",),
    "safeguards": ("GET /safeguards",),
}

_SIGNING_IN = "A program shows a token; it neither signs in nor has an account."
_OWN = "A person sees to their own account and tokens; a token makes no other."
_CONSENT = "An expert agrees, writes and withdraws in person; a token is no consent."
_PUBLIC = "Everybody reads it, and people take part by themselves; no token is needed."
_NOT_YET = "National replies have no addresses yet; programs work on their files instead."
_SHOWN = "It shows and does nothing that a program has a use for."

# By the name of a page, or of the folder of pages it is in: why nothing does it for programs.
NOT_DONE: dict[str, str] = {
    "account/": _SIGNING_IN,
    "profile": _OWN,
    "tokens": _OWN,
    "token-revoke": _OWN,
    "invited": _OWN,
    "expert-oneself": _CONSENT,
    "expert-leave": _CONSENT,
    **dict.fromkeys(
        (
            "returns",
            "return",
            "return-begin",
            "return-section",
            "return-assign",
            "return-answer",
            "return-file",
            "return-working-copy",
            "return-beside",
            "return-evidence",
            "return-versions",
            "return-fill",
            "return-filled",
            "return-proposals",
            "return-sign",
            "return-submit",
        ),
        _NOT_YET,
    ),
    "take-part": _PUBLIC,
    "public": _PUBLIC,
    "home": _SHOWN,
    "language": _SHOWN,
    "design": _SHOWN,
    "api-explained": _SHOWN,
    "release-preview": "It leads to the first of the files, which have an address each.",
    "health": "It is at an address of its own, without a token: GET /health.",
}
