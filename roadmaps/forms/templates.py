"""Forms of ready plans: the plan and a row of it."""

from typing import Any

from django import forms

from common.fields import OneRow
from roadmaps.actions.templates import head_mark, row_mark
from roadmaps.enums import Stage
from roadmaps.forms.choices import or_chosen
from roadmaps.forms.fields import Labelled, LabelledMany, Limits, Lines, offer
from roadmaps.models import EventKind, PlanTemplate, TemplateRow
from schools.models import Direction, Municipality, RiskFactor


class TemplateForm(Limits, forms.ModelForm):
    """What a ready plan is for. `seen` is the mark of what the form showed."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = PlanTemplate
        fields = ("name", "factor", "direction", "description")
        field_classes = {"factor": Labelled, "direction": OneRow}
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        labels = {"name": "Название типового плана"}
        error_messages = {"name": {"required": "Назовите типовой план"}}

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        factors = RiskFactor.objects.for_municipality(municipality).current()
        directions = Direction.objects.for_municipality(municipality).current()
        offer(self.fields["factor"], or_chosen(factors, held.factor_id), "для любого")
        offer(self.fields["direction"], or_chosen(directions, held.direction_id), "для любого")
        if held.pk:
            self.fields["seen"].initial = head_mark(held)

    def _post_clean(self) -> None:
        """Check as a model, but never touch the plan: the action alone writes it."""
        untouched, self.instance = self.instance, PlanTemplate(code="new")
        super()._post_clean()  # type: ignore[misc]
        self.instance = untouched


class TemplateRowForm(Limits, forms.ModelForm):
    """A row of a ready plan. `seen` is the mark of what the form showed."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = TemplateRow
        fields = (
            "title",
            "stage",
            "section",
            "steps",
            "due_text",
            "responsible",
            "expected_result",
            "kind",
            "factors",
        )
        field_classes = {"expected_result": Lines, "kind": OneRow, "factors": LabelledMany}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "steps": forms.Textarea(attrs={"rows": 3}),
            "responsible": forms.Textarea(attrs={"rows": 1}),
            "factors": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "due_text": "Словами без года: «октябрь», «ежемесячно», «до 15 мая»",
            "responsible": "Должности через точку с запятой, без фамилий",
        }
        error_messages = {
            "title": {"required": "Назовите мероприятие"},
            "stage": {"invalid_choice": "Такого этапа нет: этапов ровно три"},
        }

    def __init__(self, *args: Any, template: PlanTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, owner = self.instance, template.municipality
        self.fields["stage"].choices = [(one.value, f"{one.value}. {one.short}") for one in Stage]  # type: ignore[attr-defined]
        kinds = EventKind.objects.for_municipality(owner).current()
        offer(self.fields["kind"], or_chosen(kinds, row.kind_id), "не указан")
        chosen = {factor.pk for factor in row.factors.all()} if row.pk else set()
        factors = RiskFactor.objects.for_municipality(owner).current()
        offer(
            self.fields["factors"],
            (factors | RiskFactor.objects.filter(pk__in=chosen)).distinct(),
        )
        if row.pk:
            self.fields["seen"].initial = row_mark(row)

    def _post_clean(self) -> None:
        """Check as a model, but never touch the row: the action alone writes it."""
        untouched, self.instance = self.instance, TemplateRow(template=self.instance.template)
        super()._post_clean()  # type: ignore[misc]
        self.instance = untouched

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned values for the actions, line breaks of one-line fields joined."""
        data = dict(self.cleaned_data)
        for name in ("title", "responsible"):
            data[name] = " ".join(data[name].split())
        return data
