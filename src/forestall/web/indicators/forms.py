"""This file knows the forms by which an indicator is linked to a store or to a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.errors import ForestallError
from forestall.languages import Number, say
from forestall.records.manifest import read_manifest
from forestall.web.data.diagnosing import read_areas
from forestall.web.data.diagnosis_forms import LEAST, MOST, USUAL
from forestall.web.data.folders import store_folder
from forestall.web.data.models import AreaFile
from forestall.web.design.written import WrittenField
from forestall.web.indicators.counting import UNITS
from forestall.web.indicators.written import PERIODS, code_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.web.data.models import Store

_PER = (1_000, 10_000, 100_000)
_MOST_PEOPLE = 10_000_000_000


class StoreSourceForm(forms.Form):
    """What is counted in a store, by which period, and for how many people."""

    def __init__(
        self, store: Store, data: Mapping[str, Any] | None = None, *, held: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=_initial(held))
        self._files = list(AreaFile.objects.filter(jurisdiction=store.jurisdiction))
        manifest = read_manifest(store_folder(store))
        assert manifest is not None
        kinds = sorted(one.label for one in manifest.offences)
        self.fields["offences"] = forms.MultipleChoiceField(
            label=say("Kinds that count"),
            help_text=say("Choose none for all of them."),
            choices=[(one, one) for one in kinds],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["period"] = forms.ChoiceField(
            label=say("Count for each"),
            help_text=say("Choose the period that the first figure of the objective is for."),
            choices=[(one, str(PERIODS[one])) for one in UNITS],
            widget=forms.RadioSelect,
        )
        if self._files:
            self._ask_area()
        self._ask_rate()

    def _ask_area(self) -> None:
        self.fields["areas"] = forms.ChoiceField(
            label=say("Only in one area of"),
            choices=[("", say("everywhere")), *((str(one.pk), one.name) for one in self._files)],
            required=False,
        )
        self.fields["area"] = forms.CharField(
            label=say("Code or name of the area"), max_length=120, required=False
        )

    def _ask_rate(self) -> None:
        self.fields["population"] = forms.IntegerField(
            label=say("For a rate: how many people live there"),
            help_text=say("Left empty, incidents are counted as they are."),
            min_value=1,
            max_value=_MOST_PEOPLE,
            required=False,
        )
        self.fields["population_source"] = WrittenField(
            label=say("From which source the number of people is"), max_length=120, required=False
        )
        self.fields["per"] = forms.TypedChoiceField(
            label=say("Rate per so many people"),
            choices=[(str(one), str(Number(one))) for one in _PER],
            coerce=int,
        )
        self.fields["threshold"] = forms.IntegerField(
            label=say("Smallest number that is shown"),
            help_text=say("A period with fewer incidents gets no figure; a longer period helps."),
            min_value=LEAST,
            max_value=MOST,
        )

    def clean(self) -> dict[str, Any]:
        """Find the area that is meant, and ask for the source of a population."""
        given = super().clean() or {}
        if given.get("population") and not given.get("population_source"):
            self.add_error("population_source", say("This is needed, too."))
        self._area: tuple[str, str] | None = None
        if given.get("areas"):
            self._find_area(given)
        elif given.get("area"):
            self.add_error("areas", say("Choose the file that the area is in."))
        return given

    def _find_area(self, given: Mapping[str, Any]) -> None:
        wanted = str(given.get("area", "")).strip()
        file = next(one for one in self._files if str(one.pk) == given["areas"])
        try:
            areas = read_areas(file)
        except ForestallError as reason:
            self.add_error("areas", str(reason))
            return
        found = [
            (str(code), str(name))
            for code, name in zip(areas.codes, areas.names, strict=True)
            if wanted and wanted.casefold() in (str(code).casefold(), str(name).casefold())
        ]
        if len(found) == 1:
            self._area = found[0]
            return
        said = (
            say("Several areas are called so; write the code of the one you mean.")
            if found
            else say("The file has no area of this code or name.")
        )
        self.add_error("area", said)

    @property
    def settings(self) -> dict[str, Any]:
        """Return what was chosen, as it is kept."""
        given = self.cleaned_data
        code, name = self._area or ("", "")
        return {
            "offences": given["offences"],
            "areas": int(given["areas"]) if code else None,
            "area": code,
            "area_name": name,
            "period": given["period"],
            "population": given["population"],
            "population_source": given["population_source"] if given["population"] else "",
            "per": given["per"],
            "threshold": given["threshold"],
        }


class SurveySourceForm(forms.Form):
    """Which answers to a question of a survey count."""

    def __init__(
        self,
        column: str,
        codes: Sequence[float],
        data: Mapping[str, Any] | None = None,
        *,
        held: Mapping[str, Any],
    ) -> None:
        known = held if held.get("column") == column else {}
        super().__init__(
            data,
            initial={
                "wording": known.get("wording", ""),
                "counted": [code_words(one) for one in known.get("counted", [])],
                "no_answer": [code_words(one) for one in known.get("no_answer", [])],
            },
        )
        self._column, self._codes = column, list(codes)
        choices = [(code_words(one), code_words(one)) for one in codes]
        self.fields["wording"] = WrittenField(
            label=say("The question as it was asked"),
            help_text=say("It stands with every figure in the plan."),
            max_length=300,
        )
        self.fields["counted"] = forms.MultipleChoiceField(
            label=say("Answers that count"),
            help_text=say("The figure is the share of people who gave one of them, in per cent."),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["no_answer"] = forms.MultipleChoiceField(
            label=say("Codes that mean no answer"),
            help_text=say("Such as “do not know”; these people are left out."),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that counts and is none, and a question without another answer."""
        given = super().clean() or {}
        if set(given.get("counted", [])) & set(given.get("no_answer", [])):
            self.add_error("no_answer", say("A code cannot count and mean no answer as well."))
        return given

    @property
    def settings(self) -> dict[str, Any]:
        """Return what was chosen, as it is kept."""
        given = self.cleaned_data
        return {
            "column": self._column,
            "codes": self._codes,
            "wording": given["wording"],
            "counted": [float(one) for one in given["counted"]],
            "no_answer": [float(one) for one in given["no_answer"]],
        }


def _initial(held: Mapping[str, Any]) -> dict[str, Any]:
    usual = {"period": "year", "per": _PER[0], "threshold": USUAL}
    known = {name: one for name, one in held.items() if one not in (None, "")}
    return {**usual, **known}
