"""The filter of «История»."""

from typing import Any

from django import forms

from schools.enums import RISK_AREAS, ChangeArea


class HistoryFilter(forms.Form):
    """Part of the card; lives in the address."""

    area = forms.ChoiceField(label="Раздел", required=False)

    def __init__(self, *args: Any, sees_risks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [area for area in ChangeArea if sees_risks or area not in RISK_AREAS]
        choices = [("", "Все"), *((area.value, area.label) for area in areas)]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]
