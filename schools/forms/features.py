"""The form of a school's features (R084–R096)."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from common.fields import SeveralRows
from common.row_id import row_id
from schools.models import School, SchoolFeature


def features_for(school: School) -> QuerySet[SchoolFeature]:
    """What may be chosen: rows in use, and those that the school has already."""
    known = SchoolFeature.objects.for_municipality(school.municipality)
    held = school.features.order_by().values("pk")
    rows = known.filter(Q(is_retired=False) | Q(pk__in=held))
    return rows.prefetch_related("directions")


class FeaturesForm(forms.Form):
    """Ticks; `shown` are the ids that were ticked when the form was opened."""

    features = SeveralRows(
        SchoolFeature.objects.none(),
        label="Особенности",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        held = sorted(school.features.values_list("pk", flat=True))
        initial = {"features": held, "shown": " ".join(map(str, held))}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.fields["features"].queryset = features_for(school)  # type: ignore[attr-defined]

    def clean_shown(self) -> list[int]:
        return [row_id(word) for word in self.cleaned_data["shown"].split()]

    @property
    def rows(self) -> list[tuple[Any, SchoolFeature]]:
        """Each tick with its feature, whose directions stand beside it."""
        features = {row.pk: row for row in self.fields["features"].queryset}  # type: ignore[attr-defined]
        ticks = self["features"].subwidgets
        return [(tick, features[tick.data["value"].value]) for tick in ticks]
