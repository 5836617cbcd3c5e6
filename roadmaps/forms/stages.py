"""Days, goals and responsible persons of the three stages in one form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.widgets import date_input
from roadmaps.due import Period, Span
from roadmaps.enums import Stage
from roadmaps.forms.fields import Limits
from roadmaps.models import RoadmapStage
from roadmaps.stage_dates import faults
from roadmaps.stage_plan import FIELDS, stages_mark

_LABELS = {
    "starts_on": "Первый день этапа {}",
    "ends_on": "Последний день этапа {}",
    "goal": "Цель этапа {}",
    "responsible": "Ответственные за этап {}",
}
_LENGTH = {"goal": 500, "responsible": 500}


def _fields() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {
        "mark": forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    }
    for one in Stage:
        for name in FIELDS:
            label = _LABELS[name].format(one.value)
            found[f"{name}_{one.value}"] = (
                forms.CharField(label=label, required=False, max_length=_LENGTH[name])
                if name in _LENGTH
                else forms.DateField(label=label, required=False, widget=date_input())
            )
    return found


class StagesForm(Limits, forms.Form):
    """Fields are `starts_on_1` … `responsible_3`; `mark` tells what stood there when the form was
    opened. `proposal`: days offered for stages that have none."""

    def __init__(
        self,
        *args: Any,
        stages: Sequence[RoadmapStage],
        period: Period,
        proposal: Sequence[Span] = (),
        **kwargs: Any,
    ) -> None:
        self.period = period
        own: dict[str, Any] = {"mark": stages_mark(stages)}
        for row in stages:
            own |= {f"{name}_{row.stage}": getattr(row, name) for name in FIELDS}
            if proposal and not (row.starts_on or row.ends_on):
                span = proposal[row.stage - 1]
                own |= {f"starts_on_{row.stage}": span.start, f"ends_on_{row.stage}": span.end}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields |= _fields()
        self.set_limits()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            spans = [
                Span(data[f"starts_on_{one.value}"], data[f"ends_on_{one.value}"]) for one in Stage
            ]
            for fault in faults(self.period, spans):
                self.add_error(f"{fault.field}_{fault.stage}", fault.text)
        return data

    @property
    def values(self) -> dict[int, dict[str, Any]]:
        """Cleaned values by stage."""
        return {
            one.value: {name: self.cleaned_data[f"{name}_{one.value}"] for name in FIELDS}
            for one in Stage
        }

    def of_stage(self, number: int) -> dict[str, forms.BoundField]:
        return {name: self[f"{name}_{number}"] for name in FIELDS}

    def shown(self, name: str) -> str:
        """The value of a field as people read it."""
        value = self[name].value()
        text = value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value or "")
        if name.startswith(("starts_on", "ends_on")) and text.count("-") == 2:
            return ".".join(reversed(text.split("-")))
        return text
