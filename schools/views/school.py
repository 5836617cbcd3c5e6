"""Pages of the schools: the list, the card, its facts."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.academic_year import AcademicYear
from common.columns import columns_for
from common.paging import page_of
from common.verdicts import require
from schools.card import facts_of, risk_table
from schools.forms.school import SchoolFilter, SchoolForm
from schools.listing import rows_of, with_categories
from schools.models import Membership, RiskProfile, RiskProfileItem, School, SchoolCategory
from schools.requests import PortalRequest
from schools.rules import school as rules


def school_list(request: PortalRequest) -> HttpResponse:
    """Schools of the current municipality in natural order."""
    municipality, user = request.municipality, request.user
    require(rules.can_see_schools(user, municipality))
    year = AcademicYear.of(timezone.localdate())
    chosen = SchoolFilter(request.GET, municipality=municipality)
    chosen.is_valid()
    schools = School.objects.visible_to(user).of(municipality)
    schools = schools.search(chosen.cleaned_data.get("q", ""))
    if category := chosen.cleaned_data.get("category"):
        schools = schools.in_category(category, year=year)
    page = page_of(with_categories(schools, year), request)
    columns = columns_for("schools.list", user, page.items)
    rows = rows_of(page.items, user, year, columns)
    return render(
        request,
        "schools/school_list.html",
        {
            "filter": chosen,
            "page": page,
            "rows": rows,
            "columns": columns,
            "shows_risks": any(row.sees_risks for row in rows),
            "year": year,
        },
    )


def school_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The card: profile by years, categories, infrastructure, experience, facts, panels."""
    related = ("municipality", "legal_form", "parent", "successor")
    schools = School.objects.visible_to(request.user).select_related(*related)
    school = get_object_or_404(schools, pk=pk)
    today = timezone.localdate()
    year = AcademicYear.of(today)
    held = SchoolCategory.objects.filter(school=school).select_related("category", "basis")
    items = RiskProfileItem.objects.select_related("factor", "overcome_with")
    profiles = RiskProfile.objects.visible_to(request.user).filter(school=school, year__lte=year)
    risks = risk_table(profiles.prefetch_related(Prefetch("items", items)))
    return render(
        request,
        "schools/school_detail.html",
        {
            "school": school,
            "year": year,
            "can_edit": rules.can_edit(request.user, school),
            "categories": held.in_year(year),
            "sees_risks": rules.can_see_risks(request.user, school),
            "risks": risks,
            "has_current": risks.has(year),
            "check": school.infrastructure.filter(year__lte=year).first(),
            "experience": school.experience.select_related("factor", "direction"),
            "facts": facts_of(school, list(Membership.objects.active(today).heads_of(school))),
        },
    )


def school_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the facts of the card."""
    schools = School.objects.visible_to(request.user).select_related("municipality")
    school = get_object_or_404(schools, pk=pk)
    require(rules.can_edit(request.user, school))
    form = SchoolForm(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Карточка сохранена: {school.official_name}.")
        return redirect("schools:detail", pk=school.pk)
    # The form has written what was typed into the instance: the head must not show it.
    title = School.objects.select_related("legal_form").get(pk=pk).official_name
    return render(request, "schools/school_form.html", {"form": form, "pk": pk, "title": title})
