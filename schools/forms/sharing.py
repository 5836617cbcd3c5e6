"""Forms of what schools share: experience, resources, mentors; filters of the three lists."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone

from common.fields import OneRow
from common.search import fold
from schools.enums import MentorRole, ResourceKind, ResourceSide
from schools.models import (
    Direction,
    Experience,
    Membership,
    Mentor,
    Municipality,
    Resource,
    RiskFactor,
    School,
)

NOT_CHOSEN = "не указано"


class _SharedForm(forms.ModelForm):
    """A row of the school `school`."""

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        for name, rows in (("factor", RiskFactor.objects), ("direction", Direction.objects)):
            if name in self.fields:
                self._offer(name, rows)
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(*self.fields, ButtonHolder(Submit("save", "Сохранить")))

    def _offer(self, name: str, rows: Any) -> None:
        """Rows in use, and the one that is chosen already."""
        field: Any = self.fields[name]
        mine = Q(pk=getattr(self.instance, f"{name}_id"))
        here = rows.for_municipality(self.school.municipality)
        field.queryset = here.filter(Q(is_retired=False) | mine)
        field.empty_label = NOT_CHOSEN


class ExperienceForm(_SharedForm):
    class Meta:
        model = Experience
        fields = ["text", "factor", "direction", "basis"]
        field_classes = {"factor": OneRow, "direction": OneRow}
        labels = {"factor": "Какой фактор риска помогает преодолеть", "direction": "Направление"}
        help_texts = {
            "text": "Коротко: «Работа с детьми-инофонами»",
            "basis": "Например: проект «500+», проект по развитию личностного потенциала",
        }
        error_messages = {"text": {"required": "Напишите, чем школа может поделиться."}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("factor") or data.get("direction")):
            sentence = "Укажите фактор риска или направление: по ним этот опыт найдут."
            self.add_error("factor", sentence)
        return data


class ResourceForm(_SharedForm):
    class Meta:
        model = Resource
        fields = ["side", "kind", "text"]
        widgets = {"side": forms.RadioSelect}
        labels = {"side": "Организация"}
        help_texts = {"text": "Например: кабинет физики с цифровой лабораторией"}
        error_messages = {"text": {"required": "Напишите, что именно."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side: Any = self.fields["side"]
        side.choices = ResourceSide.choices  # a resource is one or the other: no empty choice
        kind: Any = self.fields["kind"]
        kind.choices = [("", "выберите вид"), *ResourceKind.choices]


class MentorForm(_SharedForm):
    """A mentor who is written down already: the person stays."""

    class Meta:
        model = Mentor
        fields = ["role", "direction", "factor", "basis"]
        field_classes = {"factor": OneRow, "direction": OneRow}
        help_texts = {"basis": "Например: наставник молодых учителей с 2020 года"}


class NewMentorForm(MentorForm):
    """Who: one of the school's people, or somebody who has no row yet."""

    person = OneRow(
        Membership.objects.none(),
        label="Кто",
        required=False,
        empty_label="Человека нет в списке",
    )
    name = forms.CharField(label="Фамилия, имя, отчество", required=False, max_length=200)
    post = forms.CharField(label="Должность", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.active(timezone.localdate()).filter(school=self.school)
        offered: Any = self.fields["person"]
        offered.queryset = people.order_by("name", "pk")
        self.fields["name"].help_text = "Если человека нет в списке. Вход в портал ему не нужен"
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def layout(self) -> Layout:
        button = ButtonHolder(Submit("save", "Сохранить"))
        return Layout("person", Row("name", "post"), "role", "direction", "factor", "basis", button)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = " ".join((data.get("name") or "").split())
        if "person" in self.errors or "name" in self.errors:
            return data
        if not data.get("person") and not name:
            self.add_error("person", "Выберите человека из списка или впишите нового ниже.")
        elif data.get("person") and name:
            self.add_error("name", "Человек уже выбран в списке: очистите это поле.")
        elif name and self._is_listed(name):
            self.add_error("name", "Этот человек уже есть в списке выше: выберите его там.")
        data["name"] = name
        return data

    def _is_listed(self, name: str) -> bool:
        people: Any = self.fields["person"]
        return any(fold(person.name) == fold(name) for person in people.queryset)

    @property
    def chosen(self) -> Membership:
        """The person of the list, or a new row of the school without a role."""
        data = self.cleaned_data
        return data["person"] or Membership(
            municipality=self.school.municipality,
            school=self.school,
            name=data["name"],
            post=data["post"],
        )


class _ListFilter(forms.Form):
    """Search and choice of a list; lives in the address."""

    q = forms.CharField(label="Слова или школа", required=False, max_length=200)

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("factor", RiskFactor.objects), ("direction", Direction.objects)):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = rows.for_municipality(municipality)


def _factor() -> OneRow:
    rows = RiskFactor.objects.none()
    return OneRow(rows, label="Фактор риска", required=False, empty_label="Любой")


def _direction() -> OneRow:
    rows = Direction.objects.none()
    return OneRow(rows, label="Направление", required=False, empty_label="Любое")


class ExperienceFilter(_ListFilter):
    factor = _factor()
    direction = _direction()


class ResourceFilter(_ListFilter):
    side = forms.ChoiceField(
        label="Кто", required=False, choices=[("", "Все"), *ResourceSide.choices]
    )
    kind = forms.ChoiceField(
        label="Вид ресурса", required=False, choices=[("", "Любой"), *ResourceKind.choices]
    )


class MentorFilter(_ListFilter):
    role = forms.ChoiceField(
        label="Кем может быть", required=False, choices=[("", "Любая роль"), *MentorRole.choices]
    )
    factor = _factor()
    direction = _direction()
