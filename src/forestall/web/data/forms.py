"""This file knows the forms by which files are brought and areas are added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import say
from forestall.web.data.inbox import inbox_files
from forestall.web.data.models import Store
from forestall.web.data.received import AREAS, INCIDENTS
from forestall.web.design.written import WrittenField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from forestall.web.organisations.models import Jurisdiction

    Files = MultiValueDict[str, UploadedFile[Any]]


class ManyFiles(forms.ClearableFileInput):
    """A field from which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; empty ones are refused later, with their name."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return all files as they came."""
        given = data if isinstance(data, list | tuple) else [data]
        return [one for one in given if one]


class StoreForm(forms.Form):
    """The name of a new store, and where it belongs."""

    def __init__(
        self, places: Sequence[Jurisdiction], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self._places = {str(one.pk): one for one in places}
        self.fields["name"] = WrittenField(
            label=say("What the records are"),
            help_text=say("Such as “Recorded crime” or “Calls about noise”."),
            max_length=120,
        )
        if len(places) > 1:
            self.fields["jurisdiction"] = forms.ChoiceField(
                label=say("Where they belong"),
                choices=[(key, one.name) for key, one in self._places.items()],
            )

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return the jurisdiction that was chosen, or the only one."""
        key = self.cleaned_data.get("jurisdiction") or next(iter(self._places))
        return self._places[key]

    def clean(self) -> dict[str, Any]:
        """Refuse a name that is taken."""
        given = super().clean() or {}
        if "name" in given and not self.errors:
            taken = Store.objects.filter(jurisdiction=self.jurisdiction, name=given["name"])
            if taken.exists():
                self.add_error("name", say("There is a store of this name; choose another name."))
        return given


class ImportForm(forms.Form):
    """Files with incidents, from the computer of the person or the inbox of the server."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Files | None = None) -> None:
        super().__init__(data, files)
        self.fields["files"] = FilesField(
            label=say("Files from your computer"),
            help_text=say("CSV, Parquet, GeoJSON or GeoPackage; also packed as zip or gzip."),
            required=False,
            widget=ManyFiles(attrs={"accept": ",".join((*INCIDENTS, ".toml"))}),
        )
        waiting = inbox_files()
        if waiting:
            self.fields["inbox"] = forms.MultipleChoiceField(
                label=say("Files in the inbox of the server"),
                choices=[(name, name) for name in waiting],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )


class AreasForm(forms.Form):
    """A file with areas, and its columns where their names do not say it."""

    def __init__(
        self,
        places: Sequence[Jurisdiction],
        data: Mapping[str, Any] | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(data, files)
        self._places = {str(one.pk): one for one in places}
        self.fields["name"] = WrittenField(
            label=say("What the areas are"), help_text=say("Such as “Wards”."), max_length=120
        )
        if len(places) > 1:
            self.fields["jurisdiction"] = forms.ChoiceField(
                label=say("Where they belong"),
                choices=[(key, one.name) for key, one in self._places.items()],
            )
        self.fields["file"] = forms.FileField(
            label=say("File"),
            help_text=say("GeoJSON, GeoPackage or GeoParquet with polygons."),
            allow_empty_file=True,
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(AREAS)}),
        )
        self.fields["code"] = _column(say("Column with the code of each area"))
        self.fields["column"] = _column(say("Column with the name of each area"))
        self.fields["population"] = _column(say("Column with residents or households, for rates"))

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return the jurisdiction that was chosen, or the only one."""
        key = self.cleaned_data.get("jurisdiction") or next(iter(self._places))
        return self._places[key]

    @property
    def columns(self) -> dict[str, str]:
        """Return the columns that were named."""
        given = self.cleaned_data
        return {
            "code": given["code"],
            "name_column": given["column"],
            "population": given["population"],
        }


def _column(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False)
