"""The form of one row of a roadmap."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Max
from django.forms.models import ModelChoiceIterator
from django.urls import reverse

from common.fields import OneRow, SeveralRows
from partnerships.enums import ObligationSide
from partnerships.models import Obligation
from roadmaps import plan_fields, responsible
from roadmaps.enums import NetworkStep
from roadmaps.forms.choices import factors_of, obligations_of, or_chosen, problems_of
from roadmaps.forms.fields import LabelledMany, Limits, Lines, offer
from roadmaps.forms.why import WhyFields
from roadmaps.models import Event, EventKind, EvidenceKind, Roadmap, RoadmapRow, TargetGroup
from schools.models import Direction, School

#: More people than a municipality has pupils is a slip of the keyboard.
MOST_PEOPLE = 100_000
#: So many headings of the stage are offered.
_SECTIONS = 30


class KindsByStep(ModelChoiceIterator):
    """Kinds of events under the headings of the two steps of networking (R154, R155)."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        kinds = list(self.queryset)
        for step in NetworkStep:
            if found := [self.choice(kind) for kind in kinds if kind.step == step]:
                yield (str(step.label), found)


class KindField(OneRow):
    iterator = KindsByStep


class EventForm(WhyFields, Limits, forms.ModelForm):
    """One row of the roadmap.

    `version` is the event's when the form was opened; `key` tells one filling of the form for a
    new row from another; a new row stands behind `after` or, without it, at the end of its stage.
    """

    section = forms.CharField(
        label="Раздел внутри этапа",
        max_length=300,
        required=False,
        help_text="Заголовок над строками; пусто – строка без раздела",
    )
    number = forms.CharField(
        label="№", max_length=20, required=False, help_text="Пусто – по порядку в этапе"
    )
    obligation = forms.ChoiceField(
        label="Исполняет обязательство", required=False, help_text="Чьё – сказано в строке"
    )
    participants = forms.IntegerField(
        label="Сколько участников ожидается",
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Напишите число участников цифрами",
            "min_value": "Число участников не бывает меньше 0",
            "max_value": "Столько участников не бывает: проверьте число",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    #: What is asked at once; the rest is folded under «Ещё поля».
    MAIN = (
        "title",
        "due_text",
        "kind",
        "responsible",
        "expected_result",
        "factors",
        "problems",
        "obligation",
    )
    MORE = (
        "section",
        "number",
        "steps",
        "target_groups",
        "participants",
        "evidence",
        "host",
        "direction",
        "note",
    )
    field_order = (*MAIN, *MORE)

    class Meta:
        model = Event
        fields = (
            "title",
            "due_text",
            "kind",
            "responsible",
            "expected_result",
            "factors",
            "problems",
            "steps",
            "target_groups",
            "participants",
            "evidence",
            "host",
            "direction",
            "note",
        )
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "autofocus": True}),
            "responsible": forms.Textarea(attrs={"rows": 2}),
            "steps": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "factors": forms.CheckboxSelectMultiple,
            "problems": forms.CheckboxSelectMultiple,
            "target_groups": forms.CheckboxSelectMultiple,
            "evidence": forms.CheckboxSelectMultiple,
        }
        labels = {"problems": "На какие проблемы отвечает"}
        help_texts = {
            "responsible": "Через точку с запятой или с новой строки; можно никого",
        }
        field_classes = {
            "expected_result": Lines,
            "kind": KindField,
            "host": OneRow,
            "direction": OneRow,
            "factors": LabelledMany,
            "problems": SeveralRows,
            "target_groups": SeveralRows,
            "evidence": SeveralRows,
        }
        error_messages = {"title": {"required": "Назовите мероприятие"}}

    def __init__(
        self,
        *args: Any,
        roadmap: Roadmap,
        row: RoadmapRow | None = None,
        stage: int | None = None,
        after: RoadmapRow | None = None,
        **kwargs: Any,
    ) -> None:
        event = row.event if row else Event(municipality=roadmap.municipality)
        self.sections = _sections(roadmap, row.stage if row else stage or 0)
        own: dict[str, Any] = {"key": uuid4()}
        if row:
            mine = [one for one in event.problems.all() if one.roadmap_id == roadmap.pk]
            own |= {"number": row.number, "section": row.section, "version": event.version}
            own |= {"problems": mine}
        else:
            last = after.section if after else next(iter(self.sections), "")
            own |= {"section": last, "direction": roadmap.direction_id}
        if event.obligation_id:
            own["obligation"] = f"{event.obligation_id}-{event.obligation_side}"
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(
            *args, instance=event, auto_id=f"row-{row.pk if row else 'new'}-%s", **kwargs
        )
        self.roadmap, self.row, self.after = roadmap, row, after
        self._offer(roadmap, event)
        self._read_due_date(roadmap)
        self.fields["section"].widget.attrs["list"] = str(self.auto_id) % "sections"
        holders = [other.roadmap for other in event.rows.all()] if row else []
        #: In how many other roadmaps the event stands.
        self.others = max(0, len(holders) - 1)
        self.ask_why(roadmap, *holders, may_correct=row is not None)

    def _offer(self, roadmap: Roadmap, event: Event) -> None:
        """Choices that fit the roadmap, and whatever the event holds already."""
        ours = roadmap.municipality
        kinds = EventKind.objects.for_municipality(ours).current()
        directions = Direction.objects.for_municipality(ours).current()
        places = School.objects.of(ours).open()
        if roadmap.partnership_id:
            places = School.objects.filter(partnerships__partnership=roadmap.partnership_id)
        offer(self.fields["kind"], or_chosen(kinds, event.kind_id), "не указан")
        offer(self.fields["host"], or_chosen(places, event.host_id), "не указано")
        offer(self.fields["direction"], or_chosen(directions, event.direction_id), "не указано")
        catalogues: dict[str, Any] = {"target_groups": TargetGroup, "evidence": EvidenceKind}
        for name, model in catalogues.items():
            chosen = {one.pk for one in getattr(event, name).all()} if event.pk else set()
            usual = model.objects.for_municipality(ours).current()
            offer(self.fields[name], usual | model.objects.filter(pk__in=chosen))
        obligation: Any = self.fields["obligation"]
        obligation.choices = [("", "не исполняет"), *obligations_of(roadmap, event)]
        offer(self.fields["factors"], factors_of(roadmap, event))
        problems = problems_of(roadmap)
        if roadmap.is_by_direction or not problems.exists():
            del self.fields["problems"]
        else:
            offer(self.fields["problems"], problems)

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

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_responsible(self) -> str:
        return responsible.joined(self.cleaned_data["responsible"])

    def clean_steps(self) -> str:
        """A step a line; empty lines are none."""
        lines = (line.strip() for line in self.cleaned_data["steps"].splitlines())
        return "\n".join(line for line in lines if line)

    def clean_note(self) -> str:
        return "\n".join(self.cleaned_data["note"].splitlines())

    def _post_clean(self) -> None:
        """Check as a model, but never touch the event: the action alone writes it."""
        untouched, self.instance = self.instance, Event(municipality=self.instance.municipality)
        super()._post_clean()  # type: ignore[misc]
        self.instance = untouched

    @property
    def repeats(self) -> bool:
        """«Повторить строку» was pressed: the row is saved and a copy of it put below."""
        return self.data.get("then") == "copy"

    def is_same(self) -> bool:
        return not self.repeats and self.row is not None and not self._changed()

    def beyond_correction(self) -> list[str]:
        told = [name for name in self._changed() if name not in plan_fields.TEXTS]
        labels = [plan_fields.BY_NAME[name].label for name in told]
        return [*labels, "добавлена строка"] if self.repeats else labels

    def _changed(self) -> list[str]:
        """Names of fields that read otherwise than what is stored."""
        return [
            name
            for name in (*self.MAIN, *self.MORE)
            if name in self.cleaned_data
            and _plain(self.cleaned_data[name]) != _plain(self.initial.get(name))
        ]

    @property
    def has_more(self) -> bool:
        """Whether anything under «Ещё поля» is filled or wrong: then it is open."""
        return any(
            _plain(self[name].value()) is not None or self[name].errors for name in self.MORE
        )

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def people(self) -> list[str]:
        """Who is suggested as responsible."""
        pair = self.roadmap.partnership
        members = pair.members.all() if pair else []
        return responsible.suggestions(str(m.school.short_name) for m in members)

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned values for the actions."""
        data = dict(self.cleaned_data)
        obligation, _, side = data["obligation"].partition("-")
        data["obligation"] = Obligation.objects.get(pk=obligation) if obligation else None
        data["obligation_side"] = side or ObligationSide.LEAD
        return data


def _sections(roadmap: Roadmap, stage: int) -> list[str]:
    """Headings of the stage, that of its last row first; it may be empty."""
    rows = roadmap.rows.filter(stage=stage).order_by().values("section")
    found = rows.annotate(last=Max("position")).order_by("-last")
    return list(found.values_list("section", flat=True)[:_SECTIONS])


def _plain(value: Any) -> Any:
    """A value for comparing: ids instead of rows, nothing for any emptiness but 0."""
    if value is None or value == "":
        return None
    if isinstance(value, str | int):
        return value
    if hasattr(value, "pk"):
        return value.pk
    return {getattr(one, "pk", one) for one in value} or None
