"""Risk profiles of a year: which school has which factor (R059–R070)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from reports.facts.scope import Scope
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School


@dataclass(frozen=True)
class Risks:
    """`present` holds (school id, factor id) with the item; `profiled` schools with a profile."""

    factors: tuple[RiskFactor, ...]
    present: dict[tuple[int, int], RiskProfileItem]
    overcome: tuple[RiskProfileItem, ...]
    profiled: frozenset[int]

    def factors_of(self, school_id: int) -> list[RiskFactor]:
        return [factor for factor in self.factors if (school_id, factor.pk) in self.present]

    def with_factors(self, schools: Iterable[School]) -> list[School]:
        ids = {school_id for school_id, _ in self.present}
        return [school for school in schools if school.pk in ids]

    @property
    def noted(self) -> list[RiskProfileItem]:
        """Factors with a note, such as a share of pupils (R068)."""
        return [item for item in self.present.values() if item.note]


def risks_of(scope: Scope) -> Risks:
    """Profiles of the year, and what was overcome in it or before: two queries."""
    items = list(
        RiskProfileItem.objects.filter(
            Q(profile__year=scope.year) | Q(overcome=True, profile__year__lt=scope.year),
            profile__school__municipality=scope.municipality,
        )
        .select_related(
            "factor",
            "profile__school__legal_form",
            "overcome_with__legal_form",
            "overcome_with__municipality",
        )
        .order_by("profile__school__sort_key", "factor__position", "factor__name", "profile__year")
    )
    present = {
        (item.profile.school_id, item.factor_id): item
        for item in items
        if item.profile.year == scope.year and item.weighs
    }
    found = {item.factor_id: item.factor for item in present.values()}
    last = {(item.profile.school_id, item.factor_id): item for item in items if item.overcome}
    return Risks(
        factors=tuple(sorted(found.values(), key=lambda factor: (factor.position, factor.name))),
        present=present,
        overcome=tuple(item for key, item in last.items() if key not in present),
        profiled=frozenset(
            RiskProfile.objects.in_year(scope.year)
            .filter(school__municipality=scope.municipality)
            .values_list("school", flat=True)
        ),
    )
