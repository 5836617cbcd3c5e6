"""Promises of both sides on one page: the catalogue is the list of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from partnerships.enums import ObligationSide
from partnerships.models import Obligation
from partnerships.promises import Promised, PromiseDraft, Promises, mark_of, title_of

_HOW_OFTEN = "Напишите целое число от 1 до 999 или оставьте пустым"


@dataclass(frozen=True)
class PromiseRow:
    """One obligation of one side: its bound fields."""

    obligation: Obligation
    is_promised: forms.BoundField
    quantity: forms.BoundField
    note: forms.BoundField


class ObligationsForm(forms.Form):
    """Ticked rows are promised. `mark` tells what stood there when the form was opened."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    confirmed = forms.BooleanField(
        label="Убрать, хотя мероприятия считаются на эти обязательства", required=False
    )

    def __init__(
        self, *args: Any, obligations: Iterable[Obligation], promises: Promises, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"mark": mark_of(promises)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.obligations = list(obligations)
        for side in ObligationSide:
            for row in self.obligations:
                self._add(row, side, promises.get(Promised(row.pk, side)))

    def _add(self, row: Obligation, side: str, draft: PromiseDraft | None) -> None:
        name, title = f"{side}-{row.pk}", title_of(row.label, side)
        self.fields[f"{name}-promised"] = forms.BooleanField(
            label=row.name, required=False, initial=draft is not None
        )
        self.fields[f"{name}-quantity"] = forms.IntegerField(
            label=f"Раз за год: {title}",
            required=False,
            min_value=1,
            max_value=999,
            initial=draft and draft.quantity,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _HOW_OFTEN),
            widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
        )
        self.fields[f"{name}-note"] = forms.CharField(
            label=f"Уточнение: {title}",
            required=False,
            max_length=300,
            initial=draft.note if draft else "",
        )

    @property
    def sides(self) -> list[tuple[str, str, list[PromiseRow]]]:
        """Code, heading and rows of each side."""
        return [
            (
                side.value,
                str(side.label).capitalize(),
                [self._row(row, side) for row in self.obligations],
            )
            for side in ObligationSide
        ]

    def _row(self, row: Obligation, side: str) -> PromiseRow:
        name = f"{side}-{row.pk}"
        return PromiseRow(
            row, self[f"{name}-promised"], self[f"{name}-quantity"], self[f"{name}-note"]
        )

    @property
    def promises(self) -> dict[Promised, PromiseDraft]:
        """What a valid form promises; a quantity or a note without a tick is a promise too."""
        found = {}
        for side in ObligationSide.values:
            for row in self.obligations:
                name = f"{side}-{row.pk}"
                ticked = self.cleaned_data[f"{name}-promised"]
                quantity = self.cleaned_data[f"{name}-quantity"]
                note = self.cleaned_data[f"{name}-note"]
                if ticked or quantity or note:
                    found[Promised(row.pk, side)] = PromiseDraft(quantity, note)
        return found
