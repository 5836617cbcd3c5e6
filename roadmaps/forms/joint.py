"""Roadmaps into which an event is put, and out of which it is taken."""

from typing import Any

from django import forms

from common.fields import SeveralRows
from roadmaps.enums import PLANNING, RoadmapState, Stage
from roadmaps.forms.fields import Limits
from roadmaps.forms.why import WhyFields
from roadmaps.models import Roadmap
from roadmaps.models.roadmap import RoadmapQuerySet

_GONE = "Одной из отмеченных карт в списке уже нет. Отметьте карты заново"
_STATES = [("", "любое"), ("planning", "ещё не утверждена"), ("running", "утверждена")]


class JointFilter(forms.Form):
    """Which roadmaps are offered; it lives in the address."""

    q = forms.CharField(label="Школа", required=False, max_length=200)
    state = forms.ChoiceField(label="Состояние карты", required=False, choices=_STATES)

    def choose(self, rows: RoadmapQuerySet) -> RoadmapQuerySet:
        """Rows that were asked for; what cannot be understood asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        if told := data.get("q"):
            rows = rows.of_school_named(told)
        if state := data.get("state"):
            running = state == RoadmapState.RUNNING
            rows = rows.exclude(state__in=PLANNING) if running else rows.filter(state__in=PLANNING)
        return rows


class JointForm(WhyFields, Limits, forms.Form):
    """Several roadmaps at once and the stage in them; a reason where one of them is approved."""

    roadmaps = SeveralRows(
        Roadmap.objects.none(),
        error_messages={
            "required": "Отметьте хотя бы одну карту",
            "invalid_choice": _GONE,
            "invalid_pk_value": _GONE,
        },
    )
    stage = forms.TypedChoiceField(
        label="В какой этап",
        coerce=int,
        choices=[(stage.value, f"Этап {stage.value}. {stage.short}") for stage in Stage],
        error_messages={"invalid_choice": "Такого этапа нет: этапов ровно три"},
    )

    def __init__(
        self, *args: Any, offered: RoadmapQuerySet, shown: list[Roadmap], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roadmaps"].queryset = offered  # type: ignore[attr-defined]
        self.ask_why(*shown)

    def clean_roadmaps(self) -> list[Roadmap]:
        return list(self.cleaned_data["roadmaps"])

    def is_same(self) -> bool:
        """A draft is told no reasons."""
        return not any(roadmap.is_approved for roadmap in self.cleaned_data.get("roadmaps", []))

    @property
    def ticked(self) -> set[str]:
        return {str(pk) for pk in self["roadmaps"].value() or []}
