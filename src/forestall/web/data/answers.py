"""This file knows the questions about columns of an unknown publisher, and the mapping they make.

Only what the reader needs is asked, and what can be guessed is filled in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms

from forestall.languages import say
from forestall.records.readers.mapped import GEOMETRY_X

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = ("incident_id", "offence", "ends_at", "area")
_POINTS = ("longitude", "latitude", "x", "y")


class ColumnsForm(forms.Form):
    """What the columns of a file mean."""

    def __init__(self, questions: dict[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._asked = questions
        guessed, formats = questions["guessed"], questions["formats"]
        starts = guessed.get("starts_at") or ""
        starts = starts if isinstance(starts, list) else [starts]
        self.fields["starts_at"] = self._column(
            say("Which column has the date?"), starts[0], required=True
        )
        self.fields["starts_time"] = self._column(
            say("Which column has the time, where it stands apart?"),
            starts[1] if len(starts) > 1 else "",
        )
        self.fields["format"] = forms.CharField(
            label=say("How is the date written?"),
            help_text=say("Such as %d/%m/%Y %H:%M; write iso for 2024-05-31."),
            initial=formats.get("starts_at") or "iso",
            max_length=60,
        )
        self.fields["offence"] = self._column(
            say("Which column says what happened?"), _first(guessed.get("offence"))
        )
        self.fields["all_are"] = forms.CharField(
            label=say("Or what are all of them?"),
            help_text=say("Such as “Burglary”, when no column says it."),
            max_length=120,
            required=False,
        )
        if GEOMETRY_X not in questions["columns"]:
            self._ask_points(guessed)
        self._ask_rest(guessed)

    def _ask_points(self, guessed: dict[str, Any]) -> None:
        labels = {
            "longitude": say("Which column has the longitude?"),
            "latitude": say("Which column has the latitude?"),
            "x": say("Or which has the easting (x)?"),
            "y": say("And which the northing (y)?"),
        }
        for ours in _POINTS:
            self.fields[ours] = self._column(labels[ours], _first(guessed.get(ours)))
        self.fields["crs"] = forms.CharField(
            label=say("In which projection are easting and northing?"),
            help_text=say("Such as EPSG:27700; not needed for longitude and latitude."),
            initial=self._asked["about"].get("crs", ""),
            max_length=40,
            required=False,
        )

    def _ask_rest(self, guessed: dict[str, Any]) -> None:
        self.fields["incident_id"] = self._column(
            say("Which column has the number of the incident?"), _first(guessed.get("incident_id"))
        )
        self.fields["area"] = self._column(
            say("Which column names the area?"), _first(guessed.get("area"))
        )
        self.fields["location"] = forms.ChoiceField(
            label=say("How exact are the points?"),
            choices=[
                ("exact", say("the address itself")),
                ("block", say("the block or the street")),
                ("snapped", say("moved to the nearest of a set of points, or rounded")),
                ("area", say("the middle of an area")),
            ],
            initial=self._asked["location"],
        )
        self.fields["timezone"] = forms.CharField(
            label=say("In which time zone were the clocks?"),
            help_text=say("Such as Europe/London."),
            max_length=60,
        )
        self.fields["place"] = forms.CharField(
            label=say("What place are the records about?"), max_length=120, required=False
        )

    def _column(self, label: str, guess: str, *, required: bool = False) -> forms.ChoiceField:
        columns = self._asked["columns"]
        return forms.ChoiceField(
            label=label,
            choices=[("", say("none")), *((name, name) for name in columns)],
            initial=guess if guess in columns else "",
            required=required,
        )

    def clean_timezone(self) -> str:
        """Refuse what is no time zone."""
        given = str(self.cleaned_data["timezone"]).strip()
        if given not in available_timezones():
            raise forms.ValidationError(
                say("A time zone is named by continent and city, such as Europe/London.")
            )
        return given

    def clean(self) -> dict[str, Any]:
        """Ask for what happened and for where, each in one of two ways."""
        given = super().clean() or {}
        if not given.get("offence") and not given.get("all_are"):
            self.add_error("offence", say("Choose the column, or say what all of them are."))
        if "longitude" in self.fields:
            degrees = given.get("longitude") and given.get("latitude")
            metres = given.get("x") and given.get("y")
            if not degrees and not metres:
                self.add_error(
                    "longitude", say("Choose longitude and latitude, or easting and northing.")
                )
            elif not degrees and not given.get("crs"):
                self.add_error("crs", say("Easting and northing need their projection."))
        return given

    def mapping(self) -> str:
        """Return the answers as a mapping for the reader (TOML)."""
        given = self.cleaned_data
        about = {"timezone": given["timezone"], "place": given.get("place", "")}
        columns: dict[str, Any] = {ours: given.get(ours) for ours in _OURS}
        columns["starts_at"] = [one for one in (given["starts_at"], given["starts_time"]) if one]
        degrees = bool(given.get("longitude") and given.get("latitude"))
        for ours in _POINTS[:2] if degrees else _POINTS[2:]:
            columns[ours] = given.get(ours)
        if not degrees:
            about["crs"] = given.get("crs", "")
        if not given.get("offence"):
            about["offence"] = given["all_are"]
        formats = {"starts_at": given["format"]}
        parts = {
            "about": about,
            "columns": columns,
            "formats": formats,
            "precision": {"location": given["location"]},
        }
        return "\n".join(_table(name, values) for name, values in parts.items())


def _table(name: str, values: dict[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if value]
    return "\n".join([f"[{name}]", *lines, ""])


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _first(guess: Any) -> str:
    return str((guess[0] if guess else "") if isinstance(guess, list) else guess or "")
