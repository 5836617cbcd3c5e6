"""The card of a partnership: the overview."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.academic_year import AcademicYear
from partnerships import card
from partnerships.hard_context import warning_of
from partnerships.views.fetching import fetched
from schools.requests import PortalRequest


def partnership_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The card: members, risks of the targets, promises, visits, history, panels."""
    partnership = fetched(request, pk)
    user, today = request.user, timezone.localdate()
    year = AcademicYear.of(today)
    visits = card.visits_of(partnership)
    context = {
        **card.head_of(request, partnership, "partnerships:detail"),
        "seats": card.seats_of(partnership, user),
        "risks": None if partnership.is_group else card.risks_of(partnership, user, year),
        "year": year,
        "curators": card.curators_now(partnership, today),
        "visits": visits[: card.VISITS_SHOWN],
        "has_more_visits": len(visits) > card.VISITS_SHOWN,
        "warning": warning_of(
            partnership.scenario,
            [member.school for member in partnership.members.all() if not member.left_on],
            partnership.municipality,
            year,
        ),
    }
    return render(request, "partnerships/partnership_detail.html", context)
