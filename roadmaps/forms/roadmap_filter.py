"""Choice of the list of roadmaps; it lives in the address."""

from datetime import date
from typing import Any

from django import forms

from common.academic_year import AcademicYear
from roadmaps.enums import RoadmapState


class RoadmapFilter(forms.Form):
    """Academic year and state; anything else in the address chooses nothing."""

    year = forms.TypedChoiceField(
        label="Учебный год", required=False, coerce=AcademicYear.parse, empty_value=None
    )
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "любое"), *RoadmapState.choices]
    )

    def __init__(self, *args: Any, earliest: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = AcademicYear.of(min(earliest, today)).start, AcademicYear.of(today).start + 1
        years = [AcademicYear(start).label for start in range(last, first - 1, -1)]
        self.fields["year"].choices = [("", "все"), *((label, label) for label in years)]  # type: ignore[attr-defined]
