"""A step of the life cycle with its comment; a visit."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.html import format_html

from common.widgets import date_input
from partnerships.enums import NEEDS_COMMENT, VERB_LABELS
from partnerships.models import Partnership, Visit

_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'


class MoveForm(forms.Form):
    """The reason is required where the step stops or ends the work."""

    comment = forms.CharField(
        label="Пояснение", max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, verb: str, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["comment"]
        field.required = verb in NEEDS_COMMENT
        field.label = "Почему" if field.required else "Пояснение, если нужно"
        field.help_text = "Пояснение увидят участники партнёрства"
        look = "bad wide" if verb in {"decline", "finish"} else "main wide"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "comment",
            ButtonHolder(
                Submit("move", VERB_LABELS[verb].capitalize(), css_class=look),
                HTML(format_html(_BACK, back_url)),
            ),
        )


class VisitForm(forms.ModelForm):
    """When, why, what was found, what comes next (R046)."""

    found = forms.CharField(
        label="Что выяснилось",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
    )

    class Meta:
        model = Visit
        fields = ["visited_on", "purpose", "found", "next_step", "next_step_by"]
        labels = {"visited_on": "Дата", "purpose": "Цель", "next_step_by": "Срок шага"}
        help_texts = {"next_step": "Что сделать дальше и кто это делает"}

    def __init__(self, *args: Any, partnership: Partnership, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.partnership = partnership
        for name in ("visited_on", "next_step_by"):
            self.fields[name].widget = date_input()
        self.fields["visited_on"].initial = timezone.localdate
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "visited_on",
            "purpose",
            "found",
            Row("next_step", "next_step_by"),
            ButtonHolder(Submit("save", "Записать посещение"), HTML(format_html(_BACK, back_url))),
        )

    def clean_visited_on(self) -> Any:
        day = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Запишите посещение, когда оно пройдёт.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        visited, due = data.get("visited_on"), data.get("next_step_by")
        if visited and due and due < visited:
            self.add_error("next_step_by", "Срок шага раньше посещения.")
        if due and not data.get("next_step"):
            self.add_error("next_step", "Укажите, что сделать к этому сроку.")
        return data
