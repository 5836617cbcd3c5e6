"""Filters of the lists; they live in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.fields import OneRow
from partnerships.enums import PartnershipKind, PartnershipState, Scenario
from partnerships.models import Statement
from partnerships.rules.partnership import sees_all
from partnerships.year_lived import years_to_choose
from schools.enums import CATEGORIES_IN_NEED
from schools.models import Category, Direction, Municipality, RiskFactor

AGREEMENTS = {"": "неважно", "yes": "есть", "no": "нет", "ending": "истекает или истёк"}
#: Always in sight; the others open on demand.
_FIRST = ("q", "state", "kind")


def _any(choices: Any, word: str) -> list[tuple[str, str]]:
    return [("", word), *((one.value, one.label) for one in choices)]


class PartnershipFilter(forms.Form):
    """Search and choice of the list. Concerns are there for those who see all partnerships."""

    q = forms.CharField(label="Тема или школа", required=False, max_length=200)
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=_any(PartnershipState, "любое")
    )
    kind = forms.ChoiceField(label="Вид", required=False, choices=_any(PartnershipKind, "любой"))
    year = forms.TypedChoiceField(
        label="Действовало в учебном году",
        required=False,
        coerce=lambda start: AcademicYear(int(start)),
        empty_value=None,
        help_text="Без даты начала партнёрство числится с текущего года",
    )
    lead = forms.CharField(label="Школа-лидер", required=False, max_length=200)
    target = forms.CharField(label="Целевая школа", required=False, max_length=200)
    scenario = forms.ChoiceField(label="Сценарий", required=False, choices=_any(Scenario, "любой"))
    direction = OneRow(
        Direction.objects.none(), label="Направление", required=False, empty_label="любое"
    )
    factor = OneRow(
        RiskFactor.objects.none(), label="Фактор риска", required=False, empty_label="любой"
    )
    agreement = forms.ChoiceField(label="Договор", required=False, choices=list(AGREEMENTS.items()))
    curator = forms.CharField(label="Куратор", required=False, max_length=200)
    concern = forms.ChoiceField(
        label="Сигналы", required=False, choices=[("", "неважно"), ("open", "есть нерешённые")]
    )
    show = forms.ChoiceField(
        label="Мой список школ",
        required=False,
        choices=[("", "все школы"), ("mine", "только школы моего списка")],
    )

    def __init__(
        self, *args: Any, municipality: Municipality | None, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["year"].choices = _years(municipality)
        for name, model in (("direction", Direction), ("factor", RiskFactor)):
            rows: Any = model
            fields[name].queryset = rows.objects.for_municipality(municipality)
        if not sees_all(user, municipality):
            del fields["concern"]

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


class UnpairedFilter(forms.Form):
    """Search and choice of «Школы без партнёра»."""

    q = forms.CharField(label="Название или место", required=False, max_length=200)
    category = forms.ChoiceField(label="Категория", required=False)

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Category.objects.for_municipality(municipality).filter(code__in=CATEGORIES_IN_NEED)
        field: Any = self.fields["category"]
        field.choices = [("", "любая"), *rows.values_list("code", "name")]


class AboutFilter(forms.Form):
    """Whose words are shown on «О сети»: each document's list alone, or all together."""

    source = forms.ChoiceField(label="По какому документу", required=False)

    def __init__(self, *args: Any, statements: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys(name for row in statements for name in row.sources)
        field: Any = self.fields["source"]
        field.choices = [("", "по всем"), *((name, name) for name in names)]


def _years(municipality: Municipality | None) -> list[tuple[str, str]]:
    """The next year, the present one and those before."""
    now = AcademicYear.of(timezone.localdate())
    years = years_to_choose(municipality, now, last=now.next)
    return [("", "любом"), *((str(year.start), str(year)) for year in years)]
