"""«Здесь же»: who else has the editor open. A page says so every 20 seconds by POST."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from common.row_id import row_id
from roadmaps.actions.presence import be_here
from roadmaps.models import EditorPresence, Roadmap
from schools.requests import PortalRequest


@require_POST
def presence(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the person is here, maybe at a row, and answer who else is.

    204 while nothing is new: a live region that is written again is read out again.
    """
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user), pk=pk)
    be_here(roadmap=roadmap, user=request.user, row=row_id(request.POST.get("here", "")))
    line = others_line(roadmap, request.user)
    if line == request.POST.get("said"):
        return HttpResponse(status=204)
    return render(request, "roadmaps/editor/presence.html", {"presence_line": line})


def others_line(roadmap: Roadmap, user: User) -> str:
    """«Рябов П. А. правит строку 2.3; Демина О. П.»; one query."""
    others = EditorPresence.objects.others(roadmap, user, timezone.now())
    return "; ".join(_told(one) for one in others)


def _told(one: EditorPresence) -> str:
    name = one.user.list_name
    return f"{name} правит строку {one.row.label}" if one.row else name
