"""This file knows the forms of proposals, missions and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.assistance import MissionOutcome
from forestall.languages import Day, available_languages, language, say
from forestall.publication.language_names import language_name
from forestall.web.assistance.forms import day_field, words_field
from forestall.web.organisations.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from forestall.languages import Texts
    from forestall.web.assistance.sides import Side

_MOST_BYTES = 5_000_000


class InLanguage(forms.Form):
    """Words that are kept with their language."""

    def add_language(self) -> None:
        """Add the field for the language of the words."""
        self.fields["written_in"] = forms.ChoiceField(
            label=say("Language of this text"),
            initial=language(),
            choices=[(tag, language_name(tag)) for tag in available_languages()],
        )

    def texts(self, name: str) -> Texts:
        """Return the words of a field in their language; nothing if it is empty."""
        words = self.cleaned_data[name]
        return {self.cleaned_data["written_in"]: words} if words else {}


class AnswerForm(InLanguage):
    """How a side answers a proposal."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, sides: Sequence[Side]) -> None:
        super().__init__(data)
        if len(sides) > 1:
            self.fields["side"] = forms.ChoiceField(
                label=say("For whom you answer"),
                choices=[(one.value, str(one.words)) for one in sides],
            )
        self.fields["answer"] = forms.ChoiceField(
            label=say("Answer"),
            choices=[("accept", say("We accept")), ("decline", say("We decline"))],
            widget=forms.RadioSelect,
        )
        self.fields["because"] = words_field(
            say("Why"), say("Needed to decline. The other side reads it."), required=False
        )
        self.add_language()

    def clean(self) -> dict[str, Any]:
        """Ask why, if the answer is no."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "decline" and not given.get("because"):
            self.add_error("because", say("Say why, so that the other side understands it."))
        return given


class ReasonForm(InLanguage):
    """Why something is withdrawn."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["because"] = words_field(say("Why"), say("Others read it."))
        self.add_language()


class BeginMissionForm(forms.Form):
    """When a mission begins, and when it is first looked at again."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["started"] = day_field(say("First day"))
        self.fields["follow_up"] = day_field(say("First follow-up"))
        self.fields["follow_up"].required = False


class PlanFollowUpForm(forms.Form):
    """A further day on which a mission is looked at again."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["due"] = day_field(say("Day of the follow-up"))


class HoldFollowUpForm(InLanguage):
    """What was found when a mission was looked at again."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, due: Sequence[date]) -> None:
        super().__init__(data)
        self.fields["due"] = forms.ChoiceField(
            label=say("Follow-up"),
            choices=[(one.isoformat(), str(Day(one))) for one in due],
        )
        self.fields["held"] = day_field(say("Held on"))
        self.fields["found"] = words_field(say("What was found"))
        self.add_language()


class EndMissionForm(forms.Form):
    """The last day of a mission."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["ended"] = day_field(say("Last day"))


class ResultForm(InLanguage):
    """What came of a mission."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["outcome"] = forms.ChoiceField(
            label=say("Outcome"),
            choices=[(one.value, str(one.words)) for one in MissionOutcome],
        )
        self.fields["said"] = words_field(
            say("What came of it"), say("All members of the workspace read it.")
        )
        self.fields["learned"] = words_field(say("What others can learn from it"), required=False)
        self.fields["still_needed"] = words_field(say("What is still needed"), required=False)
        self.add_language()


class FileForm(forms.Form):
    """A file of assistance, and the place that answers for what it holds."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        places: Sequence[Jurisdiction],
    ) -> None:
        super().__init__(data, files)
        self.fields["holds"] = forms.ChoiceField(
            label=say("What it holds"),
            choices=[
                ("needs", say("Needs")),
                ("offers", say("Offers")),
                ("proposals", say("Proposals")),
            ],
        )
        if len(places) > 1:
            self.fields["place"] = forms.ModelChoiceField(
                label=say("Place that answers for it"),
                queryset=Jurisdiction.objects.filter(pk__in=[one.pk for one in places]),
            )
        self.fields["file"] = forms.FileField(label=say("File (JSON)"))

    def clean_file(self) -> Any:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(say("The file is larger than 5 MB; send a smaller one."))
        return file
