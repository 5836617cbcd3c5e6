"""Forms of the list of schools."""

from typing import Any

from django import forms

from accounts.models import User
from common.fields import OneRow
from schools.enums import Locality, OrgType, SchoolKind
from schools.listing import INFRASTRUCTURE
from schools.models import Category, Municipality, RiskFactor, School
from schools.rules.school import can_see_all_risks

MINE = "mine"
STATES = {"": "действующие", "closed": "закрытые", "all": "действующие и закрытые"}
PROFILES = {"": "неважно", "yes": "есть", "no": "нет"}

#: More settlements than that are found by the search field.
_MOST_SETTLEMENTS = 300
#: Always in sight; the others open on demand.
_FIRST = ("q", "category", "state", "show")
_OF_RISKS = ("profile", "factor")


class SchoolFilter(forms.Form):
    """Search and choice of the list; lives in the address. Conditions that tell of risks are
    there only for those who see the risks of all schools."""

    q = forms.CharField(label="Название, место, директор", required=False, max_length=200)
    category = forms.ChoiceField(label="Категория или группа", required=False)
    state = forms.ChoiceField(label="Какие", required=False, choices=list(STATES.items()))
    show = forms.ChoiceField(
        label="Мой список", required=False, choices=[("", "все школы"), (MINE, "только мой список")]
    )
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "любой"), *SchoolKind.choices]
    )
    org_type = forms.ChoiceField(
        label="Тип организации", required=False, choices=[("", "любой"), *OrgType.choices]
    )
    settlement = forms.ChoiceField(label="Населённый пункт", required=False)
    locality = forms.ChoiceField(
        label="Местность", required=False, choices=[("", "любая"), *Locality.choices]
    )
    profile = forms.ChoiceField(
        label="Рисковый профиль за год", required=False, choices=list(PROFILES.items())
    )
    factor = OneRow(
        RiskFactor.objects.none(), label="Фактор риска", required=False, empty_label="любой"
    )

    def __init__(
        self, *args: Any, municipality: Municipality | None, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        rows = Category.objects.for_municipality(municipality).current()
        names = list(rows.values_list("code", "name"))
        cluster = (INFRASTRUCTURE, "в зоне риска по показателям (инфраструктура)")
        fields["category"].choices = [("", "любая"), *names, cluster]
        places = School.objects.of(municipality).settlements()[:_MOST_SETTLEMENTS]
        fields["settlement"].choices = [("", "любой"), *((name, name) for name in places)]
        fields["factor"].queryset = RiskFactor.objects.for_municipality(municipality)
        if not can_see_all_risks(user, municipality):
            for name in _OF_RISKS:
                del fields[name]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in _FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in _FIRST]

    @property
    def uses_more(self) -> bool:
        """Whether the conditions that open on demand narrow the list now."""
        return any(name not in _FIRST for name in self.changed_data)
