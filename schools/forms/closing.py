"""A school is closed or handed over to its successor."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from common.russian import numeric_date
from common.widgets import date_input
from schools.forms.by_name import SchoolByName, suggestions
from schools.models import School

#: Before it no school of ours was there: a year was mistyped.
EARLIEST = date(1900, 1, 1)


class CloseForm(forms.Form):
    """From which day, who takes over, by what decision."""

    on = forms.DateField(
        label="С какого дня закрыта",
        widget=date_input(),
        error_messages={"invalid": "Напишите дату, например 31.08.2026"},
    )
    reason = forms.CharField(
        label="Основание или причина",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Например: постановление администрации, номер и дата",
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["successor"] = SchoolByName(
            of=school,
            only_open=True,
            label="Правопреемник",
            help_text="При реорганизации: школа, к которой присоединили, например СОШ №3",
        )
        self.order_fields(["on", "successor", "reason"])
        #: Names to choose the successor from.
        self.names = suggestions(school)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                "Этот день ещё не наступил: до него школа работает. "
                "Отметьте закрытие, когда он придёт."
            )
        if day < EARLIEST:
            raise forms.ValidationError(f"Проверьте год: {numeric_date(day)} – слишком давно.")
        return day

    def clean_successor(self) -> School | None:
        """Who took over this school's own predecessor chain cannot be taken over by it."""
        successor = self.cleaned_data["successor"]
        seen: set[int] = set()
        row = successor
        while row and row.pk not in seen:
            if row.pk == self.school.pk:
                raise forms.ValidationError(f"{successor} сама перешла к этой школе.")
            seen.add(row.pk)
            row = row.successor
        return successor
