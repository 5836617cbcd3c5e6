"""Lists of the municipality: who can share what, resources, the pool of mentors."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from schools.forms.sharing import ExperienceFilter, MentorFilter, ResourceFilter
from schools.models import Experience, Mentor, Resource
from schools.requests import PortalRequest
from schools.rules import school as rules

_SCHOOL = ("school__sort_key", "school", "pk")
_ABOUT_WHAT = ("factor", "direction")


def experience(request: PortalRequest) -> HttpResponse:
    """«Кто чем может поделиться»."""
    chosen, rows = _experience(request)
    return _page(request, "schools/experience_list.html", chosen, rows)


def resources(request: PortalRequest) -> HttpResponse:
    """What is offered and what is needed, by kind."""
    chosen, rows = _resources(request)
    return _page(request, "schools/resource_list.html", chosen, rows)


def mentors(request: PortalRequest) -> HttpResponse:
    """The pool of mentors (R136, R143)."""
    chosen, rows = _mentors(request)
    return _page(request, "schools/mentor_list.html", chosen, rows)


@require_safe
def experience_export(request: PortalRequest) -> FileResponse:
    chosen, rows = _experience(request)
    about = _about(request, "Опыт, которым делятся школы", chosen)
    titles = {"Школа": 30, "Чем может поделиться": 50, "Фактор риска": 40, "Направление": 40}
    return _file(about, titles | {"Откуда опыт": 40}, Rows.of(rows), _experience_line)


@require_safe
def resources_export(request: PortalRequest) -> FileResponse:
    chosen, rows = _resources(request)
    about = _about(request, "Ресурсы школ", chosen)
    titles = {"Школа": 30, "Предлагает или нуждается": 16, "Вид ресурса": 28, "Что именно": 60}
    return _file(about, titles, Rows.of(rows), _resource_line)


@require_safe
def mentors_export(request: PortalRequest) -> FileResponse:
    chosen, rows = _mentors(request)
    about = _about(request, "База наставников", chosen)
    titles = {"Наставник": 34, "Должность": 30, "Школа": 24, "Кем может быть": 30}
    titles |= {"Направление": 40, "Фактор риска": 40, "Откуда опыт": 40}
    titles |= {"Рабочая почта": 26, "Рабочий телефон": 20}
    return _file(about, titles, Rows.of(rows), _mentor_line)


def _experience(request: PortalRequest) -> tuple[ExperienceFilter, Any]:
    chosen = _chosen(request, ExperienceFilter)
    rows = Experience.objects.visible_to(request.user).of(request.municipality).current()
    rows = _narrowed(rows, chosen, _ABOUT_WHAT)
    return chosen, rows.select_related("school__legal_form", *_ABOUT_WHAT).order_by(*_SCHOOL)


def _resources(request: PortalRequest) -> tuple[ResourceFilter, Any]:
    chosen = _chosen(request, ResourceFilter)
    rows = Resource.objects.visible_to(request.user).of(request.municipality).current()
    rows = _narrowed(rows, chosen, ("side", "kind"))
    return chosen, rows.select_related("school__legal_form").order_by("kind", *_SCHOOL)


def _mentors(request: PortalRequest) -> tuple[MentorFilter, Any]:
    chosen = _chosen(request, MentorFilter)
    rows = Mentor.objects.visible_to(request.user).of(request.municipality)
    rows = _narrowed(rows.available(timezone.localdate()), chosen, ("role", *_ABOUT_WHAT))
    related = ("person__school__legal_form", *_ABOUT_WHAT)
    return chosen, rows.select_related(*related).order_by("person__name", "person", "pk")


def _chosen(request: PortalRequest, form: Any) -> Any:
    require(rules.can_see_schools(request.user, request.municipality))
    chosen = form(request.GET, municipality=request.municipality)
    chosen.is_valid()
    return chosen


def _narrowed(rows: Any, chosen: Any, names: tuple[str, ...]) -> Any:
    """Rows that the filter asks for; a condition that is not valid narrows nothing."""
    asked = {name: chosen.cleaned_data.get(name) for name in names}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return rows.search(chosen.cleaned_data.get("q", ""))


def _page(request: PortalRequest, template: str, chosen: Any, rows: Any) -> HttpResponse:
    return render(request, template, {"filter": chosen, "page": page_of(rows, request)})


def _about(request: PortalRequest, title: str, chosen: Any) -> About:
    return About(title, str(request.municipality), chosen_words(chosen))


def _file(about: About, titles: dict[str, int], rows: Rows, line: Any) -> FileResponse:
    headings = [Heading(title, width) for title, width in titles.items()]
    lines: Iterator[list[Value]] = (line(row) for chunk in rows.chunks() for row in chunk)
    return download(about, headings, lines, is_cut=rows.is_cut)


def _experience_line(row: Experience) -> list[Value]:
    return [str(row.school), row.text, _name(row.factor), _name(row.direction), row.basis]


def _resource_line(row: Resource) -> list[Value]:
    return [str(row.school), row.get_side_display(), row.get_kind_display(), row.text]


def _mentor_line(row: Mentor) -> list[Value]:
    person = row.person
    return [
        *(person.name, person.post, _name(person.school), row.get_role_display()),
        *(_name(row.direction), _name(row.factor), row.basis, person.email, person.phone),
    ]


def _name(row: Any) -> str:
    return str(row or "")
