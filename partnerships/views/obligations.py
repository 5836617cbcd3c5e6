"""Obligations of the sides (R011–R016)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.roles import Permission
from common.russian import counted
from common.verdicts import require
from common.versions import Stale
from partnerships.actions import obligations as actions
from partnerships.enums import ObligationSide
from partnerships.forms.obligations import ObligationsForm
from partnerships.models import Obligation, Partnership
from partnerships.plan_year import PlanYear
from partnerships.promises import Promised, Promises, mark_of, promises_of, title_of
from partnerships.rules import partnership as rules
from partnerships.views.fetching import fetched
from schools.requests import PortalRequest
from schools.standing import permissions_of

_WORDS = ("обязательство", "обязательства", "обязательств")


def obligations_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """What each side promises and how often in a year."""
    partnership = fetched(request, pk)
    require(rules.can_edit(request.user, partnership))
    promises = promises_of(partnership.obligations.all())
    form = ObligationsForm(
        request.POST or None, obligations=_offered(partnership), promises=promises
    )
    context = _context(request, partnership, form)
    if request.method != "POST" or not form.is_valid():
        return render(request, "partnerships/obligations_form.html", context)
    try:
        changed = actions.save_obligations(
            partnership=partnership,
            promises=form.promises,
            mark=form.cleaned_data["mark"],
            by=request.user,
            confirmed=form.cleaned_data["confirmed"],
        )
    except Stale as stale:
        return _conflict_page(request, form, stale.current)
    except actions.StillCounted as counts:
        context["still_counted"] = counts.told
        return render(request, "partnerships/obligations_form.html", context, status=409)
    words = f"Сохранено: изменено {counted(changed, *_WORDS)}."
    messages.success(request, words if changed else "В обязательствах ничего не изменилось.")
    return redirect("partnerships:detail", pk=pk)


def _offered(partnership: Partnership) -> list[Obligation]:
    """Rows in use of the catalogue, and retired ones that were promised."""
    promised = {row.obligation_id for row in partnership.obligations.all()}
    rows = Obligation.objects.for_municipality(partnership.municipality)
    return list(rows.filter(Q(is_retired=False) | Q(pk__in=promised)))


def _context(
    request: PortalRequest, partnership: Partnership, form: ObligationsForm
) -> dict[str, Any]:
    held = permissions_of(request.user, partnership.municipality)
    return {
        "partnership": partnership,
        "form": form,
        "year": PlanYear.of(partnership.period_kind, timezone.localdate()),
        "keeps_catalogue": Permission.EDIT_CATALOGUES in held,
    }


def _conflict_page(request: PortalRequest, form: ObligationsForm, theirs: Promises) -> HttpResponse:
    """What differs, mine beside theirs; nothing is written yet, nothing is lost."""
    mine = form.promises
    texts = [
        (title_of(row.label, side), _words(mine, row.pk, side), _words(theirs, row.pk, side))
        for side in ObligationSide.values
        for row in form.obligations
    ]
    context = {
        "title": "Обязательства уже изменили",
        "current": None,
        "texts": [text for text in texts if text[1] != text[2]],
        "hidden": [form[name].as_hidden() for name in form.fields if name != "mark"],
        "version": ("mark", mark_of(theirs)),
        "fresh_url": request.path,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def _words(promises: Promises, obligation: int, side: str) -> str:
    draft = promises.get(Promised(obligation, side))
    return draft.words if draft else "не обещано"
