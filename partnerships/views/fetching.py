"""How pages of a partnership find it."""

from django.shortcuts import get_object_or_404

from partnerships import card
from partnerships.models import Partnership
from schools.requests import PortalRequest


def fetched(request: PortalRequest, pk: int) -> Partnership:
    """The partnership with all that its card and rules need; 404 if the person sees none."""
    visible = Partnership.objects.visible_to(request.user)
    return get_object_or_404(card.for_card(visible), pk=pk)
