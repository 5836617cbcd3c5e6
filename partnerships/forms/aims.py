"""What a partnership works on and what came of it: factors, directions, the result (R051)."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from common.academic_year import AcademicYear
from common.fields import SeveralRows
from partnerships.enums import PartnershipState
from partnerships.models import Partnership
from schools.models import Direction, Municipality, RiskFactor, RiskProfileItem
from schools.models.catalogue import CatalogueItem

#: In these states something may have come of the work.
TELLS_RESULT = frozenset({PartnershipState.ACTIVE, PartnershipState.FINISHED})
_MARK = "есть в профиле целевых школ"


class FactorRows(SeveralRows):
    """Factors by their short names; those in `found` are marked."""

    found: Collection[int] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} ({_MARK})" if obj.pk in self.found else str(obj.label)


class AimsFields(forms.Form):
    """The fields; the form that inherits them calls `offer_aims`."""

    factors = FactorRows(
        RiskFactor.objects.none(),
        label="Факторы риска, с которыми работают",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    directions = SeveralRows(
        Direction.objects.none(),
        label="Направления взаимодействия",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    result = forms.CharField(
        label="Результат",
        required=False,
        max_length=500,
        help_text="Что получилось, одним предложением",
    )

    def offer_aims(self, municipality: Municipality, partnership: Partnership | None) -> None:
        """Rows in use, and what was chosen before; factors of the targets' profiles first."""
        if partnership is None or partnership.state not in TELLS_RESULT:
            del self.fields["result"]
        directions, factors = self.fields["directions"], self.fields["factors"]
        assert isinstance(directions, SeveralRows)  # noqa: S101 - tells the type checker
        assert isinstance(factors, FactorRows)  # noqa: S101
        directions.queryset = self._offered("directions", Direction, municipality)
        rows = self._offered("factors", RiskFactor, municipality)
        factors.found = _in_profiles(partnership) if partnership else frozenset()
        factors.queryset = _first(rows, factors.found)
        if factors.found and rows.filter(pk__in=factors.found).exists():
            factors.help_text = f"Первыми стоят те, о которых сказано «{_MARK}»"

    def _offered(
        self, name: str, catalogue: type[CatalogueItem], municipality: Municipality
    ) -> QuerySet:
        usual = Q(is_retired=False) & (Q(municipality=None) | Q(municipality=municipality))
        return catalogue.objects.filter(usual | Q(pk__in=self.initial.get(name, [])))


def _in_profiles(partnership: Partnership) -> frozenset[int]:
    """Factors that weigh on the targets this year; a foreign school's profile stays its own."""
    own = [
        member.school_id
        for member in partnership.targets
        if member.school.municipality_id == partnership.municipality_id
    ]
    year = AcademicYear.of(timezone.localdate())
    items = RiskProfileItem.objects.present().filter(profile__school__in=own, profile__year=year)
    return frozenset(items.order_by().values_list("factor", flat=True))


def _first(rows: QuerySet, found: Collection[int]) -> QuerySet:
    if not found:
        return rows
    rank = Case(When(pk__in=found, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(rank, "position", "name")
