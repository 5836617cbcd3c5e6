"""Choice of the page of clusters; lives in the address."""

from collections.abc import Iterable

from django import forms

from common.academic_year import AcademicYear
from schools.cluster_list import CLUSTERS


class ClusterFilter(forms.Form):
    """Year and cluster. Filled with what the page shows, whatever the address said."""

    year = forms.ChoiceField(label="Учебный год", required=False)
    cluster = forms.ChoiceField(
        label="Кластер",
        required=False,
        choices=[("", "Все три"), *((one.key, one.title) for one in CLUSTERS)],
    )

    def __init__(
        self,
        *,
        year: AcademicYear,
        cluster: str,
        years: Iterable[AcademicYear],
        usual: AcademicYear,
    ) -> None:
        shown = {"year": year.label, "cluster": cluster}
        super().__init__(shown, initial={"year": usual.label, "cluster": ""})
        choices = [(one.label, one.label) for one in years]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
