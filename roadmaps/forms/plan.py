"""A new roadmap, and the reason of a cancelled event."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from common.academic_year import AcademicYear
from partnerships.models import Partnership
from roadmaps.due import Period
from roadmaps.forms.fields import Limits, offer


class RoadmapForm(forms.Form):
    """A new roadmap: whose and for which year."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Партнёрство", empty_label="выберите партнёрство"
    )
    period = forms.ChoiceField(label="Период")
    again = forms.BooleanField(
        label="Создать ещё одну карту на этот период", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, partnerships: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["partnership"], partnerships)
        today = timezone.localdate()
        school = AcademicYear.of(today)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("Учебный год", [(f"a{y.start}", f"{y} учебный год") for y in _around(school)]),
            ("Календарный год", [(f"c{y}", f"{y} год") for y in (today.year, today.year + 1)]),
        ]
        self.fields["period"].initial = f"a{school.start}"

    def clean_period(self) -> Period:
        """The days of the chosen year."""
        sort, number = self.cleaned_data["period"][0], int(self.cleaned_data["period"][1:])
        if sort == "a":
            year = AcademicYear(number)
            return Period(year.starts, year.ends)
        return Period(date(number, 1, 1), date(number, 12, 31))

    def ask_again(self) -> None:
        """Show the tick that confirms a second roadmap for the same period."""
        self.fields["again"].widget = forms.CheckboxInput()


def _around(year: AcademicYear) -> list[AcademicYear]:
    return [year.previous, year, year.next]


class ReasonForm(Limits, forms.Form):
    """Why an event is cancelled."""

    reason = forms.CharField(
        label="Почему отменяется",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Укажите, почему мероприятие отменено"},
    )
