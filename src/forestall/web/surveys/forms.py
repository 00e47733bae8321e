"""This file knows the forms by which a survey is begun and a wave is brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import say
from forestall.web.design.written import WrittenField
from forestall.web.surveys.models import Survey
from forestall.web.surveys.reading import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from forestall.web.organisations.models import Jurisdiction

    Files = MultiValueDict[str, UploadedFile[Any]]


class SurveyForm(forms.Form):
    """The name of a survey, where it belongs, and how its people were drawn."""

    def __init__(
        self, places: Sequence[Jurisdiction], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self._places = {str(one.pk): one for one in places}
        self.fields["name"] = WrittenField(
            label=say("What the survey is called"),
            help_text=say("Such as “Residents’ safety survey”."),
            max_length=120,
        )
        if len(places) > 1:
            self.fields["jurisdiction"] = forms.ChoiceField(
                label=say("Where it belongs"),
                choices=[(key, one.name) for key, one in self._places.items()],
            )
        self.fields["weights"] = forms.CharField(
            label=say("Column with the weight of each person"), max_length=120
        )
        self.fields["strata"] = forms.CharField(
            label=say("Column with the stratum"), max_length=120, required=False
        )
        self.fields["clusters"] = forms.CharField(
            label=say("Column with the cluster, such as a street"), max_length=120, required=False
        )

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return the jurisdiction that was chosen, or the only one."""
        key = self.cleaned_data.get("jurisdiction") or next(iter(self._places))
        return self._places[key]

    @property
    def columns(self) -> dict[str, str]:
        """Return the columns that were named."""
        return {name: self.cleaned_data[name] for name in ("weights", "strata", "clusters")}

    def clean(self) -> dict[str, Any]:
        """Refuse a name that is taken."""
        given = super().clean() or {}
        if "name" in given and not self.errors:
            taken = Survey.objects.filter(jurisdiction=self.jurisdiction, name=given["name"])
            if taken.exists():
                self.add_error("name", say("There is a survey of this name; choose another name."))
        return given


class WaveForm(forms.Form):
    """A file of answers, and when they were given."""

    def __init__(
        self,
        survey: Survey,
        data: Mapping[str, Any] | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(data, files)
        self._survey = survey
        self.fields["file"] = forms.FileField(
            label=say("File with the answers"),
            help_text=say("CSV or Parquet: a row for each who answered, answers as numbers."),
            allow_empty_file=True,
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
        )
        for name, label in (
            ("first_day", say("First day on which people were asked")),
            ("last_day", say("Last day on which people were asked")),
        ):
            self.fields[name] = forms.DateField(
                label=label,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d"],
            )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and a second wave of one day."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", say("The last day must not be before the first."))
        elif last and self._survey.waves.filter(last_day=last).exists():
            self.add_error("last_day", say("There is a wave that ends on this day already."))
        return given
