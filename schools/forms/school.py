"""Forms of the schools' pages."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout, Row, Submit
from django import forms
from django.db.models import Q

from schools.models import Category, LegalForm, Municipality, School
from schools.names import school_key

NUMBER = "Напишите целое число от 0 или оставьте пустым"


class SchoolFilter(forms.Form):
    """Search and category of the list; lives in the address."""

    q = forms.CharField(label="Название или населённый пункт", required=False, max_length=200)
    category = forms.ChoiceField(label="Категория", required=False)

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Category.objects.for_municipality(municipality).current()
        choices = [("", "Все"), *rows.values_list("code", "name")]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]


class SchoolForm(forms.ModelForm):
    """Facts of the card. Clusters are computed and categories set elsewhere."""

    site = forms.URLField(
        label="Сайт",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Напишите адрес целиком, например https://школа.рф"},
    )

    class Meta:
        model = School
        fields = [
            "legal_form",
            "kind",
            "number",
            "short_name",
            "full_name",
            "org_type",
            "department",
            "parent",
            "counted_in_parent",
            "settlement",
            "address",
            "site",
            "pupils",
            "teachers",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = self.instance
        forms_known = LegalForm.objects.for_municipality(school.municipality)
        choosable = forms_known.filter(Q(is_retired=False) | Q(pk=school.legal_form_id))
        self.fields["legal_form"].queryset = choosable  # type: ignore[attr-defined]
        self.fields["legal_form"].empty_label = "не указана"  # type: ignore[attr-defined]
        others = School.objects.of(school.municipality).exclude(pk=school.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        self.fields["parent"].label = "Головная организация"
        self.fields["parent"].empty_label = "нет"  # type: ignore[attr-defined]
        for name in ("pupils", "teachers"):
            self.fields[name].error_messages |= {"invalid": NUMBER, "min_value": NUMBER}
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(
                "Название",
                Row("legal_form", "kind", "number"),
                "short_name",
                "full_name",
            ),
            Fieldset("Организация", Row("org_type", "department"), "parent", "counted_in_parent"),
            Fieldset("Где находится", Row("settlement", "address"), "site"),
            Fieldset("Сколько человек", Row("pupils", "teachers")),
            ButtonHolder(Submit("save", "Сохранить карточку")),
        )

    def clean_short_name(self) -> str:
        """The constraint's fields are not in the form, so the form asks on its own."""
        name = self.cleaned_data["short_name"]
        key = school_key(name)
        if not key:
            raise forms.ValidationError("В названии нужны буквы или цифры.")
        namesakes = School.objects.of(self.instance.municipality).filter(name_key=key)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Школа с таким названием в муниципалитете уже есть.")
        return name

    def clean_parent(self) -> School | None:
        """A branch of a branch of itself would make a circle."""
        parent = self.cleaned_data["parent"]
        if parent and parent.parent_id == self.instance.pk:
            raise forms.ValidationError(f"{parent} – филиал этой школы, а не наоборот.")
        return parent
