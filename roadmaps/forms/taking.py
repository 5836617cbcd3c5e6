"""Rows of a preview that a person takes over; what was ticked comes as `take`."""

from typing import Any
from uuid import uuid4

from django import forms

from common.fields import OneRow
from common.row_id import row_id
from roadmaps.draft_lines import Offer
from roadmaps.drafts import DraftRow
from roadmaps.enums import Stage
from roadmaps.forms.fields import Labelled, Limits, offer
from roadmaps.forms.why import WhyFields
from roadmaps.models import Roadmap
from schools.models import Direction, RiskFactor

NOTHING = "Отметьте хотя бы одну строку"


class TakeForm(WhyFields, Limits, forms.Form):
    """`key` tells one preview from another: accepted twice, it adds its rows once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, roadmap: Roadmap, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["key"].initial = uuid4()
        self.ask_why(roadmap)

    @property
    def ticked(self) -> set[str] | None:
        """Keys that were ticked; None for a form that was not sent yet."""
        if not self.is_bound:
            return None
        return set(self.data.getlist("take"))  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[DraftRow]:
        """The ticked rows in the order of the preview."""
        ticked = self.ticked or set()
        return [one.row for one in self.offers if one.key in ticked]

    def clean(self) -> Any:
        data = super().clean()
        if not self.rows:
            self.add_error(None, NOTHING)
        return data


class TakePracticesForm(TakeForm):
    """Practices that become rows of a stage, of stage 2 unless a person says otherwise."""

    stage = forms.TypedChoiceField(
        label="В какой этап",
        coerce=int,
        choices=[(one.value, f"{one.value}. {one.short}") for one in Stage],
        initial=Stage.JOINT_ACTIVITY.value,
        error_messages={"invalid_choice": "Такого этапа нет: этапов ровно три"},
    )

    field_order = ("stage",)


class InsertForm(WhyFields, Limits, forms.Form):
    """«Вставить в карту»: which roadmap and which stage; the reason is asked once the roadmap
    that was chosen turns out to be approved."""

    roadmap = OneRow(
        Roadmap.objects.none(),
        label="Дорожная карта",
        empty_label="выберите карту",
        error_messages={"required": "Выберите карту", "invalid_choice": "Такой карты нет"},
    )
    stage = forms.TypedChoiceField(
        label="В какой этап",
        coerce=int,
        choices=[(one.value, f"{one.value}. {one.short}") for one in Stage],
        initial=Stage.JOINT_ACTIVITY.value,
        error_messages={"invalid_choice": "Такого этапа нет: этапов ровно три"},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, roadmaps: list[Roadmap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["roadmap"]
        offered.queryset = Roadmap.objects.filter(pk__in=[one.pk for one in roadmaps])
        offered.choices = [("", "выберите карту"), *((one.pk, _title(one)) for one in roadmaps)]
        self.fields["key"].initial = uuid4()
        asked = row_id(self.data.get("roadmap", "")) if self.is_bound else 0
        self.chosen = next((one for one in roadmaps if one.pk == asked), None)
        if self.chosen:
            self.ask_why(self.chosen)


class SourceFilter(forms.Form):
    """Search in the list of other roadmaps."""

    q = forms.CharField(label="Школа или тема", required=False, max_length=200)


class PlanFilter(forms.Form):
    """Choice of the list of ready plans."""

    factor = Labelled(
        RiskFactor.objects.none(), label="Для риска", required=False, empty_label="любого"
    )
    direction = OneRow(
        Direction.objects.none(), label="Для направления", required=False, empty_label="любого"
    )
    whose = forms.ChoiceField(
        label="Чьи",
        required=False,
        choices=[("", "все"), ("own", "свои"), ("common", "общие"), ("retired", "убранные")],
    )

    def __init__(self, *args: Any, municipality: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["factor"], RiskFactor.objects.for_municipality(municipality).current())
        offer(self.fields["direction"], Direction.objects.for_municipality(municipality).current())


def _title(roadmap: Roadmap) -> str:
    return f"{roadmap.owner_title}, {roadmap.period_label}, {roadmap.get_state_display()}"
