"""Evidence photos: served through the access check only."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from common.verdicts import require
from roadmaps.actions.photos import remove_photo
from roadmaps.models import EventReport, EvidencePhoto
from roadmaps.rules import reports as rules
from schools.requests import PortalRequest


def photo(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The picture itself. It may stay in the person's own browser for an hour."""
    found = get_object_or_404(EvidencePhoto.objects.visible_to(request.user), pk=pk)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is gone from the store") from error
    response = FileResponse(opened, content_type=found.content_type, filename=f"photo-{pk}.jpg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def photo_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Remove a photo from a report that the school may still change."""
    found = get_object_or_404(EvidencePhoto.objects.visible_to(request.user), pk=pk)
    reports = EventReport.objects.visible_to(request.user).with_pairs(request.user)
    report = get_object_or_404(reports, pk=found.report_id)
    require(rules.can_report(request.user, report.occurrence, report.school))
    remove_photo(photo=found)
    messages.success(request, "Снимок удалён.")
    return redirect("roadmaps:report-detail", report.pk)
