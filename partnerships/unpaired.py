"""«Школы без партнёра» (R069)."""

from django.db.models import Exists, OuterRef

from common.academic_year import AcademicYear
from partnerships.enums import LIVING, MemberRole, PartnershipKind
from partnerships.models import PartnershipMember
from schools.enums import CATEGORIES_IN_NEED
from schools.models import Municipality, School
from schools.models.school import SchoolQuerySet


def schools_without_partner(
    municipality: Municipality | None, year: AcademicYear
) -> SchoolQuerySet:
    """Schools in a category of need that nobody leads now, in natural order (R049, R069).

    A school that leads others may still be without a partner of its own; so is one whose only
    lead has left.
    """
    leads = PartnershipMember.objects.filter(
        role=MemberRole.LEAD, left_on=None, partnership=OuterRef("partnership")
    )
    led = PartnershipMember.objects.filter(
        Exists(leads),
        school=OuterRef("pk"),
        role=MemberRole.TARGET,
        partnership__kind=PartnershipKind.SUPPORT,
        partnership__state__in=LIVING,
        left_on=None,
    )
    in_need = School.objects.of(municipality).open().in_category(*CATEGORIES_IN_NEED, year=year)
    return in_need.filter(~Exists(led))
