"""What stage 1 records: contacts and problems."""

from typing import Any

from django import forms
from django.utils import timezone

from common.widgets import date_input
from roadmaps.enums import Collective
from roadmaps.forms.choices import factors_of
from roadmaps.forms.fields import Labelled, Limits, offer
from roadmaps.models import Event, Problem, Roadmap, StageContact


class ContactForm(Limits, forms.ModelForm):
    """A contact of stage 1 (R019)."""

    class Meta:
        model = StageContact
        fields = ("collective", "happened_on", "note")
        widgets = {"happened_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "выберите коллектив"), *Collective.choices]
        self.fields["collective"].choices = choices  # type: ignore[attr-defined]

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Дата ещё не наступила: записывают то, что уже было")
        return day


class ProblemForm(Limits, forms.ModelForm):
    """A problem whose solution needs the partner school (R020)."""

    class Meta:
        model = Problem
        fields = ("text", "factor")
        field_classes = {"factor": Labelled}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["factor"], factors_of(roadmap, Event()), "не указан")
