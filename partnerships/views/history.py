"""«История» of a partnership's card."""

from django.http import HttpResponse
from django.shortcuts import render

from common.paging import page_of
from partnerships.card import open_card
from partnerships.models import PartnershipChange
from schools.requests import PortalRequest


def partnership_history(request: PortalRequest, pk: int) -> HttpResponse:
    """Who changed what of the partnership, newest first."""
    context = open_card(request, pk, "partnerships:history")
    changes = PartnershipChange.objects.visible_to(request.user)
    found = changes.filter(partnership=context["partnership"]).select_related("by")
    return render(request, "partnerships/history.html", context | {"page": page_of(found, request)})
