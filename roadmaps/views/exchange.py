"""A plan comes from Word and Excel, and goes there (issue 5, point 5)."""

import io

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from common.files import clean_name
from common.paging import page_of
from common.verdicts import require
from roadmaps.actions.plan import drafts as actions
from roadmaps.card import roadmaps_for
from roadmaps.draft_page import Sums
from roadmaps.exchange import plan_docx, plan_xlsx
from roadmaps.exchange.docx import DOCX
from roadmaps.exchange.grid import TableError
from roadmaps.forms.exchange import ExchangeForm
from roadmaps.models import PlanDraft, Roadmap
from roadmaps.plan_appendix import appendix_of, file_name
from roadmaps.rules import plan as rules
from schools.exchange.package import XLSX
from schools.requests import PortalRequest


def exchange(request: PortalRequest, pk: int) -> HttpResponse:
    """Paste a table or hand in a file; rows that were read before and wait are listed."""
    roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    require(rules.can_edit(request.user, roadmap))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExchangeForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.keep_draft(
                roadmap=roadmap,
                origin=form.origin,
                name=form.source_name,
                source=form.source,
                by=request.user,
            )
            return redirect("roadmaps:draft", draft.pk)
        except TableError as problem:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(problem))
    waiting = PlanDraft.objects.filter(by=request.user, roadmap=roadmap, accepted_at=None)
    page = page_of(waiting.defer("source"), request)
    context = {
        "roadmap": roadmap,
        "form": form,
        "page": page,
        "drafts": [(draft, Sums.of(draft.rows)) for draft in page],
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/exchange.html", context, status=status)


@require_safe
def export_docx(request: PortalRequest, pk: int) -> FileResponse:
    roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    return _saved(roadmap, plan_docx.written(appendix_of(roadmap)), "docx", DOCX)


@require_safe
def export_xlsx(request: PortalRequest, pk: int) -> FileResponse:
    roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    return _saved(roadmap, plan_xlsx.written(appendix_of(roadmap)), "xlsx", XLSX)


def _saved(roadmap: Roadmap, content: bytes, suffix: str, content_type: str) -> FileResponse:
    response = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=clean_name(file_name(roadmap, suffix)),
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
