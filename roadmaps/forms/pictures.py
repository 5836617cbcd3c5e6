"""Choices of the time line and of the month calendar; they live in the address."""

from typing import Any

from django import forms

from common.row_id import row_id
from partnerships.models import Partnership
from partnerships.models.partnership import PartnershipQuerySet
from roadmaps.enums import Stage
from roadmaps.models import EventKind
from roadmaps.timeline.states import TimeState
from schools.models import Direction, Municipality, School

STAGES = [("", "все"), *((str(stage.value), f"{stage.value}. {stage.short}") for stage in Stage)]
STATES = [(state.value, state.word) for state in TimeState]
TABLE, PICTURE = "table", "picture"
#: Conditions of the calendar that stay folded until one of them is used.
_MORE = ("kind", "direction", "stage", "state")


class _Lenient(forms.Form):
    """Anything unknown in the address chooses nothing."""

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TimelineFilter(_Lenient):
    stage = forms.ChoiceField(label="Этап", required=False, choices=STAGES)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[("", "любое"), *STATES])
    view = forms.ChoiceField(
        label="Вид",
        required=False,
        choices=[
            ("", "лентой, на телефоне таблицей"),
            (PICTURE, "лентой"),
            (TABLE, "таблицей"),
        ],
    )


class MonthFilter(_Lenient):
    """The partnership is chosen among those of the chosen school: a municipality has too many."""

    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label="Месяц",
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    school = forms.ModelChoiceField(
        label="Школа", required=False, queryset=School.objects.none(), empty_label="все"
    )
    partnership = forms.ModelChoiceField(
        label="Партнёрство", required=False, queryset=Partnership.objects.none(), empty_label="все"
    )
    kind = forms.ModelChoiceField(
        label="Вид", required=False, queryset=EventKind.objects.none(), empty_label="все"
    )
    direction = forms.ModelChoiceField(
        label="Направление", required=False, queryset=Direction.objects.none(), empty_label="все"
    )
    stage = forms.ChoiceField(label="Этап", required=False, choices=STAGES)
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "все, кроме отменённых"), *STATES]
    )

    def __init__(
        self,
        *args: Any,
        municipality: Municipality | None,
        partnerships: PartnershipQuerySet,
        sees_all: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school"].queryset = School.objects.of(municipality)
        fields["kind"].queryset = EventKind.objects.for_municipality(municipality)
        fields["direction"].queryset = Direction.objects.for_municipality(municipality)
        school, chosen = (
            row_id(self.data.get("school", "")),
            row_id(self.data.get("partnership", "")),
        )
        if school:
            partnerships = partnerships.filter(members__school=school)
        elif sees_all:
            partnerships = partnerships.filter(pk=chosen)
            fields["partnership"].empty_label = "сначала выберите школу"
        fields["partnership"].queryset = partnerships.with_members()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("month", "school", "partnership")]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in _MORE]

    @property
    def uses_more(self) -> bool:
        return any(self.data.get(name) for name in _MORE)
