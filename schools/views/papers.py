"""Papers of a school and requests of its team: the tab of the card, the form, the file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.paging import First, page_of
from common.verdicts import require
from schools.actions import papers as actions
from schools.card import open_card
from schools.forms.papers import PaperForm
from schools.models import School, SchoolDocument, TeamRequest
from schools.papers_tab import in_order, rows_of, with_names
from schools.requests import PortalRequest
from schools.rules import papers as rules
from schools.views.stored_files import to_save

TAB = "schools:papers"
#: Requests in full on the card; the others stand in the list.
REQUESTS = 10


def papers(request: PortalRequest, pk: int) -> HttpResponse:
    """Programmes and concepts of the school, requests of its team."""
    card = open_card(request, pk, TAB)
    school, user, today = card["school"], request.user, timezone.localdate()
    require(rules.can_see(user, school))
    found = SchoolDocument.objects.visible_to(user).filter(school=school)
    asked = First.of(
        with_names(TeamRequest.objects.visible_to(user).filter(school=school)), REQUESTS
    )
    context = {
        "page": page_of(in_order(found.select_related("factor", "file")), request),
        "requests": asked,
        "rows": rows_of(asked.rows, user, today),
        "can_keep": rules.can_keep(user, school, today),
    }
    return render(request, "schools/papers.html", card | context)


def paper_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write a paper down."""
    schools = School.objects.visible_to(request.user).select_related("municipality")
    school = get_object_or_404(schools, pk=pk)
    return _edited(request, school, None)


def paper_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a paper or its file."""
    paper = _paper(request, pk)
    return _edited(request, paper.school, paper)


def paper_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the paper, and delete it with its file."""
    paper = _paper(request, pk)
    require(rules.can_keep(request.user, paper.school, timezone.localdate()))
    if request.method == "POST":
        actions.delete_paper(paper=paper, by=request.user)
        messages.success(request, f"Документ удалён: {paper.title}.")
        return redirect(TAB, paper.school_id)
    return render(request, "schools/paper_delete.html", {"paper": paper})


@require_safe
def paper_file(request: PortalRequest, pk: int) -> FileResponse:
    """The file itself."""
    return to_save(_paper(request, pk).file)


def _edited(request: PortalRequest, school: School, paper: SchoolDocument | None) -> HttpResponse:
    require(rules.can_keep(request.user, school, timezone.localdate()))
    back_url = reverse(TAB, args=[school.pk])
    title = paper.title if paper else "Новый документ"
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        instance=paper,
        school=school,
        back_url=back_url,
    )
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect(TAB, school.pk)
    context = {"form": form, "school": school, "title": title}
    return render(request, "schools/paper_form.html", context)


def _save(request: PortalRequest, form: PaperForm) -> bool:
    """Run the action and say what was saved; False when the store has no room."""
    data: dict[str, Any] = form.cleaned_data
    try:
        paper = actions.save_paper(
            paper=form.save(commit=False),
            upload=data["upload"],
            drop_file=bool(data.get("drop_file")),
            by=request.user,
        )
    except ValidationError as error:
        form.add_error("upload", error)
        return False
    messages.success(request, f"Документ сохранён: {paper.title}.")
    return True


def _paper(request: PortalRequest, pk: int) -> SchoolDocument:
    rows = SchoolDocument.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("school__municipality", "factor", "file"), pk=pk)
