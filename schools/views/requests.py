"""Requests of management teams: the list, sending, answering (R050, R120)."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import chosen_words
from common.paging import page_of
from common.russian import long_date
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from schools.actions import requests as actions
from schools.forms.requests import AnswerForm, RequestFilter, RequestForm
from schools.models import School, TeamRequest
from schools.papers_tab import narrowed, rows_of, with_names
from schools.requests import PortalRequest
from schools.rules import papers as papers_rules
from schools.rules import requests as rules

TAB = "schools:papers"
HEADINGS = (
    Heading("Дата", 12),
    Heading("Школа", 26),
    Heading("О чём просит команда", 60),
    Heading("Факторы риска", 40),
    Heading("Что решено", 60),
    Heading("Отвечено", 12),
)


def requests(request: PortalRequest) -> HttpResponse:
    """All of the municipality for the committee, the own ones for a school."""
    chosen, rows = _asked_for(request)
    page = page_of(rows, request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, request.user, timezone.localdate()),
    }
    return render(request, "schools/requests.html", context)


@require_safe
def requests_export(request: PortalRequest) -> FileResponse:
    """The list with its filter as a table."""
    chosen, found = _asked_for(request)
    rows = Rows.of(found)
    words = chosen_words(chosen)
    about = About("Запросы управленческих команд", str(request.municipality), words)
    return download(about, HEADINGS, _lines(rows), is_cut=rows.is_cut)


def request_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Send a request of the team, or write one down for the school."""
    schools = School.objects.visible_to(request.user).select_related("municipality")
    school = get_object_or_404(schools, pk=pk)
    require(papers_rules.can_keep(request.user, school, timezone.localdate()))
    return _edited(request, TeamRequest(school=school), "Новый запрос команды")


def request_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a request that nobody has answered."""
    asked = _request(request, pk)
    require(rules.can_change(request.user, asked, timezone.localdate()))
    return _edited(request, asked, f"Запрос от {long_date(asked.dated)}")


def request_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the request, and take it back."""
    asked = _request(request, pk)
    require(rules.can_change(request.user, asked, timezone.localdate()))
    if request.method == "POST":
        actions.delete_request(asked=asked, by=request.user)
        messages.success(request, f"Запрос отозван: {asked}.")
        return redirect(TAB, asked.school_id)
    return render(request, "schools/request_delete.html", {"asked": asked})


def request_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what was decided; the school is told."""
    asked = _request(request, pk)
    require(rules.can_answer(request.user, asked))
    form = AnswerForm(
        request.POST or None, instance=asked, back_url=reverse(TAB, args=[asked.school_id])
    )
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        actions.answer_request(asked=asked, answer=answer, by=request.user)
        messages.success(request, f"Ответ сохранён: {asked}. Школа получила уведомление.")
        return redirect(TAB, asked.school_id)
    return render(request, "schools/request_answer.html", {"form": form, "asked": asked})


def _asked_for(request: PortalRequest) -> tuple[RequestFilter, QuerySet[TeamRequest]]:
    user, municipality = request.user, request.municipality
    require(rules.can_see_list(user, municipality))
    chosen = RequestFilter(request.GET, municipality=municipality)
    chosen.is_valid()
    rows = TeamRequest.objects.visible_to(user).of(municipality)
    return chosen, with_names(narrowed(rows, chosen.cleaned_data, municipality))


def _lines(rows: Rows) -> Iterator[list[Value]]:
    for chunk in rows.chunks():
        for asked in chunk:
            yield [
                asked.dated,
                asked.school.short_name,
                asked.text,
                ", ".join(factor.label for factor in asked.factors.all()),
                asked.answer,
                timezone.localdate(asked.answered_at) if asked.answered_at else None,
            ]


def _edited(request: PortalRequest, asked: TeamRequest, title: str) -> HttpResponse:
    school = asked.school
    back_url = reverse(TAB, args=[school.pk])
    form = RequestForm(request.POST or None, instance=asked, school=school, back_url=back_url)
    if request.method == "POST" and form.is_valid():
        factors = form.cleaned_data["factors"]
        saved = actions.save_request(
            asked=form.save(commit=False), factors=list(factors), by=request.user
        )
        messages.success(request, f"Запрос сохранён: {saved}.")
        return redirect(TAB, school.pk)
    context = {"form": form, "school": school, "title": title}
    return render(request, "schools/paper_form.html", context)


def _request(request: PortalRequest, pk: int) -> TeamRequest:
    return get_object_or_404(with_names(TeamRequest.objects.visible_to(request.user)), pk=pk)
