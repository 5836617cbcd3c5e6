"""Forms of requests of management teams (R050)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from common.academic_year import AcademicYear
from common.fields import SeveralRows
from common.widgets import date_input
from schools.forms.papers import FactorChoice
from schools.models import Municipality, RiskFactor, School, TeamRequest

STATES = {"waiting": "ждут ответа", "answered": "отвеченные"}
EARLIEST_YEAR = 2015
_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'


class FactorRows(SeveralRows):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class RequestForm(forms.ModelForm):
    """What the team asks for and which factors it is about."""

    factors = FactorRows(
        RiskFactor.objects.none(),
        label="О каких факторах риска речь",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = TeamRequest
        fields = ["dated", "text"]
        widgets = {"dated": date_input(), "text": forms.Textarea({"rows": 6})}
        help_texts = {"text": "Какая помощь нужна школе и от кого. До 3000 знаков"}

    def __init__(self, *args: Any, school: School, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        if self.instance.dated is None:
            self.initial["dated"] = timezone.localdate()
        chosen = list(self.instance.factors.all()) if self.instance.pk else []
        self.initial["factors"] = [factor.pk for factor in chosen]
        rows = RiskFactor.objects.for_municipality(school.municipality)
        offered = Q(is_retired=False) | Q(pk__in=self.initial["factors"])
        self.fields["factors"].queryset = rows.filter(offered)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "dated",
            "text",
            "factors",
            ButtonHolder(Submit("save", "Сохранить запрос"), HTML(format_html(_BACK, back_url))),
        )

    def clean_dated(self) -> Any:
        dated = self.cleaned_data["dated"]
        if dated > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Укажите день, когда записан запрос.")
        if dated.year < EARLIEST_YEAR:
            raise forms.ValidationError(f"Проверьте год: он раньше {EARLIEST_YEAR}-го.")
        return dated


class AnswerForm(forms.ModelForm):
    """What was decided."""

    class Meta:
        model = TeamRequest
        fields = ["answer"]
        widgets = {"answer": forms.Textarea({"rows": 5})}
        help_texts = {"answer": "Школа получит уведомление. До 3000 знаков"}

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
        self.helper = FormHelper()
        self.helper.form_error_title = "Ответ не сохранён: исправьте отмеченное"
        self.helper.layout = Layout(
            "answer",
            ButtonHolder(Submit("save", "Ответить"), HTML(format_html(_BACK, back_url))),
        )


class RequestFilter(forms.Form):
    """Search and choice of the list; lives in the address."""

    q = forms.CharField(label="Школа", required=False, max_length=200)
    factor = FactorChoice(
        RiskFactor.objects.none(), label="Фактор риска", required=False, empty_label="Любой"
    )
    state = forms.ChoiceField(label="Ответ", required=False, choices=[("", "Все"), *STATES.items()])
    year = forms.ChoiceField(label="Учебный год", required=False)

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["factor"].queryset = RiskFactor.objects.for_municipality(municipality)
        last = AcademicYear.of(timezone.localdate()).start
        years = [AcademicYear(start) for start in range(last, EARLIEST_YEAR - 2, -1)]
        fields["year"].choices = [("", "Все"), *((str(y.start), str(y)) for y in years)]
