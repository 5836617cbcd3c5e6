"""Choice of a list of events; it lives in the address."""

from typing import Any

from django import forms

from schools.models import Municipality, School

STATES = {
    "": "запланировано",
    "overdue": "просрочено",
    "week": "на этой неделе",
    "soon": "в ближайшие 30 дней",
    "undated": "запланировано, срок не указан",
    "waiting": "отчёт на проверке",
    "held": "проведено",
}


class EventFilter(forms.Form):
    state = forms.ChoiceField(label="Какие", required=False, choices=list(STATES.items()))
    school = forms.ModelChoiceField(
        label="Школа", required=False, queryset=School.objects.none(), empty_label="все школы"
    )

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.of(municipality)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
