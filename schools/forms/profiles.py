"""Forms of the risk profile: a new year, the whole profile, one factor overcome."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from common.academic_year import AcademicYear
from common.fields import AcademicYearFormField
from common.widgets import date_input
from schools.enums import FactorGroup, ProfileSource, Significance
from schools.forms.by_name import SchoolByName
from schools.models import RiskFactor, School
from schools.profile_draft import FIELDS, ItemDraft, ProfileDraft
from schools.rules import profiles as rules

NOT_NAMED = "нет в профиле"
_CHOICES = [("", NOT_NAMED), *Significance.choices]
_EMPTY = "empty"
_COPY = "copy"
_BACK = '<a class="btn plain wide" href="{}">Не сейчас</a>'
_ROW_KEY = re.compile(r"significance_(\d{1,18})")


class ProfileStart(forms.Form):
    """The year of a new profile and what it begins with."""

    year = AcademicYearFormField(
        label="Учебный год",
        help_text="Например: 2026/27",
        error_messages={"required": "Укажите учебный год, например 2026/27"},
    )
    start = forms.ChoiceField(
        label="С чего начать",
        choices=[
            (_EMPTY, "С пустого профиля"),
            (_COPY, "С копии последнего более раннего профиля, без преодолённых факторов"),
        ],
        initial=_EMPTY,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, known: set[AcademicYear], today: date, back_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.today = known, today
        self.helper = FormHelper()
        back = HTML(format_html(_BACK, back_url))
        self.helper.layout = Layout(
            "year", "start", ButtonHolder(Submit("create", "Внести профиль"), back)
        )

    @property
    def copies(self) -> bool:
        return self.cleaned_data["start"] == _COPY

    def clean_year(self) -> AcademicYear:
        year = self.cleaned_data["year"]
        verdict = rules.is_sensible(year, self.today)
        if not verdict:
            raise ValidationError(verdict.reason)
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        year = data.get("year")
        if year in self.known:
            self.add_error("year", f"Профиль за {year} учебный год уже есть: правьте его.")
        elif year and data.get("start") == _COPY:
            verdict = rules.can_copy(year, self.known)
            if not verdict:
                self.add_error("start", verdict.reason)
        return data


@dataclass(frozen=True)
class FactorRow:
    """One factor in the form of a profile: its bound fields. `is_outdated`: not in the list of
    that year, named all the same."""

    factor: RiskFactor
    is_outdated: bool
    significance: forms.BoundField
    note: forms.BoundField
    overcome: forms.BoundField
    overcome_on: forms.BoundField
    overcome_with: forms.BoundField
    overcome_note: forms.BoundField

    @property
    def more(self) -> list[tuple[str, forms.BoundField]]:
        """What is asked of an overcome factor, with short labels."""
        return [
            ("Когда", self.overcome_on),
            ("Во взаимодействии с какой школой", self.overcome_with),
            ("Благодаря чему", self.overcome_note),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the part about overcoming has something to show."""
        fields = [self.overcome, *(field for _, field in self.more)]
        return any(field.value() or field.errors for field in fields)


class OvercomeChecks(forms.Form):
    """What is asked of an overcome factor, whatever the field is called."""

    def check_day(self, name: str) -> None:
        """A date ahead or long past is a slip; one before the profile's year is told of only:
        the profile of a year also says what was overcome by its beginning."""
        day = self.cleaned_data.get(name)
        if day and day > timezone.localdate():
            self.add_error(name, "Это будущая дата. Отметьте, когда фактор будет преодолён.")
        elif day and day < rules.FIRST_YEAR.starts:
            self.add_error(name, f"Проверьте год: дата раньше {rules.FIRST_YEAR.starts.year} года.")


def overcome_fields(
    school: School, known: School | None = None, label: str = ""
) -> dict[str, forms.Field]:
    """Fields of `OvercomeChecks`; `label` names the factor for the summary of errors."""
    before = f"{label}: " if label else ""
    named = (lambda text: f"{before}{text[:1].lower()}{text[1:]}") if label else (lambda text: text)
    return {
        "overcome_on": forms.DateField(
            label=named("Когда преодолён"), required=False, widget=date_input()
        ),
        "overcome_with": SchoolByName(
            label=named("Во взаимодействии с какой школой"), of=school, known=known
        ),
        "overcome_note": forms.CharField(
            label=named("Благодаря чему"), required=False, max_length=300
        ),
    }


class ProfileForm(OvercomeChecks):
    """The whole profile: source and a row for each factor. `version` is the profile's when the
    form was opened; a form without it does not know what it would overwrite."""

    source = forms.ChoiceField(label="Источник", choices=ProfileSource.choices)
    source_note = forms.CharField(
        label="Пояснение к источнику",
        required=False,
        max_length=300,
        help_text="Например: протокол № 3",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,
        factors: Iterable[RiskFactor],
        draft: ProfileDraft,
        school: School,
        version: int,
        year: AcademicYear,
        **kwargs: Any,
    ) -> None:
        initial = {"source": draft.source, "source_note": draft.source_note, "version": version}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.factors = {factor.pk: factor for factor in factors}
        self.before, self.year = draft, year
        for pk, factor in self.factors.items():
            self._offer(factor, draft.items.get(pk), school)

    def _offer(self, factor: RiskFactor, item: ItemDraft | None, school: School) -> None:
        label = factor.label
        fields = {
            "significance": forms.ChoiceField(
                label=f"{label}: значимость", choices=_CHOICES, required=False
            ),
            "note": forms.CharField(label=f"{label}: примечание", required=False, max_length=300),
            "overcome": forms.BooleanField(label=f"{label}: преодолён", required=False),
            **overcome_fields(school, item.overcome_with if item else None, label),
        }
        for name, field in fields.items():
            self.fields[f"{name}_{factor.pk}"] = field
            if item:
                self.initial[f"{name}_{factor.pk}"] = getattr(item, name)

    @property
    def groups(self) -> Iterator[tuple[str, str, list[FactorRow]]]:
        """Groups of the catalogue in its order: code, title, factors."""
        order = list(FactorGroup.values)
        rows = sorted(
            self.factors.values(), key=lambda row: (order.index(row.group), row.position, row.pk)
        )
        for group, factors in groupby(rows, key=lambda row: row.group):
            title = FactorGroup(group).label.capitalize()
            yield group, title, [self._row(one) for one in factors]

    def _row(self, factor: RiskFactor) -> FactorRow:
        outdated = factor.is_retired or not factor.is_valid_in(self.year)
        fields = {name: self[f"{name}_{factor.pk}"] for name in FIELDS}
        return FactorRow(factor, outdated, **fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for pk in self.factors:
            self.check_day(f"overcome_on_{pk}")
            self._check_row(pk)
        self._refuse_unknown()
        return data

    def _check_row(self, pk: int) -> None:
        """What was typed beside a factor that is not in the profile would be lost."""
        row = self._values(pk)
        typed = {name for name in row if f"{name}_{pk}" in self.changed_data} - {"significance"}
        if not row["significance"] and typed and any(row[name] for name in typed):
            sentence = "Выберите значимость или «не указана»: иначе остальное не запишется."
            self.add_error(f"significance_{pk}", sentence)
        details = {"overcome_on", "overcome_with", "overcome_note"} & typed
        if not row["overcome"] and any(row[name] for name in details):
            self.add_error(f"overcome_{pk}", "Отметьте «преодолён» или очистите поля под ним.")
        if row["overcome"] and row["significance"] == Significance.NONE:
            sentence = "«Не выявлен» и «преодолён» вместе не бывают: выберите одно."
            self.add_error(f"significance_{pk}", sentence)

    def _refuse_unknown(self) -> None:
        asked = {int(found[1]) for key in self.data if (found := _ROW_KEY.fullmatch(key))}
        lost = [pk for pk in asked - set(self.factors) if self.data.get(f"significance_{pk}")]
        if lost:
            sentence = "В форме есть фактор, которого нет в списке этого года. Откройте её заново."
            self.add_error(None, sentence)

    def _values(self, pk: int) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"{name}_{pk}") for name in FIELDS}

    @property
    def draft(self) -> ProfileDraft:
        """What a valid form says."""
        items = {}
        for pk in self.factors:
            row = self._values(pk)
            if row["significance"]:
                bare = {"significance": row["significance"], "note": row["note"]}
                items[pk] = ItemDraft(**(row if row["overcome"] else bare))
        data = self.cleaned_data
        return ProfileDraft(data["source"], data["source_note"], items)

    @property
    def expected_version(self) -> int:
        return self.cleaned_data["version"] or 0

    @property
    def remarks(self) -> list[str]:
        """What stops nobody but is said after saving."""
        starts = self.year.starts
        early = [
            self.factors[pk].label
            for pk, item in self.draft.items.items()
            if item.overcome_on and item.overcome_on < starts
            if item != self.before.items.get(pk)
        ]
        return [f"«{label}»: дата раньше начала {self.year} учебного года." for label in early]


class OvercomeForm(OvercomeChecks):
    """One factor is marked «преодолён»: all that is asked may be unknown."""

    def __init__(self, *args: Any, school: School, back_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= overcome_fields(school)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields,
            ButtonHolder(
                Submit("save", "Отметить преодолённым"), HTML(format_html(_BACK, back_url))
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.check_day("overcome_on")
        return data

    @property
    def how(self) -> dict[str, Any]:
        """Columns of the item that a valid form fills."""
        return {name: self.cleaned_data[name] for name in self.fields}
