"""What the methodist does with risk profiles: a new year, the whole profile, one factor."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.academic_year import AcademicYear
from common.row_id import row_id
from common.russian import counted
from common.verdicts import require
from common.versions import Stale
from schools.actions import profiles as actions
from schools.forms.by_name import suggestions
from schools.forms.profiles import NOT_NAMED, OvercomeForm, ProfileForm, ProfileStart
from schools.models import RiskFactor, RiskProfile, School
from schools.profile_draft import ItemDraft, ProfileDraft
from schools.requests import PortalRequest
from schools.rules import profiles as rules
from schools.views.risks import editable_or_403, year_or_404


def profile_create(request: PortalRequest, pk: int) -> HttpResponse:
    """A profile of a new year: empty, or a copy of the latest earlier one."""
    school = editable_or_403(request, pk)
    today = timezone.localdate()
    known = set(school.risk_profiles.values_list("year", flat=True))
    form = ProfileStart(
        request.POST or None,
        known=known,
        today=today,
        initial={"year": AcademicYear.of(today)},
        back_url=reverse("schools:risks", args=[pk]),
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "schools/profile_start.html", {"form": form, "school": school})
    year = form.cleaned_data["year"]
    if form.copies:
        return _copied(request, school, year)
    actions.create(school=school, year=year, by=request.user)
    messages.success(request, f"Профиль за {year} учебный год внесён: отметьте факторы.")
    return redirect("schools:profile-edit", pk=pk, year=year.start)


@require_POST
def profile_copy(request: PortalRequest, pk: int, year: int) -> HttpResponse:
    """Copy the latest earlier profile into the year of the address."""
    school = editable_or_403(request, pk)
    wanted = year_or_404(year)
    require(rules.is_sensible(wanted, timezone.localdate()))
    return _copied(request, school, wanted)


def _copied(request: PortalRequest, school: School, year: AcademicYear) -> HttpResponse:
    """Copy and say what did not go along."""
    copied = actions.copy(school=school, year=year, by=request.user)
    if copied is None:
        known = set(school.risk_profiles.values_list("year", flat=True))
        messages.error(request, rules.can_copy(year, known).reason)
        return redirect("schools:risks", pk=school.pk)
    messages.success(request, _copy_told(copied))
    return redirect("schools:profile-edit", pk=school.pk, year=year.start)


def _copy_told(copied: actions.Copied) -> str:
    said = [
        f"Профиль {copied.source} скопирован в {copied.profile.year}. Укажите источник и значимость"
    ]
    if copied.overcome:
        said.append(f"Не перенесено, потому что преодолено: {', '.join(copied.overcome)}")
    said += [f"«{old}» заменён на «{new}»" for old, new in copied.replaced]
    if copied.dropped:
        year = copied.profile.year
        said.append(f"Не перенесено, потому что не в списке {year}: {', '.join(copied.dropped)}")
    return ". ".join(said) + "."


def profile_edit(request: PortalRequest, pk: int, year: int) -> HttpResponse:
    """The whole profile on one page; both versions when somebody was first."""
    school = editable_or_403(request, pk)
    profile = _profile_or_404(school, year)
    form = _profile_form(request, school, profile)
    context = {"form": form, "school": school, "profile": profile}
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "schools/profile_form.html", context | {"names": suggestions(school)}
        )
    try:
        changed = actions.save(
            profile=profile,
            draft=form.draft,
            expected_version=form.expected_version,
            by=request.user,
        )
    except Stale as stale:
        return _conflict_page(request, form, stale.current)
    return _saved(request, profile, changed, form.remarks)


def _profile_form(request: PortalRequest, school: School, profile: RiskProfile) -> ProfileForm:
    """Factors of that year's list and those that the profile names already."""
    known = RiskFactor.objects.for_municipality(school.municipality)
    listed = known.valid_in(profile.year).current()
    named = RiskFactor.objects.filter(pk__in=[item.factor_id for item in profile.items.all()])
    return ProfileForm(
        request.POST or None,
        factors=(listed | named).distinct(),
        draft=ProfileDraft.of(profile),
        school=school,
        version=profile.version,
        year=profile.year,
    )


def _saved(
    request: PortalRequest, profile: RiskProfile, changed: bool, remarks: list[str]
) -> HttpResponse:
    title = f"Профиль за {profile.year} учебный год"
    said = f"{title} сохранён." if changed else f"{title}: ничего не изменилось."
    messages.success(request, " ".join([said, *remarks]))
    return redirect("schools:risks", pk=profile.school_id)


def _conflict_page(request: PortalRequest, form: ProfileForm, current: RiskProfile) -> HttpResponse:
    """What differs, mine beside theirs; nothing is written yet, nothing is lost."""
    theirs, mine = ProfileDraft.of(current), form.draft
    texts = [("Источник", mine.source_words, theirs.source_words)]
    texts += [
        (factor.label, _words(mine.items.get(pk)), _words(theirs.items.get(pk)))
        for pk, factor in form.factors.items()
    ]
    context = {
        "title": f"Профиль {current.year} уже изменили",
        "current": current,
        "texts": [text for text in texts if text[1] != text[2]],
        "hidden": [form[name].as_hidden() for name in form.fields if name != "version"],
        "version": ("version", current.version),
        "fresh_url": request.path,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def _words(item: ItemDraft | None) -> str:
    return item.words if item else NOT_NAMED


def profile_delete(request: PortalRequest, pk: int, year: int) -> HttpResponse:
    """Ask, naming year and number of factors; then remove the profile."""
    school = editable_or_403(request, pk)
    profile = _profile_or_404(school, year)
    if request.method == "POST":
        actions.delete(profile=profile, by=request.user)
        messages.success(request, f"Профиль за {profile.year} учебный год удалён.")
        return redirect("schools:risks", pk=pk)
    number = counted(len(profile.items.all()), "фактор", "фактора", "факторов")
    context = {
        "school": school,
        "title": f"Удалить рисковый профиль за {profile.year} учебный год?",
        "text": f"{school.official_name}. В профиле {number}. Что в нём было, останется в истории.",
    }
    return render(request, "schools/profile_delete.html", context)


def profile_overcome(request: PortalRequest, pk: int, year: int, factor: int) -> HttpResponse:
    """Mark one factor «преодолён»: when, with which school, thanks to what (R063)."""
    school = editable_or_403(request, pk)
    profile = _profile_or_404(school, year)
    item = get_object_or_404(profile.items.select_related("factor"), factor=row_id(str(factor)))
    require(rules.can_overcome(item, again=request.method == "POST"))
    back_url = reverse("schools:risks", args=[pk])
    given = request.POST if request.method == "POST" else None
    form = OvercomeForm(given, school=school, back_url=back_url)
    context = {"form": form, "school": school, "profile": profile, "item": item}
    context["names"] = suggestions(school)
    if given is None or not form.is_valid():
        return render(request, "schools/profile_overcome.html", context)
    try:
        actions.overcome(item=item, how=form.how, by=request.user)
    except Stale as stale:
        context["theirs"] = ItemDraft.of(stale.current).words
        return render(request, "schools/profile_overcome.html", context, status=409)
    messages.success(request, f"Отмечено: фактор «{item.factor.label}» преодолён.")
    return redirect(back_url)


def _profile_or_404(school: School, year: int) -> RiskProfile:
    profiles = RiskProfile.objects.prefetch_related("items__overcome_with", "items__factor")
    found: Any = get_object_or_404(profiles, school=school, year=year_or_404(year))
    return found
