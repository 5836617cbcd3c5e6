"""Forms of the school calendar: its filter, one row, last year's rows moved on."""

from datetime import date
from typing import Any

from django import forms

from common.academic_year import EARLIEST, LATEST, AcademicYear
from common.widgets import date_input
from roadmaps.enums import CalendarKind
from roadmaps.forms.fields import Limits
from roadmaps.models import CalendarSpan
from roadmaps.school_calendar import DaySpan

ALL = "all"
#: Rows of one year that are moved on at once.
COPIED = 60
_LONGEST = 366


class CalendarFilter(forms.Form):
    """Academic year (the current one unless another is asked for) and kind of days."""

    year = forms.ChoiceField(label="Учебный год", required=False)
    kind = forms.ChoiceField(
        label="Что показать", required=False, choices=[("", "всё"), *CalendarKind.choices]
    )

    def __init__(self, *args: Any, earliest: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = AcademicYear.of(today)
        first, last = AcademicYear.of(min(earliest, today)).start, self.current.start + 1
        years = [AcademicYear(start).label for start in range(last, first - 1, -1)]
        field: Any = self.fields["year"]
        field.choices = [
            ("", f"{self.current}, текущий"),
            *((label, label) for label in years if label != self.current.label),
            (ALL, "все"),
        ]

    @property
    def academic_year(self) -> AcademicYear | None:
        """None asks for all years."""
        asked = self.cleaned_data.get("year")
        if asked == ALL:
            return None
        return AcademicYear.parse(asked) if asked else self.current


class _Days(Limits, forms.Form):
    """Kind, name and both days of a row."""

    kind = forms.ChoiceField(
        label="Что это",
        choices=[("", "выберите"), *CalendarKind.choices],
        error_messages={"required": "Выберите, что это за дни"},
    )
    name = forms.CharField(
        label="Название",
        max_length=200,
        help_text="Например: осенние каникулы, ВПР по математике",
        error_messages={"required": "Назовите эти дни"},
    )
    starts_on = forms.DateField(
        label="С",
        widget=date_input(),
        error_messages={
            "required": "Укажите первый день",
            "invalid": "Это не дата. Напишите её в виде 26.10.2026",
        },
    )
    ends_on = forms.DateField(
        label="По",
        widget=date_input(),
        error_messages={
            "required": "Укажите последний день",
            "invalid": "Это не дата. Напишите её в виде 26.10.2026",
        },
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        for name, day in (("starts_on", first), ("ends_on", last)):
            if day and not EARLIEST <= day.year <= LATEST:
                self.add_error(name, "Проверьте год")
        if first and last and last < first:
            self.add_error("ends_on", "Последний день раньше первого")
        elif first and last and (last - first).days >= _LONGEST:
            self.add_error("ends_on", "Это больше года: проверьте даты")
        return data

    @property
    def days(self) -> DaySpan:
        data = self.cleaned_data
        return DaySpan(data["starts_on"], data["ends_on"], data["kind"], data["name"])


class SpanForm(_Days):
    """One row of the calendar; `mark` tells what the form showed."""

    mark = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, span: CalendarSpan) -> dict[str, Any]:
        return {name: getattr(span, name) for name in ("kind", "name", "starts_on", "ends_on")}


class CopiedForm(_Days):
    """A row of last year moved on; it is added when it is ticked."""

    take = forms.BooleanField(label="Добавить", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = ""

    def full_clean(self) -> None:
        """What is not ticked is not judged."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("take"):
            self.errors.clear()


CopiedForms = forms.formset_factory(CopiedForm, extra=0, max_num=COPIED, absolute_max=COPIED)
