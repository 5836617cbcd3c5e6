"""The card of a practice and the filter of the bank (R136)."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from common.fields import OneRow
from roadmaps.forms.choices import or_chosen
from roadmaps.forms.fields import Labelled, LabelledMany, Limits, Lines, offer
from roadmaps.models import EventKind, PracticeCard
from schools.models import Direction, Municipality, RiskFactor, School

_NO_NAMES = "Без фамилий: карточку читают все школы муниципалитета"


class PracticeForm(Limits, forms.ModelForm):
    """A practice card; `version` is the card's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = PracticeCard
        fields = (
            "title",
            "summary",
            "steps",
            "outcome",
            "expected_result",
            "responsible",
            "kind",
            "direction",
            "school",
            "factors",
        )
        field_classes = {
            "expected_result": Lines,
            "kind": OneRow,
            "direction": OneRow,
            "school": OneRow,
            "factors": LabelledMany,
        }
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "steps": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 4}),
            "factors": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "summary": "Одно-два предложения: что придумали и кому это поможет",
            "steps": "Каждый шаг с новой строки",
            "outcome": _NO_NAMES,
            "responsible": "Должности через точку с запятой, без фамилий",
        }
        error_messages = {"title": {"required": "Назовите практику"}}

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        factors: tuple[int, ...] = (),
        **kwargs: Any,
    ) -> None:
        card = kwargs["instance"]
        own: dict[str, Any] = {"version": card.version} if card.pk else {"factors": factors}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        kinds = EventKind.objects.for_municipality(municipality).current()
        directions = Direction.objects.for_municipality(municipality).current()
        schools = School.objects.of(municipality).open()
        offer(self.fields["kind"], or_chosen(kinds, card.kind_id), "не указан")
        offer(self.fields["direction"], or_chosen(directions, card.direction_id), "не указано")
        offer(self.fields["school"], or_chosen(schools, card.school_id), "не указана")
        held = {one.pk for one in card.factors.all()} if card.pk else set(factors)
        usual = RiskFactor.objects.for_municipality(municipality).current()
        offer(
            self.fields["factors"],
            (usual | RiskFactor.objects.filter(pk__in=held)).distinct(),
        )

    def _post_clean(self) -> None:
        """Check as a model, but never touch the card: the action alone writes it."""
        untouched, self.instance = self.instance, PracticeCard()
        super()._post_clean()  # type: ignore[misc]
        self.instance = untouched

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned values for the actions, line breaks of one-line fields joined."""
        data = dict(self.cleaned_data)
        data["title"] = " ".join(data["title"].split())
        return data


class PracticeFilter(forms.Form):
    """Search and choice of the bank; archived cards are there for who keeps it."""

    q = forms.CharField(label="Слова из карточки", required=False, max_length=200)
    factor = Labelled(
        RiskFactor.objects.none(), label="Для риска", required=False, empty_label="любого"
    )
    direction = OneRow(
        Direction.objects.none(), label="Направление", required=False, empty_label="любое"
    )
    kind = OneRow(EventKind.objects.none(), label="Вид", required=False, empty_label="любой")
    school = OneRow(
        School.objects.none(), label="Чья практика", required=False, empty_label="любой школы"
    )
    state = forms.ChoiceField(
        label="Какие",
        required=False,
        choices=[("", "действующие"), ("retired", "в архиве"), ("all", "все")],
    )

    def __init__(
        self, *args: Any, municipality: Municipality | None, keeps: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_place: dict[str, QuerySet] = {
            "factor": RiskFactor.objects.for_municipality(municipality).current(),
            "direction": Direction.objects.for_municipality(municipality).current(),
            "kind": EventKind.objects.for_municipality(municipality).current(),
            "school": School.objects.of(municipality).open(),
        }
        for name, rows in of_place.items():
            offer(self.fields[name], rows)
        if not keeps:
            del self.fields["state"]
