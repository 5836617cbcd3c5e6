"""Filter of the picture of the network; lives in the address."""

from typing import Any

from django import forms
from django.utils import timezone

from common.academic_year import AcademicYear
from partnerships.network.picture import Asked, cluster_named
from partnerships.year_lived import years_to_choose
from schools.cluster_list import CLUSTERS
from schools.models import Direction, Municipality, RiskFactor

LIVING_ONLY = "living"
WHOLE, BY_LEAD, BY_PLACE = "", "lead", "place"
_VIEWS = {WHOLE: "одной схемой", BY_LEAD: "по лидерам", BY_PLACE: "по населённым пунктам"}


class NetworkFilter(forms.Form):
    """Year, topic or risk, group of schools, finished or not, one picture or many."""

    year = forms.ChoiceField(label="Учебный год", required=False)
    about = forms.ChoiceField(label="Тема или риск", required=False)
    cluster = forms.ChoiceField(
        label="Группа целевых школ",
        required=False,
        choices=[("", "все"), *((one.key, one.title) for one in CLUSTERS)],
    )
    show = forms.ChoiceField(
        label="Связи",
        required=False,
        choices=[("", "все"), (LIVING_ONLY, "только действующие")],
    )
    by = forms.ChoiceField(label="Показать", required=False, choices=list(_VIEWS.items()))

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = AcademicYear.of(timezone.localdate())
        fields: dict[str, Any] = self.fields
        earlier = years_to_choose(municipality, self.now, last=self.now.previous)
        fields["year"].choices = [
            ("", str(self.now)),
            *((str(year.start), str(year)) for year in earlier),
        ]
        fields["about"].choices = [
            ("", "все"),
            ("Направления", _rows("d", Direction, municipality)),
            ("Факторы риска", _rows("f", RiskFactor, municipality)),
        ]

    @property
    def asked(self) -> Asked:
        """What the address asks for; what it says amiss is passed over."""
        self.is_valid()
        chosen = self.cleaned_data
        kind, _, pk = chosen.get("about", "").partition("-")
        year = chosen.get("year")
        return Asked(
            year=AcademicYear(int(year)) if year else self.now,
            now=self.now,
            direction=int(pk) if kind == "d" else None,
            factor=int(pk) if kind == "f" else None,
            cluster=cluster_named(chosen.get("cluster", "")),
            with_finished=chosen.get("show") != LIVING_ONLY,
        )

    @property
    def view(self) -> str:
        return self.cleaned_data.get("by", WHOLE)


def _rows(prefix: str, model: Any, municipality: Municipality | None) -> list[tuple[str, str]]:
    rows = model.objects.for_municipality(municipality).current()
    return [(f"{prefix}-{pk}", name) for pk, name in rows.values_list("pk", "name")]
