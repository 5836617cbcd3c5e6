"""Agreements of one partnership: the tab of the card, the form, the scan (R065)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.verdicts import require
from common.versions import Stale
from partnerships.actions import agreements as actions
from partnerships.agreement_tab import cards_of
from partnerships.card import open_card
from partnerships.forms.agreements import AgreementForm
from partnerships.models import Agreement, AgreementTemplate, Partnership
from partnerships.rules import agreements as rules
from schools.requests import PortalRequest
from schools.views.stored_files import to_save

TAB = "partnerships:agreements"


@require_safe
def agreements(request: PortalRequest, pk: int) -> HttpResponse:
    """Agreements of the partnership with supplementary ones, signatories, scans."""
    card = open_card(request, pk, TAB)
    partnership = card["partnership"]
    samples = AgreementTemplate.objects.for_municipality(partnership.municipality).current()
    context = {
        "agreements": cards_of(partnership, timezone.localdate()),
        "can_keep": rules.can_keep(request.user, partnership),
        "samples": samples.defer("text"),
    }
    return render(request, "partnerships/agreements.html", card | context)


def agreement_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write an agreement down; nothing of it need be known."""
    partnership = _partnership(request, pk)
    require(rules.can_keep(request.user, partnership))
    return _edited(request, Agreement(partnership=partnership), "Новый договор")


def agreement_supplement(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down a supplementary agreement: its own number and what it changed."""
    parent = _agreement(request, pk)
    require(rules.can_supplement(request.user, parent))
    new = Agreement(partnership=parent.partnership, parent=parent)
    return _edited(request, new, f"Дополнительное соглашение: {parent}")


def agreement_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change an agreement, its signatories or its scan."""
    agreement = _agreement(request, pk)
    require(rules.can_keep(request.user, agreement.partnership))
    return _edited(request, agreement, str(agreement))


def agreement_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the agreement, and delete it; a sentence where others hang on it."""
    agreement = _agreement(request, pk)
    require(rules.can_keep(request.user, agreement.partnership))
    verdict = rules.can_delete(agreement, has_supplements=agreement.supplements.exists())
    if request.method == "POST" and verdict:
        actions.delete_agreement(agreement=agreement, by=request.user)
        messages.success(request, f"Удалено: {agreement}.")
        return redirect(TAB, agreement.partnership_id)
    context = {"agreement": agreement, "verdict": verdict}
    status = 409 if request.method == "POST" else 200
    return render(request, "partnerships/agreement_delete.html", context, status=status)


@require_safe
def agreement_scan(request: PortalRequest, pk: int) -> FileResponse:
    """The scan itself, for whoever sees the partnership."""
    return to_save(_agreement(request, pk).scan)


def _edited(request: PortalRequest, agreement: Agreement, title: str) -> HttpResponse:
    back_url = reverse(TAB, args=[agreement.partnership_id])
    form = AgreementForm(
        request.POST or None, request.FILES or None, instance=agreement, back_url=back_url
    )
    if request.method == "POST" and form.is_valid():
        try:
            if _saved(request, form):
                return redirect(back_url)
        except Stale as stale:
            return _conflict_page(request, form, stale.current, back_url)
    context = {
        "form": form,
        "title": title,
        "partnership": agreement.partnership,
        "back_url": back_url,
    }
    return render(request, "partnerships/agreement_form.html", context)


def _saved(request: PortalRequest, form: AgreementForm) -> bool:
    """Run the action and say what was saved; False when the form must be shown again."""
    data: dict[str, Any] = form.cleaned_data
    try:
        agreement = actions.save_agreement(
            agreement=form.save(commit=False),
            signatures=form.signatures(),
            upload=data["upload"],
            drop_scan=bool(data.get("drop_scan")),
            # A form without a version does not know what it would overwrite.
            expected_version=data["version"] or 0,
            by=request.user,
        )
    except ValidationError as error:
        form.add_error("upload", error)
        return False
    except IntegrityError:
        form.number_is_taken()
        return False
    messages.success(request, f"Сохранено: {agreement}.")
    return True


def _conflict_page(
    request: PortalRequest, form: AgreementForm, current: Agreement, back_url: str
) -> HttpResponse:
    """Both texts side by side; nothing is written yet, nothing is lost."""
    names = [name for name in form.fields if name not in {"version", "upload", "drop_scan"}]
    context: dict[str, Any] = {
        "title": f"{current}: запись уже изменили",
        "current": current,
        "texts": form.both(current),
        "hidden": [form[name].as_hidden() for name in names],
        "version": ("version", current.version),
        "fresh_url": back_url,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def _partnership(request: PortalRequest, pk: int) -> Partnership:
    rows = Partnership.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(rows.with_members(), pk=pk)


def _agreement(request: PortalRequest, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user)
    related = ("partnership__municipality", "parent", "scan")
    return get_object_or_404(rows.select_related(*related), pk=pk)
