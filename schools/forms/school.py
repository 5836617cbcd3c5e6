"""Forms of the facts of a card: the methodist's, and the part that a school knows itself."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html

from common.fields import OneRow
from common.russian import long_date
from schools.enums import OrgType, SchoolKind
from schools.forms.by_name import SchoolByName, suggestions
from schools.forms.numbers import Coordinate, WholeNumber
from schools.models import LegalForm, School
from schools.names import proposed_name, school_key
from schools.rules.cards import can_become_external

#: What a school knows about itself and may propose.
OWN_FACTS = (
    "full_name",
    "department",
    "grades_from",
    "grades_to",
    "pupils",
    "teachers",
    "locality",
    "settlement",
    "address",
    "latitude",
    "longitude",
    "site",
    "email",
    "phone",
)
#: Only schools have these (quirk 25).
OF_SCHOOLS = ("grades_from", "grades_to", "pupils", "teachers")
#: Kinds that are named by themselves, not by a number.
_UNNUMBERED = {SchoolKind.BRANCH, SchoolKind.OTHER}
#: The school that has the name: an error is a link to its field and can hold no other.
NAMESAKE = "schools/namesake.html"
_NUMBER_SIGN = re.compile(r"^\s*(?:№|[Nn][oо]?\.?)\s*(?=\d)")


def where_it_is() -> Fieldset:
    return Fieldset(
        "Где находится",
        Row("locality", "settlement"),
        "address",
        Row("latitude", "longitude"),
    )


def how_many() -> Fieldset:
    return Fieldset("Классы и люди", Row("grades_from", "grades_to"), Row("pupils", "teachers"))


def how_to_reach() -> Fieldset:
    return Fieldset("Связь", Row("phone", "email"), "site")


class OwnFactsForm(forms.ModelForm):
    """The facts that a school knows about itself, read as people write them."""

    grades_from = WholeNumber(label="Классы с", greatest=12, least=1)
    grades_to = WholeNumber(label="Классы по", greatest=12, least=1)
    pupils = WholeNumber(label="Обучающихся", greatest=100_000)
    teachers = WholeNumber(label="Педагогов", greatest=10_000)
    latitude = Coordinate(label="Широта", help_text="Например: 58,2", greatest=90)
    longitude = Coordinate(label="Долгота", help_text="Например: 68,25", greatest=180)
    site = forms.URLField(
        label="Сайт",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Напишите адрес целиком, например https://школа.рф"},
    )

    class Meta:
        model = School
        fields = OWN_FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["locality"].choices = [("", "не указана"), *fields["locality"].choices[1:]]
        fields["email"].error_messages["invalid"] = "Напишите почту целиком: имя, знак @ и адрес"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_grades(data)
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            missing = "latitude" if data.get("latitude") is None else "longitude"
            if missing not in self.errors:
                self.add_error(missing, "Координаты указывают вместе: и широту, и долготу.")
        return data

    def _check_grades(self, data: dict[str, Any]) -> None:
        first, last = data.get("grades_from"), data.get("grades_to")
        if first and last and last < first:
            sentence = f"Последний класс ({last}) меньше первого ({first}): поменяйте их местами."
            self.add_error("grades_to", sentence)


class SchoolForm(OwnFactsForm):
    """All facts of the card. Clusters are computed and categories set elsewhere.

    `namesake` is the school that already has the name, for a link beside the error.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(OwnFactsForm.Meta):
        fields = (  # type: ignore[assignment]
            "legal_form",
            "kind",
            "number",
            "short_name",
            "org_type",
            "parent",
            "counted_in_parent",
            *OWN_FACTS,
        )
        field_classes = {"legal_form": OneRow}

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.namesake: School | None = None
        #: Names to choose the head organisation from.
        self.names = suggestions(self.instance)
        self.fields["version"].initial = self.instance.version
        self._offer_choices()
        new = self.instance.pk is None
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "version",
            Fieldset(
                "Название",
                HTML(f"{{% include '{NAMESAKE}' with school=form.namesake only %}}"),
                Row("legal_form", "kind", "number"),
                "short_name",
                "full_name",
            ),
            Fieldset("Организация", Row("org_type", "department"), "parent", "counted_in_parent"),
            how_many(),
            where_it_is(),
            how_to_reach(),
            HTML("{% include 'schools/school_names.html' with names=form.names only %}"),
            ButtonHolder(
                Submit("save", "Внести в список" if new else "Сохранить карточку"),
                HTML(format_html('<a class="btn plain" href="{}">Не сохранять</a>', back_url)),
            ),
        )

    def _offer_choices(self) -> None:
        school, fields = self.instance, self.fields
        known = LegalForm.objects.for_municipality(school.municipality)
        offer(fields["legal_form"], known, Q(is_retired=False), school.legal_form_id, "не указана")
        fields["parent"] = SchoolByName(
            of=school,
            known=school.parent,
            only_open=True,
            label="Головная организация",
            help_text="Только у филиала: название, например СОШ №3",
        )
        self.initial["parent"] = school.parent
        fields[
            "counted_in_parent"
        ].help_text = "Обучающиеся и педагоги филиала уже посчитаны в головной организации"
        fields["short_name"].required = False
        fields[
            "short_name"
        ].help_text = "Например: СОШ №3, Гимназия №1. Можно не писать: составится из вида и номера"

    def clean_number(self) -> str:
        return _NUMBER_SIGN.sub("", self.cleaned_data["number"])

    def clean_short_name(self) -> str:
        """The constraint's fields are not in the form, so the form asks on its own."""
        name = self.cleaned_data["short_name"] or self._name_of_kind()
        if not name:
            raise forms.ValidationError("Напишите название или укажите вид и номер.")
        key = school_key(name)
        if not key:
            raise forms.ValidationError("В названии нужны буквы или цифры.")
        namesakes = School.objects.of(self.instance.municipality).filter(name_key=key)
        self.namesake = namesakes.exclude(pk=self.instance.pk).select_related("legal_form").first()
        if self.namesake:
            raise forms.ValidationError(_taken(self.namesake))
        return name

    def _name_of_kind(self) -> str:
        kind, number = self.cleaned_data.get("kind"), self.cleaned_data.get("number")
        if not kind or not number or kind in _UNNUMBERED:
            return ""
        return proposed_name(str(SchoolKind(kind).label), number)

    def clean_org_type(self) -> str:
        org_type = self.cleaned_data["org_type"]
        turned = org_type != OrgType.GENERAL and self.initial.get("org_type") == OrgType.GENERAL
        if self.instance.pk and turned and not (verdict := can_become_external(self.instance)):
            raise forms.ValidationError(verdict.reason)
        return org_type

    def clean_parent(self) -> School | None:
        """A branch of a branch of itself would make a circle."""
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk in _above(parent):
            raise forms.ValidationError(f"{parent} – филиал этой школы, а не наоборот.")
        return parent

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("org_type", OrgType.GENERAL) != OrgType.GENERAL:
            for name in OF_SCHOOLS:
                if data.get(name) is not None:
                    self.add_error(name, "У внешней организации этого не указывают: очистите поле.")
        if data.get("counted_in_parent") and not data.get("parent") and "parent" not in self.errors:
            self.add_error("parent", "Назовите головную организацию, в которой школа учтена.")
        return data


def offer(field: forms.Field, rows: QuerySet, usual: Q, chosen: int | None, empty: str) -> None:
    """Offer the usual rows and the one that is chosen already."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
    field.queryset = rows.filter(usual | Q(pk=chosen))
    field.empty_label = empty


def _above(school: School) -> set[int]:
    """Ids of the school and of those above it; old data may hold a circle."""
    seen: set[int] = set()
    row: School | None = school
    while row and row.pk not in seen:
        seen.add(row.pk)
        row = row.parent
    return seen


def _taken(school: School) -> str:
    told = f"Такая школа в муниципалитете уже есть: {school.official_name}"
    if school.settlement:
        told += f", {school.settlement}"
    if school.closed_on:
        told += f", закрыта {long_date(school.closed_on)}"
    return told if school.closed_on else f"{told}."  # a date ends with a full stop of its own
