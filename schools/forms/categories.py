"""Forms of categories of schools."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError

from common.academic_year import AcademicYear
from common.fields import OneRow
from common.widgets import date_input
from schools.actions.categories import NewBasis, Term
from schools.enums import BasisKind
from schools.models import BasisDocument, Category, Municipality, School
from schools.uploads import ACCEPT, HINT, checked

#: Years back for which a category may be written down, and ahead.
BACK, AHEAD = 10, 2
#: Documents to choose from, the newest first; an older one is named anew.
MOST_DOCUMENTS = 100
_NO_YEAR = "Выберите учебный год из списка"


class YearChoice(forms.TypedChoiceField):
    """A choice of academic years around today, the newest first."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": _NO_YEAR, "required": _NO_YEAR}
        defaults = {"coerce": AcademicYear.parse, "empty_value": None, "error_messages": messages}
        super().__init__(**defaults | kwargs)

    def offer(self, current: AcademicYear, *, empty: str = "") -> None:
        years = range(current.start + AHEAD, current.start - BACK - 1, -1)
        labels = [(AcademicYear(start).label,) * 2 for start in years]
        self.choices = [("", empty), *labels] if empty else labels


class CategoryForm(forms.Form):
    """Which category, for which years, on what basis: a document at hand or a new one."""

    category = OneRow(Category.objects.none(), label="Категория", empty_label="Выберите категорию")
    since = YearChoice(label="С учебного года")
    until = YearChoice(
        label="По учебный год", required=False, help_text="Последний год, если он известен"
    )
    end_merged = forms.BooleanField(required=False)
    count = forms.IntegerField(widget=forms.HiddenInput, required=False)
    basis = OneRow(
        BasisDocument.objects.none(),
        label="Документ из уже внесённых",
        required=False,
        empty_label="не выбран",
    )
    kind = forms.ChoiceField(label="Вид документа", choices=BasisKind.choices, required=False)
    number = forms.CharField(label="Номер", max_length=50, required=False)
    dated = forms.DateField(
        label="Дата",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "Такой даты нет. Пример: 19.11.2026"},
    )
    title = forms.CharField(label="О чём", max_length=300, required=False)
    file = forms.FileField(
        label="Файл",
        required=False,
        allow_empty_file=True,
        max_length=255,
        help_text=HINT,
        widget=forms.FileInput({"accept": ACCEPT}),
    )

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        current: AcademicYear,
        merged: Sequence[School],
        **kwargs: Any,
    ) -> None:
        """`merged`: schools among the chosen that hold «ШНОР и ШНСУ»."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = Category.objects.for_municipality(municipality).current()
        fields["since"].offer(current)
        fields["until"].offer(current, empty="без срока")
        self.initial = {"since": current.label, "end_merged": True, **self.initial}
        known = BasisDocument.objects.filter(municipality=municipality)
        fields["basis"].queryset = known
        first = known[:MOST_DOCUMENTS]
        fields["basis"].choices = [("", "не выбран"), *((row.pk, str(row)) for row in first)]
        self._offer_merged(merged)
        self.helper = self._helper(bool(merged))

    def _offer_merged(self, merged: Sequence[School]) -> None:
        if not merged:
            del self.fields["end_merged"]
            return
        names = ", ".join(str(school) for school in merged)
        field = self.fields["end_merged"]
        field.label = "Завершить «ШНОР и ШНСУ» там, где назначается ШНОР или ШНСУ"
        field.help_text = f"Общая категория записана: {names}"

    def _helper(self, has_merged: bool) -> FormHelper:
        helper = FormHelper()
        helper.form_error_title = "Категория не назначена: исправьте отмеченное"
        helper.layout = Layout(
            Fieldset(
                "Категория", "category", Row("since", "until"), *(["end_merged"] * has_merged)
            ),
            Fieldset("Основание", "basis"),
            Fieldset("Или новый документ", Row("kind", "number", "dated"), "title", "file"),
            "count",
            ButtonHolder(Submit("set", "Назначить категорию")),
        )
        return helper

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload:
            checked(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Последний год раньше первого. Выберите его не раньше первого.")
        if data.get("basis") and self._describes_new(data):
            text = "Выберите внесённый документ или опишите новый, что-то одно."
            self.add_error("basis", ValidationError(text))
        return data

    @staticmethod
    def _describes_new(data: dict[str, Any]) -> bool:
        return any(data.get(name) for name in ("number", "dated", "title", "file"))

    def term(self) -> Term:
        data = self.cleaned_data
        return Term(data["category"], data["since"], data["until"])

    def chosen_basis(self) -> BasisDocument | NewBasis | None:
        data = self.cleaned_data
        if data["basis"] or not self._describes_new(data):
            return data["basis"]
        kind = data["kind"] or BasisKind.OTHER
        return NewBasis(kind, data["number"], data["dated"], data["title"], data["file"])


class EndForm(forms.Form):
    """The last academic year of one category."""

    until = YearChoice(label="Последний учебный год")

    def __init__(
        self, *args: Any, current: AcademicYear, since: AcademicYear, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.since = since
        self.fields["until"].offer(current)  # type: ignore[attr-defined]
        self.initial = {"until": max(current, since).label, **self.initial}
        self.helper = FormHelper()
        self.helper.form_error_title = "Категория не завершена: исправьте отмеченное"
        self.helper.layout = Layout("until", ButtonHolder(Submit("end", "Завершить")))

    def clean_until(self) -> AcademicYear:
        until = self.cleaned_data["until"]
        if until < self.since:
            raise ValidationError(
                f"Категория действует с {self.since} учебного года. Выберите этот год или позже; "
                "если она записана по ошибке, удалите её."
            )
        return until


class EndManyForm(forms.Form):
    """One category of many schools and its last academic year."""

    category = OneRow(Category.objects.none(), label="Категория", empty_label="Выберите категорию")
    until = YearChoice(label="Последний учебный год")

    def __init__(self, *args: Any, categories: Any, current: AcademicYear, **kwargs: Any) -> None:
        """`categories`: those that the chosen schools hold, the retired ones too."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = categories
        fields["until"].offer(current)
        self.initial = {"until": current.label, **self.initial}
        self.helper = FormHelper()
        self.helper.form_error_title = "Категория не снята: исправьте отмеченное"
        self.helper.layout = Layout("category", "until", ButtonHolder(Submit("end", "Снять")))
