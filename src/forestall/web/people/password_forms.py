"""This file knows what is asked when a password is changed: the rules of the library, in words.

The library tells its rules as a list in HTML, which a hint on a page shows as it is written.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms

from forestall.languages import say


class _InWords:
    """Says in one sentence what a password needs; everything else says the error."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].help_text = say("At least ten characters.")


class ChangePasswordForm(_InWords, forms.ChangePasswordForm):  # type: ignore[misc] # no types
    """The old password and a new one."""


class SetPasswordForm(_InWords, forms.SetPasswordForm):  # type: ignore[misc] # no types
    """A first password."""


class ResetPasswordKeyForm(_InWords, forms.ResetPasswordKeyForm):  # type: ignore[misc] # no types
    """A new password by a link."""
