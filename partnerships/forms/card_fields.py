"""The plain fields of a partnership's card: words, basis, period, form of networking."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import AcademicYearFormField, OneRow
from partnerships.enums import GROUPS, NetworkForm, PartnershipKind, PeriodKind, Scenario
from partnerships.period import parse_partial
from schools.models import AssessmentProcedure

_WHEN = "Как известно: «2025», «сентябрь 2025» или «01.09.2025»"


class PartialDateField(forms.CharField):
    """Text in, `PartialDate` or None out; what was typed stays in `form.data`."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"required": False, "max_length": 100, "help_text": _WHEN}
        super().__init__(**usual | kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return parse_partial(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class CardFields(forms.Form):
    """The fields; the form that inherits them offers procedures and drops what does not fit."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Вид", choices=[(kind, kind.label) for kind in PartnershipKind if kind in GROUPS]
    )
    name = forms.CharField(label="Название", required=False, max_length=200)
    topic = forms.CharField(label="Тема", required=False, max_length=500)
    goal = forms.CharField(
        label="Общая цель", required=False, max_length=3000, widget=forms.Textarea({"rows": 2})
    )
    product = forms.CharField(
        label="Итоговый продукт",
        required=False,
        max_length=300,
        help_text="Например: сборник материалов",
    )
    reason = forms.CharField(
        label="Почему выбран этот партнёр",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Например: опыт, приобретённый в проекте «500+»",
    )
    scenario = forms.ChoiceField(label="Сценарий", choices=Scenario, initial=Scenario.UNSET)
    procedure = OneRow(
        AssessmentProcedure.objects.none(),
        label="Оценочная процедура",
        required=False,
        empty_label="не указана",
    )
    procedure_year = AcademicYearFormField(
        label="За какой учебный год", required=False, help_text="Например: 2025/26"
    )
    scenario_basis = forms.CharField(
        label="Результаты",
        required=False,
        max_length=500,
        help_text="Что показали ЕГЭ, ГИА, олимпиады в обеих школах",
    )
    lead_experience = forms.CharField(
        label="Управленческий опыт школы-лидера",
        required=False,
        max_length=500,
        help_text="Работа руководителя и администрации в новом или более сложном контексте",
    )
    start = PartialDateField(label="Начало")
    end = PartialDateField(label="Окончание", help_text="Можно не указывать")
    period_kind = forms.ChoiceField(
        label="Планируют и считают по", choices=PeriodKind, initial=PeriodKind.ACADEMIC
    )
    form_override = forms.ChoiceField(
        label="Форма взаимодействия",
        required=False,
        choices=[("", "как определил портал"), *NetworkForm.choices],
    )
    form_reason = forms.CharField(label="Почему так решено", required=False, max_length=300)
