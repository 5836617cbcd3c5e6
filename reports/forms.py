"""Forms of documents: what to order, where to look, what the office gave."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.jobs import JobStatus
from common.widgets import date_input
from reports.enums import OF_A_MUNICIPALITY, NetworkSection
from reports.models import KEY_LENGTH, new_request_key
from schools.requests import PortalRequest

#: Years back for which a справка can be ordered.
YEARS_BACK = 3


def years_to_choose(today: date) -> list[tuple[str, str]]:
    """The current academic year first, then a few past ones."""
    first = AcademicYear.of(today).start
    years = [AcademicYear(start) for start in range(first, first - YEARS_BACK - 1, -1)]
    return [(year.label, f"{year.label} учебный год") for year in years]


class YearField(forms.ChoiceField):
    """A choice of academic years that gives `AcademicYear`."""

    def clean(self, value: Any) -> AcademicYear | None:
        text = super().clean(value)
        return AcademicYear.parse(text) if text else None


class OrderForm(forms.Form):
    """What to make. The hidden key keeps a second click from making a second document."""

    kind = forms.ChoiceField(label="Вид справки", choices=OF_A_MUNICIPALITY)
    year = YearField(label="Период")
    sections = forms.MultipleChoiceField(
        label="Разделы",
        choices=NetworkSection.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один раздел."},
    )
    signatory_post = forms.CharField(label="Должность подписанта", max_length=200, required=False)
    signatory_name = forms.CharField(label="Подписант", max_length=200, required=False)
    executor = forms.CharField(label="Исполнитель", max_length=200, required=False)
    request_key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = years_to_choose(timezone.localdate())
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.initial.setdefault("year", years[0][0])
        self.initial.setdefault("sections", NetworkSection.values)
        self.initial.setdefault("request_key", new_request_key())
        self.helper = FormHelper()
        self.helper.form_id = "order"
        self.helper.layout = Layout(
            Fieldset("Что сделать", "kind", "year", "sections"),
            Fieldset("Кто подписывает", "signatory_post", "signatory_name", "executor"),
            "request_key",
        )
        self.helper.add_input(Submit("order", "Сформировать справку"))


class HomeOrderForm(OrderForm):
    """The same order on a first screen: kind and period are asked, the rest goes as usual."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].widget = forms.MultipleHiddenInput()
        for name in ("signatory_post", "signatory_name", "executor"):
            self.fields[name].widget = forms.HiddenInput()
        self.helper.form_action = reverse("reports:create")
        self.helper.layout = Layout(*self.fields)


def usual_order(request: PortalRequest) -> dict[str, object]:
    """What an order starts with: the municipality's signatory, the person as executor."""
    municipality = request.municipality
    phone = next((row.phone for row in request.memberships if row.phone), "")
    return {
        "signatory_post": municipality.signatory_post if municipality else "",
        "signatory_name": municipality.signatory_name if municipality else "",
        "executor": ", ".join(filter(None, (request.user.list_name, phone))),
    }


class ArchiveFilter(forms.Form):
    """Choice of the list; it lives in the address."""

    year = YearField(label="Учебный год", required=False)
    status = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "Все"), *JobStatus.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Все"), *years_to_choose(timezone.localdate())]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]


class RegistrationForm(forms.Form):
    """Number and date given by the office."""

    number = forms.CharField(label="Номер", max_length=50)
    registered_on = forms.DateField(label="Дата", widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("register", "Записать"))

    def clean_registered_on(self) -> date:
        day = self.cleaned_data["registered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Дата регистрации ещё не наступила.")
        return day
