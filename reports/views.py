"""Pages of documents: the archive, the order, one document, its file."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from common import waiting
from common.academic_year import AcademicYear
from common.listing import chosen_words
from common.paging import page_of
from common.sheets import About, Rows, download
from common.verdicts import require
from partnerships.models import AgreementTemplate, Partnership
from reports import actions, builders, pages, rules
from reports.enums import DocumentKind, NetworkSection
from reports.forms import (
    ArchiveFilter,
    OrderForm,
    RegistrationForm,
    usual_order,
)
from reports.models import KEY_LENGTH, Document, DocumentQuerySet
from reports.page import sections_of
from schools.models import Municipality
from schools.requests import PortalRequest

#: Rows of a table on the screen; the file has them all.
ROWS_SHOWN = 30


@require_safe
def document_list(request: PortalRequest) -> HttpResponse:
    """The archive of the current municipality, newest first."""
    chosen, found = _asked(request)
    page = page_of(found, request)
    context = {"filter": chosen, "page": page, "registration": pages.registration_of}
    return render(request, "reports/document_list.html", context)


@require_safe
def document_export(request: PortalRequest) -> FileResponse:
    """The archive with its filter as a table."""
    chosen, found = _asked(request)
    rows = Rows.of(found)
    about = About("Архив справок", str(request.municipality), chosen_words(chosen))
    return download(about, pages.HEADINGS, pages.lines_of(rows), is_cut=rows.is_cut)


def _asked(request: PortalRequest) -> tuple[ArchiveFilter, DocumentQuerySet]:
    require(rules.can_order(request.user, request.municipality))
    chosen = ArchiveFilter(request.GET)
    chosen.is_valid()
    wanted = {name: value for name, value in chosen.cleaned_data.items() if value}
    documents = Document.objects.visible_to(request.user).of(request.municipality).filter(**wanted)
    return chosen, documents.defer("context").select_related("created_by")


def document_create(request: PortalRequest) -> HttpResponse:
    """Choose kind, period, sections and signatory; beside it what the document will lack."""
    require(rules.can_order(request.user, request.municipality))
    form = OrderForm(request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        document = actions.order_document(
            municipality=_place(request), by=request.user, **form.cleaned_data
        )
        return redirect("reports:detail", document.pk)
    planned = _planned(request, form)
    context = {
        "form": form,
        "year": planned.year,
        "gaps": pages.links_of(builders.missing_for(planned)),
    }
    name = "reports/document_create.html"
    if request.htmx:
        return render(request, f"{name}#missing", context)
    return render(request, name, context, status=422 if form.errors else 200)


def _usual(request: PortalRequest) -> dict[str, object]:
    asked = _asked_year(request)
    return usual_order(request) | ({"year": asked.label} if asked else {})


def _place(request: PortalRequest) -> Municipality:
    """The current municipality; `rules.can_order` has refused those who have none."""
    return cast("Municipality", request.municipality)


def _asked_year(request: PortalRequest) -> AcademicYear | None:
    try:
        return AcademicYear.parse(request.GET.get("year", ""))
    except ValueError:
        return None


def _planned(request: PortalRequest, form: OrderForm) -> Document:
    """The document that the form describes, never saved: for «Чего не хватает»."""
    told = request.POST or request.GET
    sections = [code for code in told.getlist("sections") if code in NetworkSection.values]
    post = told.get("signatory_post", form.initial["signatory_post"])
    name = told.get("signatory_name", form.initial["signatory_name"])
    return Document(
        municipality=_place(request),
        kind=DocumentKind.NETWORK,
        year=_asked_year(request) or AcademicYear.of(timezone.localdate()),
        sections=sections or NetworkSection.values,
        signatory_post=str(post),
        signatory_name=str(name),
    )


@require_safe
def document_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """One document in any state; asked again every two seconds while it is being made."""
    document = _visible(request, pk)
    if request.htmx and not waiting.is_open(document):
        return HttpResponseClientRefresh()
    context = {
        "document": document,
        "is_open": waiting.is_open(document),
        "stage": pages.stage_of(document),
        "facts": pages.facts_of(document),
        "gaps": pages.gaps_of(document),
        "sections": sections_of(document.context, ROWS_SHOWN) if document.context else [],
        "registration": pages.registration_of(document),
        "can_register": rules.can_register(request.user, document),
        "can_retry": rules.can_retry(request.user, document),
        "again_url": _again_url(document),
    }
    name = "reports/document_detail.html"
    return render(request, f"{name}#progress" if request.htmx else name, context)


def _again_url(document: Document) -> str:
    """Where the same is ordered anew; nowhere for an agreement of a partnership that is gone."""
    if not document.is_agreement:
        return f"{reverse('reports:create')}?year={document.year}"
    if document.partnership_id is None:
        return ""
    return reverse("partnerships:agreements", args=[document.partnership_id])


@require_safe
def document_download(request: PortalRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself, for those who may see the document; a lost file is told of."""
    document = _visible(request, pk)
    require(rules.can_download(request.user, document))
    try:
        file = document.file.open("rb")
    except OSError:
        messages.error(
            request,
            "Файл справки не найден в хранилище. Сформируйте справку заново и сообщите "
            "администратору.",
        )
        return redirect("reports:detail", pk)
    return FileResponse(
        file,
        as_attachment=True,
        filename=pages.file_name(document),
        content_type="application/pdf",
    )


@require_POST
def agreement_order(request: PortalRequest, partnership: int, template: int) -> HttpResponse:
    """Put the draft of an agreement in the queue, from the card of its partnership."""
    seen = Partnership.objects.visible_to(request.user).select_related("municipality")
    pair = get_object_or_404(seen.with_members(), pk=partnership)
    require(rules.can_order(request.user, pair.municipality))
    samples = AgreementTemplate.objects.for_municipality(pair.municipality)
    document = actions.order_agreement(
        partnership=pair,
        template=get_object_or_404(samples, pk=template),
        by=request.user,
        request_key=request.POST.get("request_key", "")[:KEY_LENGTH],
    )
    return redirect("reports:detail", document.pk)


@require_POST
def document_retry(request: PortalRequest, pk: int) -> HttpResponse:
    """Try again what failed."""
    document = _visible(request, pk)
    require(rules.can_retry(request.user, document))
    actions.retry(document=document)
    return redirect("reports:detail", pk)


def document_register(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down the number and date that the office gave."""
    document = _visible(request, pk)
    require(rules.can_register(request.user, document))
    start = {
        "number": document.number,
        "registered_on": document.registered_on or timezone.localdate(),
    }
    form = RegistrationForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.register(
            document=document,
            number=form.cleaned_data["number"],
            day=form.cleaned_data["registered_on"],
        )
        messages.success(request, f"Записано: {pages.registration_of(document)}.")
        return redirect("reports:detail", pk)
    context = {"document": document, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reports/document_register.html", context, status=status)


def _visible(request: PortalRequest, pk: int) -> Document:
    documents = Document.objects.visible_to(request.user)
    return get_object_or_404(documents.select_related("municipality", "created_by"), pk=pk)
