"""This file knows the forms of one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password

from forestall.languages import available_languages, message, say
from forestall.publication.language_names import language_name
from forestall.web.design.written import WrittenField
from forestall.web.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProfileForm(forms.ModelForm[Person]):
    """What a person can change of their own account."""

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["shown_as", "language", "digest"]
        field_classes: ClassVar[dict[str, Any]] = {"shown_as": WrittenField}

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["shown_as"].label = say("Shown to colleagues as")
        self.fields["shown_as"].help_text = say("Such as “Coordinator, Safer City office”.")
        self.fields["language"] = forms.ChoiceField(
            label=say("Language"),
            required=False,
            choices=[
                ("", say("That of the browser")),
                *((tag, language_name(tag)) for tag in available_languages()),
            ],
        )
        self.fields["digest"] = forms.ChoiceField(
            label=say("Reminders by e-mail"),
            choices=[(one.value, str(_DIGESTS[one])) for one in Person.Digest],
        )


class PasswordForm(forms.Form):
    """What somebody who was invited gives."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["email"] = forms.EmailField(
            label=say("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        )
        self.fields["shown_as"] = WrittenField(
            label=say("Shown to colleagues as"),
            help_text=say("Such as “Coordinator, Safer City office”."),
            max_length=120,
        )
        self.fields["password"] = forms.CharField(
            label=say("Password"),
            help_text=say("At least ten characters."),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )

    def clean_email(self) -> str:
        """Refuse an address that is in use."""
        email = str(self.cleaned_data["email"]).lower()
        if Person.objects.filter(email=email).exists():
            raise forms.ValidationError(say("This address is in use; sign in instead."))
        return email

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password = str(self.cleaned_data["password"])
        validate_password(password, Person(email=str(self.cleaned_data.get("email", ""))))
        return password


_DIGESTS = {
    Person.Digest.NEVER: message("never"),
    Person.Digest.DAILY: message("daily"),
    Person.Digest.WEEKLY: message("weekly"),
}
