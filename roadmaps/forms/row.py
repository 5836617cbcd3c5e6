"""The form of one row of a roadmap."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse

from roadmaps.forms.choices import factors_of, obligations_of, or_chosen
from roadmaps.forms.fields import Labelled, LabelledMany, Limits, offer
from roadmaps.models import Event, EventKind, Roadmap, RoadmapRow
from schools.models import School


class EventForm(Limits, forms.ModelForm):
    """One row of the roadmap. `version` is the event's when the form was opened; `key` tells
    one filling of the form for a new row from another."""

    number = forms.CharField(
        label="№", max_length=20, required=False, help_text="Пусто – по порядку в этапе"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = (
        "title",
        "due_text",
        "kind",
        "responsible",
        "expected_result",
        "factors",
        "obligation",
        "host",
        "number",
    )

    class Meta:
        model = Event
        fields = (
            "title",
            "due_text",
            "kind",
            "responsible",
            "expected_result",
            "factors",
            "obligation",
            "host",
        )
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "autofocus": True}),
            "responsible": forms.Textarea(attrs={"rows": 1}),
            "factors": forms.CheckboxSelectMultiple,
        }
        field_classes = {"obligation": Labelled, "factors": LabelledMany}
        error_messages = {"title": {"required": "Назовите мероприятие"}}

    def __init__(
        self, *args: Any, roadmap: Roadmap, row: RoadmapRow | None = None, **kwargs: Any
    ) -> None:
        event = row.event if row else Event(municipality=roadmap.municipality)
        own = {"number": row.number, "version": event.version} if row else {"key": uuid4()}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(
            *args, instance=event, auto_id=f"row-{row.pk if row else 'new'}-%s", **kwargs
        )
        self._offer(roadmap, event)
        self._read_due_date(roadmap)

    def _offer(self, roadmap: Roadmap, event: Event) -> None:
        """Choices that fit the roadmap, and whatever the event holds already."""
        kinds = EventKind.objects.for_municipality(roadmap.municipality).current()
        places = School.objects.of(roadmap.municipality).open()
        if roadmap.partnership_id:
            places = School.objects.filter(partnerships__partnership=roadmap.partnership_id)
        offer(self.fields["kind"], or_chosen(kinds, event.kind_id), "не указан")
        offer(self.fields["host"], or_chosen(places, event.host_id), "не указано")
        offer(self.fields["obligation"], obligations_of(roadmap, event), "не исполняет")
        offer(self.fields["factors"], factors_of(roadmap, event))

    def _read_due_date(self, roadmap: Roadmap) -> None:
        """Show what was understood while the date is typed, under the field."""
        widget = self.fields["due_text"].widget
        widget.attrs |= {
            "hx-get": reverse("roadmaps:due-preview", args=[roadmap.pk]),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": f"#{str(self.auto_id) % 'due_text'}-read",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }

    def _post_clean(self) -> None:
        """Check as a model, but never touch the event: the action alone writes it."""
        untouched, self.instance = self.instance, Event(municipality=self.instance.municipality)
        super()._post_clean()  # type: ignore[misc]
        self.instance = untouched

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned values for the actions, line breaks of one-line fields joined."""
        data = dict(self.cleaned_data)
        for name in ("title", "responsible"):
            data[name] = " ".join(data[name].split())
        return data
