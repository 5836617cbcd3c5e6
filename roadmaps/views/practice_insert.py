"""«Вставить в карту» on a practice card: one press for the roadmap that is chosen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from common.verdicts import Denied, require
from roadmaps.actions.plan.taking import take_rows
from roadmaps.enums import RoadmapState
from roadmaps.forms.taking import InsertForm
from roadmaps.models import PracticeCard, Roadmap
from roadmaps.plan_sources import practice_row
from roadmaps.rules import plan as rules
from schools.requests import PortalRequest

#: Roadmaps that a list to choose from holds; the newest ones.
_OFFERED = 200
NONE = "Нет карты, которую вы можете править: вставить практику некуда."


def practice_insert(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose an own roadmap and a stage; the practice becomes its last row."""
    cards = PracticeCard.objects.visible_to(request.user).current().prefetch_related("factors")
    card = get_object_or_404(cards, pk=pk)
    roadmaps = _editable(request, card)
    require(rules.can_begin(request.user, request.municipality))
    if not roadmaps:
        require(Denied(NONE))
    form = InsertForm(
        request.POST or None,
        roadmaps=roadmaps,
        initial={"roadmap": roadmaps[0].pk if len(roadmaps) == 1 else None},
    )
    if request.method == "POST" and form.is_valid():
        return _inserted(request, card, form)
    status = 422 if form.errors else 200
    context = {"card": card, "form": form}
    return render(request, "roadmaps/practice_insert.html", context, status=status)


def _inserted(request: PortalRequest, card: PracticeCard, form: InsertForm) -> HttpResponse:
    roadmap, data = form.chosen, form.cleaned_data
    assert roadmap is not None  # noqa: S101 - a valid form has chosen one
    row = practice_row(card, data["stage"])
    key, by = data.get("key"), request.user
    if take_rows(roadmap=roadmap, rows=[row], by=by, key=key, why=form.why):
        messages.success(request, "Практика вставлена в карту: укажите срок.")
    else:
        messages.info(request, "Практика в эту карту уже вставлена.")
    return redirect("roadmaps:detail", roadmap.pk)


def _editable(request: PortalRequest, card: PracticeCard) -> list[Roadmap]:
    """Roadmaps of the card's municipality whose rows the person may edit, the newest first."""
    seen = Roadmap.objects.visible_to(request.user).filter(municipality=card.municipality_id)
    living = seen.exclude(state=RoadmapState.FINISHED).for_rules().order_by("-starts_on", "-pk")
    return [one for one in living[:_OFFERED] if rules.can_edit(request.user, one)]
