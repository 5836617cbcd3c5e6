"""Steps of the life cycle."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common.transitions import WrongState
from common.verdicts import require
from partnerships.actions.moves import CannotAgree, NoSuccessor, move_partnership
from partnerships.agreement_checks import Check, checks_of, refusals, warnings
from partnerships.agreement_facts import facts_of
from partnerships.enums import TRANSITIONS, VERB_LABELS
from partnerships.forms.moves import MoveForm, ReplaceForm
from partnerships.models import Partnership
from partnerships.rules import partnership as rules
from partnerships.views.fetching import fetched
from schools.requests import PortalRequest


def partnership_move(request: PortalRequest, pk: int, verb: str) -> HttpResponse:
    """Ask, then take a step of the life cycle. Whoever comes second is told so on the card."""
    partnership = fetched(request, pk)
    if verb not in TRANSITIONS:
        raise Http404("Такого действия нет.")
    require(rules.can_create(request.user, partnership.municipality))
    verdict = rules.can_move(request.user, partnership, verb)
    if not verdict and request.method == "POST":
        messages.warning(request, verdict.reason)
        return redirect("partnerships:detail", pk)
    require(verdict)
    checks = checks_of(facts_of(partnership, timezone.localdate())) if verb == "agree" else []
    form = _form(request, partnership, verb, checks)
    if request.method == "POST" and not refusals(checks) and form.is_valid():
        return _taken(request, partnership, verb, form.cleaned_data)
    context = {
        "form": form,
        "partnership": partnership,
        "action": VERB_LABELS[verb].capitalize(),
        "checks": checks,
        "is_refused": bool(refusals(checks)),
    }
    return render(request, "partnerships/partnership_move.html", context)


def _form(
    request: PortalRequest, partnership: Partnership, verb: str, checks: list[Check]
) -> MoveForm:
    kind = ReplaceForm if verb == "replace" else MoveForm
    return kind(
        request.POST or None,
        partnership=partnership,
        verb=verb,
        back_url=reverse("partnerships:detail", args=[partnership.pk]),
        has_warnings=bool(warnings(checks)),
    )


def _taken(
    request: PortalRequest, partnership: Partnership, verb: str, data: dict[str, Any]
) -> HttpResponse:
    """Take the step; a change of the partner leads on to the new partnership."""
    try:
        move_partnership(
            partnership=partnership,
            verb=verb,
            by=request.user,
            comment=data["comment"],
            reason=data.get("reason"),
            successor=data.get("successor"),
        )
    except (WrongState, CannotAgree, NoSuccessor) as error:
        messages.warning(request, str(error))
    else:
        state = partnership.get_state_display()
        messages.success(request, f"Партнёрство {partnership.title}: {state}.")
        if data.get("instead") == ReplaceForm.PROPOSE:
            return redirect(proposal_url(partnership))
    return redirect("partnerships:detail", partnership.pk)


def proposal_url(partnership: Partnership) -> str:
    """Where a new partnership for the same targets is proposed instead of this one."""
    asked = [("target", member.school_id) for member in partnership.targets]
    query = urlencode([*asked, ("instead", partnership.pk)])
    return f"{reverse('partnerships:create')}?{query}"
