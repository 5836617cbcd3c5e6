"""What schools would work on: factors and directions of their profiles and features (R051, R096).

A profile of another municipality's school is its own: it proposes nothing here (decisions.md 6).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.academic_year import AcademicYear
from schools.enums import Significance
from schools.models import RiskProfileItem, School
from schools.proposed import Source, propose

#: More reasons beside one direction say nothing new.
_REASONS = 2


@dataclass(frozen=True)
class ProposedAims:
    """By id of the catalogue row: whose profile or feature it comes from, in words."""

    factors: Mapping[int, str] = field(default_factory=dict)
    directions: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.factors or self.directions)


def aims_of(schools: Iterable[School], year: AcademicYear) -> ProposedAims:
    """Aims that the profiles of that year and the features of these schools propose: five
    queries, however many schools; none for nobody."""
    ids = [school.pk for school in schools]
    if not ids:
        return ProposedAims()
    rows = RiskProfileItem.objects.present().filter(profile__school__in=ids, profile__year=year)
    items = rows.select_related("factor", "profile__school").prefetch_related("factor__directions")
    whose: dict[int, list[str]] = defaultdict(list)
    sources = []
    for item in items.order_by("profile__school__sort_key", "factor__position"):
        school, factor = item.profile.school, item.factor
        known = item.significance != Significance.UNSET
        weight = f" ({item.get_significance_display()})" if known else ""
        whose[factor.pk].append(f"{school}{weight}")
        reason = f"{school}: фактор «{factor.label}»"
        sources.append(Source(reason, list(factor.directions.all())))
    featured = School.objects.filter(pk__in=ids).prefetch_related("features__directions")
    sources += [
        Source(f"{school}: особенность «{feature}»", list(feature.directions.all()))
        for school in featured
        for feature in school.features.all()
    ]
    directions = {one.direction.pk: _short(one.reasons) for one in propose(sources)}
    return ProposedAims({pk: "; ".join(words) for pk, words in whose.items()}, directions)


def _short(reasons: list[str]) -> str:
    more = len(reasons) - _REASONS
    told = "; ".join(reasons[:_REASONS])
    return f"{told}; и ещё причин: {more}" if more > 0 else told
