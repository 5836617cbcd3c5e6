"""Texts of agreements: the draft for one partnership, and the templates it comes from."""

import io
from collections.abc import Iterable

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.files import clean_name
from common.row_id import row_id
from common.verdicts import require
from partnerships import agreement_docx
from partnerships.actions import agreement_samples as actions
from partnerships.agreement_draft import draft_of, for_draft
from partnerships.forms.agreement_samples import TryForm
from partnerships.models import AgreementTemplate, Partnership
from partnerships.rules import agreements as rules
from schools.requests import PortalRequest

#: Slug of the templates among the catalogues.
SLUG = "agreement-templates"
#: Partnerships offered as examples; who looks for another one writes its name.
EXAMPLES = 10


@require_safe
def agreement_draft(request: PortalRequest, pk: int, template: int) -> HttpResponse:
    """The text with what is known of the partnership; the rest is blanks."""
    partnership, sample = _both(request, pk, template)
    context = {
        "partnership": partnership,
        "sample": sample,
        "blocks": draft_of(partnership, sample),
    }
    return render(request, "partnerships/agreement_draft.html", context)


@require_safe
def agreement_docx_file(request: PortalRequest, pk: int, template: int) -> FileResponse:
    """The same as a document to go on writing."""
    partnership, sample = _both(request, pk, template)
    title = f"Проект договора: {partnership.title}"
    author = partnership.municipality.committee_name
    content = agreement_docx.written(draft_of(partnership, sample), title, author)
    name = f"{title}, {timezone.localdate():%d.%m.%Y}.docx".replace("/", "-")
    response = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=clean_name(name),
        content_type=agreement_docx.CONTENT_TYPE,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def agreement_samples(request: PortalRequest) -> HttpResponse:
    """Templates of the committee, own and common: edit, try, make an own one of a common one."""
    require(rules.can_keep_templates(request.user, request.municipality))
    found = AgreementTemplate.objects.for_municipality(request.municipality).current()
    rows = [
        {"sample": one, "can_change": rules.can_change_template(request.user, one)}
        for one in found.defer("text").select_related("municipality")
    ]
    context = {"rows": rows, "slug": SLUG, "has_place": request.municipality is not None}
    return render(request, "partnerships/agreement_samples.html", context)


@require_safe
def agreement_sample(request: PortalRequest, pk: int) -> HttpResponse:
    """A template tried by a real partnership: the newest one, or that of `?partnership=`."""
    require(rules.can_keep_templates(request.user, request.municipality))
    sample = get_object_or_404(AgreementTemplate.objects.visible_to(request.user), pk=pk)
    chosen = TryForm(request.GET)
    chosen.is_valid()
    seen = Partnership.objects.visible_to(request.user).of(request.municipality)
    found = seen.mentioning(chosen.cleaned_data.get("q", "")).with_members()[:EXAMPLES]
    shown = row_id(request.GET.get("partnership", "")) or _first(found)
    example = for_draft(seen).filter(pk=shown).first()
    context = {
        "sample": sample,
        "slug": SLUG,
        "filter": chosen,
        "examples": found,
        "example": example,
        "blocks": draft_of(example, sample) if example else [],
        "can_change": rules.can_change_template(request.user, sample),
    }
    return render(request, "partnerships/agreement_sample.html", context)


@require_POST
def agreement_sample_copy(request: PortalRequest, pk: int) -> HttpResponse:
    """Make the committee's own template of this one and go on to edit it."""
    require(rules.can_keep_templates(request.user, request.municipality))
    sample = get_object_or_404(AgreementTemplate.objects.visible_to(request.user), pk=pk)
    place = request.municipality
    if place is None:
        messages.info(request, "Общие образцы правит администратор: откройте сам образец.")
        return redirect("partnerships:agreement-samples")
    own = actions.copy_for(template=sample, municipality=place)
    messages.success(request, f"Образец комитета: «{own}». Теперь поправьте его текст.")
    return redirect("schools:catalogue-edit", SLUG, own.pk)


def _both(request: PortalRequest, pk: int, template: int) -> tuple[Partnership, AgreementTemplate]:
    """404 for a foreign partnership, and for a template of another municipality."""
    seen = for_draft(Partnership.objects.visible_to(request.user))
    partnership = get_object_or_404(seen, pk=pk)
    samples = AgreementTemplate.objects.for_municipality(partnership.municipality)
    return partnership, get_object_or_404(samples, pk=template)


def _first(found: Iterable[Partnership]) -> int:
    """The id of the first of them; 0, which is nobody's, of none."""
    return next((one.pk for one in found), 0)
