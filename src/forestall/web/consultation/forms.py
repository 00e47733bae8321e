"""This file knows the forms of a consultation: of those who take part, and of who moderates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from forestall.languages import Day, say
from forestall.web.consultation.models import LONGEST_COMMENT, MOST_RANKED
from forestall.web.consultation.policies import stamp
from forestall.web.design.written import WrittenField
from forestall.web.plans.models import PlanRevision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forestall.web.consultation.draft import DraftPart
    from forestall.web.consultation.models import Consultation


class GuardedForm(forms.Form):
    """A form that everybody can send: it carries when it was shown, and a field for machines."""

    use_required_attribute = False
    what = ""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        # Nobody sees this field; only a machine that fills in everything gives an answer.
        self.fields["website"] = forms.CharField(
            label=say("Leave this empty"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        self.fields["shown_at"] = forms.CharField(
            widget=forms.HiddenInput, initial=stamp(), required=False
        )

    def show_again(self) -> None:
        """Carry the time at which the form is shown once more."""
        self.data = {name: self.data.get(name) for name in self.data} | {"shown_at": stamp()}

    def is_of_a_machine(self) -> bool:
        """Return whether the field that nobody sees was filled in."""
        return bool(self.data.get("website"))


class CommentForm(GuardedForm):
    """A comment on a part of the draft."""

    what = "comment"

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["text"] = WrittenField(
            label=say("Your comment"),
            help_text=say("Do not name people, and leave out what could tell who they are."),
            min_length=3,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        )


class RankingForm(GuardedForm):
    """Up to three problems, the first one first."""

    what = "ranking"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        problems: Sequence[DraftPart] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        choices = [("", say("– no choice –")), *((one.key, str(one.title)) for one in problems)]
        labels = (say("First"), say("Second"), say("Third"))
        for place, label in enumerate(labels[: min(MOST_RANKED, len(problems))]):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=place == 0
            )

    @property
    def order(self) -> list[str]:
        """Return the keys that were chosen."""
        given = (self.cleaned_data.get(f"place_{place}", "") for place in range(MOST_RANKED))
        return [one for one in given if one]


class OpenForm(forms.Form):
    """From when to when people are asked."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["opens"] = forms.DateField(label=say("First day"), widget=day)
        self.fields["ends"] = forms.DateField(
            label=say("Last day"),
            help_text=say("Four weeks or more leave people time to meet and talk."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class WithholdForm(forms.Form):
    """Why a comment is not shown."""

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reason"] = WrittenField(
            label=say("Why it is not shown"),
            help_text=say("Such as: it names a person, or it is not about the plan."),
            max_length=500,
        )


class ReplyForm(forms.Form):
    """A reply that everybody reads, and in which revision something was changed."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        consultation: Consultation,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["reply"] = WrittenField(
            label=say("Reply"),
            help_text=say("Everybody reads it. Say what was changed, or why nothing was."),
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        )
        later = PlanRevision.objects.filter(
            plan=consultation.plan, number__gt=consultation.revision.number
        )
        self.fields["changed_in"] = forms.TypedChoiceField(
            label=say("Changed in"),
            help_text=say("The revision in which the plan was changed; its difference is shown."),
            required=False,
            coerce=lambda number: later.get(number=int(number)),
            empty_value=None,
            choices=[
                ("", say("nothing was changed")),
                *((str(one.number), _revision_words(one)) for one in later[:50]),
            ],
        )


class RecordForm(forms.Form):
    """How people were asked; for each part, what they said and what was changed."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.parts = parts
        self.fields["how"] = WrittenField(
            label=say("How people were asked"),
            help_text=say("Such as: a page open to everybody, and two meetings."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for place, (_, title) in enumerate(parts):
            for name, label in (
                ("said", say("On “{part}”: what was said, summed up", part=title)),
                ("changed", say("On “{part}”: what was changed, or why not", part=title)),
            ):
                self.fields[f"{name}_{place}"] = WrittenField(
                    label=label,
                    required=False,
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )

    @property
    def voices(self) -> list[tuple[str, str]]:
        """Return what was said and changed, where something was said."""
        pairs = (
            (self.cleaned_data[f"said_{place}"], self.cleaned_data[f"changed_{place}"])
            for place in range(len(self.parts))
        )
        return [(said, changed) for said, changed in pairs if said]


def _revision_words(revision: PlanRevision) -> str:
    return say(
        "Revision {number}, saved {day}",
        number=revision.number,
        day=Day(revision.saved_at.date()),
    )
