"""Forms of the editor: a row, a new roadmap, a reason, what stages 1 and 3 record."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.russian import grouped
from partnerships.models import Obligation, Partnership
from roadmaps.due import Period
from roadmaps.models import Event, EventKind, Problem, Roadmap, RoadmapRow, StageContact
from schools.models import RiskFactor, School


class _Limits:
    """Too long a text is answered by a sentence; the browser must not cut what is pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
            limit = getattr(field, "max_length", None)
            if limit:
                field.error_messages["max_length"] = _too_long(limit)


def _too_long(limit: int) -> str:
    return f"Слишком длинно: %(show_value)s знаков, помещается {grouped(limit)}. Сократите текст"


class EventForm(_Limits, forms.ModelForm):
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
        self.fields["kind"].queryset = _or_chosen(kinds, event.kind_id)
        self.fields["kind"].empty_label = "не указан"
        self.fields["obligation"].queryset = _obligations(roadmap, event)
        self.fields["obligation"].label_from_instance = _label
        self.fields["obligation"].empty_label = "не исполняет"
        self.fields["factors"].queryset = _factors(roadmap, event)
        self.fields["factors"].label_from_instance = _label
        members = School.objects.filter(partnerships__partnership=roadmap.partnership_id)
        if roadmap.partnership_id is None:
            members = School.objects.of(roadmap.municipality).open()
        self.fields["host"].queryset = _or_chosen(members, event.host_id)
        self.fields["host"].empty_label = "не указано"

    def _read_due_date(self, roadmap: Roadmap) -> None:
        """Show what was understood while the date is typed, under the field."""
        widget = self.fields["due_text"].widget
        widget.attrs |= {
            "hx-get": reverse("roadmaps:due-preview", args=[roadmap.pk]),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": f"#{self.auto_id % 'due_text'}-read",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }

    def _post_clean(self) -> None:
        """Check as a model, but never touch the event: the action alone writes it."""
        untouched, self.instance = self.instance, Event(municipality=self.instance.municipality)
        super()._post_clean()
        self.instance = untouched

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned values for the actions, line breaks of one-line fields joined."""
        data = dict(self.cleaned_data)
        for name in ("title", "responsible"):
            data[name] = " ".join(data[name].split())
        return data


def _or_chosen(rows: QuerySet, chosen: int | None) -> QuerySet:
    """Retired rows are not offered, but the one that is in use stays."""
    if chosen is None:
        return rows
    return (rows | rows.model._default_manager.filter(pk=chosen)).distinct()


def _label(item: Obligation | RiskFactor) -> str:
    return item.label


def _obligations(roadmap: Roadmap, event: Event) -> QuerySet[Obligation]:
    """What the pair promised; the whole catalogue where nothing was recorded."""
    mine = Q(pk=event.obligation_id)
    promised = set()
    if roadmap.partnership:
        promised = {one.obligation_id for one in roadmap.partnership.obligations.all()}
    if promised:
        return Obligation.objects.filter(Q(pk__in=promised) | mine)
    usual = Obligation.objects.for_municipality(roadmap.municipality).current()
    return _or_chosen(usual, event.obligation_id)


def _factors(roadmap: Roadmap, event: Event) -> QuerySet[RiskFactor]:
    """The factors of the pair; the whole catalogue where none was chosen."""
    offered = (
        {one.pk for one in roadmap.partnership.factors.all()} if roadmap.partnership else set()
    )
    chosen = {one.pk for one in event.factors.all()} if event.pk else set()
    if offered:
        return RiskFactor.objects.filter(pk__in=offered | chosen)
    usual = RiskFactor.objects.for_municipality(roadmap.municipality).current()
    return (usual | RiskFactor.objects.filter(pk__in=chosen)).distinct()


class RoadmapForm(forms.Form):
    """A new roadmap: whose and for which year."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Партнёрство", empty_label="выберите партнёрство"
    )
    period = forms.ChoiceField(label="Период")
    again = forms.BooleanField(
        label="Создать ещё одну карту на этот период", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, partnerships: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        today = timezone.localdate()
        school = AcademicYear.of(today)
        self.fields["period"].choices = [
            ("Учебный год", [(f"a{y.start}", f"{y} учебный год") for y in _around(school)]),
            ("Календарный год", [(f"c{y}", f"{y} год") for y in (today.year, today.year + 1)]),
        ]
        self.fields["period"].initial = f"a{school.start}"

    def clean_period(self) -> Period:
        """The days of the chosen year."""
        sort, number = self.cleaned_data["period"][0], int(self.cleaned_data["period"][1:])
        if sort == "a":
            year = AcademicYear(number)
            return Period(year.starts, year.ends)
        return Period(date(number, 1, 1), date(number, 12, 31))

    def ask_again(self) -> None:
        """Show the tick that confirms a second roadmap for the same period."""
        self.fields["again"].widget = forms.CheckboxInput()


def _around(year: AcademicYear) -> list[AcademicYear]:
    return [year.previous, year, year.next]


class ReasonForm(_Limits, forms.Form):
    """Why an event is cancelled."""

    reason = forms.CharField(
        label="Почему отменяется",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Укажите, почему мероприятие отменено"},
    )


class ContactForm(_Limits, forms.ModelForm):
    """A contact of stage 1 (R019)."""

    class Meta:
        model = StageContact
        fields = ("collective", "happened_on", "note")
        widgets = {"happened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Дата ещё не наступила: записывают то, что уже было")
        return day


class ProblemForm(_Limits, forms.ModelForm):
    """A problem whose solution needs the partner school (R020)."""

    class Meta:
        model = Problem
        fields = ("text", "factor")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factor"].queryset = _factors(roadmap, Event())
        self.fields["factor"].label_from_instance = _label
        self.fields["factor"].empty_label = "не указан"


class ConclusionForm(forms.Form):
    """Analysis of what was achieved (R022). `before` is the text when the form was opened."""

    conclusion = forms.CharField(
        label="Вывод: анализ достигнутых результатов",
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Напишите вывод: без него карта не завершается"},
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_conclusion(self) -> str:
        """Line breaks as the database keeps them, so that texts can be compared."""
        return self.cleaned_data["conclusion"].replace("\r\n", "\n")

    def clean_before(self) -> str:
        return self.cleaned_data["before"].replace("\r\n", "\n")
