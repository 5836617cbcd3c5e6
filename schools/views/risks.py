"""The tab «Риски» of a card, two profiles side by side, and how their pages find the school."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from common.academic_year import EARLIEST, LATEST, AcademicYear
from common.verdicts import require
from schools.card import open_card, risk_table
from schools.models import RiskProfile, School
from schools.requests import PortalRequest
from schools.risk_tab import check_lines, compared, deficits, features_of, profiles_of, proposals
from schools.rules import profiles as rules


def risks(request: PortalRequest, pk: int) -> HttpResponse:
    """Profiles of all years, what changed, deficits, proposed directions, infrastructure."""
    card = open_card(request, pk, "schools:risks")
    school, year, today = card["school"], card["year"], timezone.localdate()
    require(rules.can_see(request.user, school))
    profiles = list(profiles_of(school))
    known = {profile.year for profile in profiles}
    latest = next((profile for profile in profiles if profile.year <= year), None)
    earlier = next((one for one in profiles if latest and one.year < latest.year), None)
    items = list(latest.items.all()) if latest else []
    features = features_of(school)
    context = {
        "profiles": profiles,
        "risks": risk_table(profiles, years=len(profiles)),
        "latest": latest,
        # Marked in the newest profile, which may be next year's already.
        "overcome_in": profiles[0].year if profiles else None,
        "earlier": earlier,
        "changes": compared(earlier, latest) if latest and earlier else [],
        "deficits": deficits(items),
        "features": features,
        "proposals": proposals(features, items),
        "checks": check_lines(school, year),
        "can_edit_risks": rules.can_edit(request.user, school, today),
        "can_copy": rules.can_copy(year, known),
        "copied_from": max((other for other in known if other < year), default=None),
        "can_compare": rules.can_compare(len(profiles)),
    }
    return render(request, "schools/risk_tab.html", card | context)


def profile_compare(request: PortalRequest, pk: int) -> HttpResponse:
    """Two years beside each other; the last two unless the address names others."""
    school = school_or_404(request, pk)
    require(rules.can_see(request.user, school))
    profiles = list(profiles_of(school))
    pair = _asked_pair(request, profiles)
    context = {"school": school, "profiles": profiles, "pair": pair}
    if pair:
        context |= {"rows": compared(*pair), "earlier": pair[0], "later": pair[1]}
    return render(request, "schools/profile_compare.html", context)


def _asked_pair(
    request: PortalRequest, profiles: list[RiskProfile]
) -> tuple[RiskProfile, RiskProfile] | None:
    """The two profiles of `?from=&to=`, the earlier first; the last two for a spoilt address."""
    if len(profiles) < 2:
        return None
    by_year = {str(profile.year.start): profile for profile in profiles}
    asked = {by_year.get(request.GET.get(name, "")) for name in ("from", "to")} - {None}
    found = asked if len(asked) == 2 else set(profiles[:2])
    earlier, later = sorted(found, key=lambda profile: profile.year)
    return earlier, later  # type: ignore[return-value]


def school_or_404(request: PortalRequest, pk: int) -> School:
    schools = School.objects.visible_to(request.user)
    return get_object_or_404(schools.select_related("municipality", "legal_form"), pk=pk)


def editable_or_403(request: PortalRequest, pk: int) -> School:
    """The school, if its risks are the person's to keep."""
    school = school_or_404(request, pk)
    require(rules.can_edit(request.user, school, timezone.localdate()))
    return school


def year_or_404(start: int) -> AcademicYear:
    if not EARLIEST <= start <= LATEST:
        raise Http404("Такого учебного года нет.")
    return AcademicYear(start)
