"""This file knows the forms by which a reply begins, is assigned, and comes back filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import Day, in_language, say
from forestall.questionnaires import read_definitions
from forestall.web.design.written import WrittenField
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.returns.models import Return

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MOST_BYTES = 5_000_000


class ReturnChoice(forms.ModelChoiceField["Return"]):
    """One of the replies that were written here."""

    def label_from_instance(self, obj: Return) -> str:
        """Return to what, where and when it replies."""
        return say(
            "{title}, {place}, as of {day}",
            title=obj.title,
            place=obj.jurisdiction.name,
            day=Day(obj.reply.on),
        )


class BeginForm(forms.Form):
    """To what a reply replies, for which place, and what was replied before."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        places: list[Jurisdiction],
        today: date,
    ) -> None:
        super().__init__(data, files)
        self.fields["place"] = forms.ModelChoiceField(
            label=say("For which place"),
            queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            empty_label=None,
        )
        self.fields["questionnaire"] = forms.ChoiceField(
            label=say("Questionnaire"),
            choices=[
                (one.key, f"{one.instrument}: {in_language(one.title)}")
                for one in reversed(read_definitions())
            ],
        )
        self._ask_how_it_holds(today)
        self._ask_for_the_one_before(places)

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be a reply."""
        return _sized(self.cleaned_data["file"])

    def _ask_how_it_holds(self, today: date) -> None:
        self.fields["on"] = forms.DateField(
            label=say("The day as of which the answers hold"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            initial=today,
        )
        self.fields["office"] = WrittenField(
            label=say("The office that replies"),
            help_text=say("An office, never a person."),
            max_length=200,
            required=False,
        )

    def _ask_for_the_one_before(self, places: list[Jurisdiction]) -> None:
        self.fields["before"] = ReturnChoice(
            label=say("The reply before, if it was written here"),
            queryset=Return.objects.filter(jurisdiction__in=places).select_related("jurisdiction"),
            empty_label=say("– none –"),
            required=False,
        )
        self.fields["file"] = forms.FileField(
            label=say("Or the reply before as a file (JSON)"),
            help_text=say("It stands beside each question; nothing of it is copied into answers."),
            required=False,
        )


class AssignForm(forms.Form):
    """Which organisations write a section."""

    organisations = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, found: Return, section: str
    ) -> None:
        chosen = found.assignments.filter(section=section).values_list("organisation", flat=True)
        super().__init__(data, initial={"organisations": list(chosen)})
        field = self.fields["organisations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.label = say("Organisations whose partners write this section")
        field.queryset = Organisation.objects.filter(jurisdiction=found.jurisdiction)


class FileSized(forms.Form):
    """A form with one file of at most 5 MB."""

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        return _sized(self.cleaned_data["file"])


class FilledForm(FileSized):
    """A workbook that comes back."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"] = forms.FileField(
            label=say("The filled workbook (XLSX)"),
            help_text=say("One that was exported here. Nothing is changed before you agree."),
        )


def _sized(file: Any) -> Any:
    if file and file.size > MOST_BYTES:
        raise forms.ValidationError(say("The file is larger than 5 MB; send a smaller one."))
    return file
