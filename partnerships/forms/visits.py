"""A visit: when, to whom, why, what was found, what comes next (R046); the filter of visits."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.html import format_html

from common.fields import OneRow
from common.widgets import date_input
from partnerships.actions.visits import FIELDS, mark_of
from partnerships.enums import StepSide
from partnerships.models import Partnership, PartnershipMember, Visit
from partnerships.period import EARLIEST

_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'
STEPS = {
    "owed": "не сделан",
    "overdue": "просрочен",
    "done": "сделан",
    "none": "не назначен",
}


class MemberRow(OneRow):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.school.short_name} ({obj.get_role_display()})"


class VisitForm(forms.ModelForm):
    """`mark` tells what stood there when the form of a known visit was opened."""

    school = MemberRow(
        PartnershipMember.objects.none(),
        label="Какую школу посетили",
        required=False,
        empty_label="несколько школ или другое место",
    )
    found = forms.CharField(
        label="Что выяснилось",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta:
        model = Visit
        fields = [*FIELDS]
        labels = {
            "visited_on": "Дата",
            "purpose": "Цель",
            "next_step": "Что сделать",
            "next_step_by": "Срок шага",
            "next_step_side": "Кто делает шаг",
            "step_done_on": "Когда шаг сделан",
        }
        help_texts = {
            "purpose": "Например: посещение уроков, разбор дорожной карты",
            "next_step": "Одно дело: кто его делает, выберите рядом. Этой стороне придёт "
            "уведомление",
        }

    def __init__(self, *args: Any, partnership: Partnership, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.partnership = partnership
        is_new = self.instance.pk is None
        fields: dict[str, Any] = self.fields
        members = PartnershipMember.objects.filter(partnership=partnership)
        fields["school"].queryset = members.select_related("school")
        fields["next_step_side"].choices = [("", "выберите"), *StepSide.choices]
        for name in ("visited_on", "next_step_by", "step_done_on"):
            fields[name].widget = date_input()
        if is_new:
            del fields["step_done_on"]
            fields["visited_on"].initial = timezone.localdate
            self.initial["school"] = _only(partnership.targets)
        else:
            self.initial["mark"] = mark_of(self.instance)
        done = [] if is_new else ["step_done_on"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "mark",
            Row("visited_on", "school"),
            "purpose",
            "found",
            Fieldset("Следующий шаг", "next_step", Row("next_step_side", "next_step_by"), *done),
            ButtonHolder(
                Submit("save", "Записать посещение" if is_new else "Сохранить"),
                HTML(format_html(_BACK, back_url)),
            ),
        )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def _post_clean(self) -> None:
        """The action alone writes the visit; the form only reads what was typed."""

    def clean_visited_on(self) -> date:
        day = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Запишите посещение, когда оно пройдёт.")
        if day.year < EARLIEST:
            raise forms.ValidationError(f"Проверьте год: он раньше {EARLIEST}-го.")
        return day

    def clean_step_done_on(self) -> date | None:
        day = self.cleaned_data["step_done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Отметьте шаг, когда он будет сделан.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        visited, due, step = data.get("visited_on"), data.get("next_step_by"), data.get("next_step")
        if visited and due and due < visited:
            self.add_error("next_step_by", "Срок шага раньше посещения.")
        if step and not data.get("next_step_side") and "next_step_side" not in self.errors:
            self.add_error("next_step_side", "Укажите, кто делает следующий шаг.")
        told = due or data.get("next_step_side") or data.get("step_done_on")
        if told and not step and "next_step" not in self.errors:
            self.add_error("next_step", "Напишите, что сделать, или уберите срок и сторону.")
        return data


class VisitFilter(forms.Form):
    """Choice of the list; lives in the address."""

    q = forms.CharField(label="Цель или что выяснилось", required=False, max_length=200)
    step = forms.ChoiceField(
        label="Следующий шаг", required=False, choices=[("", "Любой"), *STEPS.items()]
    )
    side = forms.ChoiceField(
        label="Кто делает шаг", required=False, choices=[("", "Все"), *StepSide.choices]
    )


def _only(members: list[PartnershipMember]) -> int | None:
    """The one target of a pair."""
    return members[0].pk if len(members) == 1 else None
