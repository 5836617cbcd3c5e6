"""Which schools a run looks for leads for, and who of them is taken meanwhile."""

from django.db.models import Exists, OuterRef

from common.academic_year import AcademicYear
from partnerships.enums import MemberRole, PartnershipKind, PartnershipState
from partnerships.load import TAKING, Taken, limit_of, places_taken
from partnerships.models import LeadTerms, NetworkSettings, Partnership, PartnershipMember
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.unpaired import schools_without_partner
from schools.models import Municipality, School
from schools.models.school import SchoolQuerySet


def schools_to_match(municipality: Municipality, year: AcademicYear) -> SchoolQuerySet:
    """«Школы без партнёра» but those for whom a proposal waits already."""
    asked = PartnershipMember.objects.filter(
        school=OuterRef("pk"),
        role=MemberRole.TARGET,
        left_on=None,
        partnership__state=PartnershipState.PROPOSED,
        partnership__kind=PartnershipKind.SUPPORT,
    )
    return schools_without_partner(municipality, year).filter(~Exists(asked))


def partnerships_of_target(school: School) -> PartnershipQuerySet:
    """Partnerships in which the school is helped now, or is proposed to be."""
    return Partnership.objects.filter(
        state__in=TAKING,
        kind=PartnershipKind.SUPPORT,
        members__in=PartnershipMember.objects.filter(
            school=school, role=MemberRole.TARGET, left_on=None
        ),
    )


def free_places(lead: School, municipality: Municipality) -> int:
    """How many targets more the school may lead now; proposals count too (as `Lead.places`)."""
    terms = LeadTerms.objects.filter(school=lead).first()
    taken = places_taken([lead.pk]).get(lead.pk, Taken())
    usual = NetworkSettings.of(municipality).lead_limit
    return limit_of(terms, usual) - taken.led - taken.proposed
