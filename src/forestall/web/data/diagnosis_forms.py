"""This file knows the form by which a diagnosis is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import Day, available_languages, say
from forestall.publication.language_names import language_name
from forestall.records.manifest import read_manifest
from forestall.web.data.folders import store_folder
from forestall.web.data.models import AreaFile
from forestall.web.design.written import WrittenField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.records.manifest import Manifest
    from forestall.web.data.models import Store

LEAST, MOST, USUAL = 4, 9999, 5


class DiagnosisForm(forms.Form):
    """What a diagnosis is about, and in which form it is told."""

    def __init__(self, store: Store, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._store = store
        manifest = read_manifest(store_folder(store))
        assert manifest is not None
        self._first = date.fromisoformat(manifest.first_day)
        self._last = date.fromisoformat(manifest.last_day)
        self._ask_what(manifest)
        self._ask_form()

    def _check_has_records(self, day: date) -> None:
        """Refuse a day on which the store has no records, such as one in the year 1."""
        if not self._first <= day <= self._last:
            raise forms.ValidationError(
                say(
                    "The records are from {first} until {last}; choose a day among these.",
                    first=Day(self._first),
                    last=Day(self._last),
                )
            )

    def _ask_what(self, manifest: Manifest) -> None:
        self.fields["place"] = WrittenField(
            label=say("Name of the place"),
            initial=manifest.place_name or self._store.jurisdiction.name,
            max_length=120,
            required=False,
        )
        for name, label, day in (
            ("since", say("First day"), manifest.first_day),
            ("until", say("Last day"), manifest.last_day),
        ):
            self.fields[name] = forms.DateField(
                label=label,
                initial=day,
                required=False,
                validators=[self._check_has_records],
                widget=forms.DateInput(
                    attrs={"type": "date", "min": manifest.first_day, "max": manifest.last_day},
                    format="%Y-%m-%d",
                ),
            )
        kinds = sorted(one.label for one in manifest.offences)
        self.fields["offences"] = forms.MultipleChoiceField(
            label=say("Only these kinds"),
            help_text=say("Choose none for all of them."),
            choices=[(one, one) for one in kinds],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        areas = AreaFile.objects.filter(jurisdiction=self._store.jurisdiction)
        self.fields["areas"] = forms.ChoiceField(
            label=say("Areas, for tables and rates"),
            choices=[("", say("none")), *((str(one.pk), one.name) for one in areas)],
            required=False,
        )

    def _ask_form(self) -> None:
        own = self._store.jurisdiction.language
        self.fields["languages"] = forms.MultipleChoiceField(
            label=say("Languages of the report"),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
            initial=[own if own in available_languages() else "en"],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["formats"] = forms.MultipleChoiceField(
            label=say("Further formats"),
            help_text=say("The page and its tables are always made."),
            choices=[("pdf", "PDF"), ("docx", "Word")],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["threshold"] = forms.IntegerField(
            label=say("Smallest number that is shown"),
            help_text=say("Smaller ones are hidden, with their neighbours where needed."),
            min_value=LEAST,
            max_value=MOST,
            initial=USUAL,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", say("The last day must not be before the first."))
        return given

    @property
    def chosen_areas(self) -> AreaFile | None:
        """Return the areas that were chosen."""
        key = self.cleaned_data["areas"]
        return AreaFile.objects.get(pk=key) if key else None

    @property
    def options(self) -> dict[str, Any]:
        """Return what was asked for, as it is kept."""
        given = self.cleaned_data
        first = self._store.jurisdiction.language
        return {
            "place": given["place"],
            "since": given["since"].isoformat() if given["since"] else "",
            "until": given["until"].isoformat() if given["until"] else "",
            "offences": given["offences"],
            "languages": sorted(given["languages"], key=lambda tag: tag != first),
            "formats": given["formats"],
            "threshold": given["threshold"],
        }
