"""The form of a paper of a school (R017)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from common.fields import OneRow
from common.widgets import date_input
from schools.enums import PaperKind
from schools.forms.attached import WithFile
from schools.models import RiskFactor, School, SchoolDocument

_BACK = '<a class="btn plain" href="{}">Не сейчас</a>'


class FactorChoice(OneRow):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class PaperForm(WithFile):
    """A programme, concept or anti-risk programme: a file, a link, or only its name."""

    title = forms.CharField(
        label="Название",
        required=False,
        max_length=300,
        help_text="Не указано – портал назовёт документ по его виду",
    )
    factor = FactorChoice(
        RiskFactor.objects.none(),
        label="Фактор риска",
        required=False,
        empty_label="не указан",
        help_text="Для антирисковой программы",
    )
    url = forms.URLField(
        label="Ссылка на сайте школы",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Напишите адрес целиком, например https://школа.рф/программа"},
    )

    class Meta:
        model = SchoolDocument
        fields = ["kind", "title", "factor", "number", "dated", "since", "until", "url"]
        widgets = {"dated": date_input()}
        help_texts = {"since": "Например: 2026/27"}

    def __init__(self, *args: Any, school: School, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        rows = RiskFactor.objects.for_municipality(school.municipality)
        chosen = Q(is_retired=False) | Q(pk=self.instance.factor_id)
        self.fields["factor"].queryset = rows.filter(chosen)  # type: ignore[attr-defined]
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", "Выберите вид"), *PaperKind.choices]
        files = self.offer_file(self.instance.file)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("kind", "factor"),
            "title",
            Row("number", "dated"),
            Fieldset("На какие учебные годы", Row("since", "until")),
            Fieldset("Сам документ", *files, "url"),
            ButtonHolder(Submit("save", "Сохранить документ"), HTML(format_html(_BACK, back_url))),
        )

    def clean_dated(self) -> Any:
        dated = self.cleaned_data["dated"]
        if dated and dated > timezone.localdate():
            raise forms.ValidationError("Это будущая дата. Укажите её, когда документ утвердят.")
        return dated

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Это раньше первого учебного года.")
        if data.get("factor") and data.get("kind") not in {None, PaperKind.ANTI_RISK}:
            self.add_error("factor", "Фактор указывают только у антирисковой программы.")
        if "kind" in data and not data.get("title") and "title" not in self.errors:
            factor = data.get("factor")
            kind = PaperKind(data["kind"]).label
            data["title"] = (f"{kind}: {factor.label}" if factor else str(kind))[:300]
        self.ask_again()
        return data
