"""A new roadmap, and the reason of a cancelled event."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from common.academic_year import AcademicYear
from common.fields import OneRow
from common.widgets import date_input
from partnerships.models import Partnership
from roadmaps.due import Period
from roadmaps.enums import Stage
from roadmaps.forms.fields import Limits, offer
from roadmaps.forms.why import WhyFields
from roadmaps.models import Roadmap, RoadmapStage
from schools.models import Direction

OWN_DATES = "own"
#: A plan of more years than this is a programme with a plan of its own for each of them.
MOST_YEARS = 10
_GOAL_LENGTH = RoadmapStage._meta.get_field("goal").max_length


class RoadmapForm(Limits, forms.Form):
    """A new roadmap: of a pair or of a direction, its years or days, goals, what to begin with."""

    partnership = OneRow(Partnership.objects.none(), label="Партнёрство", required=False)
    direction = OneRow(
        Direction.objects.none(),
        label="Направление",
        required=False,
        empty_label="не указано",
    )
    period = forms.ChoiceField(label="Период")
    years = forms.TypedChoiceField(
        label="Сколько лет",
        choices=[(n, str(n)) for n in range(1, 6)],
        coerce=int,
        required=False,
        help_text="Карта на несколько лет начинается с выбранного года",
    )
    starts_on = forms.DateField(label="Первый день", required=False, widget=date_input())
    ends_on = forms.DateField(label="Последний день", required=False, widget=date_input())
    goal_1 = forms.CharField(label="Этап 1. Знакомство", max_length=_GOAL_LENGTH, required=False)
    goal_2 = forms.CharField(
        label="Этап 2. Совместная деятельность", max_length=_GOAL_LENGTH, required=False
    )
    goal_3 = forms.CharField(
        label="Этап 3. Рефлексивно-обобщающий", max_length=_GOAL_LENGTH, required=False
    )
    begin = forms.ChoiceField(label="С чего начать", widget=forms.RadioSelect, required=False)
    again = forms.BooleanField(
        label="Создать ещё одну карту на этот период", required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        partnerships: QuerySet[Partnership],
        directions: QuerySet[Direction],
        across: bool,
        beginnings: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """`across`: the person may plan for a direction without a pair; `beginnings`: values and
        words of what a plan may begin with."""
        super().__init__(*args, **kwargs)
        self.across = across
        nobody = "без пары: карта по направлению" if across else "выберите партнёрство"
        offer(self.fields["partnership"], partnerships, nobody)
        offer(self.fields["direction"], directions)
        hint = "Для карты по направлению обязательно" if across else "Если карта об одном из них"
        self.fields["direction"].help_text = hint
        self._offer_periods()
        self.fields["begin"].choices = beginnings  # type: ignore[attr-defined]
        self.fields["begin"].initial = beginnings[0][0]

    def _offer_periods(self) -> None:
        today = timezone.localdate()
        school = AcademicYear.of(today)
        near = [school.previous, school, school.next]
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("С учебного года", [(f"a{y.start}", f"{y} учебный год") for y in near]),
            ("С календарного года", [(f"c{y}", f"{y} год") for y in (today.year, today.year + 1)]),
            ("Другой период", [(OWN_DATES, "свои даты")]),
        ]
        self.fields["period"].initial = f"a{school.start}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = {"partnership", "direction"} - set(self.errors)
        if len(known) == 2 and not data.get("partnership"):
            if not self.across:
                self.add_error("partnership", "Выберите партнёрство")
            elif not data.get("direction"):
                self.add_error("partnership", "Выберите партнёрство или направление")
        if data.get("period"):
            data["period"] = self._period(data)
        return data

    def _period(self, data: dict[str, Any]) -> Period | None:
        if data["period"] == OWN_DATES:
            return self._own_days(data)
        sort, number, years = data["period"][0], int(data["period"][1:]), data.get("years") or 1
        if sort == "a":
            return Period(AcademicYear(number).starts, AcademicYear(number + years - 1).ends)
        return Period(date(number, 1, 1), date(number + years - 1, 12, 31))

    def _own_days(self, data: dict[str, Any]) -> Period | None:
        for name in ("starts_on", "ends_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"Укажите {str(self.fields[name].label).lower()} карты")
        if self.errors:
            return None
        first, last = data["starts_on"], data["ends_on"]
        if last <= first:
            self.add_error("ends_on", "Последний день должен быть позже первого")
        elif last.year - first.year > MOST_YEARS:
            self.add_error("ends_on", f"Период длиннее {MOST_YEARS} лет: проверьте годы")
        else:
            return Period(first, last)
        return None

    @property
    def goals(self) -> dict[int, str]:
        return {stage.value: self.cleaned_data[f"goal_{stage.value}"] for stage in Stage}

    @property
    def goal_fields(self) -> list[forms.BoundField]:
        return [self[f"goal_{stage.value}"] for stage in Stage]

    def ask_again(self) -> None:
        """Show the tick that confirms a second roadmap for the same period."""
        self.fields["again"].widget = forms.CheckboxInput()


class ReasonForm(Limits, forms.Form):
    """Why an event is cancelled."""

    reason = forms.CharField(
        label="Почему отменяется",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Укажите, почему мероприятие отменено"},
    )


class RestoreForm(WhyFields, Limits, forms.Form):
    """A cancelled event comes back into the plan; an approved one asks why."""

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_why(roadmap)
