"""In which academic years a partnership lived, as a condition on rows."""

from django.db.models import Exists, Min, OuterRef, Q

from common.academic_year import AcademicYear
from partnerships.enums import LIVING, PartnershipState
from partnerships.models import Partnership, PartnershipTransition
from schools.models import Municipality

#: Years that a filter offers at most; older ones are found by the start in the table.
_MOST_YEARS = 30

#: Moves that end a partnership which lived.
_ENDING = ("finish", "replace")


def lived_in(year: AcademicYear, now: AcademicYear) -> Q:
    """Partnerships that lived in the year. `now` is the present one.

    Dates count with the precision they were given (quirk 12): «2017 год» touches two academic
    years. Without a start a partnership is known to live now and not known to have lived before;
    an ended one lived until the written end, or until the day somebody ended it.
    """
    begun = _begun(year)
    if year >= now:
        begun |= Q(start_year=None)
    not_over = (
        Q(end_year__gt=year.start)
        | Q(end_year=year.start, end_month=None)
        | Q(end_year=year.start, end_month__gte=9)
    )
    ended = PartnershipTransition.objects.filter(instance=OuterRef("pk"), verb__in=_ENDING)
    lives = Q(state__in=LIVING) & (Q(end_year=None) | not_over)
    ended_since = Q(end_year=None) & Q(Exists(ended.filter(at__date__gte=year.starts)))
    over = (PartnershipState.FINISHED, PartnershipState.REPLACED)
    return begun & (lives | Q(state__in=over) & (not_over | ended_since))


def years_to_choose(
    municipality: Municipality | None, now: AcademicYear, last: AcademicYear
) -> list[AcademicYear]:
    """From `last` back to the first known start, at least to the year before the present one, the
    latest first."""
    rows = Partnership.objects.of(municipality).order_by()
    first = rows.aggregate(first=Min("start_year"))["first"] or now.start
    first = max(min(first - 1, now.start - 1), now.start - _MOST_YEARS)
    return [AcademicYear(start) for start in range(last.start, first - 1, -1)]


def begun_by(year: AcademicYear) -> Q:
    """Partnerships not known to have begun after the year."""
    return _begun(year) | Q(start_year=None)


def _begun(year: AcademicYear) -> Q:
    return (
        Q(start_year__lte=year.start)
        | Q(start_year=year.start + 1, start_month=None)
        | Q(start_year=year.start + 1, start_month__lte=8)
    )
