"""The order of a run of matching and the filter of its pairs."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils import timezone

from common.academic_year import AcademicYear
from partnerships.matching.facts import BY_EXPERIENCE, EVEN, PRESETS
from partnerships.runs.table import DIFFERS, PENDING, UNPAIRED


def _years() -> list[tuple[str, str]]:
    """The current academic year, the next and the last one."""
    now = AcademicYear.of(timezone.localdate())
    return [(year.label, f"{year.label} учебный год") for year in (now, now.next, now.previous)]


class RunForm(forms.Form):
    """Which year's facts, and by which two weightings to compare."""

    year = forms.ChoiceField(
        label="За какой год", help_text="Категории и факторы риска школ берутся за этот год"
    )
    first = forms.ChoiceField(
        label="Первый вариант", widget=forms.RadioSelect, initial=BY_EXPERIENCE.code
    )
    second = forms.ChoiceField(label="Второй вариант", widget=forms.RadioSelect, initial=EVEN.code)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(one.code, f"{one.name.capitalize()}. {one.hint}") for one in PRESETS.values()]
        choices = {"year": _years(), "first": told, "second": told}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("year", Fieldset("Что сравнить", "first", "second"))
        self.helper.add_input(Submit("order", "Подобрать пары"))

    def clean_year(self) -> AcademicYear:
        return AcademicYear.parse(self.cleaned_data["year"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("first") and told.get("first") == told.get("second"):
            self.add_error(
                "second", "Выберите другой вариант: сравнивать вариант с самим собой незачем."
            )
        return told

    @property
    def variants(self) -> list[str]:
        return [self.cleaned_data["first"], self.cleaned_data["second"]]


class RunFilter(forms.Form):
    """Choice of the pairs; lives in the address."""

    show = forms.ChoiceField(
        label="Показать",
        required=False,
        choices=[
            ("", "Все целевые школы"),
            (DIFFERS, "Только различия"),
            (UNPAIRED, "Без пары"),
            (PENDING, "Не решено"),
        ],
    )
    q = forms.CharField(label="Школа", required=False, max_length=200)
